"""The one thing to do now on a page of five minutes, and what comes after it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from lemniscaat.home.attention import Item


@dataclass(frozen=True)
class Now:
    """What to do first, with its button, and what follows; `first` None where there is nothing."""

    first: Item | None
    then: tuple[Item, ...] = ()

    @property
    def on_paper(self) -> Item | None:
        """What stands first on the sheet that goes round a table: nothing that is mine alone."""
        return next((one for one in (self.first, *self.then) if one is not None and not one.alone), None)


def now_of(items: Sequence[Item], *, told_below: Collection[str] = ()) -> Now:
    """The first of these things, and the rest; without the activities that have a place of their own on the page."""
    if not items:
        return Now(None)
    return Now(items[0], tuple(one for one in items[1:] if one.activity not in told_below))
