"""An agreement that comes back in a talk: noted at that moment, once, and with the way back to the table."""

from datetime import timedelta

import pytest

from lemniscaat.agenda import actions
from lemniscaat.agenda.models import Agreement, AgreementReturn, AgreementState
from lemniscaat.agenda.queries import due
from lemniscaat.people.actions import cancel_appointment
from lemniscaat.people.models import Appointment, Body
from tests.cast import World, signed_in

pytestmark = pytest.mark.django_db

TABLE = "/gesprek/1/leiden/"


def agreed(world: World, moment: Appointment) -> Agreement:
    return actions.agree(
        access=world.access(world.noor),
        layer_id=world.team.pk,
        criterion=world.criterion,
        course="adjust",
        sentence="De begeleider vraagt het als eerste.",
        owner_text="Joost",
        notice="iedereen is bezocht",
        returns_at=moment,
    )


def back(row: Agreement, moment: Appointment) -> str:
    return f"/afspraak/{row.pk}/terug/?verder={TABLE}&bij={moment.pk}"


def test_what_should_have_come_back_before_is_noted_at_this_talk(world: World) -> None:
    passed = Appointment.objects.create(
        body=world.body, starts_at=world.appointment.starts_at - timedelta(days=30)
    )
    row = agreed(world, passed)
    given = {"helped": "het rooster", "next_step": "go_on", "next_appointment": world.later.pk}
    assert signed_in(world.noor).post(back(row, world.appointment), given)["Location"] == TABLE
    assert AgreementReturn.objects.get().appointment == world.appointment
    row.refresh_from_db()
    assert row.returns_at == world.later


def test_a_moment_of_others_is_not_taken_over(world: World) -> None:
    body = Body.objects.create(partnership=world.elsewhere, organisation=world.elsewhere.root, name="Elders")
    theirs = Appointment.objects.create(body=body, starts_at=world.appointment.starts_at)
    row = agreed(world, world.appointment)
    given = {"next_step": "go_on", "next_appointment": world.later.pk}
    signed_in(world.noor).post(back(row, theirs), given)
    assert AgreementReturn.objects.get().appointment == world.appointment


def test_changing_course_keeps_the_way_back_to_the_table(world: World) -> None:
    row = agreed(world, world.appointment)
    client = signed_in(world.noor)
    onward = client.post(back(row, world.appointment), {"next_step": "adjust", "difference": "no"})
    new = {
        "course": "adjust",
        "sentence": "We plannen het samen in.",
        "owner_text": "Noor",
        "notice": "het staat in ieders agenda",
        "returns_at": world.later.pk,
    }
    assert client.post(onward["Location"], new)["Location"] == TABLE
    assert Agreement.objects.get(sentence=new["sentence"]).follows == row


def test_an_address_outside_the_house_is_not_followed(world: World) -> None:
    row = agreed(world, world.appointment)
    given = {"next_step": "adjust", "difference": "no"}
    answer = signed_in(world.noor).post(f"/afspraak/{row.pk}/terug/?verder=//evil.example/", given)
    assert "evil" not in answer["Location"]


def test_going_on_twice_from_one_page_is_noted_once(world: World) -> None:
    row = agreed(world, world.appointment)
    given = {"helped": "het rooster", "next_step": "go_on", "next_appointment": world.later.pk}
    for _ in range(2):
        signed_in(world.noor).post(f"/afspraak/{row.pk}/terug/", given)
    assert AgreementReturn.objects.count() == 1


def test_what_somebody_else_just_closed_does_not_run_on(world: World) -> None:
    row = agreed(world, world.appointment)
    old = Agreement.objects.get(pk=row.pk)
    actions.close(access=world.access(world.noor), agreement=row, difference="yes")
    actions.look_back(
        access=world.access(world.joost), agreement=old, helped="te laat", next_appointment=world.later
    )
    row.refresh_from_db()
    assert (row.state, row.returns_at) == (AgreementState.CLOSED, world.appointment)


def test_the_next_moment_is_not_the_one_at_which_we_talk(world: World) -> None:
    row = agreed(world, world.appointment)
    html = signed_in(world.noor).get(back(row, world.appointment)).content.decode()
    assert f'<option value="{world.later.pk}"' in html
    assert f'<option value="{world.appointment.pk}"' not in html


def test_when_its_moment_is_off_an_agreement_says_so_and_comes_back_at_the_next(world: World) -> None:
    access = world.access(world.noor)
    row = agreed(world, world.appointment)
    assert "afgezegd" not in row.where
    cancel_appointment(access=access, appointment=world.appointment)
    row = Agreement.objects.get(pk=row.pk)
    assert row.where.endswith("(afgezegd)")
    html = signed_in(world.noor).get(f"/afspraak/{row.pk}/").content.decode()
    assert "(afgezegd)" in html
    html = signed_in(world.noor).get(f"/laag/{world.team.pk}/direct/").content.decode()
    assert "is afgezegd" in html
    assert list(due(access, body=world.body, appointment=world.later)) == [row]
