"""An exit ticket for a group: three cards, asked of who is here, open at once by code, and back in the next talk.

It is an ordinary anonymous round with one group: nobody says a role or a place, everybody is cut together, and from
six people on there is something to show. What it promises and what it may show is that of every round.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import IntegrityError
from django.utils.timezone import localtime

from lemniscaat.base import clock
from lemniscaat.base.writing import writing
from lemniscaat.collection.budget import TICKET
from lemniscaat.collection.codes import round_token
from lemniscaat.collection.models import PermittedUse, Round, RoundState, Segment
from lemniscaat.collection.opening import free_code, start_round
from lemniscaat.collection.places import Places
from lemniscaat.collection.segments import Segment as Standing
from lemniscaat.people.access import Access
from lemniscaat.people.models import Appointment
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.people.queries import future_appointments
from lemniscaat.people.trail import note_change
from lemniscaat.vision.models import Criterion

WEEKS_TO_RETURN = 3


@dataclass(frozen=True)
class Ticket:
    """What whoever asks fills in. `appointment`: where the outcome is discussed; without one a reason is asked."""

    title: str
    stops_on: date
    appointment: Appointment | None = None
    no_appointment_because: str = ""
    permitted_use: str = PermittedUse.LEARN
    criterion: Criterion | None = None
    form_key: str = ""


def next_talk(access: Access, layer_id: int, *, after: Appointment | None = None) -> Appointment | None:
    """The next moment at a layer from tomorrow on; of the same body as `after` and later than it, where that is given."""
    tomorrow = localtime(clock.now()).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    coming = future_appointments(access, layer_id).filter(starts_at__gte=tomorrow)
    if after is not None:
        coming = coming.filter(body_id=after.body_id, starts_at__gt=after.starts_at)
    return coming.order_by("starts_at").first()


def open_ticket(layer_id: int, day: date) -> str:
    """The link of the newest ticket that was opened at a layer on this day and still is; empty where there is none."""
    rows = Round.objects.filter(organisation_id=layer_id, key__startswith=TICKET, state=RoundState.OPEN)
    here = rows.filter(by_link=True, by_mail=False, opened_on=day).order_by("-id")
    return here.values_list("link_token", flat=True).first() or ""


def hand_out(*, access: Access, layer_id: int, ticket: Ticket) -> Round:
    """Ask an exit ticket now: a round by code with one group, open at once, that stops by itself. The same form sent
    twice is one ticket. Raises BecauseError where there is no appointment and no reason."""
    access.need(Verb.DO, Noun.ROUND, layer_id)
    key = f"{TICKET}-{ticket.form_key}" if ticket.form_key else ""
    known = Round.objects.filter(partnership=access.partnership, key=key, started_by=access.person)
    if key and (found := known.first()):
        return found
    try:
        return _handed_out(access, layer_id, ticket, key)
    except IntegrityError:
        if key and (found := known.first()):
            return found
        raise


def _handed_out(access: Access, layer_id: int, ticket: Ticket, key: str) -> Round:
    with writing():
        made = start_round(
            access=access,
            layer_id=layer_id,
            instrument_key=TICKET,
            title=ticket.title.strip(),
            roles=[],
            criterion=ticket.criterion,
            appointment=ticket.appointment,
            no_appointment_because=ticket.no_appointment_because.strip(),
            return_by=_return_by(access, ticket),
            stops_on=ticket.stops_on,
            permitted_use=ticket.permitted_use,
            asked_by=access.person.first_name,
            by_mail=False,
            by_link=True,
        )
        made.key = key or made.key
        return _opened(access, made)


def _return_by(access: Access, ticket: Ticket) -> date:
    if ticket.appointment is not None:
        return max(ticket.stops_on, localtime(ticket.appointment.starts_at).date())
    return max(ticket.stops_on, access.day) + timedelta(weeks=WEEKS_TO_RETURN)


def _opened(access: Access, made: Round) -> Round:
    """One group for who is here, whoever that is: no list is looked at, so nobody is left out and nobody is counted."""
    everybody = Standing()
    row = Segment.objects.create(round=made)
    made.places = Places(("",), (), ((everybody, row.pk),), ((everybody, row.pk),)).to_json()
    made.state = RoundState.OPEN
    made.opened_on = access.day
    made.return_code, made.join_code = free_code("return_code"), free_code("join_code")
    made.link_token = round_token()
    made.save()
    note_change(access, verb="opened", thing=made)
    return made
