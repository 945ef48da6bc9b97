"""The other teams of De Brug: each held a talk last year and this year, and some shared what it meant."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from random import Random
from typing import Any

from lemniscaat.agenda.models import Agreement, AgreementReturn, AgreementState, Decision, Difference
from lemniscaat.collection.opening import frozen
from lemniscaat.demo.dates import on
from lemniscaat.demo.places import School
from lemniscaat.demo.stage import Stage
from lemniscaat.demo.words import words
from lemniscaat.interpretation.models import DissentingVoice, Interpretation
from lemniscaat.meetings.models import Meeting, MeetingState, Outcome, Table, TableState
from lemniscaat.meetings.own_talk import own_talk
from lemniscaat.meetings.script import twenty_minutes
from lemniscaat.people.actions import answer_share, share
from lemniscaat.people.models import Appointment, Body, Organisation, Person, Role
from lemniscaat.vision.queries import current_period

_SHARED = 6
"""So many of the other schools shared a meaning with the steering group this year."""


def hold_other_talks(stage: Stage) -> None:
    """A talk for every other team, last year and this year, in few statements."""
    told: list[dict[str, Any]] = words("elsewhere")
    draw = Random("elsewhere 7")
    held: list[tuple[Body, date, dict[str, Any]]] = []
    for number, body in enumerate(_others(stage)):
        first, second = draw.sample(range(len(told)), 2)
        held.append((body, stage.days.last(110 + number % 5), told[first]))
        held.append((body, stage.days.ago(30 + number % 5), told[second]))
    meanings = _meanings(stage, held, draw)
    agreements = _agreements(stage, held, meanings)
    _meetings(stage, held, meanings, agreements)
    _look_back(held, agreements)
    _share_some(stage, meanings)


def _others(stage: Stage) -> Iterator[Body]:
    told = {body.pk for body in stage.calendar.bodies.values()}
    yield from (body for body in stage.calendar.teams.values() if body.pk not in told)


def _meanings(
    stage: Stage, held: list[tuple[Body, date, dict[str, Any]]], draw: Random
) -> list[Interpretation]:
    periods = {day: current_period(stage.places.partnership, day) for _, day, _ in held}
    rows = [
        Interpretation(
            partnership=stage.places.partnership,
            organisation_id=body.organisation_id,
            criterion=stage.criteria[one["criterion"]],
            period=periods[day],
            appointment=stage.calendar.appointment(body, day),
            text=one["meaning"],
            certainty=draw.choice(["sure", "fairly", "fairly", "unsure"]),
            people=draw.randint(3, 8),
            roles=["student", "mentor", "school_educator"],
            written_on=day,
        )
        for body, day, one in held
    ]
    Interpretation.objects.bulk_create(rows)
    DissentingVoice.objects.bulk_create(
        DissentingVoice(interpretation=row, text=one["dissent"])
        for row, (_, _, one) in zip(rows, held, strict=True)
    )
    return rows


def _agreements(
    stage: Stage, held: list[tuple[Body, date, dict[str, Any]]], meanings: list[Interpretation]
) -> list[Agreement]:
    partnership = stage.places.partnership
    decisions = [
        Decision(
            partnership=partnership,
            organisation_id=body.organisation_id,
            interpretation=meaning,
            course=one["course"],
            text=one["sentence"],
            decided_on=day,
        )
        for (body, day, one), meaning in zip(held, meanings, strict=True)
    ]
    Decision.objects.bulk_create(decisions)
    rows = [
        _agreement(stage, body, day, one, decision)
        for (body, day, one), decision in zip(held, decisions, strict=True)
    ]
    Agreement.objects.bulk_create(rows)
    return rows


def _agreement(stage: Stage, body: Body, day: date, one: dict[str, Any], decision: Decision) -> Agreement:
    """One agreement: last year's are closed or held on to, this year's come back in the next talk."""
    made = Agreement(
        partnership=stage.places.partnership,
        organisation_id=body.organisation_id,
        criterion=stage.criteria[one["criterion"]],
        decision=decision,
        course=one["course"],
        sentence=one["sentence"],
        owner_text="De begeleiders",
        notice=one["notice"],
        agreed_on=day,
    )
    if day >= stage.days.start:
        made.returns_at = _next(stage, body)
        return made
    closed = one["course"] == "adjust"
    made.no_return_because = "Dit kwam terug en is klaar."
    made.state = AgreementState.CLOSED if closed else AgreementState.SUSTAINED
    made.difference = Difference.PARTLY if closed else Difference.YES
    made.closed_on = stage.days.last(225)
    return made


def _next(stage: Stage, body: Body) -> Appointment:
    coming = [at for (pk, day), at in stage.calendar.made.items() if pk == body.pk and day > stage.days.today]
    return min(coming, key=lambda at: at.starts_at)


def _look_back(held: list[tuple[Body, date, dict[str, Any]]], agreements: list[Agreement]) -> None:
    AgreementReturn.objects.bulk_create(
        AgreementReturn(
            agreement=agreement,
            helped="Dat het in het rooster stond.",
            hindered="Ziekte, en een studiedag die uitliep.",
            looked_on=agreement.closed_on or day,
        )
        for agreement, (_, day, _) in zip(agreements, held, strict=True)
        if agreement.state != AgreementState.RUNNING
    )


def _meetings(
    stage: Stage,
    held: list[tuple[Body, date, dict[str, Any]]],
    meanings: list[Interpretation],
    agreements: list[Agreement],
) -> None:
    tables = _tables(stage, held)
    script = twenty_minutes("inform").model_dump(mode="json")
    rows = [
        Meeting(
            partnership=stage.places.partnership,
            organisation_id=body.organisation_id,
            body=body,
            appointment=meaning.appointment,
            criterion=meaning.criterion,
            title=one["sentence"][:160],
            table=table,
            script=script,
            state=MeetingState.DONE,
            finished_on=day,
        )
        for (body, day, one), meaning, table in zip(held, meanings, tables, strict=True)
    ]
    Meeting.objects.bulk_create(rows)
    Outcome.objects.bulk_create(
        [Outcome(meeting=row, interpretation=meaning) for row, meaning in zip(rows, meanings, strict=True)]
        + [Outcome(meeting=row, agreement=agreement) for row, agreement in zip(rows, agreements, strict=True)]
    )


def _tables(stage: Stage, held: list[tuple[Body, date, dict[str, Any]]]) -> list[Table]:
    """The table of each talk, closed, with nothing left on it."""
    partnership = stage.places.partnership
    version = frozen(own_talk(), partnership=partnership, day=stage.days.ago(300))
    return Table.objects.bulk_create(
        Table(
            partnership=partnership,
            organisation_id=body.organisation_id,
            instrument=version,
            title=one["sentence"][:160],
            state=TableState.CLOSED,
            opened_on=day,
        )
        for body, day, one in held
    )


def _share_some(stage: Stage, meanings: list[Interpretation]) -> None:
    """Educators of other schools shared a meaning with the steering group; it answered most of them."""
    told = words("answers")
    schools = [school for school in stage.places.schools if school is not stage.places.waterrad]
    chosen = schools[:: max(1, len(schools) // _SHARED)][:_SHARED]
    for number, school in enumerate(chosen):
        meaning = _newest_of(school, meanings)
        day, later = stage.days.ago(28 - number * 3), stage.days.ago(12 - number)
        with on(day):
            made = share(
                access=stage.access(_educator(stage, school.place), day),
                noun="interpretation",
                noun_id=meaning.pk,
                title=_title(stage, meaning),
                text=meaning.text,
                dissent=DissentingVoice.objects.values_list("text", flat=True).get(interpretation=meaning),
                source_id=meaning.organisation_id,
                target_id=stage.places.root.pk,
            )
        if number < len(told):
            with on(later):
                answer_share(access=stage.access("stef", later), share=made, text=told[number])


def _newest_of(school: School, meanings: list[Interpretation]) -> Interpretation:
    here = {team.pk for team in school.teams}
    return max((row for row in meanings if row.organisation_id in here), key=lambda row: row.written_on)


def _educator(stage: Stage, place: Organisation) -> Person:
    return stage.crowd.at(place, Role.SCHOOL_EDUCATOR)[0]


def _title(stage: Stage, meaning: Interpretation) -> str:
    criterion = next(one for one in stage.criteria.values() if one.pk == meaning.criterion_id)
    return criterion.point.title
