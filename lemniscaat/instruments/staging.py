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
    """A section as the gespreksleider sees it; `question` is the first that people get there."""

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
        question=section.items[0].text.say(code) if section.items else "",
        moments=tuple(moment(cue) for cue in section.script),
    )
