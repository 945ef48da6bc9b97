"""Talks as they were held and written down: meaning, other voice, assumption, agreement, and what came back."""

from __future__ import annotations

from datetime import date
from typing import Any

from lemniscaat.agenda.actions import agree, close, look_back
from lemniscaat.agenda.models import Agreement
from lemniscaat.base import clock
from lemniscaat.demo.dates import on
from lemniscaat.demo.stage import Stage
from lemniscaat.interpretation.actions import Ground, assume, judge_assumption, write_meaning
from lemniscaat.interpretation.models import Assumption, Interpretation
from lemniscaat.meetings import actions as meetings
from lemniscaat.meetings.clearing import clear_table
from lemniscaat.meetings.models import Chair, Meeting, MeetingState, Outcome
from lemniscaat.people.access import Access
from lemniscaat.people.actions import answer_share, share
from lemniscaat.people.models import Appointment

Told = dict[str, Any]
LAYER_OF = {
    "team": "team",
    "school": "school",
    "board": "board",
    "institute": "institute",
    "steering": "root",
    "network": "root",
    "programme": "root",
}
"""At which layer a body talks."""
_ANSWERS = {"root": "stef", "board": "bea"}
"""Who speaks for a layer when something is shared with it."""


def hold_talk(stage: Stage, told: Told) -> Meeting:
    """Hold one talk of the story on its day, with all it left behind."""
    day = stage.days.at(told)
    access = stage.access(told["leader"], day)
    with on(day):
        at = stage.calendar.appointment(stage.calendar.bodies[told["body"]], day)
        meeting = _planned(stage, told, access, at)
        meetings.set_table(access=access, meeting=meeting, keep=(), guests=_guests(stage, told["seats"]))
        meaning = _mean(stage, told, access, at)
        Outcome.objects.create(meeting=meeting, interpretation=meaning)
        if "assumption" in told:
            thought = _assume(stage, told, access)
            Outcome.objects.create(meeting=meeting, assumption=thought)
        for one in told["agreements"]:
            Outcome.objects.create(meeting=meeting, agreement=_agree(stage, told, one, meaning, access))
        clear_table(table=meeting.table, everything=True)
        meeting.state, meeting.reflection, meeting.finished_on = MeetingState.DONE, told["reflection"], day
        meeting.save(update_fields=["state", "reflection", "finished_on"])
    for one in told["agreements"]:
        if "back" in one:
            _came_back(stage, told, one)
    for one in told.get("shares", []):
        _share(stage, told, one, meaning, day)
    return meeting


def plan_talk(stage: Stage, told: Told) -> Meeting:
    """Put a talk of the story in the diary."""
    body = stage.calendar.bodies[told["body"]]
    at = stage.calendar.appointment(body, stage.days.at(told))
    return _planned(stage, told, stage.access(told["leader"], clock.today()), at)


def _planned(stage: Stage, told: Told, access: Access, at: Appointment) -> Meeting:
    return meetings.plan_talk(
        access=access,
        layer_id=stage.place(LAYER_OF[told["body"]]).pk,
        body=stage.calendar.bodies[told["body"]],
        appointment=at,
        criterion=stage.criteria[told["criterion"]],
        title=told["title"],
        entry=told["entry"],
    )


def _guests(stage: Stage, seats: list[str | dict[str, str]]) -> list[meetings.Guest]:
    found = []
    for seat in seats:
        if isinstance(seat, dict):
            found.append(meetings.Guest(seat["name"], seat["role"]))
        else:
            person = stage.crowd.cast[seat]
            found.append(meetings.Guest(person.first_name, stage.crowd.role_of(person), person.pk))
    return found


def _mean(stage: Stage, told: Told, access: Access, at: Appointment) -> Interpretation:
    words = told["meaning"]
    grounds = [
        Ground(data_point=point, words=point.text[:200])
        for key in told.get("evidence", [])
        for point in [one for one in stage.known.get(key, []) if one.happened_on < clock.today()][:4]
    ]
    if "halverwege" in told.get("evidence", []):
        grounds.append(Ground(round=stage.rounds["halverwege-toen"], item="lesbezoek"))
    tables = Meeting.objects.filter(appointment=at).values("table_id")
    roles = Chair.objects.filter(table_id__in=tables).order_by("pk").values_list("role", flat=True)
    return write_meaning(
        access=access,
        layer_id=stage.place(LAYER_OF[told["body"]]).pk,
        criterion=stage.criteria[told["criterion"]],
        text=words["text"],
        dissent=words["dissent"],
        certainty=words["certainty"],
        missing=words["missing"],
        people=len(told["seats"]),
        roles=list(roles),
        appointment=at,
        evidence=grounds,
    )


def _assume(stage: Stage, told: Told, access: Access) -> Assumption:
    words = told["assumption"]
    thought = assume(
        access=access,
        layer_id=stage.place(LAYER_OF[told["body"]]).pk,
        criterion=stage.criteria[told["criterion"]],
        text=words["text"],
        test=words["test"],
        returns_at=stage.calendar.appointment(
            stage.calendar.bodies[told["body"]], stage.days.at(words["looks"])
        )
        if "looks" in words
        else None,
    )
    if "verdict" in words:
        with on(stage.days.last(words["tested"])):
            text = words["verdict_text"]
            judge_assumption(access=access, assumption=thought, verdict=words["verdict"], text=text)
    return thought


def _agree(stage: Stage, told: Told, one: Told, meaning: Interpretation, access: Access) -> Agreement:
    body = stage.calendar.bodies[told["body"]]
    agreement = agree(
        access=access,
        layer_id=meaning.organisation_id,
        criterion=meaning.criterion,
        course=one["course"],
        sentence=one["sentence"],
        owner=stage.crowd.cast[one["owner"]],
        owner_text=one["owner_text"],
        notice=one["notice"],
        weighed=one.get("weighed", ""),
        because=one.get("because", ""),
        interpretation=meaning,
        returns_at=stage.calendar.appointment(body, stage.days.at(one["returns"])),
    )
    stage.agreements[one["key"]] = agreement
    return agreement


def _came_back(stage: Stage, told: Told, one: Told) -> None:
    """The agreement came back on its day: what helped, what hindered, and 'merken we verschil?'."""
    back, day = one["back"], stage.days.at(one["returns"])
    agreement = stage.agreements[one["key"]]
    access = stage.access(told["leader"], day)
    with on(day):
        look_back(
            access=access,
            agreement=agreement,
            helped=back["helped"],
            hindered=back["hindered"],
            ask=back["ask"],
        )
        close(
            access=access,
            agreement=agreement,
            difference=back["difference"],
            sustain=back["state"] == "sustained",
        )


def _share(stage: Stage, told: Told, one: Told, meaning: Interpretation, day: date) -> None:
    source = stage.place(LAYER_OF[told["body"]])
    later = _after(stage, told, one["days"])
    with on(later):
        made = share(
            access=stage.access(told["leader"], later),
            noun="interpretation",
            noun_id=meaning.pk,
            title=told["title"],
            text=meaning.text,
            dissent=told["meaning"]["dissent"],
            source_id=source.pk,
            target_id=stage.place(one["to"]).pk,
        )
    if "answer" in one:
        answered = _after(stage, told, one["answer_days"])
        who = stage.access(_ANSWERS[one["to"]], answered)
        with on(answered):
            answer_share(access=who, share=made, text=one["answer"])


def _after(stage: Stage, told: Told, days: int) -> date:
    """So many days after a talk, and not after today."""
    if "last" in told:
        return stage.days.last(told["last"] + days)
    return stage.days.ago(max(0, told["ago"] - days))
