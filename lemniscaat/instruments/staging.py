"""The script of an instrument in words: its stages, each with its moments."""

from __future__ import annotations

from dataclasses import dataclass

from lemniscaat.instruments.grammar import Cue, Instrument, Section
from lemniscaat.instruments.items import Text
from lemniscaat.instruments.language import DUTCH, Language


@dataclass(frozen=True, slots=True)
class Moment:
    """One step of the script in words."""

    minutes: int
    say: str
    do: str
    slow: bool


@dataclass(frozen=True, slots=True)
class Stage:
    """A section as the gespreksleider sees it; `question` is the first that people get there, if any."""

    title: str
    minutes: int
    optional: bool
    question: str
    moments: tuple[Moment, ...]


def stages(instrument: Instrument, language: Language = DUTCH) -> tuple[Stage, ...]:
    """The sections that have a script, in words."""
    return tuple(_stage(section, language.code) for section in instrument.sections if section.script)


def _stage(section: Section, code: str) -> Stage:
    def words(text: Text | None) -> str:
        return text.say(code) if text else ""

    def moment(cue: Cue) -> Moment:
        return Moment(cue.minutes, words(cue.say), words(cue.do), cue.slow)

    return Stage(
        title=section.title.say(code),
        minutes=sum(cue.minutes for cue in section.script),
        optional=bool(section.module),
        question=_question(section, code),
        moments=tuple(moment(cue) for cue in section.script),
    )


def _question(section: Section, code: str) -> str:
    """What people are asked there, in one line: the first question, or the only task; of many statements none."""
    asked = [item.text.say(code) for item in section.items]
    return next((text for text in asked if text.endswith("?")), asked[0] if len(asked) == 1 else "")
