"""Last year's account, at the school and for the whole, and the lessons it gave to this year."""

from __future__ import annotations

from lemniscaat.accountability.actions import close_period, compose_account, freeze_account, write_account
from lemniscaat.accountability.models import Account
from lemniscaat.demo.dates import on
from lemniscaat.demo.stage import Stage
from lemniscaat.demo.words import words
from lemniscaat.vision.queries import current_period


def account_for_last_year(stage: Stage) -> None:
    """Compose and freeze the accounts of last year, then close it."""
    told = words("accounts")["accounts"]
    day = stage.days.last(325)
    period = current_period(stage.places.partnership, day)
    assert period is not None
    for one in told:
        with on(day):
            _account(stage, one["by"], one["layer"], one["foreword"], one["lessons"], day_of=325)
    with on(stage.days.last(330)):
        access = stage.access("petra", stage.days.last(330))
        close_period(access=access, period=period, lessons=words("accounts")["lessons"])


def _account(stage: Stage, who: str, layer: str, foreword: str, lessons: str, *, day_of: int) -> Account:
    day = stage.days.last(day_of)
    access = stage.access(who, day)
    period = current_period(stage.places.partnership, day)
    assert period is not None
    row = compose_account(access=access, layer_id=stage.place(layer).pk, period=period)
    row = write_account(access=access, row=row, foreword=foreword, lessons=lessons)
    return freeze_account(access=access, row=row)
