"""Who gets in where: codes, links of this round and others, and what a participant's page never does."""

from datetime import timedelta

import pytest
from django.urls import reverse

from lemniscaat.base import clock
from lemniscaat.base.limits import Limits, Rate
from lemniscaat.collection import door_views
from lemniscaat.collection.actions import stop_round
from lemniscaat.collection.models import Response, Round, RoundState, Segment
from lemniscaat.concerns.models import Contact
from lemniscaat.people.actions import cancel_appointment
from tests import cast
from tests.cast import signed_in
from tests.collection.doors import Asked, fresh_device, hidden, many_people, opened, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.db]


@pytest.fixture(autouse=True)
def _own_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door_views, "limits", Limits())


@pytest.fixture
def asked(world: cast.World) -> Asked:
    many_people(world)
    return opened(world)


def test_six_digits_lead_to_the_round_until_it_stops(asked: Asked) -> None:
    device, code = fresh_device(), asked.round.join_code
    typed = f"{code[:3]} {code[3:]}"
    found = device.post(reverse("answer:join"), {"code": typed})
    assert found["Location"] == reverse("answer:start", args=[asked.round.link_token])
    stop_round(round_=asked.round)
    assert device.post(reverse("answer:join"), {"code": typed}).status_code == 422
    assert device.get(reverse("answer:start", args=[asked.round.link_token])).status_code == 410


def test_guessing_codes_is_slowed_down(asked: Asked) -> None:
    device = fresh_device()
    tries = [device.post(reverse("answer:join"), {"code": "000000"}).status_code for _ in range(62)]
    assert tries[0] == 422
    assert tries[-1] == 429


def test_a_whole_school_joins_from_one_address_and_a_right_code_buys_no_guess(
    asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(door_views, "JOINING", Rate(burst=4, seconds=3600))
    device, code = fresh_device(), asked.round.join_code
    tries = []
    for _phone in range(4):
        tries += [device.post(reverse("answer:join"), {"code": code}).status_code for _again in range(5)]
        tries.append(device.post(reverse("answer:join"), {"code": "000000"}).status_code)
    assert tries == [*[303] * 5, 422] * 4
    assert device.post(reverse("answer:join"), {"code": code}).status_code == 429


def test_by_open_link_one_says_role_and_place_first(asked: Asked) -> None:
    device, link = fresh_device(), asked.round.link_token
    refused = device.post(reverse("answer:card", args=[link, 1]))
    assert refused.status_code == 422
    assert "Kies eerst je rol" in text_of(refused)
    page = text_of(device.post(reverse("answer:card", args=[link, 1]), {"rol": "mentor"}))
    assert "mijn student" in page
    device.post(reverse("answer:send", args=[link]), {"blad": hidden(page)})
    assert Segment.objects.get(pk=Response.objects.get().segment_id).role == "mentor"
    assert device.get(reverse("answer:done", args=[link])).status_code == 200


def test_a_made_up_role_or_place_stays_general(asked: Asked) -> None:
    device, link = fresh_device(), asked.round.link_token
    assert device.get(reverse("answer:whole", args=[link]), {"rol": "koning"}).status_code == 422
    page = text_of(device.get(reverse("answer:whole", args=[link]), {"rol": "student", "plek": "../../x"}))
    device.post(reverse("answer:send", args=[link]), {"blad": hidden(page), "alles": "1"})
    assert Response.objects.count() == 1


@pytest.mark.parametrize("token", ["nergens", "x" * 500, "%00"])
def test_a_dead_link_says_what_to_do(asked: Asked, token: str) -> None:
    answer = fresh_device().get(reverse("answer:start", args=[token]))
    assert answer.status_code == 404
    assert "Deze link werkt niet" in text_of(answer)


def test_cards_cannot_be_opened_out_of_the_blue(asked: Asked) -> None:
    token = asked.tokens()[0]
    for address in ("card", "check", "send"):
        args = [token, 3] if address == "card" else [token]
        answer = fresh_device().get(reverse(f"answer:{address}", args=args))
        assert (answer.status_code, answer["Location"]) == (303, reverse("answer:start", args=[token]))


def test_pages_know_nobody_and_set_nothing(asked: Asked) -> None:
    token = asked.token_of(asked.world.samira.email)
    client = signed_in(asked.world.samira)
    before = client.cookies.output()
    page = client.get(reverse("answer:start", args=[token]))
    assert "Samira" not in text_of(page)
    assert "csrfmiddlewaretoken" not in text_of(page)
    assert client.cookies.output() == before
    assert "Cookie" not in page.get("Vary", "")
    assert page["Cache-Control"] == "private, no-cache", "the first step, to which the back button leads"


def test_done_needs_a_sheet_that_is_in(asked: Asked) -> None:
    token = asked.tokens()[0]
    answer = fresh_device().get(reverse("answer:done", args=[token]))
    assert answer["Location"] == reverse("answer:start", args=[token])


def test_the_people_to_turn_to_are_named(asked: Asked) -> None:
    world = asked.world
    Contact.objects.create(
        partnership=world.partnership, organisation=world.root, name="Lotte", task="vertrouwenspersoon"
    )
    Contact.objects.create(
        partnership=world.elsewhere, organisation=world.elsewhere.root, name="Vreemd", task="x"
    )
    page = text_of(fresh_device().get(reverse("answer:people", args=[asked.tokens()[0]])))
    assert "Lotte beoordeelt niemand." in page
    assert "Vreemd" not in page


def test_the_day_of_the_return_goes_into_a_calendar_without_a_moment(asked: Asked) -> None:
    token = asked.tokens()[0]
    taken = [bytes(fresh_device().get(reverse("answer:calendar", args=[token])).content) for _ in range(2)]
    assert taken[0] == taken[1]
    assert asked.round.return_code.encode() in taken[0]


def test_english_travels_along(asked: Asked) -> None:
    device, token = fresh_device(), asked.token_of("student0@example.org")
    page = text_of(device.get(reverse("answer:whole", args=[token]), {"taal": "en"}))
    assert '<html lang="en"' in page
    page = text_of(device.post(reverse("answer:check", args=[token]), {"blad": hidden(page)}))
    assert '<html lang="en"' in page


def test_a_talk_that_is_off_is_promised_to_nobody(asked: Asked) -> None:
    world, link = asked.world, reverse("answer:start", args=[asked.round.link_token])
    assert "ligt de uitkomst op tafel" in text_of(fresh_device().get(link))
    cancel_appointment(access=world.access(world.noor), appointment=world.appointment)
    assert "ligt de uitkomst op tafel" not in text_of(fresh_device().get(link))
    for path in (
        reverse("collection:round", args=[asked.round.pk]),
        reverse("collection:rounds", args=[world.team.pk]),
    ):
        assert "(afgezegd)" in text_of(signed_in(world.noor).get(path))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("12345", "hier staan er 5"),
        ("1", "hier staat er 1"),
        ("hallo", "hier staan er 0"),
        ("BRUG 4716", "Ik wil lezen wat ermee gedaan is"),
        ("000000", "Kijk of alle zes cijfers kloppen"),
    ],
)
def test_a_wrong_code_says_what_to_do(asked: Asked, typed: str, said: str) -> None:
    refused = fresh_device().post(reverse("answer:join"), {"code": typed})
    assert refused.status_code == 422
    assert said in text_of(refused)


def test_what_is_no_code_is_no_guess(asked: Asked) -> None:
    device = fresh_device()
    for _ in range(80):
        device.post(reverse("answer:join"), {"code": "12345"})
    assert device.post(reverse("answer:join"), {"code": asked.round.join_code}).status_code == 303


def test_who_comes_late_hears_what_is_true_by_now(asked: Asked) -> None:
    """Promised, past its day, or there to be read: never a day that is over as if it still had to come."""
    device, there = fresh_device(), reverse("answer:start", args=[asked.round.link_token])
    stop_round(round_=asked.round)
    assert "Wie meedeed, leest uiterlijk" in text_of(device.get(there))
    Round.objects.filter(pk=asked.round.pk).update(return_by=clock.today() - timedelta(days=1))
    late = text_of(device.get(there))
    assert "Wie meedeed, hoort nog wat we ermee doen." in late
    assert "uiterlijk" not in late
    Round.objects.filter(pk=asked.round.pk).update(state=RoundState.RETURNED)
    assert "Wie meedeed, kan nu lezen wat we ermee doen." in text_of(device.get(there))


def test_a_participant_finds_who_stands_in(asked: Asked) -> None:
    """Without an account one sees the same names as with one: also whom to call when nobody is there."""
    row = Contact.objects.create(
        partnership=asked.world.partnership,
        organisation=asked.world.school,
        name="Lotte",
        task="vertrouwenspersoon",
        phone="06 1",
    )
    Contact.objects.create(
        partnership=asked.world.partnership,
        organisation=asked.world.school,
        name="Jolanda",
        task="vertrouwenspersoon",
        phone="06 2",
        deputy_of=row,
    )
    page = text_of(fresh_device().get(reverse("answer:people", args=[asked.round.link_token])))
    assert "Is er niemand? Jolanda vervangt." in page
    assert "tel:06 2" in page
    assert page.count("Zit je ergens mee?") == 3  # the title, the heading and the link above; not once more
    # neither has a mail address or an account, so nobody would hear a request to call
    assert "Laat je bellen" not in page


def test_a_place_that_was_chosen_stays_when_the_role_was_forgotten(asked: Asked) -> None:
    device, token = fresh_device(), asked.round.link_token
    choices = [["s1", "De Vliet", "*"], ["s2", "Het Waterrad", "*"]]
    Round.objects.filter(pk=asked.round.pk).update(places={**asked.round.places, "choices": choices})
    said = {"plek": "s2"}
    for again in (
        device.post(reverse("answer:card", args=[token, 1]), said),
        device.get(reverse("answer:whole", args=[token]), said),
    ):
        assert again.status_code == 422
        assert '<option value="s2" selected>' in text_of(again)
