"""Talks with an instrument on the table: two that are done, and three to step into. Played step by step, with nothing
but the verbs that the screens use."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any

from lemniscaat.agenda.models import Agreement
from lemniscaat.base.keys import link_token
from lemniscaat.collection.chosen import Chosen
from lemniscaat.demo.answers import Giver, sheet
from lemniscaat.demo.asking import tell_back
from lemniscaat.demo.dates import on
from lemniscaat.demo.deeds import LAYER_OF
from lemniscaat.demo.stage import Stage
from lemniscaat.instruments.answers import Stored
from lemniscaat.instruments.kinds.scale import ScaleItem
from lemniscaat.instruments.library import library
from lemniscaat.interpretation.actions import Ground
from lemniscaat.meetings import actions, grouping, halls, leading, seating, sharing
from lemniscaat.meetings.figures import grounds
from lemniscaat.meetings.models import Chair, Group, HallStep, Meeting, Outcome
from lemniscaat.meetings.queries import seats
from lemniscaat.meetings.script import Script
from lemniscaat.meetings.tables import instrument_of
from lemniscaat.people.access import Access
from lemniscaat.people.models import Appointment

Told = dict[str, Any]


def hold_with_instrument(stage: Stage, told: Told) -> Meeting:
    """Set one talk ready on its day and play it as far as it got."""
    day = stage.days.at(told) if "ago" in told else stage.days.today
    access = stage.access(told["leader"], day)
    with on(day):
        talk = _planned(stage, told, access, _moment(stage, told, day))
        if "seats" in told:
            _set_table(stage, told, access, talk)
        if told["as_far_as"] != "set":
            _Played(stage, told, access, talk).through()
        if told["as_far_as"] == "done":
            _finish(stage, told, access, talk)
    if "return" in told:
        first = HallStep.objects.filter(table=talk.table).order_by("pk")[0].round
        back = stage.days.at(told["return"])
        tell_back(stage, told["key"], round_=first, by=told["leader"], day=back)
    return talk


def _moment(stage: Stage, told: Told, day: date) -> Appointment:
    """The moment of the talk: on its day, or the first one of the body for which no talk stands ready."""
    body = stage.calendar.bodies[told["body"]]
    if "next" not in told:
        return stage.calendar.appointment(body, day)
    taken = set(Meeting.objects.filter(body=body).values_list("appointment_id", flat=True))
    free = {
        when: at for (pk, when), at in stage.calendar.made.items() if pk == body.pk and at.pk not in taken
    }
    return free[min(when for when in free if when > day)]


def _planned(stage: Stage, told: Told, access: Access, at: Appointment) -> Meeting:
    criterion = stage.criteria[told["criterion"]]
    chosen = Chosen(modules=tuple(told["modules"]) if "modules" in told else None)
    return actions.plan_talk(
        access=access,
        layer_id=stage.place(LAYER_OF[told["body"]]).pk,
        body=stage.calendar.bodies[told["body"]],
        appointment=at,
        criterion=criterion,
        title=told["title"],
        laid=actions.Laid(
            library().get(told["instrument"]), chosen, point=criterion.point, hall="hall" in told
        ),
    )


def _set_table(stage: Stage, told: Told, access: Access, talk: Meeting) -> None:
    """Of the body those who come, and guests by name and role."""
    come = {stage.crowd.cast[seat["who"]].pk for seat in told["seats"] if "who" in seat}
    keep = [chair for chair in seats(talk) if chair.person_id in come]
    guests = [actions.Guest(seat["name"], seat["role"]) for seat in told["seats"] if "name" in seat]
    actions.set_table(access=access, meeting=talk, keep=keep, guests=guests)


class _Played:
    """One talk, played from step to step."""

    def __init__(self, stage: Stage, told: Told, access: Access, talk: Meeting) -> None:
        self.stage, self.told, self.access, self.talk = stage, told, access, talk
        self.chairs: list[tuple[Chair, Told]] = []

    def through(self) -> None:
        """Until the end, or until the first part lies open where the talk still goes on."""
        for seat in self.told.get("seats", ()):
            self.chairs.append((self._came(seat), seat))
        for step in Script.read(self.talk.script).taken:
            if step.kind == "show":
                leading.lay_open(access=self.access, meeting=self.talk, number=step.section)
            leading.go_to(access=self.access, meeting=self.talk, step=step.key)
            if step.kind == "think":
                self._write(step.section)
            elif step.kind == "share":
                self._choose(step.section)
            elif step.kind == "show" and self.told["as_far_as"] != "done":
                self._apart()
                return

    def _came(self, seat: Told) -> Chair:
        """Somebody sits down: by his account, or with the code and the chair that stood ready."""
        person = self.stage.crowd.cast[seat["who"]] if "who" in seat else None
        ready = next((one for one in seats(self.talk) if not one.here and one.name == seat.get("name")), None)
        who = seating.Sitter(place=seat.get("place", ""), claim=ready.pk if ready else 0, person=person)
        chair = seating.sit(table=self.talk.table, who=who, token=link_token())
        assert chair is not None
        return chair

    def _write(self, number: int) -> None:
        if "hall" in self.told:
            self._answer(number)
        here = {item.key for item in instrument_of(self.talk.table).sections[number - 1].items}
        for chair, seat in self.chairs:
            answers: dict[str, Stored | None] = {k: {"v": v} for k, v in seat["answers"].items() if k in here}
            seating.write_section(chair=chair, number=number, answers=answers)

    def _answer(self, number: int) -> None:
        """People come in without a name; nearly all of them answer, each from his own device."""
        told, draw = self.told["hall"], Random(f"{self.told['key']} 7")
        for at in range(told["people"]):
            secret, role = link_token(), draw.choice(told["roles"])
            seating.sit(table=self.talk.table, who=seating.Sitter(role=role), token=secret)
            if at < told["answered"]:
                given = self._drawn(number, role, draw)
                assert halls.answer(table=self.talk.table, number=number, secret=secret, answers=given)

    def _drawn(self, number: int, role: str, draw: Random) -> dict[str, Stored | None]:
        instrument = instrument_of(self.talk.table)
        items = {item.key: item for item in instrument.sections[number - 1].items}
        drawn = sheet(instrument, role, mood=0.0, draw=draw)
        given: dict[str, Stored | None] = {key: answer for key, answer in drawn.items() if key in items}
        for key, lean in self.told["hall"].get("leans", {}).items():
            item = items[key]
            assert isinstance(item, ScaleItem)
            step = Giver(role, lean + draw.gauss(0, 0.5), draw).step(key, len(item.options))
            given[key] = {"v": item.options[step].key}
        return given

    def _choose(self, number: int) -> None:
        for chair, seat in self.chairs:
            sharing.choose(chair=chair, number=number, keys=seat["shares"])

    def _apart(self) -> None:
        """The groups talk: each as far as its words tell."""
        if "group_size" not in self.told:
            return
        grouping.deal(access=self.access, meeting=self.talk, size=self.told["group_size"])
        groups = (
            Group.objects.filter(table=self.talk.table).select_related("keeper__table").order_by("number")
        )
        for group, board in zip(groups, self.told["boards"], strict=True):
            chair = group.keeper
            assert chair is not None
            written = {name: board[name] for name in grouping.BOARD if name in board}
            grouping.write_board(chair=chair, words=written, base={})
            if board.get("shown"):
                grouping.show_board(chair=chair)


def _finish(stage: Stage, told: Told, access: Access, talk: Meeting) -> None:
    """What the group wrote on the screen is kept and becomes a meaning and an agreement that comes back."""
    back = stage.calendar.appointment(stage.calendar.bodies[told["body"]], stage.days.at(told["returns"]))
    notes = {**told["notes"], "returns_at": str(back.pk)}
    actions.keep_notes(access=access, meeting=talk, words=notes, base={})
    evidence = [*_known(access, talk), *halls.grounds(talk.table)]
    actions.finish(access=access, meeting=talk, evidence=evidence)
    left = Outcome.objects.exclude(agreement=None).get(meeting=talk)
    agreed = left.agreement
    assert isinstance(agreed, Agreement)
    stage.agreements[told["agreement"]] = agreed


def _known(access: Access, talk: Meeting) -> list[Ground]:
    """What lay on the table: of all that the demo holds, what was known on that day."""
    found = grounds(access, talk)
    return [one for one in found if one.data_point and one.data_point.happened_on < access.day]
