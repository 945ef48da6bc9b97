"""The exit ticket for a group: one form, open at once, three cards without a role, and back by itself."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from lemniscaat.base import clock
from lemniscaat.collection.actions import BecauseError, open_round, start_round, stop_round, tick
from lemniscaat.collection.budget import asked_before
from lemniscaat.collection.models import FreeText, Invitation, Release, Response, Round, RoundState, Segment
from lemniscaat.collection.sheets import instrument_of
from lemniscaat.collection.ticketing import Ticket, hand_out, next_talk
from lemniscaat.people.models import Appointment, Body, OutgoingMail, Role
from tests.cast import World, signed_in
from tests.collection.doors import hidden, text_of

pytestmark = pytest.mark.django_db


def handed_out(world: World, **fields: object) -> Round:
    ticket = Ticket("Exitticket", clock.today(), **{"appointment": world.appointment, **fields})  # type: ignore[arg-type]
    return hand_out(access=world.access(world.noor), layer_id=world.team.pk, ticket=ticket)


def answer(round_: Round, *, takes: str) -> None:
    """Somebody scans the code, and sends three cards; nothing is asked but those."""
    client, token = Client(), round_.link_token
    page = text_of(client.get(reverse("answer:start", args=[token])))
    assert 'name="rol"' not in page
    assert 'name="plek"' not in page
    page = text_of(client.post(reverse("answer:card", args=[token, 1])))
    for number, (key, value) in enumerate({"leren": "o3", "meenemen": takes, "vraag": ""}.items(), 1):
        sent = {"blad": hidden(page), "van": str(number), key: value}
        page = text_of(client.post(reverse("answer:card", args=[token, number + 1]), sent))
    client.post(reverse("answer:send", args=[token]), {"blad": hidden(page)})


def test_it_is_open_at_once_for_whoever_is_there(world: World) -> None:
    made = handed_out(world)
    assert (made.state, made.by_mail, made.by_link, len(made.join_code)) == (RoundState.OPEN, False, True, 6)
    assert (made.stops_on, made.return_by) == (clock.today(), (clock.today() + timedelta(days=4)))
    assert not Invitation.objects.exists()
    assert not OutgoingMail.objects.exists()
    segment = Segment.objects.get(round=made)
    assert (segment.family, segment.role, segment.board, segment.school) == ("*", "*", "*", "*")
    assert len(instrument_of(made).items) == 3


def test_it_counts_for_no_budget(world: World) -> None:
    for _n in range(4):
        handed_out(world)
    asked = asked_before(world.access(world.noor), layer_id=world.team.pk, roles=[Role.STUDENT])
    assert [one.times for one in asked] == [0]
    # the same three cards sent by mail are a question that is pushed to people
    draft = start_round(
        access=world.access(world.noor),
        layer_id=world.team.pk,
        instrument_key="exitticket",
        title="Per mail",
        roles=[Role.STUDENT],
        appointment=world.appointment,
        by_mail=True,
    )
    open_round(access=world.access(world.noor), round_=draft)
    asked = asked_before(world.access(world.noor), layer_id=world.team.pk, roles=[Role.STUDENT])
    assert [one.times for one in asked] == [1]


def test_without_a_talk_it_asks_why(world: World) -> None:
    with pytest.raises(BecauseError) as missing:
        handed_out(world, appointment=None)
    assert missing.value.field == "no_appointment_because"
    assert not Round.objects.exists()
    made = handed_out(world, appointment=None, no_appointment_because="we oefenen in maart weer")
    assert made.return_by == clock.today() + timedelta(weeks=3)


def test_the_next_talk_is_later_and_of_the_same_body(world: World) -> None:
    access = world.access(world.noor)
    assert next_talk(access, world.team.pk) == world.appointment
    assert next_talk(access, world.team.pk, after=world.appointment) == world.later
    Appointment.objects.all().delete()
    assert next_talk(access, world.team.pk) is None


def test_three_cards_and_no_more(world: World) -> None:
    made = handed_out(world)
    segment = Segment.objects.get(round=made)
    for n in range(3):
        answer(made, takes=f"Zin {n}")
    rows = list(Response.objects.filter(round=made))
    assert len(rows) == 3
    assert {row.segment_id for row in rows} == {segment.pk}
    assert {row.answers["leren"]["v"] for row in rows} == {"o3"}


def test_it_stops_by_itself_and_shows_from_six_people_on(world: World) -> None:
    made = handed_out(world)
    segment = Segment.objects.get(round=made)
    Response.objects.bulk_create(
        Response(round=made, segment=segment, answers={"leren": {"v": "o1"}, "meenemen": {"v": f"Zin {n}."}})
        for n in range(11)
    )
    Round.objects.update(stops_on=clock.today() - timedelta(days=1))
    assert tick() == 1
    made.refresh_from_db()
    assert (made.state, made.join_code) == (RoundState.STOPPED, "")
    assert Release.objects.filter(round=made).exists()
    assert FreeText.objects.filter(block__release__round=made).count() == 11
    outcome = signed_in(world.noor).get(reverse("collection:outcome", args=[made.pk]))
    assert "gaven antwoord" in text_of(outcome)


def test_five_people_show_nothing(world: World) -> None:
    made = handed_out(world)
    segment = Segment.objects.get(round=made)
    Response.objects.bulk_create(
        Response(round=made, segment=segment, answers={"leren": {"v": "o1"}}) for _n in range(5)
    )
    stop_round(round_=made, access=world.access(world.noor))
    html = text_of(signed_in(world.noor).get(reverse("collection:outcome", args=[made.pk])))
    assert "gaven antwoord" not in html


def test_the_form_and_the_wall(world: World) -> None:
    url = reverse("collection:ticket", args=[world.team.pk])
    client = signed_in(world.noor)
    html = text_of(client.get(url, {"moment": world.appointment.pk}))
    assert "Teamoverleg onderbouw" in html
    assert 'name="no_appointment_because" value=""' in html  # a talk is chosen: no reason is asked
    form = {
        "title": "Exitticket",
        "stops_on": clock.today().isoformat(),
        "permitted_use": "learn",
        "appointment": "",
        "form_key": "sleutel",
    }
    answer_ = client.post(url, form)
    assert answer_.status_code == 422
    assert "Er is nog geen overleg" in text_of(answer_)
    early = {**form, "stops_on": (clock.today() - timedelta(days=1)).isoformat()}
    assert "al voorbij" in text_of(client.post(url, early))
    answer_ = client.post(url, {**form, "appointment": str(world.later.pk)})
    again = client.post(url, {**form, "appointment": str(world.later.pk)})
    assert again["Location"] == answer_["Location"]
    made = Round.objects.get()
    assert answer_["Location"] == reverse("collection:ticket_wall", args=[made.pk])
    wall = text_of(client.get(answer_["Location"]))
    assert f"{made.join_code[:3]} {made.join_code[3:]}" in wall
    for who in (world.charlie, world.dirk, world.samira):
        assert signed_in(who).get(url).status_code == 404
        assert signed_in(who).get(answer_["Location"]).status_code == 404
    stop_round(round_=made, access=world.access(world.noor))
    assert client.get(answer_["Location"]).status_code == 302


def test_a_moment_of_others_is_no_moment_here(world: World) -> None:
    body = Body.objects.create(
        partnership=world.partnership, organisation=world.institute, name="Geheim overleg"
    )
    strange = Appointment.objects.create(body=body, starts_at=clock.now())
    html = text_of(
        signed_in(world.noor).get(reverse("collection:ticket", args=[world.team.pk]), {"moment": strange.pk})
    )
    assert "Geheim overleg" not in html
    assert 'value="Exitticket"' in html
