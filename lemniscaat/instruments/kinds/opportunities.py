"""Opportunities: a board of what can be learned where, and for whom in particular."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field

from lemniscaat.instruments.answers import Problem, Value
from lemniscaat.instruments.asking import Field as FormField
from lemniscaat.instruments.asking import Line, PaperLine, Posted, Saying, choice_field, one
from lemniscaat.instruments.items import BaseItem, Option, Text, Words, unique
from lemniscaat.instruments.kinds.kind import NOT_OURS, Cut, Kind, heard
from lemniscaat.instruments.kinds.tallies import GIVEN, most_chosen, own_words
from lemniscaat.instruments.kinds.text import TOO_LONG, tidy
from lemniscaat.instruments.language import DUTCH, Language, gettext_noop
from lemniscaat.instruments.summaries import Part, Row, Summary

CELL = 300
FOUND = "found"
FIELDS = {"side", "text", "groups", "why"}
NUMBER = Text(nl="Leerkans", en="Opportunity")
TEXT = Text(nl="Wat is hier te leren?", en="What can be learned here?")
WHERE = Text(nl="Waar?", en="Where?")
FOR = Text(nl="Voor wie vooral?", en="For whom in particular?")
WHY = Text(nl="Waarom juist voor hen?", en="Why for them in particular?")
SIDELESS = gettext_noop("Kies bij leerkans %(place)d waar die te vinden is.")
WORDLESS = gettext_noop("Schrijf bij leerkans %(place)d op wat er te leren is, of maak hem leeg.")

Found = dict[str, Any]


class OpportunitiesItem(BaseItem):
    """`most` opportunities a person, each on one of the sides and for some of the groups."""

    kind: Literal["opportunities"]
    sides: Annotated[tuple[Option, ...], Field(min_length=2, max_length=3), AfterValidator(unique)]
    groups: Annotated[tuple[Option, ...], Field(min_length=1, max_length=12), AfterValidator(unique)]
    reason: Words = WHY
    most: Annotated[int, Field(ge=1, le=8)] = 4


class OpportunitiesKind(Kind[OpportunitiesItem]):
    name = "opportunities"
    model = OpportunitiesItem

    def cut(self, item: OpportunitiesItem) -> Cut:
        return "multi"

    def seconds(self, item: OpportunitiesItem) -> int:
        return 45 * item.most

    def lines(self, item: OpportunitiesItem, posted: Posted, name: str, code: str) -> tuple[Line, ...]:
        lines = []
        for place in range(1, item.most + 1):
            field = f"{name}.{place}"
            typed = {key: (posted.get(f"{field}.{key}") or ("",))[-1] for key in ("text", "why")}
            fields = (
                FormField(f"{field}.text", f"{field}.text", TEXT.say(code), typed["text"]),
                choice_field(f"{field}.side", item.sides, posted, code, WHERE.say(code)),
                choice_field(f"{field}.groups", item.groups, posted, code, FOR.say(code)),
                FormField(f"{field}.why", f"{field}.why", item.reason.say(code), typed["why"]),
            )
            lines.append(Line(f"{NUMBER.say(code)} {place}", fields))
        return tuple(lines)

    def printed(self, item: OpportunitiesItem, code: str = "nl") -> tuple[PaperLine, ...]:
        """A line per side: the groups as boxes, the reason as a question to write under."""
        groups = tuple(group.say(code) for group in item.groups)
        writes = ((TEXT.say(code), 2), (item.reason.say(code), 2))
        return tuple(
            PaperLine("board", side.say(code), groups, (FOR.say(code),), writes) for side in item.sides
        )

    def take(self, item: OpportunitiesItem, posted: Posted, name: str) -> Value | Problem | None:
        found: list[Found] = []
        for place in range(1, item.most + 1):
            one_found = self._one(item, posted, f"{name}.{place}", place)
            if isinstance(one_found, Problem):
                return one_found
            if one_found:
                found.append(one_found)
        return {FOUND: found} if found else None

    def _one(self, item: OpportunitiesItem, posted: Posted, field: str, place: int) -> Found | Problem:
        text, why = (tidy((posted.get(f"{field}.{key}") or ("",))[-1]) for key in ("text", "why"))
        side = one(posted, f"{field}.side")
        ticked = {key for key in posted.get(f"{field}.groups", ()) if key}
        groups = [group.key for group in item.groups if group.key in ticked]
        if len(groups) != len(ticked) or (side and all(known.key != side for known in item.sides)):
            return Problem(NOT_OURS)
        too_long = max(len(text), len(why))
        if too_long > CELL:
            return Problem(TOO_LONG, {"n": too_long, "most": CELL})
        if not text:
            # a side alone is nothing: a radio cannot be taken back
            return Problem(WORDLESS, {"place": place}) if groups or why else {}
        if not side:
            return Problem(SIDELESS, {"place": place})
        given = {"side": side, "text": text, "groups": groups, "why": why}
        return {key: value for key, value in given.items() if value}

    def fill(self, item: OpportunitiesItem, value: Value, name: str) -> dict[str, list[str]]:
        return {
            f"{name}.{place}.{key}": list(given) if key == "groups" else [given]
            for place, found in enumerate(value[FOUND], 1)
            for key, given in found.items()
        }

    def readable(self, item: OpportunitiesItem, value: Value) -> bool:
        if not isinstance(value, dict) or set(value) != {FOUND}:
            return False
        found = value[FOUND]
        return (
            isinstance(found, list)
            and 0 < len(found) <= item.most
            and all(_fits(item, given) for given in found)
        )

    def shape(self, item: OpportunitiesItem) -> tuple[Part, ...]:
        return tuple(Part(group.key, group, (GIVEN,)) for group in item.groups)

    def count(self, item: OpportunitiesItem, values: Sequence[Value]) -> Summary:
        """Per target group how many people saw something for them; what they saw is words."""
        parts = {
            group.key: {
                GIVEN.key: sum(
                    any(group.key in found.get("groups", ()) for found in value[FOUND]) for value in values
                )
            }
            for group in item.groups
        }
        return Summary(len(values), parts, texts=tuple(sorted(_texts(item, values))))

    def said(self, item: OpportunitiesItem, value: Value, language: Language = DUTCH) -> tuple[Saying, ...]:
        code = language.code
        sides = {side.key: side.say(code) for side in item.sides}
        return tuple(
            Saying(sides[found["side"]], _told(item, found, language.code)) for found in value[FOUND]
        )

    def sentence(self, item: OpportunitiesItem, rows: Sequence[Row], language: Language = DUTCH) -> str:
        """The group most people saw something for; where nobody named a group, how many wrote."""
        groups = heard(rows)
        named = any(sum(part.values()) for row in groups[:1] for part in row.counts.parts.values())
        return most_chosen(self.shape(item), rows, language) if named else own_words(rows, language)


def _fits(item: OpportunitiesItem, found: object) -> bool:
    if not isinstance(found, dict) or not {"side", "text"} <= set(found) <= FIELDS:
        return False
    groups = found.get("groups", ["-"])
    words = [found[key] for key in ("text", "why") if key in found]
    known = [group.key for group in item.groups]
    return (
        isinstance(found["side"], str)
        and any(side.key == found["side"] for side in item.sides)
        and all(isinstance(one, str) and 0 < len(one) <= CELL for one in words)
        and isinstance(groups, list)
        and bool(groups)
        and ("groups" not in found or groups == [key for key in known if key in groups])
    )


def _told(item: OpportunitiesItem, found: Found, code: str) -> str:
    """'Een toets nakijken (Eerstejaars, Tweedejaars): want zo zien ze het hele jaar.'"""
    names = ", ".join(group.say(code) for group in item.groups if group.key in found.get("groups", ()))
    told = f"{found['text']} ({names})" if names else found["text"]
    return f"{told}: {found['why']}" if "why" in found else told


def _texts(item: OpportunitiesItem, values: Sequence[Value]) -> Iterator[str]:
    sides = {side.key: side.nl for side in item.sides}
    for value in values:
        for found in value[FOUND]:
            yield f"{sides[found['side']]}: {_told(item, found, 'nl')}"


KIND = OpportunitiesKind()
