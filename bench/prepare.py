"""Makes the benchmark's partnership and its open round; prints where it is answered (see `product.prepare`)."""

import json
import sys
from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path

import django
from django.core.management import call_command

django.setup()

from lemniscaat.base import clock  # noqa: E402
from lemniscaat.collection.blocks import Params  # noqa: E402
from lemniscaat.collection.carry import fresh  # noqa: E402
from lemniscaat.collection.codes import round_token  # noqa: E402
from lemniscaat.collection.models import Round, RoundState, Segment  # noqa: E402
from lemniscaat.collection.places import Places  # noqa: E402
from lemniscaat.collection.segments import Segment as Standing  # noqa: E402
from lemniscaat.instruments.grammar import Instrument  # noqa: E402
from lemniscaat.instruments.models import InstrumentVersion  # noqa: E402
from lemniscaat.people.models import Organisation, OrganisationLink, Partnership  # noqa: E402
from lemniscaat.vision.models import Period  # noqa: E402

SCALES, TEXTS = 24, 3
SHEETS = 12_000
LONG_AGO = date(2020, 8, 1)


def instrument(scales: int = SCALES, texts: int = TEXTS) -> Instrument:
    """A sheet of scales and texts."""
    words = ["Nog niet", "Eén keer", "Een paar keer", "Elke week", "Vaker"]
    options = [{"key": f"o{n}", "nl": word, "en": word} for n, word in enumerate(words, 1)]
    items = [
        {"kind": "scale", "key": f"schaal-{n}", "scale": "hoe-vaak", "text": {"nl": text, "en": text}}
        for n in range(scales)
        for text in [f"Iemand keek mee bij wat ik probeerde, en vroeg daarna door. ({n + 1})"]
    ]
    items += [
        {"kind": "text", "key": f"tekst-{n}", "text": {"nl": text, "en": text}}
        for n in range(texts)
        for text in [f"Wat gaf je een zetje? ({n + 1})"]
    ]
    both = {"nl": "Meten hoe snel het gaat", "en": "Measuring how fast it goes"}
    return Instrument.model_validate(
        {
            "key": "meting",
            "version": 1,
            "titles": both,
            "maker": "Lemniscaat",
            "origin": "Eigen uitwerking",
            "known": "Er is geen origineel.",
            "ours": "Alles.",
            "purpose": both,
            "ways": ["alone"],
            "scales": {"hoe-vaak": options},
            "sections": [{"title": both, "items": items}],
        }
    )


def partnership() -> Partnership:
    """A partnership with one board and four schools."""
    root = Organisation.objects.create(kind="partnership", name="De Meetlat", valid_from=LONG_AGO)
    board = Organisation.objects.create(kind="board", name="Bestuur", valid_from=LONG_AGO)
    OrganisationLink.objects.create(child=board, parent=root, valid_from=LONG_AGO)
    for number in range(4):
        school = Organisation.objects.create(kind="school", name=f"School {number}", valid_from=LONG_AGO)
        OrganisationLink.objects.create(child=school, parent=board, valid_from=LONG_AGO)
    return Partnership.objects.create(name="De Meetlat", slug="de-meetlat", root=root)


def open_round(where: Partnership) -> Round:
    """A round that anybody with its link may answer."""
    made = instrument()
    today = clock.today()
    frozen = InstrumentVersion.objects.create(
        partnership=where,
        key=made.key,
        root=made.root,
        version=1,
        definition=made.definition(),
        frozen_on=today,
    )
    period = Period.objects.create(
        partnership=where, name="nu", starts_on=today - timedelta(100), ends_on=today + timedelta(200)
    )
    opened = Round.objects.create(
        partnership=where,
        organisation=where.root,
        period=period,
        instrument=frozen,
        key="meting",
        title="Meting",
        roles=["student"],
        state=RoundState.OPEN,
        by_link=True,
        by_mail=False,
        parameters=asdict(Params()),
        link_token=round_token(),
        opened_on=today,
        stops_on=today + timedelta(14),
    )
    students = Standing("learning", "student")
    key = Segment.objects.create(round=opened, family="learning", role="student").pk
    opened.places = Places(("student",), (), ((students, key),), ((students, key),)).to_json()
    opened.save()
    return opened


def empty_sheets(opened: Round, file: Path) -> None:
    """Sheets as the server seals them, a line each: for a submit without its page."""
    segment = Segment.objects.get(round=opened).pk
    made = (fresh(round_id=opened.pk, role="student", segment=segment, language="nl") for _ in range(SHEETS))
    file.write_text("\n".join(sheet.sealed() for sheet in made))


def main(file: Path) -> None:
    """Make all of it."""
    call_command("migrate", verbosity=0)
    opened = open_round(partnership())
    empty_sheets(opened, file)
    start = f"/mee/{opened.link_token}/"
    facts = {"items": SCALES + TEXTS, "send": f"{start}versturen/", "sheets": str(file), "count": SHEETS}
    print(json.dumps({"start": start, "paths": [f"{start}alles/"], "facts": facts}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
