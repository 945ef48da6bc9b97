"""Capturing in half a minute: what comes in by the form and from the outbox of a device, and who reads it."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from PIL import Image

from lemniscaat.base import clock, views
from lemniscaat.datapoints import actions
from lemniscaat.datapoints.models import Attachment, Circle, DataPoint
from lemniscaat.people.devices import device_mark
from lemniscaat.people.models import Membership, Person, Role
from tests.cast import LONG_AGO, World, organisation, signed_in
from tests.datapoints.photos import WEBM, photo, upload

pytestmark = pytest.mark.django_db
SNEL = "/weten/snel/"


def outbox(world: World, who: Person, path: str = SNEL, **fields: Any) -> HttpResponse:
    """What the outbox of a device sends, in the name of whoever wrote it."""
    sent = {"form_key": "k", "circle": "ik", "mark": device_mark(world.access(who)), **fields}
    answer: HttpResponse = signed_in(who).post(path, sent, headers={"x-requested-with": "outbox"})
    return answer


def with_photo(world: World, **fields: Any) -> dict[str, Any]:
    return {
        "text": "Kijk.",
        "circle": str(world.team.pk),
        "form_key": "p",
        "unseen": "on",
        "photo": upload(photo()),
        **fields,
    }


def test_the_three_sorts_ask_what_they_ask(world: World) -> None:
    client = signed_in(world.samira)
    for path, asked in (
        (SNEL, "Wat zag of hoorde je?"),
        (f"{SNEL}observatie/", "Welke vraag neem ik mee?"),
        (f"{SNEL}exitticket/", "Wat is nog onduidelijk?"),
    ):
        html = client.get(path).content.decode()
        assert asked in html
        assert "Geen leerling of collega herkenbaar in beeld of te horen" in html
    assert client.get(f"{SNEL}gedicht/").status_code == 404
    assert Client().get(SNEL)["Location"].startswith("/inloggen/")
    assert signed_in(world.dirk).get(SNEL).status_code == 404


def test_an_observation_keeps_each_answer_under_its_question(world: World) -> None:
    signed_in(world.joost).post(
        f"{SNEL}observatie/",
        {
            "saw": "Zij wachtte.",
            "question": "Durf ik dat ook?",
            "circle": str(world.team.pk),
            "form_key": "o",
        },
    )
    made = DataPoint.objects.get()
    assert (made.source, made.evidence, made.permitted_use) == ("observation", "soft", "learn")
    assert made.text == "Wat zag ik? Zij wachtte.\nWelke vraag neem ik mee? Durf ik dat ook?"


def test_a_ticket_says_what_it_came_after(world: World) -> None:
    signed_in(world.joost).post(
        f"{SNEL}exitticket/", {"about": "Intervisie", "take": "Vragen.", "circle": "", "form_key": "t"}
    )
    made = DataPoint.objects.get()
    assert (made.source, made.title, made.text) == ("ticket", "Intervisie", "Wat neem ik mee? Vragen.")
    html = signed_in(world.joost).get(reverse("datapoints:notes")).content.decode()
    assert "Intervisie" in html


def test_a_photo_is_cleaned_and_comes_along_once(world: World) -> None:
    client = signed_in(world.samira)
    for _twice in range(2):
        assert client.post(SNEL, with_photo(world)).status_code == 302
    kept = Attachment.objects.get()
    assert not Image.open(BytesIO(bytes(kept.data))).getexif()
    html = client.get(reverse("datapoints:notes")).content.decode()
    assert reverse("datapoints:attachment", args=[kept.slug]) in html
    assert (
        kept.slug in client.get(reverse("datapoints:data_point", args=[kept.data_point_id])).content.decode()
    )


def test_only_a_photo_or_a_voice_will_do(world: World) -> None:
    client = signed_in(world.samira)
    client.post(SNEL, with_photo(world, text=""))
    said = {"text": "", "voice": upload(WEBM, "opname.webm"), "photo": "", "form_key": "v"}
    client.post(SNEL, with_photo(world, **said))
    assert set(DataPoint.objects.values_list("text", flat=True)) == {"Een foto.", "Een opname."}


@pytest.mark.parametrize("wrong", [{"unseen": ""}, {"photo": upload(b"%PDF-1.7")}, {"circle": "999999"}])
def test_what_cannot_be_taken_in_keeps_what_was_typed(world: World, wrong: dict[str, Any]) -> None:
    answer = signed_in(world.samira).post(SNEL, with_photo(world, **wrong))
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "Kijk.</textarea>" in html
    assert "nog een keer" in html, "a browser forgets the file"
    assert not DataPoint.objects.exists()
    assert not Attachment.objects.exists()


def test_what_is_attached_is_for_the_circle(world: World) -> None:
    signed_in(world.samira).post(SNEL, with_photo(world))
    url = reverse("datapoints:attachment", args=[Attachment.objects.get().slug])
    answer = signed_in(world.joost).get(url)
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Content-Disposition"] == 'inline; filename="foto.jpg"'
    assert answer["Content-Security-Policy"] == "sandbox"
    for other in (world.hans, world.willem, world.charlie, world.dirk):
        assert signed_in(other).get(url).status_code == 404
    assert Client().get(url).status_code == 302


def test_a_player_may_ask_for_a_part(world: World) -> None:
    said = {"photo": "", "voice": upload(WEBM, "opname.webm")}
    signed_in(world.samira).post(SNEL, with_photo(world, **said))
    url = reverse("datapoints:attachment", args=[Attachment.objects.get().slug])
    answer = signed_in(world.samira).get(url, headers={"range": "bytes=0-3"})
    assert (answer.status_code, answer.content) == (206, WEBM[:4])
    assert answer["Content-Range"] == f"bytes 0-3/{len(WEBM)}"


def test_what_is_taken_back_takes_its_photo_along(world: World) -> None:
    client = signed_in(world.samira)
    client.post(SNEL, with_photo(world))
    client.post(reverse("datapoints:withdraw", args=[DataPoint.objects.get().pk]))
    assert not Attachment.objects.exists()


def test_a_voice_goes_with_whoever_is_erased(world: World) -> None:
    """What he wrote for others stays without his name; a voice or a photo would bring it back."""
    signed_in(world.samira).post(SNEL, with_photo(world))
    signed_in(world.joost).post(SNEL, with_photo(world, form_key="q"))
    Person.objects.filter(pk=world.samira.pk).update(erased_on=clock.today())
    actions.forget_erased()
    assert [row.data_point.author for row in Attachment.objects.all()] == [world.joost]
    assert DataPoint.objects.count() == 2


def test_what_waited_comes_in_once_with_the_day_it_was_written(world: World) -> None:
    day = clock.today() - timedelta(days=3)
    for _twice in range(2):
        answer = outbox(world, world.joost, text="Van dinsdag.", day=day.isoformat())
        assert answer.json() == {"next": reverse("datapoints:notes")}
    assert DataPoint.objects.get().happened_on == day
    # what waited is told by the device itself
    assert "Het hangt" not in signed_in(world.joost).get(reverse("datapoints:notes")).content.decode()


@pytest.mark.parametrize("days", [-1, 400])
def test_a_device_with_a_strange_clock_writes_today(world: World, days: int) -> None:
    outbox(world, world.joost, text="Ooit.", day=(clock.today() - timedelta(days=days)).isoformat())
    assert DataPoint.objects.get().happened_on == clock.today()


def test_nothing_goes_out_under_another_name(world: World) -> None:
    answer = outbox(world, world.samira, text="Van Joost.", mark=device_mark(world.access(world.joost)))
    assert answer.status_code == 409
    assert outbox(world, world.samira, text="Van niemand.", mark="").status_code == 409
    assert not DataPoint.objects.exists()


def test_what_is_wrong_is_told_to_the_device(world: World) -> None:
    answer = outbox(world, world.joost, text="", circle="999999")
    assert answer.status_code == 422
    assert answer.json() == {
        "problem": "Kies opnieuw wie dit mag lezen.",
        "fields": {"circle": "Kies opnieuw wie dit mag lezen."},
    }


def test_a_word_for_a_circle_counts_when_there_is_one_such(world: World) -> None:
    """A page that was kept for a day without a network says 'my team'; it never reaches further than that."""
    assert outbox(world, world.joost, text="Voor mijn team.", circle="team").status_code == 200
    made = DataPoint.objects.get()
    assert (made.organisation, made.circle) == (world.team, Circle.TEAM)
    assert outbox(world, world.hans, text="Zonder team.", circle="team", form_key="h").status_code == 422
    second = organisation("team", "Team bovenbouw", world.school)
    Membership.objects.create(
        partnership=world.partnership,
        person=world.joost,
        organisation=second,
        role=Role.MENTOR,
        valid_from=LONG_AGO,
    )
    assert outbox(world, world.joost, text="Welk team?", circle="team", form_key="w").status_code == 422
    assert DataPoint.objects.count() == 1


def test_a_device_hears_who_would_send(world: World) -> None:
    told = signed_in(world.joost).get("/weten/snel/wie/").json()
    assert told["mark"] == device_mark(world.access(world.joost)) != device_mark(world.access(world.noor))
    assert told["token"]
    assert Client().get("/weten/snel/wie/").status_code == 302
    assert signed_in(world.dirk).get("/weten/snel/wie/").status_code == 404


def test_what_a_device_keeps_knows_nobody(world: World) -> None:
    for path in ("/weten/snel/zonder-netwerk/", "/weten/snel/zonder-netwerk/exitticket/", "/zonder-netwerk/"):
        mine, nobodys = signed_in(world.noor).get(path), Client().get(path)
        assert mine.content == nobodys.content
        assert not mine.cookies
        for name in ("Noor", "Het Waterrad", "csrfmiddlewaretoken"):
            assert name not in mine.content.decode()
    assert Client().get("/weten/snel/zonder-netwerk/gedicht/").status_code == 404


def test_the_worker_keeps_only_what_is_there(world: World) -> None:
    """Everything it fetches when it is put in is there, for somebody who is not signed in, and once: else it keeps nothing."""
    answer = Client().get("/werker.js")
    assert answer["Content-Type"].startswith("text/javascript")
    assert answer["Cache-Control"] == "no-cache"
    house = json.loads(answer.content.decode().split("\n", 1)[0].removeprefix("const HOUSE = ").rstrip(";"))
    pages = {house["without"], *house["capture"].values()}
    assert [Client().get(path).status_code for path in pages] == [200] * 4
    for path in (*house["files"], *house["scripts"]):
        assert finders.find(path.removeprefix("/static/")), path
    assert len(set(house["files"])) == len(house["files"])
    # every file that a kept page asks for is kept with it
    for path in pages:
        asked = re.findall(r'(?:href|src)="(/static/[^"]+)"', Client().get(path).content.decode())
        assert not set(asked) - set(house["files"]), path
    assert "/mee/" in house["apart"]
    assert Client().get("/app.webmanifest").json()["start_url"] == SNEL


def test_the_worker_changes_with_what_it_keeps(monkeypatch: pytest.MonkeyPatch) -> None:
    before = Client().get("/werker.js").content
    monkeypatch.setattr(views, "_versions", {})
    monkeypatch.setattr(views, "FILES", views.FILES[1:])
    assert (
        before.split(b'"version": ')[1][:18]
        != Client().get("/werker.js").content.split(b'"version": ')[1][:18]
    )
