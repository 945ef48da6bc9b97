"""The inside of `ledger`, in a process of its own (see ledger.py): fills, indexes, and asks for pages."""

import json
import random
import sys
import time
from datetime import timedelta

import django
from django.core.management import call_command

django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402

from bench.dashboard_one import partnership  # noqa: E402
from bench.looks import looked  # noqa: E402
from bench.prepare import LONG_AGO  # noqa: E402
from lemniscaat.base import clock  # noqa: E402
from lemniscaat.datapoints.indexing import index_all  # noqa: E402
from lemniscaat.datapoints.models import Circle, DataPoint, EvidenceKind, SourceKind  # noqa: E402
from lemniscaat.people.models import Membership, Organisation, Partnership, Person, Role  # noqa: E402
from lemniscaat.vision.models import Criterion, Period, VisionPoint  # noqa: E402

TIMES = 25
CRITERIA = 12
LOOKS = {
    "search": {"zoek": "zwemles"},
    "common": {"zoek": "bezoek", "ook": "onder"},
    "two_words": {"zoek": "begeleiding bezoek", "soort": "soft"},
    "all": {},
}
WORDS = [
    "student",
    "begeleider",
    "les",
    "bezoek",
    "lesbezoek",
    "gesprek",
    "nagesprek",
    "werkplek",
    "rooster",
    "team",
    "school",
    "opleiding",
    "leervraag",
    "veilig",
    "proberen",
    "mislukken",
    "vragen",
    "durven",
    "kijken",
    "meekijken",
    "luisteren",
    "feedback",
    "afspraak",
    "overleg",
    "week",
    "maandag",
    "tijd",
    "uren",
    "klas",
    "kinderen",
    "rekenen",
    "taal",
    "kring",
    "instructie",
    "stil",
    "samen",
    "alleen",
    "eerst",
    "daarna",
    "vorige",
    "volgende",
    "beter",
    "anders",
    "moeilijk",
    "verhaal",
    "voorbeeld",
    "schoolopleider",
    "instituut",
    "beoordeling",
    "vertrouwen",
    "ruimte",
    "plan",
    "verslag",
    "collega",
    "starter",
    "mentor",
]


def fill(points: int) -> Person:
    """That many notes and reports over the layers of a middle-sized partnership; returns who looks."""
    call_command("migrate", verbosity=0)
    where = partnership()
    looker, today = Person.objects.get(), clock.today()
    # somebody who may read what is meant for everybody, and for one board and one school
    Membership.objects.create(
        partnership=where,
        person=looker,
        organisation=where.root,
        role=Role.PROGRAMME_LEAD,
        valid_from=LONG_AGO,
    )
    Period.objects.create(
        partnership=where, name="nu", starts_on=today - timedelta(100), ends_on=today + timedelta(200)
    )
    latten = [_criterion(where, number) for number in range(CRITERIA)]
    draw = random.Random(7)
    school = Organisation.objects.filter(kind="school").order_by("id")[0]
    places = [where.root_id, where.root_id, where.root_id, school.pk]
    roles = (Role.STUDENT, Role.STARTER, Role.MENTOR, Role.SCHOOL_EDUCATOR)
    rows = []
    for number in range(points):
        text = " ".join(draw.choices(WORDS, k=draw.randint(14, 40)))
        rare = " zwemles" if number % 400 == 0 else ""
        lat = draw.choice(latten)
        rows.append(
            DataPoint(
                partnership=where,
                organisation_id=draw.choice(places),
                criterion=lat,
                point_id=lat.point_id,
                evidence=EvidenceKind.SOFT,
                source=draw.choice((SourceKind.NOTE, SourceKind.OBSERVATION, SourceKind.REFLECTION)),
                perspective=draw.choice(roles),
                text=text + rare,
                happened_on=today - timedelta(draw.randint(0, 900)),
                circle=Circle.PARTNERSHIP,
            )
        )
    DataPoint.objects.bulk_create(rows, batch_size=500)
    return looker


def _criterion(where: Partnership, number: int) -> Criterion:
    common = {"partnership": where, "organisation": where.root}
    point = VisionPoint.objects.create(title=f"Punt {number}", what="Wat", how="Hoe", **common)
    return Criterion.objects.create(
        point=point, sentence=f"Eis {number}.", good="a", good_enough="b", not_yet="c", **common
    )


def main() -> None:
    """Fill, index, look."""
    looker = fill(int(sys.argv[1]))
    began = time.perf_counter()
    index_all()
    found: dict[str, float] = {"index_seconds": time.perf_counter() - began}
    client = Client()
    client.force_login(looker, backend="allauth.account.auth_backends.AuthenticationBackend")
    address = reverse("datapoints:ledger", args=[Partnership.objects.get().root_id])
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        client.get(address, {"zoek": "zwemles"})
        found["queries"] = len(asked)
    for name, query in LOOKS.items():
        found[name], found[f"{name}_cpu"] = looked(client, address, TIMES, query=query, says="datapunt")
    print(json.dumps(found))


if __name__ == "__main__":
    main()
