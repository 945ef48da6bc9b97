"""A body through the year: its moments and talks, what it agreed and shared, and its own talk map.

Only for whoever sits in the body or sees talks at its layer. Nothing here goes up by itself: a higher layer
finds what was shared with it, never this page.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import F, Q, QuerySet
from django.http import Http404
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lemniscaat.agenda import queries as agenda
from lemniscaat.agenda.models import Agreement, AgreementState, Goal, GoalState
from lemniscaat.base import clock
from lemniscaat.meetings import mapping, queries
from lemniscaat.meetings.models import Meeting, MeetingState, Outcome
from lemniscaat.people import queries as people
from lemniscaat.people.access import Access
from lemniscaat.people.models import Appointment, Body, Share
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.vision import queries as vision
from lemniscaat.vision.models import VisionPoint

NEXT = 5


@dataclass(frozen=True)
class Moment:
    """A moment to come, with the talk that was set ready for it."""

    appointment: Appointment
    talk: Meeting | None


@dataclass(frozen=True)
class Line:
    """A row of the talk map: `told` in a whole sentence, `short` in a few words beside the squares."""

    row: mapping.Row
    told: str
    short: str
    seen: bool


@dataclass(frozen=True)
class TalkMap:
    """One school year of a body: the vision points, the waarborgen, and how many talks were about no vision point.

    `months` are names, whole and short; `now` is the place of the present one, -1 in another year.
    """

    year: int
    months: tuple[tuple[str, str], ...]
    now: int
    points: tuple[Line, ...]
    waarborgen: tuple[Line, ...]
    talks: int
    loose: int
    years: tuple[int, ...]


def may_open(access: Access, body: Body) -> bool:
    """Whether I may see the page of a body: I see talks at its layer, or I sit in it."""
    if not body.pair and access.may(Verb.SEE, Noun.MEETING, body.organisation_id):
        return True
    return body.people.filter(pk=access.person.pk).exists()


def body(access: Access, pk: int) -> Body:
    """A body whose page I may see; 404 otherwise, for a higher layer as well."""
    found = Body.objects.filter(pk=pk, partnership=access.partnership).select_related("organisation").first()
    if found is None or not may_open(access, found):
        raise Http404
    return found


def coming(access: Access, of: Body) -> tuple[list[Moment], list[Meeting]]:
    """The next moments with the talk set ready for each, and the talks ready for no moment that is shown."""
    waiting = queries.talks(access).filter(body=of).exclude(state=MeetingState.DONE)
    ready: dict[int | None, Meeting] = {}
    for talk in waiting:
        ready.setdefault(talk.appointment_id, talk)
    moments = people.appointments(access, of).filter(starts_at__gte=clock.now())[:NEXT]
    shown = [Moment(one, ready.get(one.pk)) for one in moments]
    taken = {one.talk.pk for one in shown if one.talk}
    return shown, [talk for talk in reversed(waiting) if talk.pk not in taken]


def held(access: Access, of: Body) -> QuerySet[Meeting]:
    """The talks of a body that are done and that I may read, newest first."""
    rows = queries.talks(access).filter(body=of, state=MeetingState.DONE)
    return rows.order_by("-finished_on", "-id")


def agreements(access: Access, of: Body) -> QuerySet[Agreement]:
    """What runs for a body: it was agreed in one of its talks or comes back there. First what returns first."""
    made = Outcome.objects.filter(meeting__body=of, agreement__isnull=False).values("agreement_id")
    rows = agenda.agreements(access).filter(
        Q(returns_at__body=of) | Q(pk__in=made), state=AgreementState.RUNNING
    )
    return rows.order_by(F("returns_at__starts_at").asc(nulls_last=True), "id")


def goals(access: Access, of: Body) -> QuerySet[Goal]:
    """The points of the agenda that come back in the talks of a body, or that are of these people alone."""
    rows = agenda.goals(access).filter(Q(returns_at__body=of) | Q(body=of), state=GoalState.RUNNING)
    return rows.order_by(F("returns_at__starts_at").asc(nulls_last=True), "place", "id")


def shared_up(access: Access, of: Body) -> list[Share]:
    """What the layer of a body let a higher one see out of its talks, with the answer; not what was taken back."""
    left = Outcome.objects.filter(meeting__body=of)
    meanings = left.filter(interpretation__isnull=False).values("interpretation_id")
    agreed = left.filter(agreement__isnull=False).values("agreement_id")
    talks = Meeting.objects.filter(body=of).values("pk")
    ours = Q(noun="interpretation", noun_id__in=meanings) | Q(noun="agreement", noun_id__in=agreed)
    ours |= Q(noun="record", noun_id__in=talks)
    above = access.tree.above(of.organisation_id)
    rows = people.shared_from(access, of.organisation_id).filter(ours, target_id__in=above)
    return list(rows.filter(revoked_on__isnull=True))


def talk_map(access: Access, of: Body, year: int | None = None) -> TalkMap:
    """The talk map of a body in a school year; the present one when there was no talk in the year that is asked."""
    done = Meeting.objects.filter(body=of, state=MeetingState.DONE, finished_on__isnull=False)
    every = list(done.select_related("criterion__point", "table__point").order_by("finished_on", "id"))
    today = clock.today()
    years = mapping.years([row.finished_on for row in every if row.finished_on], today)
    shown = year if year in years else mapping.school_year(today)
    rows = [row for row in every if row.finished_on and mapping.school_year(row.finished_on) == shown]
    lens, about = _waarborgen([row.criterion_id for row in rows if row.criterion_id])
    talks = [_talked(row, about) for row in rows]
    points = _points(access, of, [point for row in rows if (point := _about(row))])
    by_point = mapping.rows([(p.pk, p.title) for p in points], [(t.day, t.points) for t in talks], shown)
    by_waarborg = mapping.rows(lens, [(t.day, t.waarborgen) for t in talks], shown)
    open_to_me = access.where(Verb.SEE, Noun.VISION)
    seen = {point.pk for point in points if point.organisation_id in open_to_me}
    months = mapping.months(shown)
    over = shown < mapping.school_year(today)
    return TalkMap(
        year=shown,
        months=tuple((date_format(month, "F"), date_format(month, "M").lower()) for month in months),
        now=months.index(today.replace(day=1)) if today.replace(day=1) in months else -1,
        points=tuple(_line(row, row.key in seen, over) for row in by_point),
        waarborgen=tuple(_line(row, False, over) for row in by_waarborg),
        talks=len(talks),
        loose=sum(not talk.points for talk in talks),
        years=years,
    )


def _talked(row: Meeting, about: dict[int, tuple[int, ...]]) -> mapping.Talked:
    assert row.finished_on is not None
    point = _about(row)
    return mapping.Talked(
        row.finished_on,
        (point.pk,) if point else (),
        about.get(row.criterion.pk, ()) if row.criterion else (),
    )


def _about(row: Meeting) -> VisionPoint | None:
    """The vision point in the middle of a talk: that of its criterion, else the one on its table."""
    return row.criterion.point if row.criterion else row.table.point


def _points(access: Access, of: Body, talked: list[VisionPoint]) -> list[VisionPoint]:
    """The vision points that hold at the layer, then those that were talked about and are no longer among them."""
    mine = {layer.id for layer in access.layers}
    found = list(vision.points(access, of.organisation_id)) if of.organisation_id in mine else []
    known = {point.pk: point for point in [*found, *sorted(talked, key=lambda p: (p.order, p.pk))]}
    return list(known.values())


def _waarborgen(criterion_ids: list[int]) -> tuple[list[tuple[int, str]], dict[int, tuple[int, ...]]]:
    """The waarborgen, and which of them each criterion is hung on, itself or through a part of it."""
    lens = next((one for one in vision.frameworks() if one.key == vision.FIRST_LENS), None)
    if lens is None:
        return [], {}
    nodes = {node.pk: node for node in vision.lens_nodes(lens)}

    def top(pk: int) -> int:
        above = nodes[pk].parent_id
        return top(above) if above else pk

    hung = vision.nodes_by_criterion(lens, criterion_ids)
    about = {key: tuple(dict.fromkeys(top(node.pk) for node in on)) for key, on in hung.items()}
    return [(node.pk, node.name) for node in nodes.values() if node.parent_id is None], about


def _line(row: mapping.Row, seen: bool, over: bool) -> Line:
    if row.last is None and over:
        told = _("Over ‘%(name)s’ spraken jullie in dit schooljaar niet.") % {"name": row.name}
        return Line(row, told, _("niet"), seen)
    if row.last is None:
        told = _("Over ‘%(name)s’ spraken jullie in dit schooljaar nog niet.") % {"name": row.name}
        return Line(row, told, _("nog niet"), seen)
    said = {"name": row.name, "n": len(row.days), "month": date_format(row.last, "F")}
    told = ngettext(
        "Over ‘%(name)s’ spraken jullie één keer, in %(month)s.",
        "Over ‘%(name)s’ spraken jullie %(n)d keer, het laatst in %(month)s.",
        len(row.days),
    )
    short = ngettext("één keer, in %(month)s", "%(n)d keer, het laatst in %(month)s", len(row.days))
    return Line(row, told % said, short % said, seen)
