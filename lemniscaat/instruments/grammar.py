"""The grammar of an instrument: a small closed set of frozen classes. Content is data, never code."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property, reduce
from operator import or_
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from lemniscaat.instruments.cues import misplaced_cues
from lemniscaat.instruments.items import BaseItem, BothText, Frozen, Options, Phrase, Slug, Words
from lemniscaat.instruments.kinds.registry import KINDS, kind_of
from lemniscaat.instruments.vocabulary import (
    CoreActivity,
    Element,
    Layer,
    Role,
    School,
    Situation,
    StepKind,
    Waarborg,
    Way,
)

MOST_ITEMS = 200

if TYPE_CHECKING:
    AnyItem = BaseItem
else:
    AnyItem = Annotated[reduce(or_, (kind.model for kind in KINDS.values())), Field(discriminator="kind")]


class Cue(Frozen):
    """One moment in the script of the *gespreksleider*: what to say, what to do, for how long."""

    minutes: Annotated[int, Field(ge=0, le=240)]
    kind: StepKind | None = None
    """What people do at this moment; they talk where nothing is said."""
    groups: bool = False
    """True where a hall, or a table of more than six, works in small groups at this moment."""
    say: Words | None = None
    do: Words | None = None
    slow: bool = False
    """True where it pays to slow down."""

    @model_validator(mode="after")
    def _something(self) -> Cue:
        if self.say is None and self.do is None:
            raise PydanticCustomError("empty_cue", "Schrijf bij deze stap een 'say' of een 'do'.")
        return self


class Section(Frozen):
    """Items that belong together, and the script with which they are used in a talk."""

    title: Words
    module: Slug | None = None
    """Named where this section may be left out; chosen when the instrument is put to use."""
    activity: CoreActivity | None = None
    """The core activity in which a talk begins that enters here."""
    order: Literal["fixed", "random"] = "fixed"
    script: tuple[Cue, ...] = ()
    items: tuple[AnyItem, ...] = ()


class GroupSize(Frozen):
    """For how many people at one table."""

    min: Annotated[int, Field(ge=1, le=1000)] = 3
    max: Annotated[int, Field(ge=1, le=10000)] | None = None

    @model_validator(mode="after")
    def _from_small_to_large(self) -> GroupSize:
        if self.max is not None and self.max < self.min:
            raise PydanticCustomError("group_size", "'max' is kleiner dan 'min'. Wissel ze om.")
        return self


class Source(Frozen):
    """The instrument that this one is a copy of."""

    key: Slug
    version: Annotated[int, Field(ge=1)]


class Instrument(Frozen):
    """Everything known of one instrument, in one file."""

    key: Slug
    version: Annotated[int, Field(ge=1)]
    number: Annotated[int, Field(ge=1, le=18)] | None = None
    """Its row in the matrix of eighteen instruments and five working elements."""
    series: Slug | None = None
    """Files that belong together carry the same."""
    based_on: Source | None = None
    """Filled in where this is a copy that was adapted."""
    titles: BothText
    maker: Phrase
    origin: Phrase
    known: Words
    """What is known of the original."""
    ours: Words
    """What is our working-out."""
    purpose: BothText
    yields: Words | None = None
    """What comes out, in one sentence."""
    situations: tuple[Situation, ...] = ()
    elements: dict[Element, Literal["yes", "maybe"]] = Field(default_factory=dict)
    core_activities: tuple[CoreActivity, ...] = ()
    waarborgen: tuple[Waarborg, ...] = ()
    schools: tuple[School, ...] = ()
    layers: tuple[Layer, ...] = ()
    roles: tuple[Role, ...] = ()
    group_size: GroupSize = GroupSize()
    minutes_written: Annotated[int, Field(ge=1, le=600)] | None = Field(default=None, alias="minutes")
    ways: Annotated[tuple[Way, ...], Field(min_length=1)]
    round: bool = False
    """Whether it may be asked as an anonymous round, with counts."""
    own_items: Annotated[int, Field(ge=0, le=10)] = 3
    """How many questions of its own a school may add."""
    frame: bool = False
    """True for an empty frame, to be filled from a file."""
    section_order: Literal["fixed", "random"] = "fixed"
    scales: dict[Slug, Options] = Field(default_factory=dict)
    sections: Annotated[tuple[Section, ...], Field(min_length=1, max_length=40)]

    @model_validator(mode="before")
    @classmethod
    def _named_scales(cls, raw: object) -> object:
        """Put the options of a named scale into every item and column that asks for it."""
        if not isinstance(raw, Mapping) or not isinstance(raw.get("scales"), Mapping):
            return raw
        return {**raw, "sections": _with_options(raw.get("sections"), raw["scales"])}

    @model_validator(mode="after")
    def _coherent(self) -> Instrument:
        faults = list(incoherent(self))
        if faults:
            raise PydanticCustomError("incoherent", "{message}", {"message": faults[0][1], "faults": faults})
        return self

    @property
    def root(self) -> str:
        """The key under which it is compared: that of the example where this is a copy."""
        return self.based_on.key if self.based_on else self.key

    @cached_property
    def items(self) -> tuple[BaseItem, ...]:
        """All items in the order of the file."""
        return tuple(item for section in self.sections for item in section.items)

    @cached_property
    def by_key(self) -> dict[str, BaseItem]:
        return {item.key: item for item in self.items}

    def item(self, key: str) -> BaseItem:
        """The item with this key. KeyError where there is none."""
        return self.by_key[key]

    @property
    def answering_minutes(self) -> int:
        """How long one person answers, without the parts that may be left out: at least one minute, to the nearest."""
        items = [item for section in self.sections if not section.module for item in section.items]
        return max(1, round(sum(kind_of(item).seconds(item) for item in items) / 60))

    @property
    def minutes(self) -> int:
        """Minutes in all: as written, else those of the script, else those of answering."""
        script = sum(cue.minutes for s in self.sections if not s.module for cue in s.script)
        # where every part may be left out, one of them is what somebody takes at least
        script = script or min(
            (n for s in self.sections if (n := sum(c.minutes for c in s.script))), default=0
        )
        return self.minutes_written or script or self.answering_minutes

    def definition(self) -> dict[str, Any]:
        """Plain JSON from which `Instrument.model_validate` makes the same instrument again."""
        return self.model_dump(mode="json", by_alias=True, exclude_defaults=True)


Path = tuple[str | int, ...]


def incoherent(instrument: Instrument) -> Iterator[tuple[Path, str, list[str]]]:
    """What does not fit between one place and another: where, why, and what it could be instead."""
    earlier: dict[str, BaseItem] = {}
    for s, section in enumerate(instrument.sections):
        for i, item in enumerate(section.items):
            here: Path = ("sections", s, "items", i)
            if item.key in earlier:
                yield (
                    (*here, "key"),
                    f"De sleutel '{item.key}' is al van een andere vraag. Kies een andere.",
                    [],
                )
            yield from _misplaced(item, here, earlier, instrument)
            if instrument.round and item.private:
                why = f"'{item.key}' blijft van wie het schrijft en kan niet in een ronde. Zet 'round' uit."
                yield (*here, "private"), why, []
            if instrument.round and kind_of(item).named_only:
                why = f"'{item.key}' laat zien van wie het is. Haal deze vraag weg, of zet 'round' uit."
                yield (*here, "kind"), why, []
            earlier[item.key] = item
    yield from _torn_apart(instrument)
    yield from misplaced_cues(instrument.sections)
    if len(earlier) > MOST_ITEMS:
        yield (
            ("sections",),
            f"Dit zijn {len(earlier)} vragen. Meer dan {MOST_ITEMS} kan niet in één instrument.",
            [],
        )


def _torn_apart(instrument: Instrument) -> Iterator[tuple[Path, str, list[str]]]:
    """An item may not hang on one that somebody may not get: of a part left out, or of a section that comes later."""
    home = {item.key: section for section in instrument.sections for item in section.items}
    for s, section in enumerate(instrument.sections):
        for i, item in enumerate(section.items):
            opener = home.get(item.opened_by or "", section)
            loose = opener.module and opener.module != section.module
            if opener is not section and (loose or instrument.section_order == "random"):
                why = f"'{item.opened_by}' staat in een ander deel, dat weg kan blijven of later kan komen."
                yield ("sections", s, "items", i, "show_if"), f"{why} Zet beide vragen bij elkaar.", []


def _misplaced(
    item: BaseItem, here: Path, earlier: dict[str, BaseItem], instrument: Instrument
) -> Iterator[tuple[Path, str, list[str]]]:
    for role in item.wording:
        if instrument.roles and role not in instrument.roles:
            yield (
                (*here, "for", role),
                f"'{role}' staat niet bij 'roles' van dit instrument.",
                list(instrument.roles),
            )
    if item.show_if is None:
        return
    there: Path = (*here, "show_if")
    opener = earlier.get(item.show_if.item)
    if opener is None:
        why = f"De vraag '{item.show_if.item}' komt niet vóór deze. Verwijs naar een eerdere vraag."
        yield (*there, "item"), why, list(earlier)
        return
    options = [option.key for option in getattr(opener, "options", ())]
    if not kind_of(opener).opens:
        yield (*there, "item"), f"'{opener.key}' heeft geen antwoorden om uit te kiezen.", []
    elif not opener.factual:
        # its counts are shown as they are, so it may only ask for a fact
        why = f"'{opener.key}' opent een andere vraag en moet dus over een feit gaan. Zet er 'factual: true' bij."
        yield (*there, "item"), why, []
    for key in item.show_if.any_of:
        if options and key not in options:
            yield (*there, "any_of"), f"'{key}' is geen antwoord van '{opener.key}'.", options


def _with_options(raw: object, scales: Mapping[Any, Any]) -> object:
    if isinstance(raw, list | tuple):
        return [_with_options(one, scales) for one in raw]
    if not isinstance(raw, Mapping):
        return raw
    filled = {
        key: _with_options(value, scales) if key in {"items", "columns"} else value
        for key, value in raw.items()
    }
    scale = raw.get("scale")
    if isinstance(scale, str) and scale in scales and not raw.get("options"):
        filled["options"] = scales[scale]
    return filled


def visible(instrument: Instrument, answers: Mapping[str, Mapping[str, Any]]) -> tuple[BaseItem, ...]:
    """The items that somebody with these stored answers gets to see, in order."""
    shown: list[BaseItem] = []
    keys: set[str] = set()
    for item in instrument.items:
        rule = item.show_if
        if rule is None or (rule.item in keys and opens(answers.get(rule.item), rule.any_of)):
            shown.append(item)
            keys.add(item.key)
    return tuple(shown)


def opens(stored: Mapping[str, Any] | None, any_of: tuple[str, ...]) -> bool:
    """Whether a stored answer is one of those that open a next item."""
    value = stored.get("v") if stored else None
    given = value if isinstance(value, list) else [value]
    return any(one in any_of for one in given)
