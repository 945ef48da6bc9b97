"""One size of `dashboard`, in a process of its own (see dashboard.py).

`python -m bench.dashboard_one make 10000` fills, folds and releases; `python -m bench.dashboard_one page` asks for the
page as somebody who may see it. Each prints its figures as JSON.
"""

import json
import random
import resource
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict
from datetime import timedelta
from typing import Any

import django
from django.core.management import call_command

django.setup()

from django.db import connection, reset_queries  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402

from bench.looks import looked  # noqa: E402
from bench.prepare import LONG_AGO, SCALES, instrument  # noqa: E402
from lemniscaat.base import clock  # noqa: E402
from lemniscaat.base.keys import random_key  # noqa: E402
from lemniscaat.base.writing import writing  # noqa: E402
from lemniscaat.collection.blocks import Params  # noqa: E402
from lemniscaat.collection.models import CriterionItem, Response, Round, RoundState, Segment  # noqa: E402
from lemniscaat.collection.releasing import release_round  # noqa: E402
from lemniscaat.instruments.models import InstrumentVersion  # noqa: E402
from lemniscaat.people.models import (  # noqa: E402
    FAMILY,
    Membership,
    Organisation,
    OrganisationLink,
    Partnership,
    Person,
    Role,
)
from lemniscaat.vision.models import Criterion, Period, VisionPoint  # noqa: E402

BOARDS, SCHOOLS = 8, 35
VOICES = (Role.STUDENT, Role.STARTER, Role.MENTOR, Role.SCHOOL_EDUCATOR)
LINKED = 3
TIMES = 30
BATCH = 10_000


def organisation(kind: str, name: str, parent: Organisation | None = None) -> Organisation:
    """A place, as part of another."""
    made = Organisation.objects.create(kind=kind, name=name, valid_from=LONG_AGO)
    if parent is not None:
        OrganisationLink.objects.create(child=made, parent=parent, valid_from=LONG_AGO)
    return made


def partnership() -> Partnership:
    """A middle-sized partnership, with one school-based educator to look."""
    root = organisation("partnership", "De Meetlat")
    made = Partnership.objects.create(name="De Meetlat", slug="de-meetlat", root=root)
    boards = [organisation("board", f"Bestuur {n}", root) for n in range(BOARDS)]
    schools = [organisation("school", f"School {n}", boards[n % BOARDS]) for n in range(SCHOOLS)]
    looker = Person.objects.create_user("noor@example.org", "Noor")
    Membership.objects.create(
        partnership=made,
        person=looker,
        organisation=schools[0],
        role=Role.SCHOOL_EDUCATOR,
        valid_from=LONG_AGO,
    )
    return made


def stopped_round(where: Partnership) -> Round:
    """A stopped round whose first items tell something about a criterion."""
    today, made = clock.today(), instrument()
    frozen = InstrumentVersion.objects.create(
        partnership=where,
        key=made.key,
        root=made.root,
        version=1,
        definition=made.definition(),
        frozen_on=today,
    )
    Period.objects.create(
        partnership=where, name="nu", starts_on=today - timedelta(100), ends_on=today + timedelta(200)
    )
    common = {"partnership": where, "organisation": where.root}
    point = VisionPoint.objects.create(title="Veilig om te proberen", what="Wat", how="Hoe", **common)
    lat = Criterion.objects.create(
        point=point, sentence="Wij kijken bij elkaar.", good="a", good_enough="b", not_yet="c", **common
    )
    for n in range(LINKED):
        CriterionItem.objects.create(criterion=lat, instrument_key=made.key, item_key=f"schaal-{n}")
    return Round.objects.create(
        instrument=frozen,
        key="meting",
        title="Meting",
        roles=list(VOICES),
        parameters=asdict(Params()),
        state=RoundState.STOPPED,
        opened_on=today - timedelta(14),
        stopped_on=today,
        criterion=lat,
        **common,
    )


def segments(of: Round) -> list[int]:
    """Every role in every school."""
    schools = Organisation.objects.filter(kind="school").order_by("id")
    boards = dict(OrganisationLink.objects.filter(child__in=schools).values_list("child_id", "parent_id"))
    rows = [
        Segment(round=of, family=FAMILY[role], role=role, board=str(boards[school.pk]), school=str(school.pk))
        for school in schools
        for role in VOICES
    ]
    return [row.pk for row in Segment.objects.bulk_create(rows)]


def sheets(of: Round, answers: int) -> Iterator[list[Response]]:
    """That many answers as rows, in the order of their keys, in batches."""
    chance, places = random.Random(answers), segments(of)
    people = max(1, answers // SCALES)
    keys = sorted(random_key() for _ in range(people))
    names = [f"schaal-{n}" for n in range(SCALES)]
    options = [{"v": f"o{n}"} for n in range(1, 6)]
    for start in range(0, people, BATCH):
        yield [
            Response(
                id=key,
                round=of,
                segment_id=chance.choice(places),
                answers=dict(zip(names, chance.choices(options, k=SCALES), strict=True)),
            )
            for key in keys[start : start + BATCH]
        ]


def make(answers: int) -> dict[str, Any]:
    """Fill, fold and release; the seconds of the last two."""
    call_command("migrate", verbosity=0)
    of = stopped_round(partnership())
    with writing():
        for rows in sheets(of, answers):
            Response.objects.bulk_create(rows, batch_size=1000)
            reset_queries()
    began = time.perf_counter()
    release_round(round_=of)
    return {"fold_seconds": time.perf_counter() - began, "fold_memory_mb": memory()}


def page() -> dict[str, Any]:
    """The page of the criterion, after one look to warm up: the middle of many."""
    client = Client()
    client.force_login(Person.objects.get(), backend="allauth.account.auth_backends.AuthenticationBackend")
    address = reverse("datapoints:criterion", args=[Criterion.objects.get().pk])
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        response = client.get(address)
        queries = len(asked)
    if response.status_code != 200 or "gaven antwoord" not in response.content.decode():
        raise SystemExit("the page shows no figures")
    passed, worked = looked(client, address, TIMES)
    times = {"page_ms": passed, "page_cpu_ms": worked}
    return {**times, "queries": queries, "memory_mb": memory()}


def memory() -> float:
    """The most memory this process had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Do the one or the other."""
    found = make(int(sys.argv[2])) if sys.argv[1] == "make" else page()
    print(json.dumps(found))


if __name__ == "__main__":
    main()
