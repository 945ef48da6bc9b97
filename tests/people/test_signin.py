"""Coming in by mail: the whole way, and the ways that must stay closed."""

import re

import pytest
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, reverse

from lemniscaat.base import limits
from tests.cast import World

pytestmark = pytest.mark.django_db
CODE = re.compile(r"^ {4}(\S{9})$", re.MULTILINE)


@pytest.fixture(autouse=True)
def _fresh_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    cache.clear()
    monkeypatch.setattr("lemniscaat.people.signin_views.limits", limits.Limits())


def ask(client: Client, email: str, **extra: str) -> str:
    """Ask for a code; returns where the browser is sent."""
    answer = client.post("/inloggen/", {"email": email, **extra})
    assert answer.status_code == 302
    return str(answer["Location"])


def code() -> str:
    found = CODE.search(str(mail.outbox[-1].body))
    assert found
    return found[1]


def test_the_whole_way_in_and_out(world: World) -> None:
    client = Client()
    page = client.get("/inloggen/")
    assert "Mail me een code" in page.content.decode()
    to = ask(client, "Noor@Example.org")
    assert client.get(to).status_code == 200
    done = client.post(to, {"code": code().lower().replace("-", " ")})
    assert done["Location"] == "/"
    assert client.get(reverse("people:me")).status_code == 200
    assert mail.outbox[0].to == ["Noor@example.org"] or mail.outbox[0].to == ["noor@example.org"]
    assert client.get(reverse("account_logout")).status_code == 200
    client.post(reverse("account_logout"))
    assert client.get(reverse("people:me")).status_code == 302


def test_the_browser_cannot_read_the_code(world: World) -> None:
    """Asking for somebody else's code must not be having it."""
    client = Client()
    ask(client, world.noor.email)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    assert code() not in cookie
    assert len(cookie) > 100
    store = client.session
    assert code() in str(dict(store))  # it is in there, locked


def test_a_session_of_another_secret_or_a_changed_one_is_no_session(world: World) -> None:
    client = Client()
    client.force_login(world.noor, backend=settings.AUTHENTICATION_BACKENDS[0])
    assert client.get(reverse("people:me")).status_code == 200
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    client.cookies[settings.SESSION_COOKIE_NAME] = cookie[:-3] + "AAA"
    assert client.get(reverse("people:me")).status_code == 302
    client.cookies[settings.SESSION_COOKIE_NAME] = "eyJ4IjoxfQ:1abc:xyz"
    assert client.get(reverse("people:me")).status_code == 302


def test_known_and_unknown_get_the_same_answer(world: World) -> None:
    one, other = Client(), Client()
    first, second = ask(one, world.noor.email), ask(other, "niemand@example.org")
    assert first == second
    pages = [c.get(first).content.decode() for c in (one, other)]
    token = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
    plain = [token.sub("", p) for p in pages]
    assert plain[0].replace(world.noor.email, "X") == plain[1].replace("niemand@example.org", "X")
    lengths = {len(c.cookies[settings.SESSION_COOKIE_NAME].value) for c in (one, other)}
    assert len(lengths) == 1, "the length of the cookie tells who is known"
    assert [m.to for m in mail.outbox] == [[world.noor.email], ["niemand@example.org"]]
    assert "We kennen dit adres niet" in mail.outbox[1].body
    assert not CODE.search(str(mail.outbox[1].body))


def test_a_wrong_code_keeps_what_was_typed_and_five_are_enough(world: World) -> None:
    client = Client()
    to = ask(client, world.noor.email)
    page = client.post(to, {"code": "XXXX-XXXX"}).content.decode()
    assert "Deze code klopt niet" in page
    assert "XXXX-XXXX" in page
    right = code()
    for _ in range(4):
        client.post(to, {"code": "XXXX-XXXX"})
    client.post(to, {"code": right})
    assert client.get(reverse("people:me")).status_code == 302


def test_putting_an_old_cookie_back_gives_no_new_guesses(world: World) -> None:
    client = Client()
    to = ask(client, world.noor.email)
    kept = client.cookies[settings.SESSION_COOKIE_NAME].value
    for _ in range(10):
        client.cookies[settings.SESSION_COOKIE_NAME] = kept
        client.post(to, {"code": "XXXX-XXXX"})
    client.cookies[settings.SESSION_COOKIE_NAME] = kept
    client.post(to, {"code": code()})
    assert client.get(reverse("people:me")).status_code == 302


@pytest.mark.parametrize(
    "away", ["https://kwaad.example/", "//kwaad.example", "/\\kwaad.example", "javascript:alert(1)"]
)
def test_nobody_is_sent_to_another_place(world: World, away: str) -> None:
    client = Client()
    to = ask(client, world.noor.email, next=away)
    assert "kwaad" not in to
    done = client.post("/inloggen/code/", {"code": code(), "next": away})
    assert done["Location"] == "/"
    out = client.post(reverse("account_logout"), {"next": away})
    assert "kwaad" not in out["Location"]


def test_the_page_one_came_for_opens_after(world: World) -> None:
    client = Client()
    to = ask(client, world.noor.email, next="/mensen/")
    assert client.post(to, {"code": code(), "next": "/mensen/"})["Location"] == "/mensen/"


def test_the_mail_takes_no_address_from_the_browser(world: World) -> None:
    settings_hosts = settings.ALLOWED_HOSTS
    client = Client(headers={"host": "kwaad.example"})
    assert client.get("/inloggen/").status_code == 400
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "ALLOWED_HOSTS", [*settings_hosts, "kwaad.example"])
        ask(client, world.noor.email)
        ask(Client(headers={"host": "kwaad.example"}), "niemand@example.org")
    for sent in mail.outbox:
        assert "kwaad" not in sent.subject + sent.body
        assert settings.SITE_URL in sent.body


def test_somebody_erased_or_put_aside_does_not_come_in(world: World) -> None:
    world.noor.is_active = False
    world.noor.save()
    ask(Client(), world.noor.email)
    assert not CODE.search(str(mail.outbox[-1].body))


def test_the_other_doors_of_the_library_are_closed() -> None:
    for name in (
        "account_email",
        "account_change_password",
        "account_set_password",
        "account_reset_password",
    ):
        with pytest.raises(NoReverseMatch):
            reverse(name)
    assert Client().get("/inloggen/gesloten/").status_code == 302
    assert Client().get("/inloggen/signup/").status_code == 404


def test_asking_again(world: World) -> None:
    client = Client()
    to = ask(client, world.noor.email)
    assert client.get("/inloggen/")["Location"] == to
    client.post(reverse("signin_anew"))
    assert client.get("/inloggen/").status_code == 200
