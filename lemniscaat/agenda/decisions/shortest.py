"""From what a decision still lacks the shortest road to it: what is there already before anything is asked anew."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lemniscaat.agenda.decisions.knowing import Here
from lemniscaat.agenda.decisions.rich_words import line_said
from lemniscaat.agenda.decisions.richness import Known, Need, Richness
from lemniscaat.datapoints.models import DataPoint
from lemniscaat.datapoints.permitting import wider
from lemniscaat.figures.lines import indicators
from lemniscaat.year.coverage import HARD, SOFT
from lemniscaat.year.lines import lines, year_layer
from lemniscaat.year.roads import Start, starts
from lemniscaat.year.schoolyear import Line, Standing, school_year
from lemniscaat.year.words import when

MOST_WIDER = 6
_FIRST = {
    Need.HARD: ("register", "ronde"),
    Need.SOFT: ("verslag", "panel"),
    Need.VOICES: ("panel", "verslag", "ronde"),
    Need.SECOND: ("verslag", "register", "ronde"),
    Need.MORE: ("panel", "verslag", "register", "ronde"),
    Need.FRESH: ("ronde", "verslag"),
    Need.WAY: ("panel", "verslag", "register", "ronde"),
}
"""Which ways of beginning fit a need, the nearest first: what people told already before a new question."""


@dataclass(frozen=True)
class Road:
    """One way to what is missing: what it is, and where it begins. Without an address one waits."""

    label: str
    url: str = ""
    why: str = ""


@dataclass(frozen=True)
class Widening:
    """Something known that may not count yet. `mine`: I gave it and can let it serve for more myself."""

    said: str
    words: str
    url: str
    mine: bool


def roads(found: Here, rich: Richness, need: Need) -> list[Road]:
    """The shortest roads to one need, at most three: what is there already and may count with a yes, a round that runs
    already, what exists elsewhere, and only then one new beginning, for those whom nothing else will hear."""
    roles = rich.silent if need is Need.VOICES else ()
    waits = [one for one in running_rounds(found) if _helps(one, need, roles)][:1]
    unheard = tuple(role for role in roles if not any(role in one.roles for one in waits))
    found_roads = [*_widen_for(found, need, roles), *(_wait(one) for one in waits)]
    if not waits or unheard:
        elsewhere = _elsewhere(found) if need is Need.HARD else []
        found_roads += [*elsewhere, *_begun(found, need, unheard or rich.silent or found.voices)]
    found_roads = found_roads[:2]
    return [*found_roads, *_all_ways(found, unheard or roles)]


def _widen_for(found: Here, need: Need, roles: Iterable[str]) -> list[Road]:
    """The newest thing that is known and fits the need, whose giver can be asked."""
    if need is Need.HARD:
        fits = [one for one in _open_rows(found) if one[0].kind == HARD]
    elif need is Need.VOICES:
        fits = [one for one in _open_rows(found) if one[0].voice in set(roles)]
    else:
        fits = [one for one in _open_rows(found) if need is not Need.SOFT or one[0].kind == SOFT]
    if not fits:
        return []
    one, row = fits[0]
    url = reverse("datapoints:data_point", args=[row.pk])
    said = line_said(one.way, one.voice, one.day, row.title)
    if row.author_id == found.access.person.pk:
        return [Road(_("Laat wat je zelf gaf voor meer dienen"), url, said)]
    return [Road(_("Vraag wie dit gaf of het mag meetellen"), url, said)]


def running_rounds(found: Here) -> list[Line]:
    """What is asked about this criterion now, or is planned in this school year."""
    access, layer = found.access, found.layer
    year = school_year(access.day)
    # the year of a layer under mine is read by who plans there
    rows = lines(access, year_layer(access, layer.id).id, year) if _sees_year(found) else ()
    soon = {Standing.OPEN, Standing.PLANNED, Standing.DRAFT, Standing.WAITING}
    return [
        one
        for one in rows
        if one.standing in soon
        and found.criterion.pk in one.criteria
        and one.ends >= access.day
        and one.way in {"round", "report", "figures"}
    ]


def _sees_year(found: Here) -> bool:
    return found.layer.id in {one.id for one in found.access.layers}


def _helps(line: Line, need: Need, roles: Iterable[str]) -> bool:
    if need is Need.VOICES:
        return bool(set(line.roles) & set(roles))
    if need is Need.SOFT:
        return line.way == "report"
    return need is not Need.HARD or line.way in {"round", "figures"}


def _wait(line: Line) -> Road:
    told = {"title": line.title, "day": date_format(line.ends, "j F")}
    if line.standing is Standing.OPEN:
        words = _("Wacht op ‘%(title)s’, open tot en met %(day)s.") % told
    else:
        told["when"] = when(line)
        words = _("Wacht op ‘%(title)s’, gepland %(when)s.") % told
    return Road(words, line.url, _("Dan hoef je niemand iets nieuws te vragen."))


def _elsewhere(found: Here) -> list[Road]:
    """Figures that exist and hang on no criterion, or on another."""
    known = indicators(found.access)
    if not known:
        return []
    return [Road(_("Kijk of een cijfer dat er al is hierover gaat"), reverse("figures:indicators"))]


def _begun(found: Here, need: Need, roles: Iterable[str]) -> list[Road]:
    ways = {one.key: one for one in starts(found.access, found.layer, found.criterion, tuple(roles))}
    first = next((ways[key] for key in _FIRST[need] if key in ways), None)
    return [_start(first)] if first else []


def _start(one: Start) -> Road:
    return Road(one.label, one.url, one.strong)


def _all_ways(found: Here, roles: Iterable[str]) -> list[Road]:
    if not _sees_year(found):
        return []
    url = reverse("year:begin", args=[found.layer.id, found.criterion.pk])
    asked = urlencode([("rol", role) for role in roles])
    return [Road(_("Alle wegen naast elkaar"), f"{url}?{asked}" if asked else url)]


def to_widen(found: Here) -> list[Widening]:
    """What is known, was not given to decide with, and whose giver can be asked; the newest first."""
    return [_widening(found, one, row) for one, row in _open_rows(found)[:MOST_WIDER]]


def _open_rows(found: Here) -> list[tuple[Known, DataPoint]]:
    aside = found.aside
    rows = [(one, found.points[one.point]) for one in (*aside.learn, *aside.pool) if one.point]
    open_rows = [(one, row) for one, row in rows if wider(row) and _has_giver(row)]
    return sorted(open_rows, key=lambda pair: pair[0].day, reverse=True)


def _has_giver(row: DataPoint) -> bool:
    return row.author is not None and row.author.erased_on is None


def _widening(found: Here, one: Known, row: DataPoint) -> Widening:
    return Widening(
        line_said(one.way, one.voice, one.day, row.title),
        row.text if one.kind == SOFT else "",
        reverse("datapoints:data_point", args=[row.pk]),
        row.author_id == found.access.person.pk,
    )


def anonymous_aside(found: Here) -> list[Road]:
    """Rounds that may not count: what was promised to people nobody knows is asked anew, in a new round."""
    aside = found.aside
    known: dict[int, Known] = {}
    for one in (*aside.learn, *aside.pool):
        if one.round:
            known.setdefault(one.round, one)
    return [
        Road(
            line_said("round", "", one.day, found.rounds[pk].title),
            reverse("collection:outcome", args=[pk]),
        )
        for pk, one in known.items()
    ][:MOST_WIDER]


def again(found: Here) -> Road | None:
    """Where such a round begins anew; None where I may not begin one."""
    ways = {one.key: one for one in starts(found.access, found.layer, found.criterion, found.voices)}
    return _start(ways["ronde"]) if "ronde" in ways else None
