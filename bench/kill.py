"""`kill`: twenty times `kill -9` in the middle of the load; every acknowledged answer must be there."""

import random
import tempfile
import time
from pathlib import Path

from bench import product
from bench.figures import figure, note
from bench.load import Job, Load
from bench.processes import Running, free_port

TIMES = 20


def one_life(folder: Path, made: product.Prepared, turn: int) -> list[str]:
    """Start, load, kill; returns what was acknowledged before the end."""
    port = free_port()
    server: Running = product.start(folder, port)
    try:
        job = Job("bench.visits:whole", port, 8, 6.0, made.paths, name=f"k{turn}", facts=made.facts)
        under_way = Load(job)
        # the load needs a moment to start its own process
        time.sleep(random.uniform(0.9, 1.8))
    finally:
        server.kill()
    outcome = under_way.outcome()
    for fault in outcome.faults:
        if fault.startswith(("page", "submit")):
            note(fault)
    return outcome.acknowledged


def main() -> None:
    """Kill, and look."""
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        made = product.prepare(folder)
        said = [marker for turn in range(TIMES) for marker in one_life(folder, made, turn)]
        product.start(folder, free_port()).stop()  # the last life: it must open the database without help
        stored = product.stored_markers(folder)
        figure("kill_acknowledged", len(said), "answers")
        figure("kill_lost", sum(1 for marker in said if marker not in stored), "answers")


if __name__ == "__main__":
    main()
