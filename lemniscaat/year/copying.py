"""Another year taken over: last year's, another layer's, or the ready-made one; line by line, never twice."""

from __future__ import annotations

from collections.abc import Iterable, Sized
from dataclasses import dataclass, replace
from datetime import date

from django.http import Http404
from django.utils.translation import gettext as _

from lemniscaat.collection.models import Round
from lemniscaat.people.access import Access
from lemniscaat.people.models import Appointment, Body
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.year import lines as calendar
from lemniscaat.year import shifting
from lemniscaat.year.here import Here, day_of
from lemniscaat.year.models import Intent, IntentState, Way
from lemniscaat.year.planning import Wish, plan
from lemniscaat.year.ready_year import Ready, ready_year
from lemniscaat.year.schoolyear import SchoolYear, Standing, month_after, month_end, year_from
from lemniscaat.year.words import several

READY = "klaar"
BEFORE = "vorig"


@dataclass(frozen=True)
class Offer:
    """A line that can be taken over: what it becomes here, whether it is here already, and what did not come along."""

    origin: str
    wish: Wish
    there: bool = False
    likely: bool = True
    """Whether it is proposed: not what is past already, or stands in this year under the same title."""
    said: tuple[str, ...] = ()
    source: Intent | None = None


@dataclass(frozen=True)
class Source:
    """Where a year can be taken from."""

    key: str
    layer_id: int
    year: SchoolYear
    name: str = ""


def sources(access: Access, layer_id: int, year: SchoolYear) -> list[Source]:
    """Where this year can be taken from: last year here, other layers whose year I see, and the ready-made one."""
    before = year_from(year.year - 1)
    seen = [layer.id for layer in access.layers] + sorted(access.where(Verb.DO, Noun.ROUND))
    rows = Intent.objects.filter(
        partnership=access.partnership, organisation_id__in=set(seen), year__in=(year.year, before.year)
    )
    planned = rows.exclude(state=IntentState.DROPPED).order_by("year").values_list("organisation_id", "year")
    latest = {where: when for where, when in planned if where != layer_id}
    others = access.tree.ordered(latest)
    return [
        Source(BEFORE, layer_id, before),
        *(
            Source(f"laag-{one.id}", one.id, year_from(latest[one.id]), one.name)
            for one in others
            if one.id in access.tree.layers
        ),
        Source(READY, layer_id, year),
    ]


def source(access: Access, layer_id: int, year: SchoolYear, key: str) -> Source:
    """One of the sources by its key, or 404."""
    found = next((one for one in sources(access, layer_id, year) if one.key == key), None)
    if found is None:
        raise Http404
    return found


def offers(access: Access, layer_id: int, year: SchoolYear, of: Source) -> list[Offer]:
    """What can be taken over from a source, in the order of the calendar; what is here already says so."""
    here = Here(access, layer_id, year)
    found = _ready(here) if of.key == READY else _from_layer(here, of)
    taken = set(
        Intent.objects.filter(organisation_id=layer_id, year=year.year).values_list("origin", flat=True)
    )
    stands = {line.title.casefold() for line in calendar.lines(access, layer_id, year) if not line.above}
    told = [_weighed(one, one.origin in taken, stands, access.day) for one in found]
    return sorted(told, key=lambda one: (one.wish.begins_on, one.origin))


def _weighed(offer: Offer, there: bool, stands: set[str], today: date) -> Offer:
    said = offer.said
    if not there and offer.wish.title.casefold() in stands:
        said = (_("Zoiets staat dit jaar al in het jaar."), *said)
    elif not there and offer.wish.ends_on < today:
        said = (_("Dit is al voorbij."), *said)
    else:
        return replace(offer, there=there)
    return replace(offer, there=there, likely=False, said=said)


def take_over(
    *, access: Access, layer_id: int, year: SchoolYear, of: Source, chosen: Iterable[str]
) -> list[Intent]:
    """Take the chosen lines over; those that are here already stay as they are. Gives what was made."""
    access.need(Verb.DO, Noun.ROUND, layer_id)
    wanted = set(chosen)
    return [
        plan(
            access=access,
            layer_id=layer_id,
            wish=one.wish,
            origin=one.origin,
            copied_from=one.source,
        )
        for one in offers(access, layer_id, year, of)
        if one.origin in wanted and not one.there
    ]


def _from_layer(here: Here, of: Source) -> list[Offer]:
    """The plans of a layer in a year, and the rounds and figures that came without a plan."""
    calendar.year_layer(here.access, of.layer_id)
    rows = [one for one in calendar.lines(here.access, of.layer_id, of.year) if not one.above]
    keys = {one.became or one.key for one in rows if one.standing is not Standing.DRAFT}
    numbers = {
        kind: [int(k.split("-")[1]) for k in keys if k.startswith(kind)] for kind in ("intent", "round")
    }
    plans = Intent.objects.filter(pk__in=numbers["intent"], year=of.year.year)
    plans = plans.select_related("body", "appointment__body", "owner").prefetch_related("criteria", "points")
    rounds = Round.objects.filter(pk__in=numbers["round"]).select_related(
        "appointment__body", "instrument", "criterion__point"
    )
    found = [_offer(here, of, f"intent-{row.pk}", _wish_of(row), row) for row in plans]
    found += [
        _offer(here, of, f"round-{row.pk}", _wish_of_round(row)) for row in rounds if _begun_in(row, of.year)
    ]
    figures = [one for one in rows if one.way == Way.FIGURES and one.key.startswith("point")]
    found += [
        _offer(
            here, of, one.key, Wish(Way.FIGURES, one.title, one.begins.replace(day=1), month_end(one.begins))
        )
        for one in figures
    ]
    return found


def _begun_in(row: Round, year: SchoolYear) -> bool:
    return row.opened_on is not None and year.holds(row.opened_on)


def _wish_of(row: Intent) -> Wish:
    return Wish(
        way=row.way,
        title=row.title,
        begins_on=row.begins_on,
        ends_on=row.ends_on,
        instrument=row.instrument,
        roles=tuple(row.roles),
        criteria=tuple(row.criteria.all()),
        points=tuple(row.points.all()),
        body=row.body,
        appointment=row.appointment,
        return_by=row.return_by,
        note=row.note,
        owner=row.owner,
        owner_role=row.owner_role,
    )


def _wish_of_round(row: Round) -> Wish:
    begins = row.opened_on or row.stops_on or date.min
    return Wish(
        way=Way.ROUND,
        title=row.title,
        begins_on=begins,
        ends_on=max(begins, row.stopped_on or row.stops_on or begins),
        instrument=row.instrument.root,
        roles=tuple(row.roles),
        criteria=(row.criterion,) if row.criterion else (),
        appointment=row.appointment,
        body=row.appointment.body if row.appointment else None,
        return_by=row.returned_on or row.return_by,
    )


def _offer(here: Here, of: Source, origin: str, wish: Wish, source: Intent | None = None) -> Offer:
    """A line of another year as it would stand here, with what could not come along."""
    discussed = day_of(wish.appointment) if wish.appointment else None
    days = shifting.moved(
        shifting.Window(wish.begins_on, wish.ends_on, discussed, wish.return_by), of.year, here.year
    )
    body = here.body_for(wish.body)
    moment = here.moment_near(body, days.discussed)
    roles = tuple(role for role in wish.roles if role in here.roles)
    criteria = tuple(one for one in wish.criteria if one.pk in here.criteria)
    points = tuple(one for one in wish.points if one.pk in here.points)
    said = [
        *_missing_roles(wish.roles, roles),
        *_missing_talk(wish.body, body, days.discussed, moment),
        *_missing_about(wish, criteria, points),
    ]
    made = replace(
        wish,
        begins_on=days.begins,
        ends_on=days.ends,
        return_by=days.back,
        roles=roles,
        criteria=criteria,
        points=points,
        body=body,
        appointment=moment,
        owner=wish.owner if of.layer_id == here.layer_id else None,
    )
    return Offer(origin, made, said=tuple(said), source=source)


def _missing_roles(asked: Iterable[str], kept: Iterable[str]) -> list[str]:
    lost = [role for role in asked if role not in set(kept)]
    return [_("Niet hier: %(who)s.") % {"who": several(lost)}] if lost else []


def _missing_about(wish: Wish, criteria: Sized, points: Sized) -> list[str]:
    if len(criteria) < len(wish.criteria):
        return [_("Een lat van een andere laag gaat niet mee.")]
    if len(points) < len(wish.points):
        return [_("Een visiepunt van een andere laag gaat niet mee.")]
    return []


def _missing_talk(
    was: Body | None, body: Body | None, day: date | None, moment: Appointment | None
) -> list[str]:
    if was is not None and body is None:
        return [_("Het overleg %(body)s is er hier niet. Kies later een ander.") % {"body": was.name}]
    if day is not None and moment is None and body is not None:
        return [_("%(body)s heeft rond die tijd nog geen bijeenkomst. Kies die later.") % {"body": body.name}]
    return []


def _ready(here: Here) -> list[Offer]:
    return [_ready_offer(here, line) for line in ready_year()]


def _ready_offer(here: Here, line: Ready) -> Offer:
    begins, until = _month_of(here.year, line.month), _month_of(here.year, line.until or line.month)
    body = here.body_for(None, line.body)
    talk = _month_of(here.year, line.discuss).replace(day=15) if line.discuss else None
    back = month_end(_month_of(here.year, line.back)) if line.back else None
    roles = tuple(role.value for role in line.roles if role in here.roles)
    moment = here.moment_near(body, talk)
    said = _missing_roles([role.value for role in line.roles], roles) + _missing_talk(
        None, body, talk, moment
    )
    if line.body and body is None:
        said.append(_("Jullie hebben geen overleg dat zo heet: %(body)s.") % {"body": line.body})
    wish = Wish(
        way=line.way,
        title=line.title,
        begins_on=begins,
        ends_on=month_end(until),
        instrument=line.instrument,
        roles=roles,
        body=body,
        appointment=moment,
        return_by=back,
        note=line.note,
    )
    return Offer(f"klaar-{line.key}", wish, said=tuple(said))


def _month_of(year: SchoolYear, number: int) -> date:
    """The first day of a month by its number, in this school year."""
    return month_after(year.first, (number - 8) % 12)
