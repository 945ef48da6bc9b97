"""The cabinet on disk: every instrument that is shipped, read once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lemniscaat.instruments.faults import Fault, InstrumentError, nearest
from lemniscaat.instruments.grammar import Instrument
from lemniscaat.instruments.reader import read_file

FOLDER = Path(__file__).parent / "library"


class NoInstrumentError(LookupError):
    """There is no instrument with this key; the sentence says which comes near."""


@dataclass(frozen=True)
class Library:
    """The instruments of a folder by key, and what is wrong with the files that are none."""

    instruments: dict[str, Instrument]
    faults: tuple[Fault, ...]

    def __iter__(self) -> Iterator[Instrument]:
        return iter(self.instruments.values())

    def get(self, key: str) -> Instrument:
        """The instrument with this key. Raises NoInstrumentError."""
        try:
            return self.instruments[key]
        except KeyError:
            hint = nearest(key, self.instruments)
            raise NoInstrumentError(f"Een instrument '{key}' is er niet. {hint}".rstrip()) from None


@cache
def library(folder: Path = FOLDER) -> Library:
    """The library in this folder, read once per process; `library.cache_clear()` reads it again."""
    found: dict[str, Instrument] = {}
    files: dict[str, str] = {}
    faults: list[Fault] = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            instrument = read_file(path)
        except InstrumentError as bad:
            faults += bad.faults
            continue
        if instrument.key in found:
            message = f"De sleutel '{instrument.key}' is al van {files[instrument.key]}. Kies een andere."
            faults.append(Fault(path.name, 0, message))
            continue
        found[instrument.key], files[instrument.key] = instrument, path.name
    return Library(found, tuple(faults))


def instruments(folder: Path = FOLDER) -> tuple[Instrument, ...]:
    """Every instrument of the library, in the order of the files. Raises InstrumentError where a file is faulty."""
    found = library(folder)
    if found.faults:
        raise InstrumentError(found.faults)
    return tuple(found)


def load(path: Path) -> Instrument:
    """The instrument in one file. Raises InstrumentError, whose text names file, line and suggestion."""
    return read_file(path)
