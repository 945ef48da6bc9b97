"""The year of a layer, ready for a page: its lines in words and drawn, what is now, and who is silent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.formats import date_format

from lemniscaat.base.drawings.voices import VOICES, look_of
from lemniscaat.people.access import Access
from lemniscaat.people.tree import Layer
from lemniscaat.vision.models import Criterion
from lemniscaat.year import hearing, words
from lemniscaat.year.coverage import Coverage, Ear
from lemniscaat.year.drawn import Drawn, drawn
from lemniscaat.year.models import Way
from lemniscaat.year.schoolyear import Line, Month, SchoolYear, by_month


@dataclass(frozen=True)
class Told:
    """A line in words, with its drawing."""

    line: Line
    way: str
    who: str
    when: str
    talk: str
    back: str
    standing: str
    looks: tuple[str, ...]
    drawn: Drawn


@dataclass(frozen=True)
class ToldMonth:
    """A month with its lines told, and a line of words for what of other lines falls in it."""

    month: Month
    name: str
    letter: str
    told: tuple[Told, ...]
    talks: tuple[str, ...]
    backs: tuple[str, ...]
    half: bool


@dataclass(frozen=True)
class Telling:
    """Tells the lines of one year as they stand today, to a layer with these voices."""

    year: SchoolYear
    today: date
    voices: tuple[str, ...] = ()

    def one(self, line: Line | None) -> Told | None:
        """One line, in words and drawn."""
        return self._told(line) if line else None

    def all(self, lines: Sequence[Line]) -> list[Told]:
        return [self._told(line) for line in lines]

    def months(self, lines: Sequence[Line]) -> list[ToldMonth]:
        """The twelve months in words. What is discussed or comes back in the month it began stands with the line."""
        return [
            ToldMonth(
                month,
                date_format(month.first, "F"),
                date_format(month.first, "M").strip("."),
                tuple(self.all(month.lines)),
                tuple(f"{words.talk(one)}: {one.title}" for one in _elsewhere(month, month.discussed)),
                tuple(f"{words.back(one, self.today)}: {one.title}" for one in _elsewhere(month, month.back)),
                month.first.month in {8, 2},
            )
            for month in by_month(lines, self.year, self.today)
        ]

    def _told(self, line: Line) -> Told:
        looks = {look_of(role) for role in line.roles}
        return Told(
            line,
            str(Way(line.way).label),
            words.whom(line.roles, self.voices),
            words.when(line),
            words.talk(line),
            words.back(line, self.today),
            str(words.STANDINGS[line.standing]),
            tuple(voice for voice in VOICES if voice in looks),
            drawn(line, self.year),
        )


def _elsewhere(month: Month, lines: Sequence[Line]) -> list[Line]:
    return [line for line in lines if line not in month.lines]


@dataclass(frozen=True)
class Voice:
    """A voice as it was heard about one criterion."""

    role: str
    look: str
    name: str
    ear: str
    word: str
    silent: bool


@dataclass(frozen=True)
class Silence:
    """A criterion with who was heard about it and what is missing; put in words where somebody reads it."""

    criterion: Criterion
    found: Coverage

    @property
    def quiet(self) -> bool:
        """Whether something is missing that one can do something about."""
        return bool(self.found.silent or self.found.missing)

    @cached_property
    def voices(self) -> tuple[Voice, ...]:
        return tuple(
            Voice(
                one.voice,
                look_of(one.voice),
                words.capital(words.several([one.voice])),
                one.ear,
                words.ear(one),
                one.ear in {Ear.SILENT, Ear.LONG_AGO},
            )
            for one in self.found.voices
        )

    @cached_property
    def missed(self) -> str:
        return words.missed(self.found)

    @cached_property
    def remarks(self) -> list[str]:
        return words.remarks(self.found)


@dataclass(frozen=True)
class Listening:
    """Whom a layer does not hear yet, criterion by criterion in their own order."""

    silences: tuple[Silence, ...]
    voices: tuple[str, ...]
    first: Silence | None
    sentence: str
    about: str = ""
    """Which criterion the sentence is about, where its vision point has several."""


def listening(
    access: Access, layer: Layer, year: SchoolYear, criteria: Sequence[Criterion], lines: Sequence[Line]
) -> Listening:
    """Whom a layer does not hear yet; the sentence is about the criterion of which the most voices are missed."""
    voices = hearing.voices_here(access, layer.id)
    found = hearing.covered(access, layer, year, criteria, lines, voices)
    silences = tuple(Silence(one, cov) for one, cov in zip(criteria, found, strict=True))
    first = max(silences, key=lambda one: (one.quiet, len(one.found.silent)), default=None)
    if first is None or not first.quiet:
        return Listening(silences, voices, None, "")
    several = sum(one.point_id == first.criterion.point_id for one in criteria) > 1
    sentence = words.silence(first.found, point=first.criterion.point.title, one_of_several=several)
    return Listening(silences, voices, first, sentence, first.criterion.sentence if several else "")


def care(access: Access, lines: Sequence[Line], voices: Sequence[str]) -> list[str]:
    """Who is asked too often, and who gives and gets nothing back; a sentence each."""
    titles = {line.instrument: line.title for line in lines if line.instrument}
    return [
        *words.too_often(hearing.asked_too_often(access, lines, voices)),
        *(
            words.soon_again(one, titles.get(one.instrument, one.instrument))
            for one in hearing.asked_again(access, lines)
        ),
        *(words.only_gave(role) for role in hearing.gave_only(access, lines, voices)),
    ]
