"""What lies behind a core activity at a layer: the newest things, and where all of it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lemniscaat.agenda import queries as agenda
from lemniscaat.collection import queries as collection
from lemniscaat.collection.models import RoundState
from lemniscaat.collection.outcome import released_rounds
from lemniscaat.people.access import Access
from lemniscaat.people.policy import Noun, Verb

MOST = 5


@dataclass(frozen=True)
class Thing:
    """Something that lies behind a door."""

    title: str
    text: str
    url: str


def lies_there(access: Access, layer_id: int, activity: str) -> list[Thing]:
    """The newest things behind a door of a layer, at most five."""
    looks: dict[str, Callable[[Access, int], list[Thing]]] = {
        "inform": _open_rounds,
        "mean": _outcomes,
        "direct": _agreements,
        "account": _waiting,
    }
    return looks[activity](access, layer_id)


def _open_rounds(access: Access, layer_id: int) -> list[Thing]:
    rows = collection.rounds(access, layer_id).filter(state=RoundState.OPEN)[:MOST]
    return [
        Thing(row.title, _until(row.stops_on), reverse("collection:round", args=[row.pk])) for row in rows
    ]


def _until(day: date | None) -> str:
    return _("Open tot en met %(day)s.") % {"day": date_format(day, "j F")} if day else _("Open.")


def _outcomes(access: Access, layer_id: int) -> list[Thing]:
    rows = [row for row in released_rounds(access) if row.organisation_id == layer_id][:MOST]
    return [
        Thing(
            row.title,
            _("Uitkomst van %(day)s.") % {"day": date_format(row.stopped_on, "j F Y")}
            if row.stopped_on
            else "",
            reverse("collection:outcome", args=[row.pk]),
        )
        for row in rows
    ]


def _agreements(access: Access, layer_id: int) -> list[Thing]:
    found = []
    for row in agenda.running(access, layer_id)[:MOST]:
        moment = row.returns_at
        day = date_format(timezone.localtime(moment.starts_at), "j F") if moment else ""
        text = f"{row.get_course_display()}. "
        if moment and moment.cancelled_on:
            text += _("Het moment van %(day)s is afgezegd.") % {"day": day}
        else:
            text += _("Komt terug op %(day)s.") % {"day": day} if day else _("Komt niet vanzelf terug.")
        found.append(Thing(row.sentence, text, reverse("agenda:agreement", args=[row.pk])))
    return found


def _waiting(access: Access, layer_id: int) -> list[Thing]:
    if not access.may(Verb.DO, Noun.RETURN, layer_id):
        return []
    return [
        Thing(
            row.title,
            _("Wie meedeed wacht op een antwoord, uiterlijk %(day)s.")
            % {"day": date_format(row.return_by, "j F")}
            if row.return_by
            else _("Wie meedeed wacht op een antwoord."),
            reverse("accountability:write_return", args=[row.pk]),
        )
        for row in collection.waiting_for_return(access, layer_id)[:MOST]
    ]
