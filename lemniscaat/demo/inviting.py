"""Asking, as the demo shows it: a letter, a reminder, a round that waits to be opened, addresses that do not work."""

from __future__ import annotations

from typing import Any

from lemniscaat.collection.actions import remind, start_round
from lemniscaat.collection.letters import Cover, reminder, version_of, write_cover
from lemniscaat.collection.models import Invitation, Round
from lemniscaat.collection.whom import choose_roles
from lemniscaat.demo.dates import on
from lemniscaat.demo.models import Letter
from lemniscaat.demo.stage import Stage
from lemniscaat.demo.words import words
from lemniscaat.people.bounces import note_bounce
from lemniscaat.people.models import Membership, Role


def ask_around(stage: Stage) -> None:
    """Put a little of everything around asking into De Brug."""
    told = words("inviting")
    _remind(stage, told["letter"])
    _wait(stage, told["waiting"])
    cast = {person.pk for person in stage.crowd.cast.values()}
    students = Membership.objects.filter(partnership=stage.places.partnership, role=Role.STUDENT)
    for one in (
        students.exclude(person_id__in=cast).select_related("person").order_by("pk")[: told["bounced"]]
    ):
        note_bounce(one.person.email)


def _remind(stage: Stage, told: dict[str, Any]) -> None:
    """The open round came again yesterday. As everywhere else in the demo only the cast gets its mail."""
    round_ = stage.rounds[told["round"]]
    cover = Cover(opening=told["opening"], days=tuple(told["days"]))
    Round.objects.filter(pk=round_.pk).update(letter=cover.to_json())
    day = stage.days.at(told["reminded"])
    with on(day):
        round_ = remind(access=stage.access("petra", day), round_=round_)
        Invitation.objects.filter(round=round_).update(reminders=round_.reminders)
        cast = {person.pk: person for person in stage.crowd.cast.values()}
        for one in Invitation.objects.filter(round=round_, person_id__in=cast).order_by("person_id"):
            person = cast[one.person_id or 0]
            mail = reminder(round_, invitation_id=one.pk, name=person.name, email=person.email, last=False)
            Letter.objects.create(to=mail.to, subject=mail.subject, body=mail.body, day=day)
    stage.rounds[told["round"]] = round_


def _wait(stage: Stage, told: dict[str, Any]) -> None:
    """A round in preparation: a part of two groups, drawn by lot when it opens."""
    day = stage.days.today
    access = stage.access(told["by"], day)
    made = start_round(
        access=access,
        layer_id=stage.place(told["layer"]).pk,
        instrument_key=told["instrument"],
        title=told["title"],
        roles=list(told["roles"]),
        why=told["why"],
        asked_by=told["asked_by"],
        appointment=stage.calendar.appointment(
            stage.calendar.bodies[told["talk"]["body"]], stage.days.at(told["talk"])
        ),
        over_budget_because=told["over_budget_because"],
        return_by=stage.days.at(told["return_by"]),
        stops_on=stage.days.at(told["stops"]),
    )
    Round.objects.filter(pk=made.pk).update(criterion=stage.criteria[told["criterion"]])
    made = choose_roles(access=access, round_=made, roles=made.roles, sample=told["sample"])
    cover = Cover(opening=told["opening"], days=tuple(told["days"]))
    write_cover(access=access, round_=made, cover=cover, why=made.why, seen=version_of(made))
