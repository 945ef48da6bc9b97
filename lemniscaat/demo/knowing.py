"""What people told and what was counted: forty notes, three reports and two figures on one criterion."""

from __future__ import annotations

from typing import Any

from lemniscaat.datapoints.actions import record_figure, write_note, write_report
from lemniscaat.datapoints.models import DataPoint, Indicator
from lemniscaat.demo.dates import on
from lemniscaat.demo.stage import Stage
from lemniscaat.demo.words import words
from lemniscaat.people.models import OrganisationKind, Person, Role

_FIRST = "joost-note"
"""The key of the note with which last year's story began."""


def write_what_is_known(stage: Stage) -> None:
    """Put this year's notes, reports and figures in the ledger, oldest first."""
    told = words("notes")
    stage.known["notes"] = [_note(stage, one) for one in sorted(told["notes"], key=lambda one: -one["days"])]
    stage.known["report"] = [_report(stage, one) for one in told["reports"]]
    for one in told["figures"]:
        _figure(stage, one)


def write_first_notes(stage: Stage) -> None:
    """Last year: Joost's note, and three people who recognised it."""
    thread = words("story")["thread"]
    stage.known[_FIRST] = [_told(stage, "joost", "team", thread["note"])]
    for number, one in enumerate(thread["followers"]):
        stage.known[_FIRST].append(_told(stage, _somebody(stage, "team", one["who"], number), "team", one))


def _told(stage: Stage, who: str | Person, where: str, one: dict[str, Any]) -> DataPoint:
    day = stage.days.at(one)
    with on(day):
        return write_note(
            access=stage.access(who, day),
            text=one["text"],
            layer_id=stage.place(where).pk,
            criterion=stage.criteria["kijken"],
        )


def _note(stage: Stage, one: dict[str, Any]) -> DataPoint:
    who = one.get("name") or _somebody(stage, one["where"], one["who"], one["days"])
    return _told(stage, who, one["where"], {"ago": one["days"], "text": one["text"]})


def _somebody(stage: Stage, where: str, role: str, number: int) -> Person:
    """Somebody with this role who can see that circle; at the school from another team, else from any school."""
    school = stage.places.waterrad
    if where == "team":
        found = stage.crowd.at(school.teams[0], role)
    elif where == "school":
        found = [person for team in school.teams for person in stage.crowd.at(team, role)]
    else:
        found = [s.person for s in stage.crowd.standings if s.role == role and s.until is None]
    cast = set(stage.crowd.cast.values())
    others = [person for person in found if person not in cast] or found
    if not others:
        others = [s.person for s in stage.crowd.standings if s.place == school.teams[0] and s.role == Role.STUDENT]
    return others[number * 7 % len(others)]


def _report(stage: Stage, one: dict[str, Any]) -> DataPoint:
    day = stage.days.ago(one["days"])
    place = stage.place(one["where"])
    # Hans spoke with the mentors; the programme lead put it in the ledger of the partnership
    writer = one["by"] if place.kind != OrganisationKind.PARTNERSHIP else "petra"
    with on(day):
        return write_report(
            access=stage.access(writer, day),
            layer_id=place.pk,
            criterion=stage.criteria["kijken"],
            title=one["title"],
            text=one["text"].strip(),
            perspective=one["perspective"],
            happened_on=day,
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
    )
    writer = "petra" if place == stage.places.root else "noor"
    with on(day):
        return record_figure(
            access=stage.access(writer, day),
            layer_id=place.pk,
            criterion=stage.criteria["kijken"],
            indicator=indicator,
            title=one["title"],
            part=one["part"],
            whole=one["whole"],
            before=(one["before"][0], one["before"][1]),
            happened_on=day,
        )
