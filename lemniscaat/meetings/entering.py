"""A talk that is done can be found in the ledger: this room says it downstairs, for the ledger cannot look up."""

from __future__ import annotations

from django.db.models import F, OuterRef, QuerySet, Subquery

from lemniscaat.base import clock
from lemniscaat.datapoints.entering import enter_talk
from lemniscaat.datapoints.models import DataPoint
from lemniscaat.meetings.models import Meeting, MeetingState, Outcome


def enter(meeting: Meeting) -> None:
    """Put a talk in the ledger that is done, or what it means now. Call it inside the transaction that wrote this."""
    left = Outcome.objects.filter(meeting=meeting, interpretation__isnull=False).order_by("id")
    enter_talk(
        partnership=meeting.partnership,
        talk=meeting.pk,
        layer_id=meeting.organisation_id,
        criterion=meeting.criterion,
        point=meeting.table.point,
        title=meeting.title,
        text=left.values_list("interpretation__text", flat=True).first() or "",
        where=meeting.body.name,
        day=meeting.finished_on or clock.today(),
    )


def enter_talks() -> int:
    """Put in the ledger what is done and not there yet, or what means something else since; returns how many."""
    entered = DataPoint.objects.filter(talk__isnull=False)
    done = Meeting.objects.filter(state=MeetingState.DONE)
    missing = done.exclude(pk__in=entered.values("talk"))
    stale = done.filter(pk__in=_reworded(entered))
    rows = (missing | stale).select_related("partnership", "criterion__point", "table__point", "body")
    for one in rows:
        enter(one)
    return len(rows)


def _reworded(entered: QuerySet[DataPoint]) -> QuerySet[Outcome, int]:
    kept = entered.filter(talk=OuterRef("meeting_id")).values("text")[:1]
    told = Outcome.objects.filter(interpretation__isnull=False).annotate(kept=Subquery(kept))
    return told.exclude(kept=F("interpretation__text")).values_list("meeting_id", flat=True)
