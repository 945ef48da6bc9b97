"""An agenda through a school year: each point drawn on two sizes of paper, told in a table, and in one sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lemniscaat.agenda.looks.drawn import PHONE, WIDE, Drawn, Event, Thread, draw, touches
from lemniscaat.agenda.looks.overview import Told
from lemniscaat.agenda.models import Act, Goal, GoalState, Look, Span
from lemniscaat.year.schoolyear import SchoolYear, school_year

FAR = timedelta(days=3650)


@dataclass(frozen=True)
class Row:
    """A point in a year: its drawings, and in words when it returns, what is due and when somebody looked."""

    told: Told
    wide: Drawn
    phone: Drawn
    back: str
    steps: str
    looks: str


@dataclass(frozen=True)
class TimeLine:
    """The rows of a year, goals for years on top; the sentence that says it all, and the table."""

    year: SchoolYear
    rows: tuple[Row, ...]
    sentence: str
    months: tuple[tuple[str, bool], ...]

    @property
    def table(self) -> list[tuple[str, str, str, str]]:
        return [(row.told.goal.sentence, row.back, row.steps, row.looks) for row in self.rows]


def time_line(told: Sequence[Told], year: SchoolYear, today: date) -> TimeLine:
    """The points that run or ran in a school year."""
    letters = [date_format(first, "F")[0].upper() for first in year.months]
    rows = []
    for one in sorted(told, key=lambda one: one.goal.span != Span.YEARS):
        thread = _thread(one)
        if touches(thread, year):
            wide, phone = draw(thread, year, today, WIDE), draw(thread, year, today, PHONE, letters)
            rows.append(Row(one, wide, phone, *_words(one, year)))
    here = today.replace(day=1)
    months = tuple((date_format(first, "M").strip(".").lower(), first == here) for first in year.months)
    shown = [row.told for row in rows]
    sentence = _sentence(shown, today) if year.holds(today) else _elsewhen(shown)
    return TimeLine(year, tuple(rows), sentence, months)


def _thread(one: Told) -> Thread:
    goal = one.goal
    long = goal.span == Span.YEARS
    end = goal.ended_on or goal.until
    if end is None:
        taken = school_year(goal.taken_up_on)
        end = goal.taken_up_on + FAR if long else max(taken.last, _back_on(goal) or taken.last)
    if goal.state == GoalState.SUSTAINED:
        # what is held on to has no end
        end = goal.taken_up_on + FAR
    return Thread(goal.taken_up_on, end, tuple(_events(one)), long)


def _events(one: Told) -> Iterator[Event]:
    for look in one.looks:
        yield Event(look.looked_on, "look")
    for told in one.steps:
        day = told.step.done_on or told.step.due_on
        if day is not None and not told.step.dropped_because:
            yield Event(day, "done" if told.done else "flag")
    back = _back_on(one.goal)
    if one.running and back is not None:
        yield Event(back, "return")


def _back_on(goal: Goal) -> date | None:
    moment = goal.returns_at
    return timezone.localtime(moment.starts_at).date() if moment and not moment.cancelled_on else None


def _words(one: Told, year: SchoolYear) -> tuple[str, str, str]:
    steps = [
        f"{told.step.sentence} ({told.words})" if told.words else told.step.sentence for told in one.steps
    ]
    looks = [
        f"{date_format(look.looked_on, 'j F Y')}: {_went_on(look)}"
        for look in reversed(one.looks)
        if year.holds(look.looked_on)
    ]
    back = one.returns if one.running else one.goal.get_state_display()
    return back, "; ".join(steps), "; ".join(looks)


def _went_on(look: Look) -> str:
    label = str(look.get_act_display())
    return f"{label} {look.because}" if look.act == Act.STOP else label


def _elsewhen(told: Sequence[Told]) -> str:
    """What became of the points of a year that is not this one, in one sentence a sort."""
    points = [one.goal.state for one in told if one.goal.span == Span.YEAR]
    if not points:
        return _("In dit jaar staat geen punt van één jaar.")
    total, held, stopped = (
        len(points),
        points.count(GoalState.SUSTAINED),
        points.count(GoalState.STOPPED),
    )
    parts = [
        ngettext("In dit jaar staat %(n)d punt.", "In dit jaar staan %(n)d punten.", total) % {"n": total}
    ]
    if held:
        parts.append(ngettext("%(n)d houden we vast.", "%(n)d houden we vast.", held) % {"n": held})
    if stopped:
        parts.append(ngettext("Met %(n)d stopten we.", "Met %(n)d stopten we.", stopped) % {"n": stopped})
    return " ".join(parts)


def _sentence(told: Sequence[Told], today: date) -> str:
    """How many points run, which comes back first, and what could have been done by now."""
    running = [one for one in told if one.running and one.goal.span == Span.YEAR]
    if not running:
        return _("Er loopt dit jaar geen punt.")
    parts = [ngettext("Er loopt %(n)d punt.", "Er lopen %(n)d punten.", len(running)) % {"n": len(running)}]
    days = [(day, one) for one in told if one.running and (day := _back_on(one.goal)) and day >= today]
    if days:
        first, one = min(days, key=lambda pair: pair[0])
        words = {"day": date_format(first, "j F"), "point": one.goal.sentence.rstrip(".")}
        parts.append(_("Het eerste dat terugkomt, op %(day)s: ‘%(point)s’.") % words)
    late = sum(step.late for one in running for step in one.steps)
    if late:
        told_late = ngettext(
            "%(n)d stap had klaar kunnen zijn.", "%(n)d stappen hadden klaar kunnen zijn.", late
        )
        parts.append(told_late % {"n": late})
    return " ".join(parts)
