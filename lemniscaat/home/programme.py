"""Five minutes for who leads the programme: the year, what must come back, what waits, and whom we do not hear yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lemniscaat.collection import queries as collection
from lemniscaat.collection.models import Round
from lemniscaat.concerns.keeping import counted, missing
from lemniscaat.home.about import Shared, about
from lemniscaat.home.attention import attention, gap_in_words
from lemniscaat.home.coming_back import Returning, returning
from lemniscaat.home.five_minutes import PROGRAMME
from lemniscaat.home.now import Now, now_of
from lemniscaat.home.this_month import drawn
from lemniscaat.home.weeks import Drawn
from lemniscaat.meetings.packing import packed
from lemniscaat.people import queries as people
from lemniscaat.people.access import Access
from lemniscaat.people.models import Appointment
from lemniscaat.people.tree import Layer
from lemniscaat.vision import queries as vision
from lemniscaat.year import lines as calendar
from lemniscaat.year.pages import Listening, Telling, Told, listening
from lemniscaat.year.schoolyear import Line, SchoolYear, Standing, month_after, month_end, school_year

LONG = timedelta(days=60)
"""Whoever gave something and heard nothing for so long has stopped waiting."""
MOST_WAITING, MOST_SILENT, MOST_SHARED, MEETINGS = 6, 3, 5, 4


@dataclass(frozen=True)
class Month:
    """A month of the year: what is asked in it, what is talked about, and what comes back to those who gave."""

    first: date
    asked: list[Told]
    talked: list[Told]
    back: list[Told]

    @property
    def name(self) -> str:
        return date_format(self.first, "F")

    @property
    def empty(self) -> bool:
        """Whether nothing happens in it."""
        return not (self.asked or self.talked or self.back)


@dataclass(frozen=True)
class Waiting:
    """A round of which those who gave have heard nothing yet; `long`: for more than sixty days."""

    row: Round
    days: int

    @property
    def long(self) -> bool:
        return self.days > LONG.days

    @property
    def promised(self) -> str:
        """Until when those who gave were promised to hear; empty where nothing was."""
        day = self.row.return_by
        return _("beloofd voor %(day)s") % {"day": date_format(day, "j F")} if day else ""


@dataclass(frozen=True)
class ProgrammePage:
    """Everything on the page of who leads the programme."""

    layer: Layer
    year: SchoolYear
    now: Now
    weeks: tuple[Drawn, ...]
    months: list[Month]
    returning: Returning
    waiting: list[Waiting]
    more_waiting: int
    listening: Listening
    shared: list[Shared]
    more_shared: int
    gaps: list[str]
    gaps_url: str
    meetings: list[Appointment]
    packed: set[int]


def programme_page(access: Access) -> ProgrammePage:
    """The page of the partnership as a whole; 404 for who does not lead it."""
    root = access.tree.root
    if not any(place.layer == root and place.role in PROGRAMME for place in access.places):
        raise Http404
    layer, year = access.layer(root), school_year(access.day)
    lines = calendar.lines(access, root, year)
    heard = listening(access, layer, year, list(vision.criteria(access, root)), lines)
    comes = returning(access, [root], bodies=list(people.my_bodies(access)))
    waiting = waiting_everywhere(access)
    open_shares = list(people.shared_with(access, root).filter(answer=""))
    gaps, gaps_url = _gaps(access)
    meetings = people.upcoming(access, layer_id=root, limit=MEETINGS)
    return ProgrammePage(
        layer=layer,
        year=year,
        now=now_of(attention(access, root), told_below={"direct", "account"}),
        weeks=_weeks(access, lines, meetings, comes),
        months=_months(access, year, lines, heard),
        returning=comes,
        waiting=waiting[:MOST_WAITING],
        more_waiting=len(waiting[MOST_WAITING:]),
        listening=heard,
        shared=about(access, open_shares[:MOST_SHARED]),
        more_shared=len(open_shares[MOST_SHARED:]),
        gaps=gaps,
        gaps_url=gaps_url,
        meetings=meetings,
        packed=packed(meetings),
    )


def waiting_everywhere(access: Access) -> list[Waiting]:
    """The stopped rounds I may see of which nobody heard back, those that wait the longest first. One query."""
    found = [
        Waiting(row, (access.day - row.stopped_on).days if row.stopped_on else 0)
        for row in collection.waiting_anywhere(access)
    ]
    return sorted(found, key=lambda one: (-one.days, one.row.pk))


def _gaps(access: Access) -> tuple[list[str], str]:
    """What is missing among the names to turn to, in words, and the first place where one mends it."""
    found = missing(access)
    if not found:
        return [], ""
    words = [gap_in_words(gap, n) for gap, n in counted(found).items()]
    return words, reverse("concerns:names", args=[found[0].layer_id])


def _weeks(
    access: Access, lines: Sequence[Line], meetings: Sequence[Appointment], comes: Returning
) -> tuple[Drawn, ...]:
    met = {timezone.localtime(row.starts_at).date() for row in meetings}
    met |= {line.discussed for line in lines if line.discussed}
    backs = [one.day for one in comes.backs] + [line.back for line in lines if line.comes_back and line.back]
    return drawn(access, met, [line for line in lines if _asks(line)], backs)


def _months(access: Access, year: SchoolYear, lines: Sequence[Line], heard: Listening) -> list[Month]:
    """This month and the next one."""
    telling = Telling(year, access.day, heard.voices)
    now, soon = month_after(access.day, 0), month_after(access.day, 1)
    running = [line for line in lines if _asks(line) and line.begins <= month_end(now) and line.ends >= now]
    begins = [line for line in lines if _asks(line) and soon <= line.begins <= month_end(soon)]
    return [_month(telling, lines, now, running), _month(telling, lines, soon, begins)]


def _month(telling: Telling, lines: Sequence[Line], first: date, asked: Sequence[Line]) -> Month:
    last = month_end(first)

    def inside(day: date | None) -> bool:
        return day is not None and first <= day <= last

    return Month(
        first,
        telling.all(sorted(asked, key=lambda line: (line.begins, line.key))),
        telling.all([line for line in lines if inside(line.discussed)]),
        telling.all([line for line in lines if line.comes_back and inside(line.back)]),
    )


def _asks(line: Line) -> bool:
    """Whether it asks people something that is still to come or goes on."""
    return line.standing in {Standing.OPEN, Standing.PLANNED, Standing.DRAFT}
