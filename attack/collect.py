"""`python -m attack.collect [--worlds N] [--seed S] [--out FOLDER]`: attacks what the product itself shows.

One account with every role in every place opens every page, filter and export he can reach of random partnerships,
through the product's own addresses. What he finds is written as a dump (README.md) and attacked. A figure that is no
sum of whole blocks, or rests on too few people, is a finding too.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lemniscaat.settings")
django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import setup_test_environment, teardown_test_environment  # noqa: E402

from attack.built import Built, build  # noqa: E402
from attack.figures import load  # noqa: E402
from attack.pages import Page  # noqa: E402
from attack.search import attack  # noqa: E402
from attack.sources import Collected, Exports, Truth  # noqa: E402
from lemniscaat.people.models import Person, Role  # noqa: E402

MOST_PAGES = 80
WAYS = ("soort=json&per=rol", "soort=json&per=plek", "soort=csv&per=rol", "soort=csv&per=plek")


def collect(built: Built) -> tuple[Collected, dict[str, Any]]:
    """Open everything; returns what was found and the dump."""
    found, truth = Collected(), Truth(built)
    visitor = _signed_in(built.spy)
    for batch in built.batches:
        for way in WAYS:
            address = f"/ronde/{batch.round.pk}/uitkomst/tabel/?{way}"
            Exports(truth, batch, found).read(visitor.get(address).content.decode(), way)
    for address, html in _walk(visitor, _starts(built), found):
        truth.read_page(address, html, found)
    return found, truth.dump(found)


def _signed_in(person: Person) -> Client:
    visitor = Client(raise_request_exception=False)
    visitor.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return visitor


def _starts(built: Built) -> list[str]:
    """The pages that tell figures, for every place; the walk finds the rest."""
    pages = [f"/ronde/{batch.round.pk}/uitkomst/" for batch in built.batches]
    pages += [f"/weten/lat/{built.criterion.pk}/", f"/weten/lat/{built.criterion.pk}/cijfers/"]
    filters = ["", *(f"?plek={place}" for place in built.places)]
    years = [f"/ronde/{batch.round.pk}/uitkomst/door-de-tijd/" for batch in built.batches]
    voices = ["", *(f"?stem=role-{role}" for role in Role.values)]
    return [page + one for page in pages for one in filters] + [
        page + one for page in years for one in voices
    ]


def _walk(visitor: Client, starts: Iterable[str], found: Collected) -> Iterator[tuple[str, str]]:
    """Every page that a link leads to, the given ones first."""
    todo, done = list(starts), set[str]()
    least = len(todo)
    while todo and len(done) < max(MOST_PAGES, least):
        address = todo.pop(0).split("#")[0]
        if address in done or not address.startswith("/") or address.startswith(("/static", "/inloggen")):
            continue
        done.add(address)
        response = visitor.get(address)
        if response.status_code != 200 or not response["Content-Type"].startswith("text/html"):
            continue
        found.pages += 1
        html = response.content.decode()
        yield address, html
        here = address.split("?")[0]
        todo += sorted(here + link if link.startswith("?") else link for link in Page(html).links)


@contextmanager
def database() -> Iterator[None]:
    """A database of its own, in memory on SQLite, gone at the end; nothing is shared with the one in use."""
    setup_test_environment()
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
        teardown_test_environment()


def attack_built(rng: Random, number: int, folder: Path) -> tuple[list[str], Collected]:
    """Make one world in the database at hand, collect it, attack it."""
    small = number % 3 == 0
    found, dump = collect(build(rng, small=small, batches=1 if rng.random() < 0.5 else 2))
    path = folder / f"world-{number}.json"
    path.write_text(json.dumps(dump, indent=1), encoding="utf-8")
    return [*found.findings, *attack(load(path), bounds=small)], found


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m attack.collect", description=__doc__)
    parser.add_argument("--worlds", type=int, default=12)
    parser.add_argument("--seed", default="lemniscaat", help="the same seed gives the same worlds")
    parser.add_argument("--out", type=Path, help="keep the dumps in this folder")
    given = parser.parse_args(arguments)
    logging.disable(logging.CRITICAL)
    findings = pages = figures = 0
    with TemporaryDirectory() as kept, database():
        folder = given.out or Path(kept)
        folder.mkdir(parents=True, exist_ok=True)
        for number in range(given.worlds):
            sentences, found = attack_built(Random(f"{given.seed}/{number}"), number, folder)
            pages, figures = pages + found.pages, figures + len(found.figures)
            findings += len(sentences)
            for sentence in sentences:
                print(f"world {number}: {sentence}", flush=True)
    print(f"{given.worlds} worlds, {pages} pages, {figures} figures, {findings} findings")
    return int(findings > 0 or figures == 0)


if __name__ == "__main__":
    sys.exit(main())
