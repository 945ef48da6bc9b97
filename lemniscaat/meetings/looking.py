"""What was laid open, side by side: per question who said what, and where people differ. No marks, no means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from lemniscaat.instruments.answers import read_answer
from lemniscaat.instruments.bridges import Bridge, bridges
from lemniscaat.instruments.cards import told
from lemniscaat.instruments.items import BaseItem, asked
from lemniscaat.instruments.kinds.notes import NotesItem
from lemniscaat.instruments.kinds.placement import PlacementItem
from lemniscaat.instruments.kinds.registry import kind_of
from lemniscaat.instruments.language import DUTCH, Language, quoted
from lemniscaat.instruments.summaries import Summary
from lemniscaat.meetings.clustering import Clusters, Wall, wall
from lemniscaat.meetings.differing import NAMED, Counted, Difference, difference, listed
from lemniscaat.meetings.places import Place, Voice, drawn, home, labels, places
from lemniscaat.meetings.standing import standing
from lemniscaat.meetings.voting import Motion, given_only, motions

FEW = 2
"""So many drawings of one question stand open on the page; more are folded away."""


@dataclass(frozen=True)
class Seen:
    """One question with everything that was said to it."""

    key: str
    question: str
    kind: str
    n: int
    places: tuple[Place, ...]
    passed: tuple[tuple[str, str], ...] = ()
    """(name, words) of those who passed it by."""
    apart: Difference = field(default_factory=Difference)
    bridges: tuple[Bridge, ...] = ()
    wall: Wall | None = None
    """The notes, where these are asked."""

    @property
    def differs(self) -> bool:
        """Whether people chose differently here."""
        return self.apart.differs

    @property
    def sentence(self) -> str:
        """Where they differ; a stack of dots says so itself."""
        return "" if any(place.stack for place in self.places) else self.apart.sentence

    @property
    def folded(self) -> bool:
        """Whether there are so many drawings that names in words come first."""
        return sum(len(place.figures) for place in self.places) > FEW


def look(
    items: Sequence[BaseItem],
    voices: Sequence[Voice],
    language: Language = DUTCH,
    clusters: Mapping[str, Clusters] | None = None,
) -> tuple[Seen, ...]:
    """Every item of a section that lies open, in the order of the file; the notes in the groups that were made."""
    return tuple(_seen(item, voices, language, (clusters or {}).get(item.key, Clusters())) for item in items)


def differing(seen: Sequence[Seen], language: Language = DUTCH) -> str:
    """One sentence on where a section's answers lie apart; empty where nobody can differ."""
    apart = [quoted(one.question) for one in seen if one.differs]
    alike = [one for one in seen if one.apart.chose and not one.differs]
    if apart:
        named = listed(apart[:NAMED], language)
        return language.gettext("Jullie antwoorden verschillen bij %(places)s.") % {"places": named}
    if alike:
        return language.gettext(
            "Waar jullie konden kiezen, kozen jullie hetzelfde. Zit daar toch verschil onder?"
        )
    return ""


def _seen(item: BaseItem, everybody: Sequence[Voice], language: Language, clusters: Clusters) -> Seen:
    voices = [voice for voice in everybody if not voice.listens]
    summary = _summary(item, voices)
    added = motions(item, everybody)
    return Seen(
        key=item.key,
        question=asked(item, "", language.code),
        kind=item.kind,
        n=summary.n,
        places=_places(item, voices, summary, added, language),
        passed=tuple(_passed(item, voices, language)),
        apart=_difference(item, summary, added, language),
        bridges=bridges(item, summary, language),
        wall=wall(item, everybody, clusters, language) if isinstance(item, NotesItem) else None,
    )


def _summary(item: BaseItem, voices: Sequence[Voice]) -> Summary:
    return kind_of(item).batch(item, [voice.answers.get(item.key) for voice in voices])[0]


def _places(
    item: BaseItem, voices: Sequence[Voice], summary: Summary, added: Sequence[Motion], language: Language
) -> tuple[Place, ...]:
    """What was asked, then what people added; notes hang on a wall of their own."""
    if isinstance(item, NotesItem):
        return ()
    if isinstance(item, PlacementItem):
        return standing(item, voices, language)
    given = places(item, given_only(item, voices), drawn(item, summary, language), language)
    return (*given, *(_voted(motion, language) for motion in added))


def _voted(motion: Motion, language: Language) -> Place:
    """A statement that somebody added, as a place like the others. It also stands where nobody voted on it yet."""
    item, voices = motion.item, motion.voices
    found = places(item, voices, drawn(item, _summary(item, voices), language), language)
    words = item.statements[0].say(language.code)
    return replace(next(iter(found), Place(words)), label=words, ballot=motion.ballot)


def _difference(item: BaseItem, summary: Summary, added: Sequence[Motion], language: Language) -> Difference:
    if kind_of(item).in_classes:
        return Difference()
    order = labels(item, language)
    counted = [
        Counted(
            part,
            summary.parts.get(part.key, {}),
            home(part, order, language) if part.label else "",
        )
        for part in kind_of(item).shape(item)
    ]
    for motion in added:
        votes = _summary(motion.item, motion.voices).parts
        for part in kind_of(motion.item).shape(motion.item):
            label = motion.item.statements[0].say(language.code)
            counted.append(Counted(part, votes.get(part.key, {}), label))
    return difference(counted, language)


def _passed(item: BaseItem, voices: Sequence[Voice], language: Language) -> list[tuple[str, str]]:
    return [
        (voice.name, told(item, voice.answers.get(item.key), language)[0].words)
        for voice in voices
        if read_answer(voice.answers.get(item.key)).skip
    ]
