"""A round stops: nothing more comes in, what could lead to a person is wiped, and its outcome is cut once."""

from __future__ import annotations

from lemniscaat.base import clock
from lemniscaat.base.writing import writing
from lemniscaat.collection.codes import drowned_token
from lemniscaat.collection.models import Draft, Invitation, Receipt, Round, RoundState
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
        stop_alone(round_.pk)
        current = Round.objects.select_for_update().get(pk=round_.pk)
        if current.state != RoundState.OPEN:
            return current
        current.state = RoundState.STOPPED
        current.stopped_on = clock.today()
        current.join_code = ""
        current.save(update_fields=["state", "stopped_on", "join_code"])
        _wipe(current)
        release_round(round_=current)
        if access is not None:
            note_change(access, verb="stopped", thing=current)
        scrub_after_commit()
    return current


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
        row.token = drowned_token()
    Invitation.objects.bulk_update(rows, ["token"], batch_size=BATCH)
