"""Every address of the product, as an outsider and as nobody: what you may not see does not exist."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.cast import World, signed_in

PUBLIC = {
    "home:index",
    "people:who_sees_what",
    # a calendar program does not sign in: the key in the address is what opens it
    "people:my_feed",
    "people:body_feed",
    "year:feed",
    "goals:feed",
    # the signed link in a monthly letter
    "goals:no_digest",
    "concerns:people",
    "concerns:call",
    "returning:enter",
    "returning:page",
    "answer:join",
    "answer:resume",
    "table:join",
    "set_language",
    # what a device keeps is the same for everybody, and knows nobody
    "base:worker",
    "base:manifest",
    "base:without_network",
    "datapoints:without_network",
}
LIBRARY = re.compile(r"^(account_|inloggen)")
NUMBER = re.compile(r"<int:(\w+)>")


def addresses(
    resolver: URLResolver | None = None, spaces: tuple[str, ...] = ()
) -> Iterator[tuple[str, URLPattern]]:
    """(full name, pattern) of every address in the URLconf."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from addresses(entry, (*spaces, entry.namespace) if entry.namespace else spaces)
        else:
            yield ":".join([*spaces, entry.name or str(entry.pattern)]), entry


def paths(
    resolver: URLResolver | None = None, before: str = "", spaces: tuple[str, ...] = ()
) -> Iterator[tuple[str, str]]:
    """(full name, path with its placeholders) of every address."""
    for entry in (resolver or get_resolver()).url_patterns:
        here = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from paths(entry, here, (*spaces, entry.namespace) if entry.namespace else spaces)
        else:
            yield ":".join([*spaces, entry.name or here]), here


MEMBERS = [
    (name, path)
    for name, path in paths()
    if name not in PUBLIC and not name.startswith(("answer:", "demo:")) and not LIBRARY.match(name)
]


def filled(path: str, number: int) -> str:
    path = NUMBER.sub(str(number), path)
    return "/" + re.sub(r"<(?:str|slug):\w+>", "inform", path)


def test_there_are_addresses() -> None:
    assert len(MEMBERS) > 40


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
def test_who_is_not_signed_in_sees_the_way_in(world: World, method: str) -> None:
    for name, path in MEMBERS:
        answer = getattr(Client(), method)(filled(path, world.team.pk))
        assert answer.status_code in {302, 403, 404, 405}, name
        if answer.status_code == 302:
            assert answer["Location"].startswith("/inloggen/"), name


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["charlie", "dirk"])
def test_an_outsider_finds_nothing(world: World, who: str) -> None:
    """Charlie has the same role in another partnership, Dirk has none: no number of ours opens anything."""
    client = signed_in(getattr(world, who))
    ours = {world.team.pk, world.school.pk, world.root.pk, world.point.pk, world.criterion.pk, world.body.pk}
    own = {"people:me", "people:trail", "people:import_table", "people:switch", "home:index"}
    for name, path in MEMBERS:
        if name in own or not NUMBER.search(path):
            continue
        for number in ours:
            for method in ("get", "post"):
                answer = getattr(client, method)(filled(path, number))
                assert answer.status_code in {404, 405}, (name, number, method, answer.status_code)
