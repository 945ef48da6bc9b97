"""What lies open as points that a table may take up: how it is now and how people want it, as a span in words.

No counts and no names: what goes on to the agenda of a layer says what the table saw, not who said what. Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lemniscaat.instruments.kinds.placement import NOW_WORDS, OPEN, WISH_WORDS
from lemniscaat.instruments.kinds.wanted import NOW, SIDES, WANT
from lemniscaat.instruments.language import Language, gettext_noop, quoted
from lemniscaat.meetings.looking import Seen

KEPT, MOVED = "houden", "verleggen"
COURSE_OF = {"houden": KEPT, "zo houden": KEPT, "keep": KEPT, "veranderen": MOVED, "verleggen": MOVED}
"""Names of columns that say whether a note is about keeping or changing."""
FROM_TO = gettext_noop("van %(first)s tot %(last)s")


@dataclass(frozen=True)
class Proposal:
    """One thing a table may take up. `course`: what a note said itself; `apart`: whether people chose differently."""

    words: str
    now: str = ""
    wanted: str = ""
    course: str = ""
    apart: bool = False


def proposals(seen: Sequence[Seen], language: Language) -> tuple[Proposal, ...]:
    """What can be taken up of a part that lies open, in the order of the file; the notes as they were written."""
    return tuple(one for item in seen for one in _of(item, language))


def _of(item: Seen, language: Language) -> list[Proposal]:
    if item.wall is not None:
        notes = {note.words: note.column for note in item.wall.notes}
        return [Proposal(words, course=COURSE_OF.get(where.lower(), "")) for words, where in notes.items()]
    if item.kind == "wanted":
        now, wanted = (SIDES[side].say(language.code) for side in (NOW, WANT))
    elif item.kind == "placement":
        now, wanted = NOW_WORDS.say(language.code), WISH_WORDS.say(language.code)
    elif item.kind == "scale":
        chosen = item.places[0].chosen if item.places else ()
        return [Proposal(item.question, _span(chosen, language), apart=item.differs)] if chosen else []
    else:
        return []
    spans = {place.label: _span(place.chosen, language) for place in item.places}
    if not spans.get(now) and not spans.get(wanted):
        return []
    return [Proposal(item.question, spans.get(now, ""), spans.get(wanted, ""), apart=item.differs)]


def _span(chosen: Sequence[tuple[str, tuple[str, ...]]], language: Language) -> str:
    """From the least to the most that somebody chose; one name where all chose the same."""
    labels = [label for label, _names in chosen if label != OPEN.say(language.code)]
    if not labels:
        return ""
    if len(labels) == 1:
        return labels[0]
    ends = {"first": quoted(labels[0]), "last": quoted(labels[-1])}
    words = language.gettext(FROM_TO) % ends
    return words[:1].upper() + words[1:]
