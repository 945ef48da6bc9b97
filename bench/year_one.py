"""The inside of `year`, in a process of its own (see year.py): fills a large partnership and asks for its year."""

import json
import random
import sys
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, timedelta

import django
from django.core.management import call_command

django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402

from bench.dashboard_one import organisation  # noqa: E402
from bench.looks import looked  # noqa: E402
from bench.prepare import LONG_AGO, SCALES, instrument  # noqa: E402
from lemniscaat.base import clock  # noqa: E402
from lemniscaat.base.keys import random_key  # noqa: E402
from lemniscaat.collection.blocks import Params  # noqa: E402
from lemniscaat.collection.models import Response, Round, RoundState, Segment  # noqa: E402
from lemniscaat.collection.releasing import release_round  # noqa: E402
from lemniscaat.datapoints.models import Circle, DataPoint, EvidenceKind, SourceKind  # noqa: E402
from lemniscaat.instruments.models import InstrumentVersion  # noqa: E402
from lemniscaat.people.models import (  # noqa: E402
    FAMILY,
    Appointment,
    Body,
    Membership,
    Partnership,
    Person,
    Role,
)
from lemniscaat.vision.models import Criterion, VisionPoint  # noqa: E402
from lemniscaat.year.models import Intent, Way  # noqa: E402
from lemniscaat.year.schoolyear import SchoolYear, school_year, year_from  # noqa: E402

SCHOOLS, BOARDS, CRITERIA, YEARS, TIMES = 160, 14, 24, 3, 25
ROUNDS, PLANS, NOTES, ANSWERS = 12, 20, 6000, 2200
VOICES = (
    Role.STUDENT,
    Role.CAREER_CHANGER,
    Role.STARTER,
    Role.MENTOR,
    Role.SCHOOL_EDUCATOR,
    Role.SCHOOL_LEADER,
)
Places = list[tuple[int, int]]


def fill() -> None:
    """A partnership of 160 schools, three school years full."""
    call_command("migrate", verbosity=0)
    root = organisation("partnership", "De Meetlat")
    made = Partnership.objects.create(name="De Meetlat", slug="de-meetlat", root=root)
    boards = [organisation("board", f"Bestuur {n}", root) for n in range(BOARDS)]
    places = []
    for n in range(SCHOOLS):
        board = boards[n % BOARDS]
        places.append((organisation("school", f"School {n}", board).pk, board.pk))
    looker = Person.objects.create_user("petra@example.org", "Petra")
    rows = [_membership(made, looker, root.pk, Role.PROGRAMME_LEAD)]
    for school, _board in places:
        for role in VOICES:
            person = Person.objects.create(email=f"{role}-{school}@example.org", name=f"{role} {school}")
            rows.append(_membership(made, person, school, role))
    Membership.objects.bulk_create(rows)
    latten = [_criterion(made, number) for number in range(CRITERIA)]
    body = Body.objects.create(partnership=made, organisation=root, name="Stuurgroep")
    frozen = _frozen(made)
    now = school_year(clock.today())
    for year in (year_from(now.year - back) for back in range(YEARS)):
        _rounds(made, frozen, latten, places, year)
        _plans(made, latten, body, year)
    _notes(made, latten, [place for place, _ in places] + [root.pk])


def _membership(made: Partnership, person: Person, place: int, role: Role) -> Membership:
    return Membership(partnership=made, person=person, organisation_id=place, role=role, valid_from=LONG_AGO)


def _criterion(where: Partnership, number: int) -> Criterion:
    common = {"partnership": where, "organisation": where.root}
    point = VisionPoint.objects.create(title=f"Punt {number}", what="Wat", how="Hoe", **common)
    return Criterion.objects.create(
        point=point, sentence=f"Eis {number}.", good="a", good_enough="b", not_yet="c", **common
    )


def _frozen(where: Partnership) -> InstrumentVersion:
    made = instrument()
    return InstrumentVersion.objects.create(
        partnership=where,
        key=made.key,
        root=made.root,
        version=1,
        definition=made.definition(),
        frozen_on=clock.today(),
    )


def _rounds(
    where: Partnership,
    frozen: InstrumentVersion,
    latten: list[Criterion],
    places: Places,
    year: SchoolYear,
) -> None:
    """Rounds of the whole partnership, one of them answered in every school and released."""
    for number, day in enumerate(_days(year, ROUNDS)):
        if day > clock.today():
            continue
        made = Round.objects.create(
            partnership=where,
            organisation=where.root,
            instrument=frozen,
            key=f"ronde-{year.year}-{number}",
            title=f"Ronde {number}",
            roles=[role.value for role in VOICES],
            parameters=asdict(Params()),
            state=RoundState.STOPPED,
            opened_on=day,
            stopped_on=day,
            criterion=latten[number],
        )
        if number < 2:
            _answers(made, places)
            release_round(round_=made)


def _answers(of: Round, places: Places) -> None:
    chance = random.Random(of.pk)
    rows = [
        Segment(round=of, family=FAMILY[role], role=role, board=str(board), school=str(school))
        for school, board in places
        for role in VOICES
    ]
    segments = Segment.objects.bulk_create(rows)
    names = [f"schaal-{n}" for n in range(SCALES)]
    options = [{"v": f"o{n}"} for n in range(1, 6)]
    Response.objects.bulk_create(
        [
            Response(
                id=key,
                round=of,
                segment=chance.choice(segments),
                answers=dict(zip(names, chance.choices(options, k=SCALES), strict=True)),
            )
            for key in sorted(random_key() for _ in range(ANSWERS))
        ],
        batch_size=1000,
    )


def _days(year: SchoolYear, count: int) -> Iterator[date]:
    return (year.first + timedelta(days=n * 360 // count) for n in range(count))


def _plans(where: Partnership, latten: list[Criterion], body: Body, year: SchoolYear) -> None:
    for number, day in enumerate(_days(year, PLANS)):
        at = clock.now().replace(year=day.year, month=day.month, day=min(day.day, 28))
        made = Intent.objects.create(
            partnership=where,
            organisation=where.root,
            year=year.year,
            way=Way.ROUND,
            title=f"Plan {number}",
            roles=["student", "mentor"],
            begins_on=day,
            ends_on=day + timedelta(days=14),
            body=body,
            appointment=Appointment.objects.create(body=body, starts_at=at),
        )
        made.criteria.set([latten[number % CRITERIA]])


def _notes(where: Partnership, latten: list[Criterion], places: list[int]) -> None:
    draw, today = random.Random(7), clock.today()
    rows = []
    for _ in range(NOTES):
        lat = draw.choice(latten)
        rows.append(
            DataPoint(
                partnership=where,
                organisation_id=draw.choice(places),
                criterion=lat,
                point_id=lat.point_id,
                evidence=EvidenceKind.SOFT,
                source=draw.choice((SourceKind.NOTE, SourceKind.OBSERVATION, SourceKind.PANEL)),
                perspective=draw.choice(VOICES),
                text="Iets gezien.",
                happened_on=today - timedelta(draw.randint(0, 900)),
                circle=Circle.PARTNERSHIP,
            )
        )
    DataPoint.objects.bulk_create(rows, batch_size=500)


def look() -> dict[str, float]:
    """The two pages of the year, each the middle of many looks."""
    client = Client()
    who = Person.objects.get(email="petra@example.org")
    client.force_login(who, backend="allauth.account.auth_backends.AuthenticationBackend")
    found: dict[str, float] = {}
    for name in ("year", "silent"):
        address = reverse(f"year:{name}", args=[Partnership.objects.get().root_id])
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            if client.get(address).status_code != 200:
                raise SystemExit("the page shows nothing")
            found[f"{name}_queries"] = len(asked)
        found[f"{name}_ms"], found[f"{name}_cpu_ms"] = looked(client, address, TIMES)
    return found


if __name__ == "__main__":
    if sys.argv[1] == "make":
        fill()
        print(json.dumps({}))
    else:
        print(json.dumps(look()))
