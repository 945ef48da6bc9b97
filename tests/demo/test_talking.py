"""Talks with an instrument: three to step into, on every screen for who sits there, and two that left something."""

from collections.abc import Iterator
from html import unescape

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from lemniscaat.base import clock
from lemniscaat.collection.models import Response, Round, RoundState
from lemniscaat.demo import actions
from lemniscaat.demo.cards import CARDS
from lemniscaat.demo.queries import to_step_into
from lemniscaat.demo.stage import Stage
from lemniscaat.demo.words import words
from lemniscaat.interpretation.models import DissentingVoice, Evidence
from lemniscaat.meetings import halls
from lemniscaat.meetings.models import Chair, Group, HallStep, Meeting, MeetingState, Outcome
from lemniscaat.people.models import Person
from tests.cast import signed_in
from tests.demo.test_pages import _mounted

pytestmark = [pytest.mark.django_db, pytest.mark.once]

LIVE = {"lesbezoek": "noor", "leervraag": "quirine", "startdag": "petra"}
"""The talks to step into, and who leads each."""
TOLD = {one["key"]: one for one in words("live")}
CONTROL = ("lead", "prepare", "slips", "groups")
IN_THE_ROOM = ("beamer", "qr", "mine")
HALF = TOLD["leervraag"]["boards"][1]["text"]


def talk_of(stage: Stage, key: str) -> Meeting:
    return Meeting.objects.select_related("table").get(pk=stage.talks[key].pk)


def page(stage: Stage, key: str, name: str) -> str:
    return reverse(f"meetings:{name}", args=[stage.talks[key].pk])


def read(who: Person | None, address: str) -> str:
    """A page as it can be read; without `who` by somebody without account."""
    answer = (signed_in(who) if who else Client()).get(address, follow=True)
    assert answer.status_code == 200, address
    return unescape(answer.content.decode())


def at_table(stage: Stage, key: str) -> list[Person]:
    """The members who have a chair."""
    rows = Chair.objects.filter(table=stage.talks[key].table).exclude(person=None).select_related("person")
    return [chair.person for chair in rows if chair.person]


@pytest.mark.parametrize(("key", "leader"), LIVE.items())
def test_who_leads_has_every_screen(stage: Stage, key: str, leader: str) -> None:
    talk, who = talk_of(stage, key), stage.crowd.cast[leader]
    assert talk.leader == who
    for name in (*CONTROL, *IN_THE_ROOM, "paper"):
        if name == "groups" and talk.table.hall:
            continue
        answer = signed_in(who).get(page(stage, key, name), follow=True)
        assert answer.status_code == 200, name
    assert talk.title in read(who, page(stage, key, "lead"))
    assert talk.table.code in read(who, page(stage, key, "beamer")).replace(" ", "")


@pytest.mark.parametrize("key", LIVE)
def test_who_sits_there_has_the_phone_and_the_wall_and_nobody_else_has_anything(
    stage: Stage, key: str
) -> None:
    phone = reverse("table:now", args=[stage.talks[key].table_id])
    here = at_table(stage, key)
    assert here
    for person in here:
        assert signed_in(person).get(phone).status_code == 200
        assert signed_in(person).get(page(stage, key, "beamer")).status_code == 200
    others = [stage.crowd.cast[card.slug] for card in CARDS if stage.crowd.cast[card.slug] not in here]
    assert len(others) >= 7
    for person in others:
        client = signed_in(person)
        assert client.get(phone).status_code == 404
        # the picture of the code may also be seen by whoever may prepare the talk
        closed = [name for name in IN_THE_ROOM if name != "qr"]
        assert {client.get(page(stage, key, name)).status_code for name in closed} == {404}
    assert Client().get(phone).status_code == 404
    assert Client().get(page(stage, key, "lead")).status_code == 302, "to the page for signing in"


@pytest.mark.parametrize("key", LIVE)
def test_whoever_has_the_code_comes_in_without_account(stage: Stage, key: str) -> None:
    talk, guest = talk_of(stage, key), Client()
    door = reverse("table:start", args=[talk.table.code])
    asked = guest.get(door)
    ticket = asked.context["form"]["ticket"].value()
    name = {} if talk.table.hall else {"who": "Fenna"}
    assert guest.post(door, {"ticket": ticket, "role": "", **name}).status_code == 302
    answer = guest.get(reverse("table:now", args=[talk.table_id]))
    assert answer.status_code == 200
    assert talk.title in unescape(answer.content.decode())


def test_the_talk_about_visits_can_begin(stage: Stage) -> None:
    talk, told = talk_of(stage, "lesbezoek"), TOLD["lesbezoek"]
    assert (talk.state, talk.criterion) == (MeetingState.PLANNED, stage.criteria["kijken"])
    assert talk.appointment is not None
    assert talk.appointment.starts_at > clock.now()
    assert talk.table.instrument.key == "datadialoog"
    assert not Meeting.objects.filter(appointment=talk.appointment).exclude(pk=talk.pk).exists()
    assert Chair.objects.filter(table=talk.table).count() == len(told["seats"])
    client = signed_in(stage.crowd.cast["noor"])
    pressed = client.post(page(stage, "lesbezoek", "act"), {"do": "go:s1c2", "step": talk.step})
    assert pressed.status_code == 302
    assert talk_of(stage, "lesbezoek").state == MeetingState.RUNNING
    phone = read(stage.crowd.cast["samira"], reverse("table:now", args=[talk.table_id]))
    assert 'name="verwacht"' in phone


def test_two_groups_of_which_one_laid_down_its_words(stage: Stage) -> None:
    talk, told = talk_of(stage, "leervraag"), TOLD["leervraag"]
    chairs = list(Chair.objects.filter(table=talk.table))
    assert (talk.state, talk.table.laid_open, talk.table.by_choice) == (MeetingState.RUNNING, [1], [1])
    assert len(chairs) == len(told["seats"])
    assert all(chair.here and chair.answers and chair.group_id for chair in chairs)
    groups = list(Group.objects.filter(table=talk.table).order_by("number"))
    assert [(group.shown, bool(group.text)) for group in groups] == [(True, True), (False, True)]
    inside = {chair.person for chair in chairs if chair.group_id == groups[1].pk}
    wall, phone = page(stage, "leervraag", "beamer"), reverse("table:now", args=[talk.table_id])
    for person in (stage.crowd.cast["quirine"], stage.crowd.cast["hans"]):
        assert HALF not in read(person, wall)
        assert groups[0].text in read(person, wall)
        assert (HALF in read(person, phone)) == (person in inside)


def test_what_somebody_kept_for_himself_is_on_no_screen(stage: Stage) -> None:
    talk = talk_of(stage, "leervraag")
    kept = [
        words_
        for seat in TOLD["leervraag"]["seats"]
        for key, words_ in seat["answers"].items()
        if key not in seat["shares"] and seat.get("who") != "quirine"
    ]
    assert len(kept) >= 3
    quirine = stage.crowd.cast["quirine"]
    addresses = [page(stage, "leervraag", name) for name in (*CONTROL, *IN_THE_ROOM)]
    seen = " ".join(read(quirine, address) for address in addresses if not address.endswith("/qr/"))
    assert talk.title in seen
    assert not [sentence for sentence in kept if sentence in seen]


def test_the_hall_said_something_and_nobody_can_be_picked_out(stage: Stage) -> None:
    talk, told = talk_of(stage, "startdag"), TOLD["startdag"]["hall"]
    chairs = Chair.objects.filter(table=talk.table).exclude(person=stage.crowd.cast["petra"])
    assert (talk.state, talk.table.hall, talk.table.laid_open) == (MeetingState.RUNNING, True, [1])
    assert chairs.count() == told["people"]
    assert not chairs.exclude(name="").exists()
    assert not chairs.exclude(answers={}).exists()
    step = HallStep.objects.get(table=talk.table)
    assert step.round.state == RoundState.STOPPED
    assert Response.objects.filter(round=step.round).count() == told["answered"]
    wall = read(stage.crowd.cast["petra"], page(stage, "startdag", "beamer"))
    shared = read(None, halls.shared_path(talk.table, "mentor"))
    for shown in (wall, shared):
        assert "Hier verschillen we het meest" in shown


@pytest.mark.parametrize(("key", "leader"), [("naast", "noor"), ("middag", "petra")])
def test_a_talk_that_is_done_left_a_page(stage: Stage, key: str, leader: str) -> None:
    talk, notes = talk_of(stage, key), TOLD[key]["notes"]
    assert (talk.state, talk.table.code) == (MeetingState.DONE, "")
    left = Outcome.objects.filter(meeting=talk)
    meaning = left.exclude(interpretation=None).get().interpretation
    agreement = left.exclude(agreement=None).get().agreement
    assert meaning is not None
    assert agreement is not None
    assert DissentingVoice.objects.get(interpretation=meaning).text == notes["dissent"]
    assert agreement.returns_at is not None
    assert agreement.returns_at.starts_at > clock.now()
    shown = read(stage.crowd.cast[leader], page(stage, key, "record"))
    assert all(notes[name] in shown for name in ("meaning", "dissent", "sentence", "missing"))
    for who in ("mariam", "joost" if key == "middag" else "bea", "hans"):
        assert signed_in(stage.crowd.cast[who]).get(page(stage, key, "record")).status_code == 404


def test_what_was_not_shared_went_when_the_talk_ended(stage: Stage) -> None:
    chairs = Chair.objects.filter(table=stage.talks["naast"].table)
    seats = {seat.get("who", seat.get("name")).capitalize(): seat for seat in TOLD["naast"]["seats"]}
    assert {chair.name for chair in chairs} == set(seats)
    for chair in chairs:
        assert set(chair.answers) == set(seats[chair.name]["shares"])


def test_a_hall_that_is_done_heard_back(stage: Stage) -> None:
    talk = talk_of(stage, "middag")
    round_ = Round.objects.get(pk=HallStep.objects.get(table=talk.table).round_id)
    assert round_.state == RoundState.RETURNED
    meaning = Outcome.objects.exclude(interpretation=None).get(meeting=talk).interpretation
    assert Evidence.objects.filter(interpretation=meaning, round=round_).exclude(words="").exists()
    told = words("returns")["middag"]
    shown = read(None, reverse("returning:page", args=[round_.return_code]))
    assert all(one["text"] in shown for one in told["items"])
    assert told["heard"] in shown


def test_what_was_written_can_be_asked(stage: Stage) -> None:
    for key, told in TOLD.items():
        asked = {
            item["key"]
            for part in talk_of(stage, key).table.instrument.definition["sections"]
            for item in part.get("items", ())
        }
        for seat in told.get("seats", ()):
            assert set(seat.get("shares", ())) <= set(seat.get("answers", ())) <= asked
        assert set(told.get("hall", {}).get("leans", ())) <= asked


@pytest.fixture
def demo(stage: Stage) -> Iterator[Stage]:
    with override_settings(DEMO=True):
        _mounted()
        yield stage
    _mounted()


def test_the_page_of_the_demo_leads_into_the_three(demo: Stage) -> None:
    shown = unescape(Client().get("/demo/").content.decode())
    assert "Stap in een gesprek" in shown
    assert [one.meeting.pk for one in to_step_into()] == [demo.talks[key].pk for key in LIVE]
    for one in to_step_into():
        assert f"{one.code[:3]} {one.code[3:]}" in shown
        for screen in ("leiden", "beamer"):
            client, link = Client(), f"/demo/als/{one.leader.slug}/gesprek/{one.meeting.pk}/{screen}/"
            assert link in shown
            assert client.get(link, follow=True).status_code == 200
            assert client.session["_auth_user_id"] == str(one.meeting.leader_id)
        assert Client().get(reverse("table:start", args=[one.code])).status_code == 200


def test_no_other_screen_and_nobody_else(demo: Stage) -> None:
    pk = demo.talks["lesbezoek"].pk
    for path in (f"noor/gesprek/{pk}/post", f"lotte/gesprek/{pk}/leiden", "noor/gesprek/leiden"):
        assert Client().get(f"/demo/als/{path}/").status_code == 404
    assert Client().get(f"/demo/als/mariam/gesprek/{pk}/leiden/", follow=True).status_code == 404


def test_a_talk_that_was_ended_is_no_longer_offered(demo: Stage) -> None:
    Meeting.objects.filter(pk=demo.talks["startdag"].pk).update(state=MeetingState.DONE)
    assert [one.meeting.pk for one in to_step_into()] == [demo.talks[key].pk for key in list(LIVE)[:2]]


def test_three_months_later_one_can_still_step_in(stage: Stage) -> None:
    actions.move_on()
    for key, leader in LIVE.items():
        assert signed_in(stage.crowd.cast[leader]).get(page(stage, key, "lead")).status_code == 200
    actions.move_back()
