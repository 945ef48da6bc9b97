"""Time that suggests: about how long a step still takes, in words. Nothing counts seconds, and nothing stops a talk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from lemniscaat.instruments.language import DUTCH, Language


@dataclass(frozen=True)
class Pace:
    """About how many minutes are left, whether the time is up, and that in words."""

    left: int
    over: bool
    words: str


def pace(since: datetime | None, now: datetime, minutes: int, language: Language = DUTCH) -> Pace:
    """How a step stands that began at `since` (None: not yet) and may take `minutes`; 0 for a step without haste."""
    if minutes <= 0:
        return Pace(0, False, language.gettext("neem de tijd"))
    passed = max(0.0, (now - since).total_seconds() / 60) if since else 0.0
    if passed >= minutes:
        return Pace(0, True, language.gettext("de tijd is om, rond rustig af"))
    left = max(1, round(minutes - passed))
    words = language.ngettext("nog ongeveer een minuut", "nog ongeveer %(n)s minuten", left) % {"n": left}
    return Pace(left, False, words)


def whole(minutes: Sequence[int], done: int, language: Language = DUTCH, *, left: int | None = None) -> str:
    """About how long the talk still takes, after `done` of its steps; empty when that cannot be said.

    `left` is what the step at hand still has, where that is known.
    """
    ahead = [max(0, one) for one in minutes[max(0, done) :]]
    if ahead and left is not None:
        ahead[0] = max(0, left)
    n = sum(ahead)
    if not n:
        return ""
    return language.ngettext(
        "nog ongeveer een minuut in totaal", "nog ongeveer %(n)s minuten in totaal", n
    ) % {"n": n}
