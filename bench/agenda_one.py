"""The inside of `agenda`, in a process of its own (see agenda.py): fills a large partnership and asks for its agendas."""

import json
import sys
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
from bench.prepare import LONG_AGO  # noqa: E402
from lemniscaat.agenda.models import (  # noqa: E402
    Act,
    Contribution,
    Difference,
    Goal,
    GoalState,
    Look,
    Phase,
    Span,
    Step,
)
from lemniscaat.base import clock  # noqa: E402
from lemniscaat.people.models import (  # noqa: E402
    Appointment,
    Body,
    Membership,
    Organisation,
    Partnership,
    Person,
    Role,
)
from lemniscaat.vision.models import Criterion, Period, VisionPoint  # noqa: E402
from lemniscaat.year.schoolyear import SchoolYear, school_year, year_from  # noqa: E402

SCHOOLS, BOARDS, YEARS, EACH, STEPS, LOOKS, TIMES = 160, 14, 3, 3, 3, 2, 25


def fill() -> None:
    """Three years of points in 160 schools, their boards and the partnership."""
    call_command("migrate", verbosity=0)
    root = organisation("partnership", "De Meetlat")
    made = Partnership.objects.create(name="De Meetlat", slug="de-meetlat", root=root)
    boards = [organisation("board", f"Bestuur {n}", root) for n in range(BOARDS)]
    schools = [organisation("school", f"School {n}", boards[n % BOARDS]) for n in range(SCHOOLS)]
    _member(made, "petra", root, Role.PROGRAMME_LEAD)
    for number, school in enumerate(schools):
        _member(made, f"noor-{number}", school, Role.SCHOOL_EDUCATOR)
    lat = _criterion(made)
    backs = {place.pk: _moment(made, place) for place in (root, *boards, *schools)}
    now = school_year(clock.today())
    long = Goal.objects.bulk_create(
        _goal(made, root, backs[root.pk], lat, n, Span.YEARS, None) for n in range(4)
    )
    for year in (year_from(now.year - back) for back in range(YEARS)):
        period = Period.objects.create(
            partnership=made, name=year.name, starts_on=year.first, ends_on=year.last
        )
        upper = _points(made, [root], backs, lat, (year, period), long)
        _points(made, boards, backs, lat, (year, period), upper)
        lower = _points(made, schools, backs, lat, (year, period), [])
        Contribution.objects.bulk_create(
            Contribution(lower=row, upper=upper[n % len(upper)], made_on=year.first)
            for n, row in enumerate(lower)
        )


def _member(where: Partnership, name: str, place: Organisation, role: str) -> None:
    person = Person.objects.create(email=f"{name}@example.org", name=name)
    Membership.objects.create(
        partnership=where, person=person, organisation=place, role=role, valid_from=LONG_AGO
    )


def _criterion(where: Partnership) -> Criterion:
    common = {"partnership": where, "organisation": where.root}
    point = VisionPoint.objects.create(title="Punt", what="Wat", how="Hoe", **common)
    return Criterion.objects.create(
        point=point, sentence="Eis.", good="a", good_enough="b", not_yet="c", **common
    )


def _moment(where: Partnership, place: Organisation) -> Appointment:
    body = Body.objects.create(partnership=where, organisation=place, name=f"Overleg {place.name}")
    return Appointment.objects.create(body=body, starts_at=clock.now() + timedelta(days=20))


def _goal(
    where: Partnership,
    place: Organisation,
    back: Appointment,
    lat: Criterion,
    number: int,
    span: str,
    period: Period | None,
) -> Goal:
    return Goal(
        partnership=where,
        organisation=place,
        span=span,
        period=period,
        course="adjust" if number % 3 else "sustain",
        sentence=f"Elke student krijgt bezoek in de eerste weken, en wie begint vraagt het zelf ({number}).",
        criterion=lat,
        point_id=lat.point_id,
        owner_text="Noor, met de begeleiders",
        noticeable="De student vraagt zelf.",
        returns_at=back,
        phase=list(Phase)[number % 4],
        taken_up_on=period.starts_on if period else LONG_AGO,
        place=number + 1,
    )


def _points(
    where: Partnership,
    places: list[Organisation],
    backs: dict[int, Appointment],
    lat: Criterion,
    when: tuple[SchoolYear, Period],
    within: list[Goal],
) -> list[Goal]:
    """Three points for each of these places; those of earlier years ended with a look."""
    year, period = when
    runs = year.holds(clock.today())
    rows = []
    for place in places:
        for number in range(EACH):
            row = _goal(where, place, backs[place.pk], lat, number, Span.YEAR, period)
            row.within = within[number % len(within)] if within and within[0].span == Span.YEARS else None
            if not runs:
                row.state = GoalState.SUSTAINED if number else GoalState.STOPPED
                row.ended_on, row.ended_because = year.last, "Het hoort nu bij ons."
            rows.append(row)
    made = Goal.objects.bulk_create(rows)
    Step.objects.bulk_create(_step(row, number, year.first) for row in made for number in range(STEPS))
    Look.objects.bulk_create(_look(row, number, year.first) for row in made for number in range(LOOKS))
    return made


def _step(row: Goal, number: int, first: date) -> Step:
    day = first + timedelta(days=40 + 30 * number)
    return Step(
        goal=row, sentence=f"Stap {number}", owner_text="Noor", due_on=day, done_on=None if number else day
    )


def _look(row: Goal, number: int, first: date) -> Look:
    day = first + timedelta(days=60 + 60 * number)
    return Look(goal=row, looked_on=day, difference=Difference.PARTLY, act=Act.GO_ON, seen="Bij de helft.")


def look() -> dict[str, float]:
    """The pages, each the middle of many looks."""
    where = Partnership.objects.get()
    school = Organisation.objects.filter(kind="school").order_by("pk")[0]
    agenda = reverse("goals:agenda", args=[where.root_id])
    runs = Goal.objects.filter(state=GoalState.RUNNING, span=Span.YEAR)
    pages = {
        "list": ("petra", agenda, "lijst"),
        "tree": ("petra", agenda, "boom"),
        "line": ("petra", agenda, "tijdlijn"),
        "board": ("petra", agenda, "bord"),
        "school": ("noor-0", reverse("goals:agenda", args=[school.pk]), "lijst"),
        "point": ("noor-0", _page(runs.filter(organisation=school)[0]), ""),
        "upper": ("petra", _page(runs.filter(organisation_id=where.root_id)[0]), ""),
    }
    found: dict[str, float] = {}
    for name, (who, address, shape) in pages.items():
        client = Client()
        person = Person.objects.get(email=f"{who}@example.org")
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        query = {"vorm": shape} if shape else None
        client.get(address, query)
        with CaptureQueriesContext(connection) as asked:
            client.get(address, query)
        found[f"{name}_queries"] = len(asked)
        found[f"{name}_ms"], found[f"{name}_cpu_ms"] = looked(
            client, address, TIMES, query=query, says="Elke student krijgt bezoek"
        )
    return found


def _page(row: Goal) -> str:
    return reverse("goals:goal", args=[row.pk])


if __name__ == "__main__":
    if sys.argv[1] == "make":
        fill()
        print(json.dumps({}))
    else:
        print(json.dumps(look()))
