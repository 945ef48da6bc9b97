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

# kind, minutes and section of each step of the talk of twenty minutes, as it was when talks got a plan of their own
STEPS = {
    "arrive": ("arrive", 2, 0),
    "expect": ("think", 2, 1),
    "see": ("look", 4, 1),
    "alone": ("think", 3, 2),
    "together": ("write", 4, 2),
    "direct": ("decide", 3, 0),
    "tell": ("tell", 2, 0),
}
# in which order a door goes through them; it passes by what has a star
DOORS = {
    "inform": "arrive expect see alone together direct tell",
    "mean": "arrive expect* see alone together direct tell",
    "direct": "arrive direct expect* see alone together tell",
    "account": "arrive alone expect* see together direct tell",
}


def plan(entry: str, now: str) -> dict[str, Any]:
    """The plan of a talk that entered at a door; the step at which it is was taken after all."""
    steps = []
    for name in DOORS.get(entry, DOORS["inform"]).split():
        key = name.removesuffix("*")
        kind, minutes, section = STEPS[key]
        out = key != name and key != now
        steps.append({"key": key, "kind": kind, "minutes": minutes, "section": section, "out": out})
    return {"schema_version": 1, "origin": "flow", "entry": entry, "steps": steps}


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
        meeting.script = plan(meeting.entry, meeting.step)
        meeting.save(update_fields=["table", "script"])


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
    for meeting in model["Meeting"].objects.exclude(table=None).select_related("table__instrument"):
        table = meeting.table
        opened = table.laid_open if table.instrument.key == WORDS["key"] else []
        for chair in model["Chair"].objects.filter(table=table).order_by("pk"):
            # by their numbers: going back, a model may be known under two classes
            seat = model["Seat"].objects.create(
                meeting_id=meeting.pk, person_id=chair.person_id, name=chair.name, role=chair.role or "mentor"
            )
            for step in SECTIONS:
                text = (chair.answers.get(step) or {}).get("v")
                if isinstance(text, str) and text:
                    model["Contribution"].objects.create(
                        meeting_id=meeting.pk, seat_id=seat.pk, step=step, text=text
                    )
        meeting.revealed = [step for step, number in SECTIONS.items() if number in opened]
        meeting.table = None
        meeting.save(update_fields=["revealed", "table"])
        table.delete()


class Migration(migrations.Migration):
    dependencies = [("meetings", "0004_live"), ("instruments", "0002_copies")]
    operations = [migrations.RunPython(seats_to_chairs, chairs_to_seats)]
