"""Being somebody, moving the calendar, the post, and starting anew."""

from collections.abc import Iterator
from datetime import timedelta
from importlib import reload
from types import ModuleType

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.test import Client, override_settings
from django.urls import clear_url_caches, resolve
from django.urls.exceptions import Resolver404

import lemniscaat.urls
from lemniscaat.agenda.models import Agreement
from lemniscaat.base import clock
from lemniscaat.collection.models import Round, RoundState
from lemniscaat.demo import actions
from lemniscaat.demo.cards import CARDS
from lemniscaat.demo.mailbox import LetterBox
from lemniscaat.demo.models import Clock, Letter
from lemniscaat.demo.stage import Stage
from lemniscaat.people.models import Partnership, Person
from lemniscaat.vision.queries import current_period

pytestmark = pytest.mark.django_db


def _mounted() -> ModuleType:
    clear_url_caches()
    return reload(lemniscaat.urls)


@pytest.fixture
def demo(stage: Stage) -> Iterator[Stage]:
    """The pages are there in demo mode only."""
    with override_settings(DEMO=True):
        _mounted()
        yield stage
    _mounted()


def test_outside_the_demo_there_are_no_pages(stage: Stage) -> None:
    with override_settings(DEMO=False):
        _mounted()
        with pytest.raises(Resolver404):
            resolve("/demo/als/noor/")


def test_everybody_can_be_somebody(demo: Stage) -> None:
    client = Client()
    page = client.get("/demo/").content.decode()
    for card in CARDS:
        assert card.name in page
        response = client.get(f"/demo/als/{card.slug}/")
        assert (response.status_code, response["Location"]) == (302, "/")
        assert client.session["_auth_user_id"] == str(demo.crowd.cast[card.slug].pk)


def test_nobody_else_comes_in(demo: Stage) -> None:
    client = Client()
    for slug in ("lotte", "onbekend", demo.crowd.standings[-1].person.first_name.lower()):
        assert client.get(f"/demo/als/{slug}/").status_code == 404
    assert "_auth_user_id" not in client.session


def test_links_for_the_console(demo: Stage) -> None:
    links = actions.links()
    assert len(links) == len(CARDS)
    assert links[0].path == "/demo/als/noor/"


def test_three_months_later_and_back(demo: Stage) -> None:
    real = clock.today()
    client = Client()
    assert client.post("/demo/later/").status_code == 303
    assert clock.today() == real + timedelta(days=91)
    assert current_period(demo.places.partnership, clock.today()) is not None
    assert not Round.objects.filter(state=RoundState.OPEN).exists()
    assert Agreement.objects.filter(returns_at__starts_at__lt=clock.now(), state="running").exists()
    clock.move_to(0)
    actions.restore_clock()
    assert clock.today() == real + timedelta(days=91)
    assert client.post("/demo/vandaag/").status_code == 303
    assert clock.today() == real
    assert client.get("/demo/later/").status_code == 405


def test_years_later_there_still_is_a_school_year(demo: Stage) -> None:
    for _ in range(20):
        actions.move_on()
        assert current_period(demo.places.partnership, clock.today()) is not None
    assert Clock.objects.get().days <= 3 * 365


@pytest.mark.deep
@pytest.mark.once
def test_anew_asks_first_and_then_is_as_in_the_beginning(
    demo: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    play = actions.play
    monkeypatch.setattr(actions, "play", lambda *, today, small: play(today=today, small=True))
    client = Client()
    client.get("/demo/als/noor/")
    assert client.get("/demo/opnieuw/").status_code == 200
    Person.objects.filter(email__startswith="joost").update(name="Iemand Anders")
    actions.move_on()
    assert client.post("/demo/opnieuw/").status_code == 303
    assert Partnership.objects.count() == 1
    assert Person.objects.filter(name="Joost Berkhout").exists()
    assert actions.days_ahead() == 0
    assert not actions.needs_loading()


def test_a_load_that_breaks_leaves_what_was_there(demo: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(**_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(actions, "play", broken)
    people = Person.objects.count()
    with pytest.raises(RuntimeError):
        actions.reset()
    assert Person.objects.count() == people


@override_settings(SITE_URL="http://127.0.0.1:8000")
def test_the_post_can_be_read_and_its_links_lead_here(demo: Stage) -> None:
    box = LetterBox()
    sent = EmailMessage(
        "Een code", "Dag,\n\nKijk op http://127.0.0.1:8000/mee/abc/\n<b>", to=["iemand@x.example"]
    )
    assert box.send_messages([sent]) == 1
    assert mail.outbox == []
    client = Client()
    assert "Een code" in client.get("/demo/post/").content.decode()
    page = client.get(f"/demo/post/{Letter.objects.get(subject='Een code').pk}/").content.decode()
    assert 'href="/mee/abc/"' in page
    assert "&lt;b&gt;" in page
    assert client.get("/demo/post/999999/").status_code == 404
