"""What people told and what was counted: forty notes, three reports and two figures on one criterion."""

from __future__ import annotations

from datetime import date
from typing import Any

from lemniscaat.datapoints.actions import write_note
from lemniscaat.datapoints.models import About, DataPoint, Indicator, SourceKind
from lemniscaat.datapoints.reporting import Hanging, Wording, keep_report
from lemniscaat.demo.dates import on
from lemniscaat.demo.stage import Stage
from lemniscaat.demo.words import words
from lemniscaat.figures.by_hand import record_figure
from lemniscaat.people.models import OrganisationKind, Person

_FIRST = "joost-note"
"""The key of the note with which last year's story began."""


def write_what_is_known(stage: Stage) -> None:
    """Put this year's notes, reports and figures in the ledger, oldest first."""
    told = words("notes")
    stage.known["notes"] = [_note(stage, one) for one in sorted(told["notes"], key=lambda one: -one["days"])]
    for one in sorted(told["others"], key=lambda one: -one["days"]):
        _note(stage, one)
    stage.known["report"] = [_report(stage, one) for one in told["reports"]]
    for one in told["figures"]:
        _figure(stage, one)


def write_first_notes(stage: Stage) -> None:
    """Last year: Joost's note, and three people who recognised it."""
    thread = words("story")["thread"]
    stage.known[_FIRST] = [_told(stage, "joost", "team", thread["note"])]
    for number, one in enumerate(thread["followers"]):
        who = _somebody(stage, "team", one["who"], number, stage.days.at(one))
        stage.known[_FIRST].append(_told(stage, who, "team", one))


def _told(stage: Stage, who: str | Person, where: str, one: dict[str, Any]) -> DataPoint:
    day = stage.days.at(one)
    with on(day):
        return write_note(
            access=stage.access(who, day),
            text=one["text"],
            layer_id=stage.place(where).pk,
            criterion=stage.criteria[one.get("lat", "kijken")],
        )


def _note(stage: Stage, one: dict[str, Any]) -> DataPoint:
    day = stage.days.ago(one["days"])
    who = one.get("name") or _somebody(stage, one["where"], one["who"], one["days"], day)
    return _told(stage, who, one["where"], {**one, "ago": one["days"]})


def _somebody(stage: Stage, where: str, role: str, number: int, day: date) -> Person:
    """Somebody with this role who was in that circle on that day; one of the cast only when there is no other."""
    school = stage.places.waterrad
    circles = {"team": school.teams[:1], "school": [*school.teams, school.place]}
    cast = {person.pk for person in stage.crowd.cast.values()}
    found = stage.crowd.then(role, day, circles.get(where))
    others = [one for one in found if one.pk not in cast] or found
    return others[number * 7 % len(others)]


def _report(stage: Stage, one: dict[str, Any]) -> DataPoint:
    day = stage.days.ago(one["days"])
    place = stage.place(one["where"])
    # Hans spoke with the mentors; the programme lead put it in the ledger of the partnership
    writer = one["by"] if place.kind != OrganisationKind.PARTNERSHIP else "petra"
    with on(day):
        return keep_report(
            access=stage.access(writer, day),
            sort=SourceKind.REPORT,
            wording=Wording(
                title=one["title"],
                passages=[("vertelden", one["text"].strip())],
                present=[one["perspective"]],
                happened_on=day,
                perspective=one["perspective"],
            ),
            hanging=Hanging(place.pk, stage.criteria["kijken"], permitted_use=one.get("use", "learn")),
        )


def _figure(stage: Stage, one: dict[str, Any]) -> DataPoint:
    day = stage.days.ago(one["days"])
    place = stage.place(one["where"])
    indicator = Indicator.objects.create(
        partnership=stage.places.partnership,
        name=one["name"],
        definition=one["definition"],
        unit=one["unit"],
        source=one["source"],
        owner=one["owner"],
        about=one.get("about", About.PEOPLE),
    )
    writer = "petra" if place == stage.places.root else "noor"
    with on(day):
        return record_figure(
            access=stage.access(writer, day),
            layer_id=place.pk,
            criterion=stage.criteria[one.get("lat", "kijken")],
            indicator=indicator,
            title=one["title"],
            part=one["part"],
            whole=one["whole"],
            before=(one["before"][0], one["before"][1]),
            happened_on=day,
        )
