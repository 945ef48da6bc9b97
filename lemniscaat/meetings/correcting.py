"""Mending the words of a record on the day of the talk, by those who sat there.

A meaning keeps the rules of its own room, with its version and its clash. What the group wrote about the talk itself
belongs to the talk. An agreement is not reworded: it stands as it was read aloud, and changes by looking back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404

from lemniscaat.base import clock
from lemniscaat.base.writing import writing
from lemniscaat.interpretation import queries as interpretation
from lemniscaat.interpretation.actions import ClashError, revise_meaning
from lemniscaat.interpretation.models import Interpretation
from lemniscaat.meetings import queries
from lemniscaat.meetings.entering import enter
from lemniscaat.meetings.models import Meeting, MeetingState
from lemniscaat.meetings.weaving import weave
from lemniscaat.people.access import Access
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.people.trail import note_change


def open_to(access: Access, meeting: Meeting) -> bool:
    """Whether I may still mend this record: the talk ended today, and I sat at the table."""
    today = meeting.state == MeetingState.DONE and meeting.finished_on == clock.today()
    return today and queries.sits(access, meeting)


def meanings(access: Access, meeting: Meeting) -> list[interpretation.Meaning]:
    """The meanings of this talk that I may change, with their dissenting voices."""
    left = [row.interpretation_id for row in queries.outcomes(meeting) if row.interpretation_id]
    mine = access.where(Verb.DO, Noun.MEANING)
    rows = Interpretation.objects.filter(pk__in=left, organisation_id__in=mine)
    return interpretation.told(rows.order_by("id"))


@dataclass(frozen=True)
class Mended:
    """What somebody typed over a meaning; `was` is what he had before him: the text and the other voice."""

    meaning: interpretation.Meaning
    text: str
    dissent: str
    was: tuple[str, str]
    version: int

    @property
    def touched(self) -> bool:
        """Whether he changed anything; what he left alone does not clash with what another changed."""
        return (self.text, self.dissent) != self.was


def mend_meanings(*, access: Access, meeting: Meeting, typed: Sequence[Mended]) -> list[Mended]:
    """Change the meanings that were touched; returns those where somebody else was first, unchanged. 404 when closed."""
    if not open_to(access, meeting):
        raise Http404
    clashed = []
    for one in typed:
        if not one.touched:
            continue
        try:
            revise_meaning(
                access=access, row=one.meaning.row, text=one.text, dissent=one.dissent, version=one.version
            )
        except ClashError:
            clashed.append(one)
    with writing():
        enter(meeting)
    return clashed


def mend_reflection(*, access: Access, meeting: Meeting, text: str, base: str) -> bool:
    """Change what stands about the talk itself; `base` is what the writer had before him. 404 when not open to me.

    True when two hands met: then both texts stay, one under the other.
    """
    if not open_to(access, meeting):
        raise Http404
    mine = text.strip()
    with writing():
        current = Meeting.objects.select_for_update().get(pk=meeting.pk)
        theirs = current.reflection
        after = weave(base=base.strip(), theirs=theirs, mine=mine).text
        if after != theirs:
            note_change(access, verb="revised", thing=current, before=theirs)
            current.reflection = after
            current.version += 1
            current.save(update_fields=["reflection", "version"])
    return after not in (mine, theirs)
