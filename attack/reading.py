"""Throw damaged and hostile files at the reader of instruments: it may refuse, never break, hang or half believe.

python -m attack.reading --seconds 30 [--seed 1]
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random

from lemniscaat.instruments.faults import Fault, InstrumentError
from lemniscaat.instruments.grammar import Instrument
from lemniscaat.instruments.library import FOLDER
from lemniscaat.instruments.reader import read
from lemniscaat.instruments.writing import as_yaml

SLOWEST = 3.0
"""Seconds of work that one file may take."""
LONGEST = 2_000
"""Characters of one refusal."""
BITS = (
    "<script>alert(1)</script>", "&a [*a, *a]", "*a", "!!python/object:os.system", "\x00", "\ud800", "9" * 400, "-", "[" * 60,
    "{" * 60, "'", '"', "|\n  x", ">-", "? :", ": :", "%YAML 9.9", "---", "...", "\t", "é" * 50, "~", "true", "1e999", "0x1F",
    "=", "<<: {a: b}", "{nl: }", "{nl: x, nl: y}", "null", "2026-11-22", "\u202e", "\ufeff", "key: key: key",
)  # fmt: skip
Change = Callable[[Random, str], str]


def cut(draw: Random, text: str) -> str:
    """Lose a piece."""
    start = draw.randrange(len(text))
    return text[:start] + text[start + draw.randrange(1, 200) :]


def flip(draw: Random, text: str) -> str:
    """Change one character."""
    at = draw.randrange(len(text))
    return (
        text[:at]
        + chr(draw.choice((draw.randrange(32, 127), draw.randrange(0x2FF), 0xFFFE)))
        + text[at + 1 :]
    )


def insert(draw: Random, text: str) -> str:
    """Put something nasty somewhere."""
    at = draw.randrange(len(text))
    return text[:at] + draw.choice(BITS) + text[at:]


def value(draw: Random, text: str) -> str:
    """Replace what stands behind a name."""
    lines = text.splitlines()
    at = draw.randrange(len(lines))
    head, colon, _rest = lines[at].partition(":")
    lines[at] = f"{head}{colon} {draw.choice(BITS)}" if colon else draw.choice(BITS)
    return "\n".join(lines)


def swap(draw: Random, text: str) -> str:
    """Exchange two lines."""
    lines = text.splitlines()
    one, other = draw.randrange(len(lines)), draw.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return "\n".join(lines)


def indent(draw: Random, text: str) -> str:
    """Move a line in or out."""
    lines = text.splitlines()
    at = draw.randrange(len(lines))
    lines[at] = " " * draw.randrange(9) + lines[at].lstrip()
    return "\n".join(lines)


def repeat(draw: Random, text: str) -> str:
    """Say a piece very often."""
    lines = text.splitlines()
    start = draw.randrange(len(lines))
    piece = lines[start : start + draw.randrange(1, 12)]
    return "\n".join([*lines[:start], *piece * draw.choice((2, 30, 3000)), *lines[start:]])


CHANGES: tuple[Change, ...] = (cut, flip, insert, value, swap, indent, repeat)


def damaged(draw: Random, sources: list[str]) -> str:
    """A shipped file with one to five things done to it."""
    text = draw.choice(sources)
    for _ in range(draw.randrange(1, 6)):
        if text:
            text = draw.choice(CHANGES)(draw, text)
    return text


def taken(text: str) -> tuple[Instrument | None, tuple[Fault, ...]]:
    """The instrument, or the faults for which it was refused."""
    try:
        return read(text, "kapot.yaml"), ()
    except InstrumentError as bad:
        return None, tuple(bad.faults)


def attempt(text: str) -> str:
    """What the reader made of it: 'refused' or 'read'. Anything else is a finding and raises."""
    start = time.process_time()
    found, faults = taken(text)
    if found is None:
        assert faults, "refused without a sentence"
        assert all(fault.message and len(str(fault)) < LONGEST for fault in faults)
    else:
        assert "<script" not in str(found.definition())
        assert read(as_yaml(found)) == found
        assert Instrument.model_validate(found.definition()) == found
    assert time.process_time() - start < SLOWEST, "too slow"
    return "refused" if found is None else "read"


def main() -> int:
    chosen = argparse.ArgumentParser(description=__doc__)
    chosen.add_argument("--seconds", type=float, default=30)
    chosen.add_argument("--seed", type=int, default=1)
    given = chosen.parse_args()
    draw = Random(given.seed)
    sources = [path.read_text() for path in sorted(FOLDER.glob("*.yaml"))]
    told: Counter[str] = Counter()
    end = time.monotonic() + given.seconds
    while time.monotonic() < end:
        text = damaged(draw, sources)
        try:
            told[attempt(text)] += 1
        except Exception as error:
            path = Path("var") / "kapot.yaml"
            path.write_text(text, encoding="utf-8", errors="surrogatepass")
            print(f"FOUND {type(error).__name__}: {error} (kept in {path})")
            return 1
    print(f"reading: {sum(told.values())} files, {told['refused']} refused, {told['read']} read, 0 findings")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
