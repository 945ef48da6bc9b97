"""The cabinet on disk: every instrument that is shipped, read once."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from lemniscaat.instruments.faults import Fault, InstrumentError, nearest
from lemniscaat.instruments.grammar import Instrument
from lemniscaat.instruments.reader import read_file
from lemniscaat.instruments.writing import as_yaml

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


Signature = tuple[tuple[str, int, int], ...]


def received() -> Path:
    """The folder with instruments that were brought in from elsewhere; it need not exist."""
    return Path(os.environ.get("LEMNISCAAT_VAR", "var")) / "instruments"


def library(folder: Path | None = None) -> Library:
    """The instruments that are shipped together with those received, or those of one folder. Read once, and again
    when a file in a folder that may change did so. What was received goes before a shipped file that is not newer."""
    if folder is not None:
        return _read(folder, _signature(folder))
    return _together(received(), _signature(received()))


@lru_cache(maxsize=4)
def _together(folder: Path, signature: Signature) -> Library:
    shipped = _read(FOLDER, ())
    if not signature:
        return shipped
    brought = _read(folder, signature)
    newer = {
        key: one
        for key, one in brought.instruments.items()
        if key not in shipped.instruments or one.version >= shipped.instruments[key].version
    }
    return Library({**shipped.instruments, **newer}, (*shipped.faults, *brought.faults))


@lru_cache(maxsize=16)
def _read(folder: Path, signature: Signature) -> Library:
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


def _signature(folder: Path) -> Signature:
    """What tells whether something in a folder changed; empty where there is nothing."""
    try:
        return tuple(
            sorted(
                (entry.name, entry.stat().st_mtime_ns, entry.stat().st_size)
                for entry in os.scandir(folder)
                if entry.name.endswith(".yaml")
            )
        )
    except FileNotFoundError:
        return ()


def refresh(folder: Path, into: Path | None = None) -> tuple[Instrument, ...]:
    """Take every instrument of a folder into the cabinet: all of them, or, where one is faulty, none. Copies that
    somebody adapted are not files, so they stay as they are. Raises InstrumentError."""
    found = _read(folder, _signature(folder))
    if found.faults:
        raise InstrumentError(found.faults)
    if not found.instruments:
        raise InstrumentError([Fault(folder.name, 0, "In deze map staat geen enkel .yaml-bestand.")])
    target = into or received()
    target.mkdir(parents=True, exist_ok=True)
    for instrument in found:
        last = target / f"{instrument.key}.yaml"
        fresh = last.with_suffix(".new")
        fresh.write_text(as_yaml(instrument), encoding="utf-8")
        fresh.replace(last)
    return tuple(found)


def instruments(folder: Path | None = None) -> tuple[Instrument, ...]:
    """Every instrument of the library, in the order of the files. Raises InstrumentError where a file is faulty."""
    found = library(folder)
    if found.faults:
        raise InstrumentError(found.faults)
    return tuple(found)


def load(path: Path) -> Instrument:
    """The instrument in one file. Raises InstrumentError, whose text names file, line and suggestion."""
    return read_file(path)
