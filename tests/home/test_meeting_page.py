"""A page per meeting: what lies on the table is chosen in a few taps, kept, and gone when it is taken back."""

from __future__ import annotations

import pytest
from django.urls import reverse

from lemniscaat.home.attention import attention
from lemniscaat.meetings import packing
from lemniscaat.meetings.actions import plan_talk
from lemniscaat.meetings.models import MeetingPack
from lemniscaat.people.actions import answer_share, revoke_share
from lemniscaat.people.models import Appointment, Body, TrailEntry
from tests.accountability.stage import an_agreement
from tests.agenda.goals import taken_up
from tests.cast import World, signed_in
from tests.home.desk import HEARD, meeting, shared

pytestmark = pytest.mark.django_db


@pytest.fixture
def moment(world: World) -> Appointment:
    return meeting(world.steering)


def page(world: World, who: str, moment: Appointment, form: str = "") -> str:
    answer = signed_in(getattr(world, who)).get(reverse("home:meeting", args=[moment.pk]) + form)
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_works_without_anybody_preparing_it(world: World, moment: Appointment) -> None:
    for number in range(5):
        shared(world, world.root, f"Wat wij zien, {number}.")
    html = page(world, "stef", moment)
    assert html.count('class="laid stack"') == packing.MOST
    assert "Nog niet gekozen" in html
    assert html.count("We houden") == html.count("We verleggen") == packing.MOST
    assert reverse("home:prepare_meeting", args=[moment.pk]) in html


def test_choosing_is_kept_and_pressed_twice_is_once(world: World, moment: Appointment) -> None:
    rows = [shared(world, world.root, f"Wat wij zien, {number}.") for number in range(4)]
    client, url = signed_in(world.petra), reverse("home:prepare_meeting", args=[moment.pk])
    form = {
        "shares": [str(rows[0].pk)],
        "question": "Houden we dit?",
        "knowledge": "Het kader erbij.",
        "version": "0",
    }
    for _again in range(2):
        assert client.post(url, form)["Location"] == reverse("home:meeting", args=[moment.pk])
    pack = MeetingPack.objects.get()
    assert (pack.version, [row.pk for row in pack.shares.all()]) == (1, [rows[0].pk])
    assert TrailEntry.objects.filter(verb="prepared").count() == 1
    html = page(world, "stef", moment)
    assert html.count('class="laid stack"') == 1
    assert "Houden we dit?" in html
    assert "Het kader erbij." in html
    later = meeting(world.steering, 40)
    assert "Vorige keer: Het kader erbij." in page(world, "stef", later)


def test_more_than_three_is_refused_and_nothing_is_lost(world: World, moment: Appointment) -> None:
    rows = [shared(world, world.root, f"Wat wij zien, {number}.") for number in range(4)]
    form = {"shares": [str(row.pk) for row in rows], "question": "Houden we dit?"}
    answer = signed_in(world.petra).post(reverse("home:prepare_meeting", args=[moment.pk]), form)
    assert answer.status_code == 422
    assert "Houden we dit?" in answer.content.decode()
    assert not MeetingPack.objects.exists()


def test_two_who_choose_at_once_keep_both_in_view(world: World, moment: Appointment) -> None:
    row = shared(world, world.root)
    petra = world.access(world.petra)
    packing.prepare(access=petra, moment=moment, shares=[row], words={"question": "Van Petra?"})
    form = {"shares": [], "question": "Van Stef?", "version": "0"}
    answer = signed_in(world.stef).post(reverse("home:prepare_meeting", args=[moment.pk]), form)
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Van Petra?" in html
    assert "Van Stef?" in html
    assert MeetingPack.objects.get().question == "Van Petra?"


def test_what_is_taken_back_lies_on_no_table(world: World, moment: Appointment) -> None:
    row = shared(world, world.root)
    packing.prepare(access=world.access(world.petra), moment=moment, shares=[row], words={})
    assert HEARD in page(world, "stef", moment)
    revoke_share(access=world.access(world.noor), share=row)
    for form in ("", "papier/"):
        assert HEARD not in page(world, "stef", moment, form)
    assert "teruggenomen" in page(world, "stef", moment)


def test_a_share_of_another_layer_cannot_be_laid_on_the_table(world: World, moment: Appointment) -> None:
    row = shared(world, world.board)
    packing.prepare(access=world.access(world.petra), moment=moment, shares=[row], words={})
    assert not MeetingPack.objects.get().shares.exists()
    assert HEARD not in page(world, "stef", moment)


def test_who_only_sits_there_reads_no_shares_and_chooses_nothing(world: World, moment: Appointment) -> None:
    shared(world, world.root)
    world.steering.people.add(world.samira)
    html = page(world, "samira", moment)
    assert HEARD not in html
    assert "klaarzetten/" not in html
    assert signed_in(world.samira).get(reverse("home:prepare_meeting", args=[moment.pk])).status_code == 404


def test_the_talk_of_a_team_has_no_such_page(world: World) -> None:
    assert signed_in(world.noor).get(reverse("home:meeting", args=[world.appointment.pk])).status_code == 404


def test_what_to_do_now_follows_the_meeting(world: World, moment: Appointment) -> None:
    row = shared(world, world.root)
    stef = world.access(world.stef)
    assert "Kies wat er op tafel ligt" in page(world, "stef", moment)
    packing.prepare(access=stef, moment=moment, shares=[row], words={})
    assert "Zet jullie eigen gesprek klaar" in page(world, "stef", moment)
    Appointment.objects.filter(pk=moment.pk).update(starts_at=world.appointment.starts_at.replace(year=2020))
    assert "wacht op jullie antwoord" in page(world, "stef", moment)
    answer_share(access=stef, share=row, text="Dank, wij nemen dit mee.")
    html = page(world, "stef", moment)
    assert "Niets. Alles wat hier ligt heeft een antwoord." in html
    assert "Dank, wij nemen dit mee." in html


def test_what_comes_back_at_this_meeting_stands_there_and_leads_to_looking_back(
    world: World, moment: Appointment
) -> None:
    row = an_agreement(world, returns_at=moment, sentence="Wij vertellen het zelf.")
    taken_up(world, "Elke school heeft een vaste plek.", who=world.petra, at=world.root, returns_at=moment)
    html = page(world, "stef", moment)
    assert reverse("agenda:look_back", args=[row.pk]) + f"?bij={moment.pk}" in html
    assert "Elke school heeft een vaste plek." in html


def test_home_asks_to_read_it_beforehand(world: World, moment: Appointment) -> None:
    plan_talk(
        access=world.access(world.petra),
        layer_id=world.root.pk,
        body=world.steering,
        appointment=moment,
        criterion=world.criterion,
        title="Halverwege samen lezen",
    )
    item = attention(world.access(world.stef), world.root.pk)[0]
    assert (item.url, item.button) == (reverse("home:meeting", args=[moment.pk]), "Lees het vooraf")
    assert "Lees wat er op tafel ligt" in page(world, "stef", moment)
    assert "Zet de tafel klaar" in page(world, "petra", moment)


def test_deciding_begins_with_the_course_that_was_chosen(world: World, moment: Appointment) -> None:
    shared(world, world.root)
    url = reverse("agenda:new", args=[world.root.pk]) + f"?koers=sustain&lat={world.criterion.pk}"
    html = signed_in(world.stef).get(url).content.decode()
    assert 'value="sustain"' in html
    assert "checked" in html.split('value="sustain"')[1][:120]


def test_a_point_of_fewer_people_is_not_on_the_sheet_of_a_meeting(world: World, moment: Appointment) -> None:
    few = Body.objects.create(partnership=world.partnership, organisation=world.root, name="Kerngroep")
    few.people.set([world.stef])
    for body, words in ((few, "Dit blijft van ons."), (None, "Dit is van iedereen.")):
        taken_up(world, words, who=world.stef, at=world.root, body=body, returns_at=moment)
    paper = page(world, "stef", moment, "papier/")
    assert "Dit is van iedereen." in paper
    assert "Dit blijft van ons." not in paper


def test_two_shares_about_one_criterion_show_what_is_known_once(world: World, moment: Appointment) -> None:
    for number in range(2):
        shared(world, world.root, f"Wat wij zien, {number}.")
    html = page(world, "stef", moment)
    assert html.count('class="pair known"') == html.count("staat hierboven") == 1
