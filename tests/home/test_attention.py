"""What asks for attention: at most five things, only mine, and each can be done."""

from datetime import timedelta

import pytest

from lemniscaat.base import clock
from lemniscaat.collection.codes import personal_token, stored_token, used_token
from lemniscaat.collection.models import Invitation, Round, RoundState, Segment
from lemniscaat.concerns.models import CallRequest, Contact
from lemniscaat.home.attention import MOST, attention
from lemniscaat.meetings.actions import plan_talk
from lemniscaat.people.models import Appointment
from tests.accountability.stage import a_round, an_agreement, given_back
from tests.agenda.goals import taken_up
from tests.cast import World, signed_in

pytestmark = pytest.mark.django_db


def titles(world: World, who: str, layer: str = "team") -> list[str]:
    return [item.title for item in attention(world.access(getattr(world, who)), getattr(world, layer).pk)]


def agreed(world: World, **more: object) -> None:
    from lemniscaat.agenda.actions import agree

    agree(
        access=world.access(world.samira),
        layer_id=world.team.pk,
        criterion=world.criterion,
        course="adjust",
        sentence="De begeleider vraagt het als eerste.",
        owner_text="Joost",
        notice="in week 3",
        returns_at=world.appointment,
        **more,  # type: ignore[arg-type]
    )


def asked(world: World, round_: Round, who: str) -> Invitation:
    segment = Segment.objects.filter(round=round_).first()
    assert segment
    row = Invitation(round=round_, person=getattr(world, who), segment=segment, role="student")
    row.token = stored_token(personal_token(row.pk))
    row.save(force_insert=True)
    return row


def test_nothing_is_said_kindly(world: World) -> None:
    Appointment.objects.all().delete()
    html = signed_in(world.samira).get(f"/laag/{world.team.pk}/").content.decode()
    assert "Niets. Je bent klaar." in html
    assert '<ol class="attention">' not in html


def test_my_own_talk_comes_first_with_the_only_button(world: World) -> None:
    agreed(world)
    moment = world.appointment.starts_at
    assert titles(world, "joost") == [titles(world, "joost")[0], "Een afspraak komt terug"]
    assert world.body.name in titles(world, "joost")[0]
    item = attention(world.access(world.joost), world.team.pk)[0]
    assert item.text == "Er is nog geen gesprek voor klaargezet."
    plan_talk(
        access=world.access(world.joost),
        layer_id=world.team.pk,
        body=world.body,
        appointment=world.appointment,
        criterion=world.criterion,
        title="Wie vraagt wie?",
        entry="mean",
    )
    html = signed_in(world.joost).get(f"/laag/{world.team.pk}/").content.decode()
    assert "over ‘Wie vraagt wie?’" in html
    assert "2 dingen. Daarna ben je klaar." in html
    assert html.count('class="button" href') == 1
    Appointment.objects.filter(pk=world.appointment.pk).update(starts_at=moment + timedelta(days=20))
    assert titles(world, "joost") == [], "what is far away does not ask yet"


def test_somebody_else_s_talk_is_not_mine(world: World) -> None:
    assert titles(world, "willem", "school") == []
    assert titles(world, "stef", "root") == []


def test_an_agreement_above_is_not_mine_to_look_back_on(world: World) -> None:
    moment = Appointment.objects.create(body=world.steering, starts_at=clock.now() + timedelta(days=2))
    an_agreement(world, returns_at=moment)
    assert titles(world, "samira", "root") == []
    assert "Een afspraak komt terug" in titles(world, "petra", "root")


def test_people_who_wait_are_told_to_who_can_answer(world: World) -> None:
    a_round(world)
    assert any("wachten op een antwoord" in title for title in titles(world, "petra", "root"))
    assert not any("wachten" in title for title in titles(world, "samira", "root"))


def test_a_round_that_asks_me(world: World) -> None:
    made = a_round(world)
    Round.objects.filter(pk=made.pk).update(state=RoundState.OPEN, stopped_on=None)
    asked(world, made, "samira")
    item = attention(world.access(world.samira), world.team.pk)[-1]
    assert item.title == "Een vraag aan jou"
    assert signed_in(world.samira).get(item.url).status_code == 200
    assert "Een vraag aan jou" not in titles(world, "joost")
    for invitation in Invitation.objects.all():
        invitation.token = used_token(personal_token(invitation.pk))
        invitation.save()
    assert "Een vraag aan jou" not in titles(world, "samira")


def test_er_is_antwoord_for_all_who_were_asked_and_not_for_ever(world: World) -> None:
    """Samira took part and Joost did not; both read the same, for nobody knows."""
    made = a_round(world)
    asked(world, made, "samira")
    asked(world, made, "joost")
    assert "Er is antwoord" not in titles(world, "samira")
    given_back(world, made)
    for who in ("samira", "joost"):
        item = attention(world.access(getattr(world, who)), world.team.pk)[-1]
        assert (item.title, item.url) == ("Er is antwoord", "/terug/BRUG%204716/")
    assert "Er is antwoord" not in titles(world, "noor")
    clock.move_to(20)
    assert "Er is antwoord" not in titles(world, "samira")


def test_a_call_goes_before_everything(world: World) -> None:
    contact = Contact.objects.create(
        partnership=world.partnership,
        organisation=world.school,
        person=world.noor,
        name="Noor",
        task="schoolopleider",
    )
    CallRequest.objects.create(
        partnership=world.partnership,
        contact=contact,
        name="S.",
        phone="06",
        asked_at=clock.now(),
        deputy_sees_from=clock.now() + timedelta(days=1),
    )
    assert titles(world, "noor")[0] == "Bel terug"
    assert "Bel terug" not in titles(world, "joost")


def test_at_most_five(world: World) -> None:
    for number in range(4):
        a_round(world, code=f"BEUK 000{number}", seed=f"a{number}")
        moment = Appointment.objects.create(
            body=world.steering, starts_at=clock.now() + timedelta(days=number)
        )
        an_agreement(world, sentence=f"Afspraak {number}", returns_at=moment)
    contact = Contact.objects.create(
        partnership=world.partnership, organisation=world.root, person=world.stef, name="Stef", task="x"
    )
    CallRequest.objects.create(
        partnership=world.partnership,
        contact=contact,
        name="S.",
        phone="06",
        asked_at=clock.now(),
        deputy_sees_from=clock.now(),
    )
    assert len(titles(world, "stef", "root")) == MOST


def test_a_point_of_the_agenda_that_comes_back_leads_to_looking(world: World) -> None:
    row = taken_up(world, returns_at=world.appointment)
    (found,) = [
        item
        for item in attention(world.access(world.joost), world.team.pk)
        if item.title == "Een punt van de agenda komt terug"
    ]
    assert found.url == f"/agenda/punt/{row.pk}/kijk/"
    assert "Een punt van de agenda komt terug" not in titles(world, "willem", "school")
