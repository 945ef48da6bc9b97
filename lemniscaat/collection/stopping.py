"""A round stops: nothing more comes in, what could lead to a person is wiped, and its outcome is cut once."""

from __future__ import annotations

from lemniscaat.base import clock
from lemniscaat.base.keys import random_key
from lemniscaat.base.soon import tick_soon
from lemniscaat.base.writing import writing
from lemniscaat.collection.chosen import Chosen
from lemniscaat.collection.codes import drowned_token
from lemniscaat.collection.models import Draft, Invitation, Receipt, Response, Round, RoundState
from lemniscaat.collection.releasing import release_round
from lemniscaat.collection.scrub import scrub_after_commit
from lemniscaat.collection.turn import stop_alone
from lemniscaat.people.access import Access
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.people.trail import note_change

BATCH = 2_000


def stop_round(*, round_: Round, access: Access | None = None) -> Round:
    """Stop an open round and release it; without `access` the calendar stops it. Stopping twice is stopping once.

    All or nothing: a round that cannot be released is not stopped.
    """
    if access is not None:
        access.need(Verb.DO, Noun.ROUND, round_.organisation_id)
    with writing():
        current, now = stop_inside(round_=round_, access=access)
        if now:
            scrub_after_commit()
            # what stands upstairs of this round comes with the calendar
            tick_soon()
    return current


def stop_inside(*, round_: Round, access: Access | None) -> tuple[Round, bool]:
    """Inside a transaction, and after whoever calls it checked that it may be: stop and release a round, without
    rewriting the files. Returns it with whether it was still open."""
    stop_alone(round_.pk)
    current = Round.objects.select_for_update().get(pk=round_.pk)
    if current.state != RoundState.OPEN:
        return current, False
    current.state = RoundState.STOPPED
    current.stopped_on = clock.today()
    current.join_code = ""
    current.save(update_fields=["state", "stopped_on", "join_code"])
    _wipe(current)
    release_round(round_=current)
    if access is not None:
        note_change(access, verb="stopped", thing=current)
    return current, True


def tick() -> int:
    """Stop every round whose last day is over; returns how many. Only a published return completes a round."""
    due = Round.objects.filter(state=RoundState.OPEN, stops_on__lt=clock.today())
    return len([stop_round(round_=round_) for round_ in due])


def _wipe(round_: Round) -> None:
    """Receipts and drafts go; no link leads anywhere; nobody can be seen to have taken part, or not."""
    Receipt.objects.filter(round=round_).delete()
    Draft.objects.filter(round=round_).delete()
    rows = list(Invitation.objects.filter(round=round_).only("pk").order_by("pk"))
    for row in rows:
        row.token, row.wish = drowned_token(), drowned_token()
    Invitation.objects.bulk_update(rows, ["token", "wish"], batch_size=BATCH)
    if round_.by_paper or Chosen.read(round_.chosen).only is not None:
        _draw_keys(round_)


def _draw_keys(round_: Round) -> None:
    """The sheets of a step in a hall, and of a round with paper, get keys drawn at random: until now a device could
    find its own again, and the page of who typed a sheet could take it out. They are written anew in the order of those keys and in one transaction, so that neither tells who came when."""
    rows = list(Response.objects.filter(round=round_))
    Response.objects.filter(round=round_).delete()
    for row in rows:
        row.pk = random_key()
    Response.objects.bulk_create(sorted(rows, key=lambda row: row.pk), batch_size=BATCH)
