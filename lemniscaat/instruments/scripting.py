"""The script of an instrument as the steps of a talk: what people do at each, and of which part it is laid open.

What the author left unsaid is filled in: a part with questions is always filled in once and laid open after that.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from lemniscaat.instruments.cues import asks
from lemniscaat.instruments.grammar import Instrument, Section
from lemniscaat.instruments.kinds.registry import kind_of
from lemniscaat.instruments.language import DUTCH, Language, gettext_noop

NAMES: dict[str, str] = {
    "talk": gettext_noop("Praat"),
    "think": gettext_noop("Eerst alleen"),
    "share": gettext_noop("Kies wat je deelt"),
    "show": gettext_noop("Naast elkaar"),
    "look": gettext_noop("Kijk samen"),
    "write": gettext_noop("Schrijf samen"),
    "decide": gettext_noop("Spreek af"),
}
"""What a step is called that has no title of its own."""
UNSAID: dict[str, tuple[str, str]] = {
    "think": (
        gettext_noop("Vul dit eerst voor jezelf in."),
        gettext_noop("Blijf stil en vul zelf ook in. Iets leeg laten mag."),
    ),
    "share": (
        gettext_noop("Kies in stilte wat je hiervan deelt. De rest blijft van jou."),
        gettext_noop("Geef iedereen de tijd. Vraag niet naar wat iemand weglaat."),
    ),
    "show": (
        gettext_noop("Waar verschillen we? Wie vertelt wat erachter zit?"),
        gettext_noop("Begin bij het verschil. De jongste stem eerst."),
    ),
}
"""What is said and done at a step that the script does not have."""
MINUTES = {"share": 1, "show": 2}


@dataclass(frozen=True, slots=True)
class Planned:
    """One step. `section`: the number of the part that is filled in, shared or laid open here, 0 where none is;
    `home` and `cue`: the part in which it stands and its place in the script there, -1 where the script has no such
    moment; numbers of parts count from 1. `activity`: the core activity that begins with this part, where it says so."""

    key: str
    kind: str
    minutes: int
    section: int = 0
    cue: int = -1
    groups: bool = False
    activity: str = ""
    home: int = 0


def planned(instrument: Instrument) -> tuple[Planned, ...]:
    """The steps of a talk with this instrument, in order. Every part with questions for the table is filled in exactly
    once and laid open after that. What was filled in one directly after the other is laid open together, where the
    script comes to it. What the script never lays open is laid open at once, but never before people chose what they
    share. A moment without minutes is done before people sit down, and is no step."""
    steps = [step for home, section in enumerate(instrument.sections, 1) for step in _written(section, home)]
    return tuple(step for stretch in _stretches(steps) for step in _opened(stretch))


class Placed(Protocol):
    """What the words of a step are looked up by; as of `Planned`."""

    @property
    def key(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def section(self) -> int: ...
    @property
    def home(self) -> int: ...
    @property
    def cue(self) -> int: ...


def words(step: Placed, instrument: Instrument, language: Language = DUTCH) -> tuple[str, str, str]:
    """The name of a step, what to say and what to do. The first step of a part carries its title."""
    home = instrument.sections[step.home - 1]
    first = next(one for one in planned(instrument) if one.home == step.home)
    name = language.gettext(NAMES[step.kind])
    if first.key == step.key:
        name = home.title.say(language.code)
    elif step.cue < 0 and step.section != step.home:
        name = instrument.sections[step.section - 1].title.say(language.code)
    if step.cue < 0:
        say, do = UNSAID[step.kind]
        return name, language.gettext(say), language.gettext(do)
    cue = home.script[step.cue]
    return (
        name,
        cue.say.say(language.code) if cue.say else "",
        cue.do.say(language.code) if cue.do else "",
    )


def _written(section: Section, home: int) -> Iterator[Planned]:
    """What the script of a part says, with the moment at which its questions are filled in."""
    thinks = _thinks(section)
    activity = section.activity or ""
    if thinks == -1:
        yield Planned(f"s{home}think", "think", _answering(section), home, activity=activity, home=home)
    for place, cue in enumerate(section.script):
        kind = "think" if place == thinks else cue.kind or "talk"
        if kind == "think" and place != thinks:
            # its questions were left out, as in a quick scan
            kind = "talk"
        if cue.minutes or kind != "talk":
            yield Planned(
                f"s{home}c{place + 1}",
                kind,
                cue.minutes,
                home if kind == "think" else 0,
                place,
                cue.groups,
                activity,
                home,
            )


def _thinks(section: Section) -> int | None:
    """The place of the moment at which the questions of a part are filled in: -1 where the script has none, None where
    there is nothing to fill in. Where no moment is said to be it, it is the first that says nothing and takes time."""
    if not asks(section):
        return None
    said = [place for place, cue in enumerate(section.script) if cue.kind == "think"]
    unsaid = [place for place, cue in enumerate(section.script) if cue.kind is None]
    timed = [place for place in unsaid if section.script[place].minutes]
    return next(iter([*said, *timed, *unsaid]), -1)


def _answering(section: Section) -> int:
    seconds = sum(kind_of(item).seconds(item) for item in section.items if not item.private)
    return max(1, round(seconds / 60))


def _stretches(steps: Sequence[Planned]) -> Iterator[list[Planned]]:
    """The steps in stretches: each begins with what is filled in one directly after the other."""
    stretch: list[Planned] = []
    for step in steps:
        if step.kind == "think" and stretch and stretch[-1].kind != "think":
            yield stretch
            stretch = []
        stretch.append(step)
    yield stretch


def _opened(stretch: Sequence[Planned]) -> Iterator[Planned]:
    """A stretch in which all that was filled in is laid open. A moment that lays open takes the part it stands in, or
    the first that is still closed; what was filled in earlier goes before it, and what remains follows the last one."""
    parts = [step.section for step in stretch if step.kind == "think"]
    last = {step.kind: step.key for step in stretch}
    closed = {"share": list(parts), "show": list(parts)}
    for step in stretch:
        left = closed.get(step.kind)
        if left is None:
            yield step
            if step.kind == "think" and not last.keys() & closed.keys():
                yield _inserted("show", step.section, step)
        elif not parts:
            yield replace(step, kind="talk")
        else:
            part = step.home if step.home in parts else [*left, parts[-1]][0]
            while left and left[0] < part:
                yield _inserted(step.kind, left.pop(0), step)
            yield replace(step, section=part)
            closed[step.kind] = left = [one for one in left if one != part]
            if step.key == last[step.kind]:
                yield from (_inserted(step.kind, one, step) for one in left)
                if "show" not in last:
                    yield from (_inserted("show", one, step) for one in parts)


def _inserted(kind: str, part: int, beside: Planned) -> Planned:
    key, minutes = f"s{part}{kind}", MINUTES[kind]
    return Planned(key, kind, minutes, part, activity=beside.activity, home=beside.home)
