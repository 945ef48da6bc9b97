"""What changed between two versions of an instrument, and whether an item can still be compared over time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from lemniscaat.instruments.grammar import Instrument
from lemniscaat.instruments.items import BaseItem

Sort = Literal["added", "removed", "reworded", "answers", "moved", "script", "about"]
WORDS = ("text", "wording", "help")
QUIET = frozenset({"core", "own", "quick", "waarborgen", "vision_points", "kind", "key", *WORDS})
"""What says nothing to who answers, and what is compared elsewhere."""


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. `item` is the key of the item, empty for the instrument itself; `before` and `after` are words."""

    sort: Sort
    item: str
    before: str
    after: str


def differences(old: Instrument, new: Instrument) -> tuple[Change, ...]:
    """Every difference that matters to who answers, leads or compares, in the order of the new version."""
    return (*_about(old, new), *_items(old, new), *_script(old, new))


def break_of(old: Instrument, new: Instrument, key: str) -> str:
    """Why an item of the older version cannot be laid beside the newer one: the older words. Empty where it can."""
    before, after = old.by_key.get(key), new.by_key.get(key)
    if before is None or after is None:
        return ""
    same = _asks(before) == _asks(after) and _answers(before) == _answers(after)
    return "" if same else before.text.nl


def _about(old: Instrument, new: Instrument) -> Iterator[Change]:
    pairs = (
        (old.titles.nl, new.titles.nl),
        (old.purpose.nl, new.purpose.nl),
        (_said(old.yields), _said(new.yields)),
    )
    yield from (Change("about", "", before, after) for before, after in pairs if before != after)


def _items(old: Instrument, new: Instrument) -> Iterator[Change]:
    for key, item in new.by_key.items():
        was = old.by_key.get(key)
        if was is None:
            yield Change("added", key, "", item.text.nl)
            continue
        if _asks(was) != _asks(item):
            yield Change("reworded", key, _spoken(was), _spoken(item))
        if _answers(was) != _answers(item):
            yield Change("answers", key, _listed(was), _listed(item))
    yield from (
        Change("removed", key, item.text.nl, "") for key, item in old.by_key.items() if key not in new.by_key
    )
    both = [key for key in old.by_key if key in new.by_key]
    now = [key for key in new.by_key if key in old.by_key]
    yield from (
        Change("moved", key, str(both.index(key) + 1), str(place))
        for place, key in enumerate(now, 1)
        if both != now and both.index(key) + 1 != place
    )


def _script(old: Instrument, new: Instrument) -> Iterator[Change]:
    before = [_said(cue.say or cue.do) for section in old.sections for cue in section.script]
    after = [_said(cue.say or cue.do) for section in new.sections for cue in section.script]
    yield from (Change("script", "", words, "") for words in before if words not in after)
    yield from (Change("script", "", "", words) for words in after if words not in before)


def _asks(item: BaseItem) -> dict[str, Any]:
    """The words of a question, for everybody and per role, in Dutch."""
    return {"": item.text.nl, "help": _said(item.help), **{role: w.nl for role, w in item.wording.items()}}


def _answers(item: BaseItem) -> dict[str, Any]:
    """Everything but the words of the question: its kind, options, rows, how it may be passed by."""
    plain = item.model_dump(mode="json", by_alias=True, exclude=set(QUIET))
    return {"kind": item.kind, **_without_english(plain)}


def _without_english(raw: Any) -> Any:
    if isinstance(raw, dict):
        return {key: _without_english(value) for key, value in raw.items() if key != "en"}
    return [_without_english(one) for one in raw] if isinstance(raw, list) else raw


def _spoken(item: BaseItem) -> str:
    return " / ".join(dict.fromkeys([item.text.nl, *(words.nl for words in item.wording.values())]))


def _listed(item: BaseItem) -> str:
    """The answers in words, or what kind it is where there are none to choose from."""
    options = getattr(item, "options", None) or getattr(item, "rows", None) or ()
    return ", ".join(getattr(option, "nl", "") for option in options) or item.kind


def _said(words: Any) -> str:
    return words.nl if words is not None else ""
