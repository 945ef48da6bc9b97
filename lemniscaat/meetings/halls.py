"""A talk in a hall of strangers: every section that is asked is an anonymous round of its own, in collection.

Here lies only which round it was. Who sits in the hall and what came in are joined by nothing but the device in
somebody's hand.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from django.core import signing
from django.urls import reverse
from django.utils.translation import get_language

from lemniscaat.base import clock
from lemniscaat.collection import hall, hall_screen
from lemniscaat.collection.actions import Sent
from lemniscaat.collection.models import Round
from lemniscaat.collection.sheets import instrument_of
from lemniscaat.instruments.answers import Stored
from lemniscaat.instruments.items import BaseItem
from lemniscaat.interpretation.actions import Ground
from lemniscaat.meetings import events, tables
from lemniscaat.meetings.models import HallStep, Meeting, Table
from lemniscaat.meetings.tables import section
from lemniscaat.people.access import Access

SALT = "lemniscaat.zaal"


def asked(table: Table, number: int) -> Round | None:
    """The round in which a section was asked last; None where it was not."""
    rows = HallStep.objects.filter(table=table, section=number).select_related("round").order_by("-pk")
    newest = rows.first()
    return newest.round if newest else None


def ask(*, access: Access, meeting: Meeting, number: int, again: bool = False) -> None:
    """Ask a section, inside a transaction: once, or `again`. The rounds of one talk come back in one return."""
    table = meeting.table
    if not table.hall or not number or (asked(table, number) is not None and not again):
        return
    first = HallStep.objects.filter(table=table).select_related("round").order_by("pk").first()
    round_ = hall.open_step(
        access=access,
        layer_id=meeting.organisation_id,
        version=table.instrument,
        chosen=table.chosen,
        section=number,
        title=f"{meeting.title}: {section(table, number).title.say()}"[:160],
        criterion=meeting.criterion,
        appointment=meeting.appointment,
        companion=first.round if first else None,
    )
    HallStep.objects.create(table=table, section=number, round=round_)


def close(*, access: Access, table: Table, number: int) -> None:
    """Stop what is asked in a section and cut its outcome, once; nothing at a table of people who know each other."""
    round_ = asked(table, number) if table.hall else None
    if round_ is not None:
        hall.close_step(access=access, round_=round_)


def close_all(*, access: Access, table: Table) -> None:
    """The talk ends: whatever is still open is cut, and the files are rewritten so that no order is left in them."""
    step = HallStep.objects.filter(table=table).select_related("round").order_by("pk").first()
    if step is not None:
        hall.end_hall(access=access, round_=step.round)


def items(table: Table, number: int) -> tuple[BaseItem, ...]:
    """What a section asks of a hall: not what hangs on an answer to another part. Nothing before it was asked."""
    round_ = asked(table, number)
    return instrument_of(round_).items if round_ else ()


def answer(*, table: Table, number: int, secret: str, answers: Mapping[str, Stored | None]) -> bool:
    """Take in what a device sends to a section; a next time takes its place. False when it is closed, and for a device
    that holds no random secret. Nothing is written beside it."""
    round_ = asked(table, number)
    if round_ is None or len(secret) < hall.LEAST_SECRET or number in table.shut:
        return False
    given = {key: stored for key, stored in answers.items() if stored}
    if hall.answer_step(round_=round_, secret=secret, answers=given) is not Sent.IN:
        return False
    events.wrote(table.pk)
    return True


def own_answers(table: Table, number: int, secret: str) -> dict[str, Stored] | None:
    """What this device gave to a section that is still open; None where it gave nothing."""
    round_ = asked(table, number) if secret else None
    return hall_screen.my_answer(round_, secret) if round_ else None


def came_in(table: Table, number: int) -> int:
    """How many answered a section."""
    round_ = asked(table, number)
    return hall_screen.came_in(round_) if round_ else 0


def told(table: Table, number: int) -> tuple[hall_screen.Told, ...]:
    """What the hall said to a section, once it closed."""
    round_ = asked(table, number)
    return hall_screen.told(round_) if round_ else ()


def texts(table: Table, number: int) -> tuple[tuple[hall_screen.Texts, ...], int, Round | None]:
    """The open answers that a reader let go, how many still wait for one, and the round they belong to."""
    round_ = asked(table, number)
    if round_ is None:
        return (), 0, None
    return hall_screen.read_texts(round_), hall_screen.texts_waiting(round_), round_


def grounds(table: Table) -> list[Ground]:
    """What the hall said, as evidence under the meaning that was written."""
    steps = HallStep.objects.filter(table=table).select_related("round")
    return [
        Ground(round=step.round, item=one.outcome.item.key, words=one.shown.in_words)
        for step in steps
        for one in hall_screen.told(step.round)
        if one.shown is not None
    ]


def return_code(table: Table) -> str:
    """The code by which everybody who was in the hall reads what was done with it; empty where nothing was asked."""
    first = HallStep.objects.filter(table=table).select_related("round").order_by("pk").first()
    return first.round.return_code if first else ""


def shared_path(table: Table, role: str) -> str:
    """The address of what everybody in the hall has before him in this role and language: the same for all who may see
    it, so that it is made once. The signature is the permission, given by the page of somebody who sits there.

    No moment finer than the day is in it, and the role only where a question is worded for it.
    """
    own = any(role in item.wording for item in tables.instrument_of(table).items)
    said = [table.pk, role if own else "", get_language() or "nl", clock.today().isoformat()]
    token = signing.Signer(salt=SALT).sign_object(said)
    return reverse("hall:shared", args=[events.topic(table.pk), token])


def table_of(topic: str, token: str) -> tuple[Table, str, str] | None:
    """The table, role and language of such an address; None when it is false, or older than yesterday."""
    today = clock.today()
    try:
        pk, role, language, day = signing.Signer(salt=SALT).unsign_object(token)
    except (signing.BadSignature, TypeError, ValueError):
        return None
    # a talk may go on past midnight
    if topic != events.topic(pk) or day not in {str(today), str(today - timedelta(days=1))}:
        return None
    rows = Table.objects.filter(pk=pk, hall=True).select_related(
        "partnership", "organisation", "point", "instrument"
    )
    found = rows.first()
    return (found, str(role), str(language)) if found else None
