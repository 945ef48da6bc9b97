"""Reading the demo's letter box, and the talks one can step into."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from lemniscaat.demo.cards import Card, card_of
from lemniscaat.demo.models import Letter
from lemniscaat.demo.places import SLUG
from lemniscaat.demo.words import words
from lemniscaat.meetings.models import Meeting, MeetingState
from lemniscaat.meetings.scene import step_told


@dataclass(frozen=True)
class ToStepInto:
    """A talk that goes on, who leads it, and the step it is at; no step where it did not begin."""

    meeting: Meeting
    leader: Card
    step: str

    @property
    def code(self) -> str:
        """What one types on a phone."""
        return self.meeting.table.code


def letters_kept(most: int = 60) -> QuerySet[Letter]:
    """The newest mails."""
    return Letter.objects.all()[:most]


def to_step_into() -> list[ToStepInto]:
    """The talks of the demo that nobody ended yet, as they stand now, in the order of its words."""
    open_ = [one for one in words("live") if one["as_far_as"] != "done" and "stage" not in one]
    leaders = {one["title"]: one["leader"] for one in open_}
    rows = Meeting.objects.filter(partnership__slug=SLUG, title__in=leaders).exclude(state=MeetingState.DONE)
    related = rows.select_related("body", "table__instrument", "partnership", "criterion__point")
    order = list(leaders)
    return [
        ToStepInto(row, leader, step_told(row).name if row.state == MeetingState.RUNNING else "")
        for row in sorted(related, key=lambda row: (order.index(row.title), row.pk))
        if (leader := card_of(leaders[row.title]))
    ]
