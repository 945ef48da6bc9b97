"""The sorts of report there are, each with its three headings, read from `sorts.yaml`. Pure: words in two languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

REFLECTION, OBSERVATION, REPORT, PANEL = "reflection", "observation", "report", "panel"
FILE = Path(__file__).with_name("sorts.yaml")


@dataclass(frozen=True)
class Words:
    """The same words in Dutch and in English."""

    nl: str
    en: str

    def say(self, code: str) -> str:
        """In the language with this code."""
        return self.en if code.startswith("en") else self.nl


@dataclass(frozen=True)
class Heading:
    """One heading of a report, with a line of help."""

    key: str
    name: Words
    help: Words


@dataclass(frozen=True)
class Sort:
    """A sort of report: what it is about, and its headings in their order."""

    key: str
    name: Words
    about: Words
    headings: tuple[Heading, ...]


@lru_cache(maxsize=1)
def sorts() -> Mapping[str, Sort]:
    """Every sort by its key, which is also the kind of source in the ledger."""
    raw = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return {key: _sort(key, one) for key, one in raw.items()}


def _sort(key: str, raw: Mapping[str, object]) -> Sort:
    headings = raw["headings"]
    assert isinstance(headings, list)
    return Sort(
        key,
        Words(**raw["name"]),  # type: ignore[arg-type]  # the test reads every line of the file
        Words(**raw["about"]),  # type: ignore[arg-type]  # as above
        tuple(Heading(h["key"], Words(**h["name"]), Words(**h["help"])) for h in headings),
    )
