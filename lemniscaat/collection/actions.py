"""What can be done with a round; each verb lives in the file of its concept."""

from lemniscaat.base import clock
from lemniscaat.base.writing import writing
from lemniscaat.collection.answering import Sent, submit
from lemniscaat.collection.drafts import put_aside, take_up
from lemniscaat.collection.models import Round, RoundState
from lemniscaat.collection.opening import (
    BecauseError,
    NobodyError,
    check_reasons,
    link_items,
    open_round,
    start_round,
)
from lemniscaat.collection.reminding import NoReminderError, remind
from lemniscaat.collection.stopping import stop_round, tick

__all__ = [
    "BecauseError",
    "NoReminderError",
    "NobodyError",
    "Sent",
    "check_reasons",
    "link_items",
    "mark_returned",
    "open_round",
    "put_aside",
    "remind",
    "start_round",
    "stop_round",
    "submit",
    "take_up",
    "tick",
]


def mark_returned(*, round_: Round) -> None:
    """A return was published, so the round is complete, and with it the other steps of the same talk in a hall; only
    the accountability room calls this.

    Raises ValueError for a round that is still open: its answers are not in yet.
    """
    with writing():
        changed = Round.objects.filter(
            pk=round_.pk, state__in=[RoundState.STOPPED, RoundState.IMPORTED, RoundState.RETURNED]
        ).update(state=RoundState.RETURNED, returned_on=clock.today())
        if not changed:
            raise ValueError("a round is stopped before it is returned")
        steps = Round.objects.filter(comes_back_with_id=round_.pk)
        steps.filter(state=RoundState.STOPPED).update(state=RoundState.RETURNED, returned_on=clock.today())
        # a step that is still being answered comes back by itself
        steps.filter(state=RoundState.OPEN).update(comes_back_with=None)
