"""Planning the year: a line is planned, changed, dropped with a reason, or done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.db import IntegrityError
from django.http import Http404

from lemniscaat.base.writing import writing
from lemniscaat.collection.models import Round
from lemniscaat.people.access import Access
from lemniscaat.people.models import Appointment, Body, Person
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.people.trail import note_change
from lemniscaat.vision.models import Criterion, VisionPoint
from lemniscaat.year.models import Intent, IntentState, Way
from lemniscaat.year.schoolyear import school_year


class ClashError(Exception):
    """Somebody else changed this line in between; `theirs` is what stands now. Nothing was overwritten."""

    def __init__(self, theirs: Intent) -> None:
        super().__init__("saved in between")
        self.theirs = theirs


class WithoutReasonError(Exception):
    """Something is dropped without a word of why."""


@dataclass(frozen=True)
class Wish:
    """What a line of the year says. A meeting brings its body along; the school year follows from the first day."""

    way: str
    title: str
    begins_on: date
    ends_on: date
    instrument: str = ""
    roles: tuple[str, ...] = ()
    criteria: tuple[Criterion, ...] = field(default=())
    points: tuple[VisionPoint, ...] = field(default=())
    body: Body | None = None
    appointment: Appointment | None = None
    return_by: date | None = None
    note: str = ""
    owner: Person | None = None
    owner_role: str = ""

    def __post_init__(self) -> None:
        if self.way not in Way.values:
            raise ValueError("no such way of asking")
        if self.ends_on < self.begins_on:
            raise ValueError("a window does not end before it begins")


FIELDS = (
    *("way", "title", "begins_on", "ends_on", "instrument", "body", "appointment"),
    *("return_by", "note", "owner", "owner_role"),
)


def plan(
    *,
    access: Access,
    layer_id: int,
    wish: Wish,
    form_key: str = "",
    copied_from: Intent | None = None,
    origin: str = "",
) -> Intent:
    """Put a line in the year of a layer. The same form sent twice, or the same origin copied twice, is one line."""
    access.need(Verb.DO, Noun.ROUND, layer_id)
    wish = _whole(wish)
    _need_ours(access, wish)
    year = school_year(wish.begins_on).year

    def known() -> Intent | None:
        rows = Intent.objects.filter(organisation_id=layer_id, year=year)
        if form_key and (sent := rows.filter(form_key=form_key).first()):
            return sent
        return rows.filter(origin=origin).first() if origin else None

    def make() -> Intent:
        made = Intent.objects.create(
            partnership=access.partnership,
            organisation_id=layer_id,
            year=year,
            roles=list(wish.roles),
            form_key=form_key,
            copied_from=copied_from,
            origin=origin,
            **{name: getattr(wish, name) for name in FIELDS},
        )
        _about(made, wish)
        note_change(access, verb="planned", thing=made)
        return made

    return _once(known, make)


def _once(known: Callable[[], Intent | None], make: Callable[[], Intent]) -> Intent:
    if found := known():
        return found
    try:
        with writing():
            return make()
    except IntegrityError:
        if found := known():
            return found
        raise


def _whole(wish: Wish) -> Wish:
    """A wish in which the body is that of the meeting, and words have no loose ends."""
    body = wish.appointment.body if wish.appointment else wish.body
    return replace(wish, body=body, title=wish.title.strip(), note=wish.note.strip())


def _need_ours(access: Access, wish: Wish) -> None:
    """404 for a body, criterion or point of another partnership."""
    things: Sequence[Body | Criterion | VisionPoint | None] = (wish.body, *wish.criteria, *wish.points)
    if any(one is not None and one.partnership_id != access.partnership.pk for one in things):
        raise Http404


def _about(row: Intent, wish: Wish) -> None:
    row.criteria.set(wish.criteria)
    row.points.set({one.pk: one for one in (*wish.points, *(c.point for c in wish.criteria))}.values())


def _current(access: Access, row: Intent) -> Intent:
    """The line as it is now, held until the transaction ends; 404 where I may not plan."""
    access.need(Verb.DO, Noun.ROUND, row.organisation_id)
    return Intent.objects.select_for_update().get(pk=row.pk, partnership=access.partnership)


def says_the_same(row: Intent, wish: Wish) -> bool:
    """Whether a line already says this."""
    wish = _whole(wish)
    about = {one.pk for one in wish.criteria} == set(row.criteria.values_list("pk", flat=True))
    same = all(getattr(row, name) == getattr(wish, name) for name in FIELDS)
    return about and same and list(wish.roles) == row.roles


def change(*, access: Access, intent: Intent, wish: Wish, version: int) -> Intent:
    """Say a line anew; the same words again change nothing. A line moved to another school year moves along.

    Raises ClashError when `version` is no longer the newest.
    """
    with writing():
        current = _current(access, intent)
        wish = _whole(wish)
        _need_ours(access, wish)
        if says_the_same(current, wish):
            return current
        if current.version != version:
            raise ClashError(current)
        for name in FIELDS:
            setattr(current, name, getattr(wish, name))
        year = school_year(wish.begins_on).year
        if year != current.year:
            # copied lines are told apart within one year; this one now stands on its own
            current.year, current.origin = year, ""
        current.roles = list(wish.roles)
        current.version += 1
        current.save()
        _about(current, wish)
        note_change(access, verb="revised", thing=current)
    return current


def drop(*, access: Access, intent: Intent, because: str) -> Intent:
    """A line does not go on, because; everybody at the layer can read why. Twice is once.

    Raises WithoutReasonError where no reason is given.
    """
    if not because.strip():
        raise WithoutReasonError
    return _ended(access, intent, IntentState.DROPPED, dropped_because=because.strip())


def done(*, access: Access, intent: Intent, round_: Round | None = None, talk_url: str = "") -> Intent:
    """A line happened; `round_`: the round that it became, `talk_url`: the talk. Twice is once.

    404 for a round of another partnership, or of a layer at which I may not see rounds.
    """
    if round_ is not None:
        access.need(Verb.SEE, Noun.ROUND, round_.organisation_id)
        if round_.partnership_id != access.partnership.pk:
            raise Http404
    told: dict[str, object] = {"round": round_} if round_ else {}
    if talk_url.startswith("/") and not talk_url.startswith("//"):
        told["talk_url"] = talk_url[:200]
    return _ended(access, intent, IntentState.DONE, **told)


def became_talk(*, access: Access, number: int, layer_id: int, url: str) -> None:
    """Say where the talk is that a plan became; nothing for a plan of another layer, or where I may not plan."""
    row = Intent.objects.filter(pk=number, organisation_id=layer_id, partnership=access.partnership).first()
    if row is None or not access.may(Verb.DO, Noun.ROUND, layer_id):
        return
    _ended(access, row, IntentState(row.state), talk_url=url[:200])


def again(*, access: Access, intent: Intent) -> Intent:
    """A line that was dropped or done stands as a plan again."""
    return _ended(access, intent, IntentState.PLANNED, dropped_because="", round=None, talk_url="")


def _ended(access: Access, intent: Intent, state: IntentState, **told: object) -> Intent:
    with writing():
        current = _current(access, intent)
        values = {"state": state, **told}
        if all(getattr(current, name) == value for name, value in values.items()):
            return current
        for name, value in values.items():
            setattr(current, name, value)
        current.version += 1
        current.save()
        note_change(access, verb=str(state), thing=current)
    return current
