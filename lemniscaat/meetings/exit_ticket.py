"""The exit ticket at the end of a talk: asked by who leads, filled in by who was there, and joined to no chair."""

from __future__ import annotations

from django.urls import reverse

from lemniscaat.base import clock
from lemniscaat.collection.ticketing import open_ticket
from lemniscaat.meetings.models import Meeting
from lemniscaat.people.access import Access
from lemniscaat.people.policy import Noun, Verb


def way_to_ask(access: Access, meeting: Meeting) -> str:
    """The address of the form, on the day of the talk and for who may ask a round here; empty otherwise."""
    late = meeting.finished_on is not None and meeting.finished_on != clock.today()
    if late or not access.may(Verb.DO, Noun.ROUND, meeting.organisation_id):
        return ""
    moment = f"?moment={meeting.appointment_id}" if meeting.appointment_id else ""
    return reverse("collection:ticket", args=[meeting.organisation_id]) + moment


def way_to_fill_in(meeting: Meeting) -> str:
    """The address of the ticket that is open today where the talk is held; empty where none is.

    It is the link of the round, the same for everybody in the room: it knows nothing of tables.
    """
    if meeting.finished_on is not None and meeting.finished_on != clock.today():
        return ""
    token = open_ticket(meeting.organisation_id, clock.today())
    return reverse("answer:start", args=[token]) if token else ""
