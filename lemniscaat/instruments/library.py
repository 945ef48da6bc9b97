"""The cabinet on disk: every instrument that is shipped, read once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lemniscaat.instruments.faults import BadInstrument, InstrumentError, nearest
from lemniscaat.instruments.grammar import Instrument
from lemniscaat.instruments.reader import read_file

FOLDER = Path(__file__).parent / "library"


class NoInstrument(LookupError):
    """There is no instrument with this key; the sentence says which comes near."""


@dataclass(frozen=True)
class Library:
    """The instruments of a folder by key, and what is wrong with the files that are none."""

    instruments: dict[str, Instrument]
    errors: tuple[InstrumentError, ...]

    def __iter__(self) -> Iterator[Instrument]:
        return iter(self.instruments.values())

    def get(self, key: str) -> Instrument:
        """The instrument with this key. Raises NoInstrument."""
        try:
            return self.instruments[key]
        except KeyError:
            hint = nearest(key, self.instruments)
            raise NoInstrument(f"Een instrument '{key}' is er niet. {hint}".rstrip()) from None


@cache
def library(folder: Path = FOLDER) -> Library:
    """The library in this folder, read once per process; `library.cache_clear()` reads it again."""
    found: dict[str, Instrument] = {}
    files: dict[str, str] = {}
    errors: list[InstrumentError] = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            instrument = read_file(path)
        except BadInstrument as bad:
            errors += bad.errors
            continue
        if instrument.key in found:
            message = f"De sleutel '{instrument.key}' is al van {files[instrument.key]}. Kies een andere."
            errors.append(InstrumentError(path.name, 0, message))
            continue
        found[instrument.key], files[instrument.key] = instrument, path.name
    return Library(found, tuple(errors))
