"""What a month asks of a layer, in moments and minutes, and what it gives back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lemniscaat.home.weeks import Drawn, weeks
from lemniscaat.instruments.library import library
from lemniscaat.people import queries as people
from lemniscaat.people.access import Access
from lemniscaat.people.models import Appointment, Share
from lemniscaat.year import words
from lemniscaat.year.schoolyear import Line, Standing

MONTH = timedelta(days=31)
ASKS = frozenset({"round", "ticket"})
NOT_YET = frozenset({Standing.PLANNED, Standing.DRAFT})


@dataclass(frozen=True)
class Thing:
    """One line of a list: what, a few words more, where it stands, and the day by which it is put in order."""

    title: str
    text: str
    url: str
    day: date


def asking(access: Access, lines: Sequence[Line], voices: Sequence[str]) -> list[Line]:
    """The rounds that run or begin within a month and ask somebody here, the first on top."""
    soon = access.day + MONTH
    found = [
        line
        for line in lines
        if line.way in ASKS
        and (
            line.standing is Standing.OPEN or (line.standing in NOT_YET and access.day <= line.begins <= soon)
        )
        and (not line.roles or set(line.roles) & set(voices))
    ]
    return sorted(found, key=lambda line: (line.begins, line.key))


def asked(found: Sequence[Line], voices: Sequence[str]) -> list[Thing]:
    """The same in words: of whom, when, and how long each takes."""
    return [_asked(line, voices) for line in found]


def drawn(
    access: Access, meets: Iterable[date], found: Sequence[Line], backs: Iterable[date]
) -> tuple[Drawn, ...]:
    """The weeks to come: when we meet, what is asked, and what comes back."""
    asks = [(line.begins, line.ends, line.standing is Standing.OPEN) for line in found]
    return weeks(access.day, meets=meets, asked=asks, backs=backs)


def _asked(line: Line, voices: Sequence[str]) -> Thing:
    here = [role for role in line.roles if role in voices]
    said = [words.when(line)]
    if here:
        said.append(words.whom(here, voices))
    if minutes := minutes_of(line.instrument):
        said.append(
            ngettext("ieder ongeveer %(n)d minuut", "ieder ongeveer %(n)d minuten", minutes) % {"n": minutes}
        )
    return Thing(line.title, _sentence(", ".join(part for part in said if part)), line.url, line.begins)


def minutes_of(instrument: str) -> int:
    """How long one person answers; 0 where the cabinet does not know it."""
    known = library().instruments.get(instrument)
    return known.answering_minutes if known else 0


def moments(access: Access, layer_id: int) -> list[Thing]:
    """The meetings within a month in which I sit, and those of this layer, with their minutes. Two queries."""
    rows = (
        people.future_appointments(access, layer_id)
        .filter(starts_at__date__lte=access.day + MONTH)
        .distinct()
    )
    return [_moment(row) for row in rows]


def _moment(row: Appointment) -> Thing:
    at = timezone.localtime(row.starts_at)
    told = {"when": date_format(at, "l j F, H.i"), "n": row.minutes}
    text = ngettext("%(when)s uur, %(n)d minuut", "%(when)s uur, %(n)d minuten", row.minutes) % told
    return Thing(row.body.name, _sentence(text), reverse("meetings:body", args=[row.body_id]), at.date())


def gave_back(access: Access, lines: Sequence[Line]) -> list[Thing]:
    """The rounds that came back to those who gave, within a month, the newest first."""
    since = access.day - MONTH
    back = [(line.back, line) for line in lines if line.standing is Standing.RETURNED and line.back]
    text = _("Wie antwoordde, las op %(day)s wat ermee gebeurt.")
    return [
        Thing(line.title, text % {"day": date_format(day, "j F")}, line.url, day)
        for day, line in sorted(back, key=lambda one: (one[0], one[1].key), reverse=True)
        if day >= since
    ]


def told_us(access: Access, layer_id: int) -> list[Thing]:
    """Within a month: what layers above shared with us, and what they answered to what we shared. Three queries."""
    since = access.day - MONTH
    above = set(access.tree.above(layer_id))
    page = reverse("people:shared", args=[layer_id])
    found = list(_answers(people.shared_from(access, layer_id).filter(answered_on__gte=since), page))
    rows = [*people.shared_with(access, layer_id).filter(source_id__in=above, shared_on__gte=since)]
    rows += people.shared_on_the_way(access, layer_id).filter(shared_on__gte=since)
    found += [
        Thing(
            row.title,
            _("%(who)s deelde dit.") % {"who": row.source.name},
            f"{page}#gedeeld-{row.pk}",
            row.shared_on,
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: one.day, reverse=True)


def _answers(rows: Iterable[Share], page: str) -> Iterator[Thing]:
    for row in rows:
        text = _("%(who)s antwoordde: ‘%(words)s’") % {"who": row.target.name, "words": row.answer}
        yield Thing(row.title, text, page, row.answered_on or row.shared_on)


def _sentence(text: str) -> str:
    text = f"{text[:1].upper()}{text[1:]}"
    return text if text.endswith(".") else f"{text}."
