"""Runs a talk in a hall over its own pages, in a database of its own, and writes down what only a witness would know.

python -m tests.meetings.dump_talk WITNESS.json [fault]     (DATABASE_URL and LEMNISCAAT_VAR say where)
Thirty phones join one after the other; twenty of them answer, in another order, and some change their minds or leave.
"""

import json
import logging
import os
import sys
from pathlib import Path
from random import Random
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lemniscaat.settings")

import django

django.setup()

from django.db.models import F  # noqa: E402

from lemniscaat.base.limits import limits  # noqa: E402
from lemniscaat.meetings import halls  # noqa: E402
from lemniscaat.meetings.models import Chair, Meeting  # noqa: E402
from tests import cast  # noqa: E402
from tests.meetings.talks import at, give, guest, in_hall, lay_open  # noqa: E402
from tests.meetings.test_table import press  # noqa: E402

PEOPLE, ANSWERING = 30, 20


def plant(fault: str, at_hand: list[Chair]) -> None:
    """Break one promise."""
    plain = halls.answer

    def marked(**given: Any) -> bool:
        Chair.objects.filter(pk=at_hand[-1].pk).update(done=True)
        return plain(**given)

    def touched(**given: Any) -> bool:
        # nothing changes, and PostgreSQL still writes the row anew, in this very moment
        Chair.objects.filter(pk=at_hand[-1].pk).update(role=F("role"))
        return plain(**given)

    if fault in {"marked", "touched"}:
        halls.answer = {"marked": marked, "touched": touched}[fault]


def answered(row: Meeting, seen: list[dict[str, Any]], devices: list[Any], at_hand: list[Chair]) -> None:
    """Twenty of the thirty answer, in an order of their own; a few change their minds."""
    turns = Random(7).sample(range(PEOPLE), ANSWERING)
    for turn, place in enumerate([*turns, *turns[:5]]):
        at_hand.append(Chair.objects.get(pk=seen[place]["chair"]))
        mark = f"merk{turn:03}woord"
        give(devices[place], row, 1, vaak=f"o{turn % 3 + 1}", woord=f"{mark} {mark}", do="done")
        seen[place] |= {"mark": mark, "turn": turn, "answered": True}


def main(witness: Path, fault: str = "") -> None:
    logging.disable(logging.NOTSET)
    world, at_hand = cast.build(), list[Chair]()
    plant(fault, at_hand)
    row = in_hall(world)
    seen, devices = list[dict[str, Any]](), []
    for _ in range(PEOPLE):
        limits.forget("table", "127.0.0.1")
        devices.append(guest(row))
        seen.append({"chair": Chair.objects.order_by("-pk")[0].pk, "mark": "", "turn": -1, "answered": False})
    at(world, row, "think", 1)
    answered(row, seen, devices, at_hand)
    lay_open(world, row, 1)
    press(world, row, "finish")
    for one, device in zip(seen, devices, strict=True):
        one["token"] = next(c.value for name, c in device.cookies.items() if name.startswith("stoel")).split(
            ":"
        )[0]
    witness.write_text(json.dumps(seen))
    sys.stdout.flush()
    # the files as they lie while the house is at work: no tidy closing of the database
    os._exit(0)


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
