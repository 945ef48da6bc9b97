"""The rounds of De Brug, held on their own days through the product's own actions."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any

from lemniscaat.accountability.actions import Promise, ReturnText, add_change, publish_return, save_return
from lemniscaat.accountability.models import Recognition, Return
from lemniscaat.collection.actions import open_round, start_round, stop_round
from lemniscaat.collection.codes import personal_token, used_token
from lemniscaat.collection.independence import begin_reading, set_rule
from lemniscaat.collection.models import FreeText, Invitation, ReadingState, Response, Round
from lemniscaat.collection.reading import release_text
from lemniscaat.collection.sheets import instrument_of
from lemniscaat.demo.answers import sheet
from lemniscaat.demo.cabinet import reworded
from lemniscaat.demo.dates import on
from lemniscaat.demo.models import Letter
from lemniscaat.demo.stage import Stage
from lemniscaat.demo.words import words
from lemniscaat.instruments.actions import put_away
from lemniscaat.instruments.answers import SCHEMA_VERSION
from lemniscaat.people.models import FAMILY, OutgoingMail
from lemniscaat.vision.models import Criterion

_READ = {"halverwege": 0.6}
"""Of this year's round a part of the texts still waits for its reader; of older ones all were read."""


def hold_round(stage: Stage, key: str) -> Round:
    """Hold one round: start it, open it, let people answer, and stop it unless it still runs."""
    plan = next(one for one in words("rounds") if one["key"] == key)
    round_ = _opened(stage, plan)
    _answered(stage, plan, round_)
    if "stopped" in plan:
        day = stage.days.at(plan["stopped"])
        with on(day):
            if "readers" in plan:
                set_rule(access=stage.access("quirine", day), readers=plan["readers"])
            round_ = stop_round(round_=round_, access=stage.access(plan["by"], day))
        rest = _read(stage, key, round_)
        if "readers" in plan:
            _read_by_two(stage, round_, rest[: min(6, len(rest) // 2)])
    stage.rounds[key] = round_
    return round_


def _opened(stage: Stage, plan: dict[str, Any]) -> Round:
    day = stage.days.at(plan["opened"])
    back = plan.get("return") or plan["return_by"]
    with on(day):
        access, layer = stage.access(plan["by"], day), stage.place(plan["layer"]).pk
        own = reworded(access=access, layer_id=layer, instrument=plan["instrument"], round_key=plan["key"])
        round_ = start_round(
            access=access,
            layer_id=layer,
            instrument_key=own.key if own else plan["instrument"],
            title=plan["title"],
            roles=plan["roles"],
            why=plan["why"],
            asked_by=plan["asked_by"],
            appointment=stage.calendar.appointment(
                stage.calendar.bodies[plan["talk"]["body"]], stage.days.at(plan["talk"])
            ),
            over_budget_because=plan.get("over_budget_because", ""),
            return_by=stage.days.at(back),
            stops_on=stage.days.at(plan.get("stopped") or plan["stops"]),
            permitted_use="pool",
            by_link=plan.get("by_link", False),
            by_paper=plan.get("by_paper", False),
        )
        # named afterwards: the items that tell about a criterion were already chosen one by one
        criterion: Criterion = stage.criteria[plan["criterion"]]
        Round.objects.filter(pk=round_.pk).update(criterion=criterion)
        round_ = open_round(access=access, round_=round_)
        if own:
            # the words were for this one time; the round keeps them, the cabinet does not
            put_away(access=access, copy=own)
    _post(stage, day)
    return round_


def _post(stage: Stage, day: date) -> None:
    """Only the cast gets its mail, in the demo's own letter box; nine hundred invented addresses get none."""
    cast = {person.email: person for person in stage.crowd.cast.values()}
    waiting = OutgoingMail.objects.filter(sent_on__isnull=True)
    Letter.objects.bulk_create(
        Letter(to=mail.to, subject=mail.subject, body=mail.body, day=day)
        for mail in waiting.filter(to__in=cast).order_by("to")
    )
    waiting.delete()


def _answered(stage: Stage, plan: dict[str, Any], round_: Round) -> None:
    draw = Random(f"{plan['key']} 7")
    instrument = instrument_of(round_)
    runs = "stops" in plan
    cast = {person.pk for person in stage.crowd.cast.values()}
    came, rows = [], []
    for invitation in Invitation.objects.filter(round=round_).order_by("person_id"):
        rates = plan["rates"]
        rate = rates.get(invitation.role, rates[FAMILY[invitation.role]])
        if draw.random() > rate or (runs and invitation.person_id in cast):
            continue
        answers = sheet(instrument, invitation.role, mood=plan["mood"], draw=draw)
        rows.append(
            Response(
                round=round_, segment_id=invitation.segment_id, answers=answers, schema_version=SCHEMA_VERSION
            )
        )
        came.append(invitation)
    Response.objects.bulk_create(sorted(rows, key=lambda row: row.pk), batch_size=500)
    if runs:
        for invitation in came:
            invitation.token = used_token(personal_token(invitation.pk))
        Invitation.objects.bulk_update(came, ["token"], batch_size=500)


def _read(stage: Stage, key: str, round_: Round) -> list[FreeText]:
    """Quirine read the open answers, as somebody must before anybody sees them; returns what still waits."""
    waiting = list(FreeText.objects.filter(block__release__round=round_).order_by("id"))
    read = waiting[: round(len(waiting) * _READ.get(key, 1.0))]
    for row in read:
        row.state, row.read_by, row.agreed = ReadingState.RELEASED, stage.crowd.cast["quirine"], row.needed
    FreeText.objects.bulk_update(read, ["state", "read_by", "agreed"], batch_size=500)
    return waiting[len(read) :]


def _read_by_two(stage: Stage, round_: Round, some: list[FreeText]) -> None:
    """Where two people read: some wait for Petra, and over one she differs from Quirine."""
    with on(day := stage.days.today):
        quirine, petra = stage.access("quirine", day), stage.access("petra", day)
        begin_reading(access=quirine, round_=round_)
        begin_reading(access=petra, round_=round_, because="Quirine is de enige andere die dit mag lezen.")
        for row in some:
            release_text(access=quirine, text=row, words=row.original, version=row.version)
        # the longest, so that there is something to leave out
        longest = max(some, key=lambda row: len(row.original))
        longest.refresh_from_db()
        shorter = longest.original.rsplit(" ", 2)[0] + " …"
        release_text(access=petra, text=longest, words=shorter, version=longest.version)


def give_back(stage: Stage, key: str) -> Return:
    """Tell those who gave to a round of the story what was heard and what is done with it; later, what changed."""
    plan = next(one for one in words("rounds") if one["key"] == key)
    return tell_back(stage, key, round_=stage.rounds[key], by=plan["by"], day=stage.days.at(plan["return"]))


def tell_back(stage: Stage, key: str, *, round_: Round, by: str, day: date) -> Return:
    """The same for any round whose return has its words under `key`."""
    told = words("returns")[key]
    with on(day):
        access = stage.access(by, day)
        text = ReturnText(told["heard"], told["meaning"], told["dissent"], told["spoke"])
        promises = [
            Promise(
                one["kind"],
                one["text"],
                one.get("because", ""),
                stage.agreements.get(one.get("agreement", "")),
            )
            for one in told["items"]
        ]
        save_return(access=access, round_=round_, text=text, promises=promises)
        row = publish_return(access=access, round_=round_)
        _post(stage, day)
        if told["changed"]:
            row = add_change(access=access, row=row, text=told["changed"])
    Recognition.objects.bulk_create(
        Recognition(of=row, answer=answer, people=people, told=people)
        for answer, people in told["recognised"].items()
    )
    return row
