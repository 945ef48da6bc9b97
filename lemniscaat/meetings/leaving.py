"""What a talk leaves behind when it ends: a meaning, an assumption, an agreement, and a share."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from lemniscaat.agenda import actions as agenda
from lemniscaat.agenda.models import Agreement
from lemniscaat.interpretation import actions as interpretation
from lemniscaat.interpretation.models import Certainty, Interpretation
from lemniscaat.meetings.models import Chair, Meeting, Outcome
from lemniscaat.meetings.notes import Notes
from lemniscaat.meetings.queries import seats
from lemniscaat.people import actions as people
from lemniscaat.people.access import Access
from lemniscaat.people.models import Appointment
from lemniscaat.people.policy import Noun, Verb


def leave(
    access: Access,
    meeting: Meeting,
    notes: Notes,
    returns_at: Appointment | None,
    evidence: Sequence[interpretation.Ground],
) -> None:
    """What a talk leaves behind, each with a row that points to it."""
    if notes.assumption:
        thought = interpretation.assume(
            access=access,
            layer_id=meeting.organisation_id,
            criterion=meeting.criterion,
            text=notes.assumption,
            test=notes.test,
        )
        Outcome.objects.create(meeting=meeting, assumption=thought)
    said = None
    if notes.meaning or notes.not_yet:
        said = _mean(access, meeting, notes, evidence)
        Outcome.objects.create(meeting=meeting, interpretation=said)
    if notes.agreed:
        made = _agree(access, meeting, notes, said, returns_at)
        Outcome.objects.create(meeting=meeting, agreement=made)
    if said and notes.share_with and access.may(Verb.SHARE, Noun.MEANING, meeting.organisation_id):
        people.share(
            access=access,
            noun="interpretation",
            noun_id=said.pk,
            title=meeting.title,
            text=said.text,
            dissent=notes.dissent,
            source_id=meeting.organisation_id,
            target_id=int(notes.share_with),
        )


def _mean(
    access: Access, meeting: Meeting, notes: Notes, evidence: Sequence[interpretation.Ground]
) -> Interpretation:
    table = [] if meeting.table.hall else seats(meeting)
    people = (
        Chair.objects.filter(table_id=meeting.table_id, here=True).count()
        if meeting.table.hall
        else len(table)
    )
    return interpretation.write_meaning(
        access=access,
        layer_id=meeting.organisation_id,
        criterion=meeting.criterion,
        text=notes.meaning or _("Dat weten we nog niet."),
        dissent=notes.dissent,
        certainty=notes.certainty or (Certainty.UNKNOWN if notes.not_yet else Certainty.FAIRLY),
        missing=notes.missing,
        people=people,
        roles=[seat.role for seat in table if seat.role],
        appointment=meeting.appointment,
        evidence=evidence,
    )


def _agree(
    access: Access,
    meeting: Meeting,
    notes: Notes,
    said: Interpretation | None,
    returns_at: Appointment | None,
) -> Agreement:
    named = Chair.objects.filter(table_id=meeting.table_id, name=notes.owner_text).exclude(person=None)
    owner = named.select_related("person").first()
    return agenda.agree(
        access=access,
        layer_id=meeting.organisation_id,
        criterion=meeting.criterion,
        course=notes.course,
        sentence=notes.sentence,
        owner=owner.person if owner else None,
        owner_text=notes.owner_text,
        notice=notes.notice,
        weighed=notes.weighed,
        interpretation=said,
        returns_at=returns_at,
        no_return_because=notes.no_return_because,
    )
