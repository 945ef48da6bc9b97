"""What two people agree with each other: it comes back at a moment of their own, and nobody else sees it."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from lemniscaat.agenda.actions import agree, look_back
from lemniscaat.agenda.models import Agreement
from lemniscaat.base.writing import writing
from lemniscaat.people.access import Access
from lemniscaat.people.models import Appointment, Body
from lemniscaat.people.moments import plan_appointment

MINUTES = 15


def agree_between(
    *, access: Access, pair: Body, sentence: str, notice: str, course: str, starts_at: datetime
) -> Agreement:
    """Agree with the other of a pair, and plan when we look together. The same words on one day are one agreement."""
    with writing():
        return agree(
            access=access,
            layer_id=pair.organisation_id,
            body=pair,
            criterion=None,
            course=course,
            sentence=sentence,
            # not their names: what is kept stays when one of them is erased
            owner_text=_("wij samen"),
            notice=notice,
            returns_at=_moment(access, pair, starts_at),
        )


def look_between(
    *,
    access: Access,
    pair: Body,
    agreement: Agreement,
    helped: str,
    difference: str,
    next_step: str,
    starts_at: datetime | None,
) -> None:
    """Look back together: what helped, whether we notice it, and whether it runs on (then when again), stays or is done."""
    with writing():
        look_back(
            access=access,
            agreement=agreement,
            helped=helped,
            difference=difference,
            next_step=next_step,
            next_appointment=_moment(access, pair, starts_at) if starts_at else None,
        )


def _moment(access: Access, pair: Body, starts_at: datetime) -> Appointment:
    return plan_appointment(access=access, body=pair, starts_at=starts_at, minutes=MINUTES)
