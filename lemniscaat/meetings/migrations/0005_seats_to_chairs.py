"""Who sat at a talk gets a chair at its table, and what was written alone lies there as an answer."""

import secrets
from typing import Any

from django.db import migrations

SECTIONS = {"expect": 1, "alone": 2}
WORDS = {
    "key": "twintig-minuten",
    "version": 1,
    "titles": {"nl": "Gesprek over onze lat", "en": "Talk about our criterion"},
    "maker": "Lemniscaat",
    "origin": "Het gesprek van twintig minuten",
    "known": {"nl": "Er is geen ander origineel. Dit gesprek is van ons."},
    "ours": {"nl": "Alles."},
    "purpose": {"nl": "Eerst alleen, dan samen.", "en": "First alone, then together."},
    "ways": ["table", "paper"],
    "sections": [
        {
            "title": {"nl": "Wat verwacht je?"},
            "items": [{"kind": "text", "key": "expect", "text": {"nl": "Wat verwacht je zo te zien?"}, "most": 1000}],
        },
        {
            "title": {"nl": "Wat betekent dit?"},
            "items": [
                {"kind": "text", "key": "alone", "text": {"nl": "Wat betekent dit voor onze lat?"}, "most": 1000}
            ],
        },
    ],
}


def seats_to_chairs(apps: Any, _editor: Any) -> None:
    model = {name: apps.get_model("meetings", name) for name in ("Meeting", "Table", "Chair", "Seat", "Contribution")}
    versions = apps.get_model("instruments", "InstrumentVersion")
    for meeting in model["Meeting"].objects.filter(table=None).select_related("criterion"):
        version, _new = versions.objects.get_or_create(
            partnership_id=meeting.partnership_id,
            key=WORDS["key"],
            version=1,
            defaults={"root": WORDS["key"], "definition": WORDS},
        )
        done = meeting.state == "done"
        opened = sorted(SECTIONS[step] for step in meeting.revealed if step in SECTIONS)
        table = model["Table"].objects.create(
            partnership_id=meeting.partnership_id,
            organisation_id=meeting.organisation_id,
            instrument=version,
            title=meeting.title,
            point_id=meeting.criterion.point_id if meeting.criterion else None,
            state="closed" if done else "open" if opened else "filling",
            code="" if done else _free_code(model["Table"]),
            laid_open=opened,
            led_by_id=meeting.leader_id,
            opened_on=meeting.finished_on or _today(),
        )
        for seat in model["Seat"].objects.filter(meeting=meeting).order_by("pk"):
            written = model["Contribution"].objects.filter(seat=seat, step__in=SECTIONS)
            model["Chair"].objects.create(
                table=table,
                person_id=seat.person_id,
                name=seat.name,
                role=seat.role,
                token=secrets.token_hex(32),
                answers={one.step: {"v": one.text} for one in written if one.text},
                here=done or seat.person_id == meeting.leader_id,
            )
        meeting.table = table
        meeting.save(update_fields=["table"])


def _today() -> Any:
    from django.utils import timezone

    return timezone.localdate()


def _free_code(tables: Any) -> str:
    while tables.objects.filter(code=(code := f"{secrets.randbelow(10**6):06d}")).exists():
        pass
    return code


def chairs_to_seats(apps: Any, _editor: Any) -> None:
    """A talk with an instrument becomes one without: its table goes, for the older house knows no such talk."""
    model = {name: apps.get_model("meetings", name) for name in ("Meeting", "Table", "Chair", "Seat", "Contribution")}
    for meeting in model["Meeting"].objects.exclude(table=None).select_related("table"):
        table = meeting.table
        for chair in model["Chair"].objects.filter(table=table).order_by("pk"):
            seat = model["Seat"].objects.create(
                meeting=meeting, person_id=chair.person_id, name=chair.name, role=chair.role or "mentor"
            )
            for step in SECTIONS:
                text = (chair.answers.get(step) or {}).get("v")
                if isinstance(text, str) and text:
                    model["Contribution"].objects.create(meeting=meeting, seat=seat, step=step, text=text)
        meeting.revealed = [step for step, number in SECTIONS.items() if number in table.laid_open]
        meeting.table = None
        meeting.save(update_fields=["revealed", "table"])
        table.delete()


class Migration(migrations.Migration):
    dependencies = [("meetings", "0004_live"), ("instruments", "0002_copies")]
    operations = [migrations.RunPython(seats_to_chairs, chairs_to_seats)]
