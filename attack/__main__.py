"""`python -m attack [--worlds N] [--seed S]`, or `python -m attack --dump FILE`: exit 1 on any finding."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from random import Random

from attack.figures import load
from attack.naive import self_check
from attack.search import attack
from attack.worlds import World, random_world

SMALL_EVERY = 4  # one world in four is small enough for the linear programmes


def attack_world(seed: str, number: int) -> list[str]:
    """Make one world, collect everything, attack it; the same world for the same seed and number."""
    rng = Random(f"{seed}/{number}")
    small = number % SMALL_EVERY == 0
    world: World = random_world(rng, small=small, batches=1 if rng.random() < 0.5 else 2)
    return attack(world.evidence(), bounds=small, readers=lambda item: world.readers(item, rng, 2))


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m attack", description=__doc__)
    parser.add_argument("--worlds", type=int, default=200, help="how many random partnerships (default 200)")
    parser.add_argument("--seed", default="lemniscaat", help="the same seed gives the same worlds")
    parser.add_argument("--dump", type=Path, help="attack the figures in this JSON file (attack/README.md)")
    given = parser.parse_args(arguments)
    if given.dump:
        found = attack(load(given.dump))
        print(*found, f"{given.dump.name}: {len(found)} findings", sep="\n")
        return int(bool(found))
    toothless = 0
    for name, (broken, tried) in self_check(Random(given.seed)).items():
        print(f"self-check: {name} broken in {broken} of {tried}")
        toothless += not broken
    findings = 0
    for number in range(given.worlds):
        for sentence in attack_world(given.seed, number):
            print(f"world {number}: {sentence}", flush=True)
            findings += 1
    if toothless:
        print(f"{toothless} self-checks failed: this attacker proves nothing")
    print(f"{given.worlds} worlds, {findings} findings")
    return int(findings > 0 or toothless > 0)


if __name__ == "__main__":
    sys.exit(main())
