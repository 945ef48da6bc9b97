"""The plan of one talk: its steps in order, where each comes from, and which are passed by. Pure: no database, no web.

A step knows only its place in the instrument or in the talk of twenty minutes; its words are looked up when it is
shown, in the language of whoever looks.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from lemniscaat.instruments import scripting
from lemniscaat.instruments.grammar import Instrument
from lemniscaat.instruments.language import DUTCH, Language
from lemniscaat.meetings import flow

SCHEMA_VERSION = 1


class Planned(BaseModel):
    """One step. `section` is filled in, laid open or lies beside it; `home` and `cue` say where its words stand, 0 for a
    step of the talk of twenty minutes. `out`: passed by, unless the leader takes it after all. Read from the JSON column,
    or from a step of `scripting`, which has the same names."""

    model_config = ConfigDict(frozen=True, extra="ignore", from_attributes=True)
    key: str
    kind: str
    minutes: int
    section: int = 0
    home: int = 0
    cue: int = -1
    groups: bool = False
    out: bool = False


class Script(BaseModel):
    """The steps of one talk."""

    model_config = ConfigDict(frozen=True, extra="ignore")
    schema_version: int = SCHEMA_VERSION
    origin: Literal["flow", "instrument"] = "flow"
    entry: str = "inform"
    steps: tuple[Planned, ...] = ()

    @classmethod
    def read(cls, raw: dict[str, Any]) -> Script:
        """From the JSON column; a talk without one is the talk of twenty minutes."""
        return cls.model_validate(raw) if raw else twenty_minutes("inform")

    @property
    def taken(self) -> tuple[Planned, ...]:
        """The steps that are not passed by."""
        return tuple(step for step in self.steps if not step.out)

    @property
    def minutes(self) -> int:
        """How long it takes; a suggestion, nothing counts down."""
        return sum(step.minutes for step in self.taken)

    @property
    def by_choice(self) -> tuple[int, ...]:
        """The sections of which everybody chooses what he shares."""
        return tuple(sorted({step.section for step in self.taken if step.kind == flow.SHARE}))

    @property
    def in_groups(self) -> bool:
        """Whether people talk in small groups somewhere."""
        return any(step.groups for step in self.taken)

    def for_a_hall(self, sections: Collection[int]) -> Script:
        """The plan for a hall of strangers: of what people fill in only these sections, and nobody shares by name."""
        named = {flow.THINK, flow.SHOW}
        kept = (one for one in self.steps if one.kind != flow.SHARE)
        steps = (one for one in kept if one.kind not in named or not one.section or one.section in sections)
        return self.model_copy(update={"steps": tuple(steps)})

    def has(self, key: str) -> bool:
        """Whether there is a step with this key, passed by or not."""
        return any(step.key == key for step in self.steps)

    def at(self, key: str) -> Planned:
        """A step by its key; the first one for a talk that has not begun."""
        return next((step for step in self.steps if step.key == key), self.taken[0])

    def after(self, key: str) -> Planned | None:
        """The step that follows, or None at the end."""
        return self._beside(key, 1)

    def before(self, key: str) -> Planned | None:
        """The step that came before, or None at the start."""
        return self._beside(key, -1)

    def _beside(self, key: str, way: int) -> Planned | None:
        here = self.steps.index(self.at(key))
        rest = self.steps[here + 1 :] if way > 0 else self.steps[:here][::-1]
        return next((step for step in rest if not step.out), None)

    def with_step(self, key: str, *, out: bool) -> Script:
        """With a step passed by, or taken after all. The first and the last are always taken."""
        ends = {self.steps[0].key, self.steps[-1].key}
        steps = tuple(
            step.model_copy(update={"out": out}) if step.key == key and key not in ends else step
            for step in self.steps
        )
        return self.model_copy(update={"steps": steps})


def twenty_minutes(entry: str) -> Script:
    """The talk about one criterion, entered at a core activity."""
    steps = (_own(step.key, out=out) for step, out in flow.whole(entry))
    return Script(origin="flow", entry=entry, steps=tuple(steps))


def of_instrument(instrument: Instrument, entry: str = "inform") -> Script:
    """A talk with an instrument that was laid ready. What was agreed comes first; agreeing and telling come at the end,
    and writing together before the agreeing, where the instrument itself has no moment for it. Parts that belong to a
    core activity begin at the one where the talk enters; what lay before it comes after."""
    made = _entered(scripting.planned(instrument), entry)
    steps = [_ours("arrive"), *(Planned.model_validate(one) for one in made)]
    kinds = [step.kind for step in steps]
    if flow.DECIDE not in kinds:
        steps.append(_ours("direct"))
    if flow.WRITE not in kinds:
        # what it means comes before what is agreed
        decides = next(place for place, step in enumerate(steps) if step.kind == flow.DECIDE)
        steps.insert(decides, _ours("together"))
    return Script(origin="instrument", entry=entry, steps=(*steps, _ours("tell")))


def _own(key: str, *, out: bool = False) -> Planned:
    step = flow.BY_KEY[key]
    return Planned(key=key, kind=step.kind, minutes=step.minutes, section=step.section, out=out)


def _ours(key: str) -> Planned:
    """A step of ours in the talk of an instrument: its section is one of the talk of twenty minutes, not of this one."""
    return _own(key).model_copy(update={"section": 0})


def _entered(steps: tuple[scripting.Planned, ...], entry: str) -> tuple[scripting.Planned, ...]:
    """Only the stretch of sections that name a core activity turns round; whatever stands around it stays."""
    loop = [place for place, step in enumerate(steps) if step.activity]
    door = next((place for place in loop if steps[place].activity == entry), None)
    if door is None:
        return steps
    start, end = loop[0], loop[-1] + 1
    return (*steps[:start], *steps[door:end], *steps[start:door], *steps[end:])


@dataclass(frozen=True)
class Told:
    """A step in words, as a screen shows it."""

    key: str
    kind: str
    name: str
    minutes: int
    say: str
    do: str
    hint: str = ""
    section: int = 0
    groups: bool = False
    slow: bool = False

    @property
    def alone(self) -> bool:
        """Whether everybody writes for himself, unseen."""
        return self.kind == flow.THINK


def told(step: Planned, script: Script, instrument: Instrument, language: Language = DUTCH) -> Told:
    """The words of a step."""
    if not step.home:
        return _own_words(step, script, language)
    name, say, do = scripting.words(step, instrument, language)
    cues = instrument.sections[step.home - 1].script
    slow = 0 <= step.cue < len(cues) and cues[step.cue].slow
    return Told(
        step.key, step.kind, name, step.minutes, say, do, section=step.section, groups=step.groups, slow=slow
    )


def _own_words(step: Planned, script: Script, language: Language) -> Told:
    words, say = flow.BY_KEY[step.key], language.gettext
    aloud = words.say
    if step.key == "arrive":
        aloud = flow.opening(script.entry) if script.origin == "flow" else flow.WELCOME
    return Told(
        step.key,
        step.kind,
        say(words.name),
        step.minutes,
        say(aloud),
        say(words.do),
        hint=say(words.hint) if words.hint else "",
        section=step.section if script.origin == "flow" else 0,
    )
