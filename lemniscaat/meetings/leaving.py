"""What a talk leaves behind when it ends: a meaning, an assumption and an agreement.

Nothing is shared here: with whom the table wants to share is kept as a wish (`offering.wish_of`).
"""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from lemniscaat.agenda import actions as agenda
from lemniscaat.agenda.models import Agreement
from lemniscaat.base.numbers import number_in
from lemniscaat.interpretation import actions as interpretation
from lemniscaat.interpretation.models import Certainty, Interpretation
from lemniscaat.meetings.models import Chair, Meeting, Outcome
from lemniscaat.meetings.notes import Notes, Promise
from lemniscaat.meetings.queries import seats
from lemniscaat.people.access import Access
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.people.queries import future_appointments
from lemniscaat.vision import actions as vision
from lemniscaat.vision import own_words
from lemniscaat.vision.actions import CriterionText
from lemniscaat.vision.models import Criterion


def leave(
    access: Access,
    meeting: Meeting,
    notes: Notes,
    evidence: Sequence[interpretation.Ground],
) -> None:
    """What a talk leaves behind, each with a row that points to it."""
    meeting.criterion = _criterion(access, meeting, notes) or meeting.criterion
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
    for promise in notes.promises:
        made = _agree(access, meeting, promise, said)
        Outcome.objects.create(meeting=meeting, agreement=made)


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


def _criterion(access: Access, meeting: Meeting, notes: Notes) -> Criterion | None:
    """From "when do we call this good enough?" to an own quality requirement, hung on the vision point of the talk; and
    the group's text as its view on that point. Only where the group wrote both, and may write the vision here."""
    point, layer_id = meeting.table.point, meeting.organisation_id
    wrote = notes.good_enough.strip() and notes.meaning.strip()
    if meeting.criterion or not point or not wrote or not access.may(Verb.DO, Noun.VISION, layer_id):
        return None
    own_words.write_as_us(
        access=access,
        point=point,
        layer_id=layer_id,
        meaning=notes.meaning,
        satisfied=notes.good_enough,
        dissent=notes.dissent,
    )
    words = CriterionText(notes.meaning[:300], good="", good_enough=notes.good_enough[:300], not_yet="")
    made = vision.add_criterion(access=access, point=point, layer_id=layer_id, text=words)
    Outcome.objects.create(meeting=meeting, criterion=made)
    return made


def _agree(access: Access, meeting: Meeting, promise: Promise, said: Interpretation | None) -> Agreement:
    named = Chair.objects.filter(table_id=meeting.table_id, name=promise.owner_text).exclude(person=None)
    owner = named.select_related("person").first()
    coming = future_appointments(access, meeting.organisation_id)
    return agenda.agree(
        access=access,
        layer_id=meeting.organisation_id,
        criterion=meeting.criterion,
        course=promise.course,
        sentence=promise.sentence,
        owner=owner.person if owner else None,
        owner_text=promise.owner_text[:160],
        notice=promise.notice,
        weighed=promise.weighed,
        interpretation=said,
        returns_at=coming.filter(pk=number_in(promise.returns_at)).first(),
        no_return_because=promise.no_return_because,
    )
