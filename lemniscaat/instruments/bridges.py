"""From what came first in a ranking to the working element it leads to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lemniscaat.instruments.items import BaseItem
from lemniscaat.instruments.kinds.registry import kind_of
from lemniscaat.instruments.language import DUTCH, Language
from lemniscaat.instruments.summaries import Counts

FIRST = "p1"


@dataclass(frozen=True)
class Bridge:
    """What `n` people put first, in words and by its key, and the working element it leads to."""

    words: str
    element: str
    n: int
    option: str = ""


def bridges(item: BaseItem, counts: Counts | None, language: Language = DUTCH) -> tuple[Bridge, ...]:
    """What stood first most often, where the item says where that leads; all of them at a tie, none without answers."""
    leads: Mapping[str, str] = getattr(item, "bridges", None) or {}
    if not leads or counts is None or not counts.n:
        return ()
    first = {part.key: counts.parts.get(part.key, {}).get(FIRST, 0) for part in kind_of(item).shape(item)}
    most = max(first.values(), default=0)
    words = {option.key: option.say(language.code) for option in getattr(item, "options", ())}
    return tuple(
        Bridge(words.get(key, key), leads[key], n, key)
        for key, n in first.items()
        if n == most and n and key in leads
    )
