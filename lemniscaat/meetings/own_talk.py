"""The instrument of the talk of twenty minutes: what everybody writes alone there. Read once."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from lemniscaat.instruments.grammar import Instrument
from lemniscaat.instruments.reader import read_file

FILE = Path(__file__).parent / "content" / "twintig-minuten.yaml"


@cache
def own_talk() -> Instrument:
    """The two questions of the talk about one criterion."""
    return read_file(FILE)
