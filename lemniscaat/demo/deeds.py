"""Talks as they were held and written down: meaning, other voice, assumption, agreement, and what came back."""

from __future__ import annotations

from datetime import date
from typing import Any

from lemniscaat.agenda.models import Agreement, AgreementReturn, AgreementState, Decision
from lemniscaat.demo.dates import on
from lemniscaat.demo.stage import Stage
from lemniscaat.interpretation.models import Assumption, DissentingVoice, Evidence, Interpretation, Verdict
from lemniscaat.meetings.models import Meeting, MeetingState, Outcome, Seat
from lemniscaat.people.actions import answer_share, share
from lemniscaat.people.models import Appointment, Person
from lemniscaat.vision.models import Period

Told = dict[str, Any]


def hold_talk(stage: Stage, told: Told) -> Meeting:
    """Hold one talk of the story on its day, with all it left behind."""
    day = stage.days.at(told)
    body = stage.calendar.bodies[told["body"]]
    at = stage.calendar.appointment(body, day)
    with on(day):
        meeting = Meeting.objects.create(
            partnership=stage.places.partnership,
            organisation=stage.place(_LAYER[told["body"]]),
            body=body,
            appointment=at,
            criterion=stage.criteria[told["criterion"]],
            title=told["title"],
            entry=told["entry"],
            state=MeetingState.DONE,
            leader=stage.crowd.cast[told["leader"]],
            reflection=told["reflection"],
            finished_on=day,
        )
        roles = _seat(stage, meeting, told["seats"])
        meaning = _mean(stage, told, day, at, roles)
        Outcome.objects.create(meeting=meeting, interpretation=meaning)
        if "assumption" in told:
            Outcome.objects.create(meeting=meeting, assumption=_assume(stage, told, day))
        for one in told["agreements"]:
            agreement = _agree(stage, told, one, meaning, day)
            Outcome.objects.create(meeting=meeting, agreement=agreement)
    for one in told.get("shares", []):
        _share(stage, told, one, meaning, day)
    return meeting


_LAYER = {
    "team": "team",
    "school": "school",
    "board": "board",
    "institute": "institute",
    "steering": "root",
    "network": "root",
}
_ANSWERS = {"root": "stef", "board": "bea"}


def _seat(stage: Stage, meeting: Meeting, seats: list[str | dict[str, str]]) -> list[str]:
    rows = []
    for seat in seats:
        if isinstance(seat, dict):
            rows.append(Seat(meeting=meeting, name=seat["name"], role=seat["role"]))
        else:
            person = stage.crowd.cast[seat]
            rows.append(Seat(meeting=meeting, person=person, name=person.first_name, role=role_of(stage, person)))
    Seat.objects.bulk_create(rows)
    return [row.role for row in rows]


def role_of(stage: Stage, person: Person) -> str:
    """The first role of somebody."""
    return next(s.role for s in stage.crowd.standings if s.person is person)


def _mean(stage: Stage, told: Told, day: date, at: Appointment, roles: list[str]) -> Interpretation:
    words = told["meaning"]
    meaning = Interpretation.objects.create(
        partnership=stage.places.partnership,
        organisation=stage.place(_LAYER[told["body"]]),
        criterion=stage.criteria[told["criterion"]],
        period=period_of(stage, day),
        appointment=at,
        text=words["text"],
        certainty=words["certainty"],
        missing=words["missing"],
        people=len(roles),
        roles=list(dict.fromkeys(roles)),
        written_on=day,
    )
    DissentingVoice.objects.create(interpretation=meaning, text=words["dissent"])
    for key in told.get("evidence", []):
        for point in stage.known.get(key, [])[:4]:
            Evidence.objects.create(interpretation=meaning, data_point=point, words=point.text[:200])
        if key == "halverwege":
            round_ = stage.rounds["halverwege-toen"]
            Evidence.objects.create(interpretation=meaning, round=round_, item="lesbezoek")
    return meaning


def period_of(stage: Stage, day: date) -> Period | None:
    """The school year of a day."""
    rows = Period.objects.filter(partnership=stage.places.partnership, starts_on__lte=day, ends_on__gte=day)
    return rows.first()


def _assume(stage: Stage, told: Told, day: date) -> Assumption:
    words = told["assumption"]
    return Assumption.objects.create(
        partnership=stage.places.partnership,
        organisation=stage.place(_LAYER[told["body"]]),
        criterion=stage.criteria[told["criterion"]],
        text=words["text"],
        test=words["test"],
        verdict=words.get("verdict", Verdict.OPEN),
        verdict_text=words.get("verdict_text", ""),
        made_by=stage.crowd.cast[told["leader"]],
        made_on=day,
        tested_on=stage.days.last(words["tested"]) if "tested" in words else None,
    )


def _agree(stage: Stage, told: Told, one: Told, meaning: Interpretation, day: date) -> Agreement:
    place = stage.place(_LAYER[told["body"]])
    body = stage.calendar.bodies[told["body"]]
    decision = Decision.objects.create(
        partnership=stage.places.partnership,
        organisation=place,
        interpretation=meaning,
        course=one["course"],
        text=one["sentence"],
        decided_on=day,
    )
    returns = stage.calendar.appointment(body, stage.days.at(one["returns"]))
    agreement = Agreement.objects.create(
        partnership=stage.places.partnership,
        organisation=place,
        criterion=meaning.criterion,
        decision=decision,
        course=one["course"],
        sentence=one["sentence"],
        owner=stage.crowd.cast[one["owner"]],
        owner_text=one["owner_text"],
        notice=one["notice"],
        weighed=one.get("weighed", ""),
        because=one.get("because", ""),
        returns_at=returns,
        agreed_on=day,
    )
    stage.agreements[one["key"]] = agreement
    if "back" in one:
        _came_back(stage, agreement, one["back"], stage.days.at(one["returns"]))
    return agreement


def _came_back(stage: Stage, agreement: Agreement, back: Told, day: date) -> None:
    AgreementReturn.objects.create(
        agreement=agreement,
        appointment=agreement.returns_at,
        helped=back["helped"],
        hindered=back["hindered"],
        ask=back["ask"],
        looked_on=day,
    )
    agreement.state = back["state"]
    agreement.difference = back["difference"]
    agreement.closed_on = day if back["state"] == AgreementState.CLOSED else None
    agreement.returns_at = None if agreement.closed_on else agreement.returns_at
    agreement.save()


def _share(stage: Stage, told: Told, one: Told, meaning: Interpretation, day: date) -> None:
    source = stage.place(_LAYER[told["body"]])
    targets = stage.places.boards if one["to"] == "boards" else [stage.place(one["to"])]
    later = _after(stage, told, one["days"])
    for target in targets:
        with on(later):
            made = share(
                access=stage.access(told["leader"], later),
                noun="meaning",
                noun_id=meaning.pk,
                title=told["title"],
                text=meaning.text,
                dissent=told["meaning"]["dissent"],
                source_id=source.pk,
                target_id=target.pk,
            )
        if "answer" in one:
            answered = _after(stage, told, one["answer_days"])
            with on(answered):
                who = _ANSWERS[one["to"]]
                answer_share(access=stage.access(who, answered), share=made, text=one["answer"])


def _after(stage: Stage, told: Told, days: int) -> date:
    if "last" in told:
        return stage.days.last(told["last"] + days)
    return min(stage.days.ago(max(0, told["ago"] - days)), stage.days.today)


def plan_talk(stage: Stage, told: Told) -> Meeting:
    """Put a talk of the story in the diary."""
    body = stage.calendar.bodies[told["body"]]
    return Meeting.objects.create(
        partnership=stage.places.partnership,
        organisation=stage.place(_LAYER[told["body"]]),
        body=body,
        appointment=stage.calendar.appointment(body, stage.days.at(told)),
        criterion=stage.criteria[told["criterion"]],
        title=told["title"],
        entry=told["entry"],
        state=MeetingState.PLANNED,
        leader=stage.crowd.cast[told["leader"]],
    )


