"""Runs a talk in a hall in a database of its own and writes down what only a witness would know.

python -m tests.collection.dump_hall WITNESS.json [fault]     (DATABASE_URL and LEMNISCAAT_VAR say where)
Thirty strangers take a seat, answer one after the other, and half of them change their minds; the hall ends. Their
seats are kept as a talk keeps its own: a keyed hash of each token, in a table beside.
"""

import json
import logging
import os
import sys
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lemniscaat.settings")

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from lemniscaat.base.keys import fingerprint, link_token  # noqa: E402
from lemniscaat.collection import hall, stopping  # noqa: E402
from lemniscaat.collection.codes import number_of  # noqa: E402
from lemniscaat.collection.hall import answer_step, close_step, end_hall  # noqa: E402
from lemniscaat.collection.models import Response, Round  # noqa: E402
from tests import cast  # noqa: E402
from tests.collection.halls import chose, step  # noqa: E402

PEOPLE = 30
SEATS = "hall_seat"


def seat(token: str) -> str:
    """What a talk keeps of a token."""
    return fingerprint(secret=settings.SECRET_KEY, text=f"chair {token}")


def plant(fault: str) -> None:
    """Break one promise."""
    if fault == "unscrubbed":
        hall.scrub_after_commit = lambda: None
    elif fault == "same keys":
        stopping._draw_keys = lambda round_: None
    elif fault == "by seat":
        stopping._draw_keys = lambda round_: None
        hall.sheet_key = lambda round_, secret: number_of(seat(secret))
    elif fault == "signed":
        plain = hall.answer_step

        def signed(*, round_: Round, secret: str, answers: dict[str, object]) -> object:
            sent = plain(round_=round_, secret=secret, answers=answers)  # type: ignore[arg-type]
            row = Response.objects.get(pk=hall.sheet_key(round_, secret))
            Response.objects.filter(pk=row.pk).update(answers={**row.answers, "from": {"v": seat(secret)}})
            return sent

        globals()["answer_step"] = signed


def sit_down(tokens: list[str]) -> None:
    """The seats, in the order of coming in."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE {SEATS} (id integer PRIMARY KEY, token text)")
        rows = [(place, seat(token)) for place, token in enumerate(tokens, 1)]
        cursor.executemany(f"INSERT INTO {SEATS} (id, token) VALUES (%s, %s)", rows)


def main(witness: Path, fault: str = "") -> None:
    logging.disable(logging.NOTSET)
    plant(fault)
    world = cast.build()
    tokens = [link_token() for _ in range(PEOPLE)]
    sit_down(tokens)
    access = world.access(world.noor)
    made = step(world)
    seen = []
    for place, token in enumerate(tokens):
        mark = f"merk{place:03}woord"
        answer_step(round_=made, secret=token, answers=chose(place % 4 + 1, f"{mark} {mark}"))
        seen.append({"mark": mark, "token": token, "seat": seat(token), "place": place + 1})
    first_keys = {token: hall.sheet_key(made, token) for token in tokens}
    for one in seen[::2]:
        one["mark"] = f"ander{one['place']:03}woord"
        again = chose(2, f"{one['mark']} {one['mark']}")
        answer_step(round_=made, secret=str(one["token"]), answers=again)
    for one in seen:
        one["key"] = first_keys[str(one["token"])]
    close_step(access=access, round_=made)
    end_hall(access=access, round_=made)
    witness.write_text(json.dumps(seen))
    sys.stdout.flush()
    # the files as they lie while the house is at work: no tidy closing of the database
    os._exit(0)


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
