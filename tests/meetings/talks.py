"""A talk to attack and to lead: an instrument with everything hidden in it, and phones without an account."""

from __future__ import annotations

import re
from typing import Any

from django.test import Client

from lemniscaat.instruments.grammar import Instrument
from lemniscaat.meetings.actions import Laid
from lemniscaat.meetings.models import Chair, Meeting, Table
from lemniscaat.people.models import Person
from tests.cast import World, signed_in
from tests.collection import halls
from tests.meetings.test_table import planned, press

SCALE = [{"key": f"o{n}", "nl": word} for n, word in enumerate(("Nooit", "Soms", "Vaak"), 1)]
LIVE = Instrument.model_validate(
    {
        "key": "levend",
        "version": 1,
        "titles": {"nl": "Levend", "en": "Live"},
        **dict.fromkeys(("maker", "origin", "known", "ours"), "Eigen uitwerking."),
        "purpose": {"nl": "Om te proeven.", "en": "To taste."},
        "ways": ["table"],
        "sections": [
            {
                "title": "Eerst alleen",
                "script": [
                    {"minutes": 3, "kind": "think", "say": "Schrijf in stilte."},
                    {"minutes": 1, "kind": "share", "say": "Kies wat je deelt."},
                    {"minutes": 4, "kind": "show", "say": "Wie vertelt?"},
                ],
                "items": [
                    {"kind": "text", "key": "zag", "text": "Wat zag je?"},
                    {"kind": "text", "key": "vond", "text": "Wat vond je?"},
                    {"kind": "text", "key": "stil", "text": "Wat houd je voor je?", "private": True},
                    {"kind": "file", "key": "erbij", "text": "Leg er iets bij."},
                ],
            },
            {
                "title": "In groepjes",
                "script": [
                    {"minutes": 3, "kind": "think", "say": "Eén briefje."},
                    {"minutes": 5, "kind": "show", "groups": True, "say": "Lees elkaars briefje."},
                    {"minutes": 5, "kind": "write", "groups": True, "say": "Schrijf één zin."},
                ],
                "items": [{"kind": "notes", "key": "briefje", "text": "Wat hielp?"}],
            },
            {
                "title": "Hoe vaak",
                "script": [
                    {"minutes": 1, "kind": "think", "say": "Kies."},
                    {"minutes": 2, "kind": "show", "say": "Waar verschillen we?"},
                ],
                "items": [{"kind": "scale", "key": "hoe", "text": "Hoe vaak?", "options": SCALE}],
            },
        ],
    }
)


def live(world: World, who: Person | None = None, *, instrument: Instrument = LIVE, **more: Any) -> Meeting:
    """A talk of the team with an instrument, planned by Noor."""
    return planned(world, who, laid=Laid(instrument), **{"title": "Levend", **more})


def in_hall(world: World, instrument: Instrument | None = None, **more: Any) -> Meeting:
    """A talk in a hall."""
    laid = Laid(instrument or halls.instrument(), hall=True)
    return planned(world, laid=laid, **{"title": "In de zaal", **more})


def code_of(meeting: Meeting) -> str:
    return Table.objects.get(pk=meeting.table_id).code


def ticket_of(client: Client, code: str) -> str:
    page = client.get(f"/tafel/code/{code}/").content.decode()
    found = re.search(r'name="ticket" value="([^"]+)"', page)
    assert found, "the page of this code asks nobody to sit down"
    return found[1]


def guest(
    meeting: Meeting, name: str = "", *, code: str = "", client: Client | None = None, **given: Any
) -> Client:
    """A phone without account (or another client) that sat down by code."""
    device, digits = client or Client(), code or code_of(meeting)
    form = {"who": name, "role": "", "ticket": ticket_of(device, digits), **given}
    answer = device.post(f"/tafel/code/{digits}/", form)
    assert answer.status_code == 302, answer.content.decode()
    return device


def crowd(meeting: Meeting, number: int) -> list[Client]:
    """So many phones in a hall."""
    return [guest(meeting) for _ in range(number)]


def nu(meeting: Meeting, name: str = "") -> str:
    """An address on somebody's own phone."""
    return f"/tafel/{meeting.table_id}/nu/" + (f"{name}/" if name else "")


def give(client: Client, meeting: Meeting, section: int, **given: Any) -> Any:
    return client.post(nu(meeting, "geef"), {"section": section, **given})


def saved(client: Client, meeting: Meeting, name: str, **given: Any) -> int:
    """What a script hears that keeps what is typed."""
    answer = client.post(nu(meeting, name), given, headers={"X-Requested-With": "autosave"})
    return answer.status_code


def shown(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return str(answer.content.decode())


def key_of(meeting: Meeting, kind: str, section: int = 0) -> str:
    """The key of the first step of a kind, of a section where it is given."""
    steps = Meeting.objects.get(pk=meeting.pk).script["steps"]
    return next(one["key"] for one in steps if one["kind"] == kind and section in {0, one["section"]})


def at(world: World, meeting: Meeting, kind: str, section: int = 0) -> None:
    """Noor puts the first step of a kind on every screen."""
    press(world, meeting, f"go:{key_of(meeting, kind, section)}")


def lay_open(world: World, meeting: Meeting, section: int) -> None:
    press(world, meeting, f"open:{section}")


def chair(meeting: Meeting, name: str) -> Chair:
    return Chair.objects.get(table=meeting.table_id, name=name)


def leads(world: World) -> Client:
    return signed_in(world.noor)
