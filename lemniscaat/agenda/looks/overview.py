"""The agenda of a layer, or of one body alone, gathered once for every way to look at it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lemniscaat.agenda import queries
from lemniscaat.agenda.models import (
    Agreement,
    AgreementState,
    Contribution,
    Goal,
    GoalState,
    Look,
    Span,
    Step,
)
from lemniscaat.people.access import Access
from lemniscaat.people.models import Body
from lemniscaat.people.queries import my_bodies, role_name


@dataclass(frozen=True)
class ToldStep:
    """A step with how it stands: done, dropped or late, and that in words."""

    step: Step
    done: bool
    late: bool
    words: str


@dataclass(frozen=True)
class Told:
    """A point with all that hangs under it. `who` and `returns` in words; `late`: it should have come back already."""

    goal: Goal
    who: str
    returns: str
    late: bool
    steps: tuple[ToldStep, ...] = ()
    looks: tuple[Look, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    serves: tuple[Goal, ...] = ()

    @property
    def running(self) -> bool:
        return self.goal.state == GoalState.RUNNING

    @property
    def open_steps(self) -> tuple[ToldStep, ...]:
        """What is still to do."""
        return tuple(one for one in self.steps if not one.done and not one.step.dropped_because)

    @property
    def done_steps(self) -> tuple[ToldStep, ...]:
        return tuple(one for one in self.steps if one.done)

    @property
    def looked(self) -> Look | None:
        """The last time somebody looked."""
        return self.looks[0] if self.looks else None


@dataclass(frozen=True)
class Overview:
    """Every point of an agenda in the order that people chose."""

    told: tuple[Told, ...]

    @property
    def running(self) -> tuple[Told, ...]:
        """What was taken up for a year and runs."""
        return tuple(one for one in self.told if one.running and one.goal.span == Span.YEAR)

    @property
    def years(self) -> tuple[Told, ...]:
        """The goals for years that run."""
        return tuple(one for one in self.told if one.running and one.goal.span == Span.YEARS)

    @property
    def held(self) -> tuple[Told, ...]:
        return tuple(one for one in self.told if one.goal.state == GoalState.SUSTAINED)

    @property
    def stopped(self) -> tuple[Told, ...]:
        return tuple(one for one in self.told if one.goal.state == GoalState.STOPPED)


def overview(access: Access, layer_id: int, body: Body | None = None) -> Overview:
    """The agenda as I may see it; five queries, whatever its length."""
    rows = list(queries.goals_of(access, layer_id, body))
    steps, looks = queries.steps_of(rows), queries.looks_of(rows)
    agreed, served = _agreements(access, rows), _serves(access, rows)
    return Overview(
        tuple(
            Told(
                row,
                who(access, row),
                row.where or row.no_return_because,
                comes_late(row, access.day),
                tuple(told_step(step, access.day) for step in steps.get(row.pk, ())),
                tuple(looks.get(row.pk, ())),
                tuple(agreed.get(row.pk, ())),
                tuple(served.get(row.pk, ())),
            )
            for row in rows
        )
    )


def bodies_with_agenda(access: Access) -> list[Body]:
    """The bodies I sit in that took up points of their own, such as a student and a mentor."""
    own = Goal.objects.filter(body=OuterRef("pk"))
    return list(my_bodies(access).filter(Exists(own)))


def who(access: Access, row: Goal) -> str:
    """Who keeps an eye on a point: as the group wrote it, else the name, else the role; empty where nobody is named."""
    if row.owner_text or row.owner:
        return row.owner_text or str(row.owner)
    return role_name(access.partnership, row.owner_role).capitalize() if row.owner_role else ""


def comes_late(row: Goal | Agreement, day: date) -> bool:
    """Whether something that runs should have come back before this day, or would at a moment that was called off."""
    moment = row.returns_at
    if row.state != GoalState.RUNNING or moment is None:
        return False
    return moment.cancelled_on is not None or timezone.localtime(moment.starts_at).date() < day


def told_step(step: Step, day: date) -> ToldStep:
    """A step as it stands today."""
    done = step.done_on is not None
    late = bool(step.due_on and step.due_on < day and not done and not step.dropped_because)
    return ToldStep(step, done, late, _step_words(step, late))


def _step_words(step: Step, late: bool) -> str:
    parts = [step.owner_text or (str(step.owner) if step.owner else "")]
    if step.done_on:
        parts.append(_("klaar op %(day)s") % {"day": date_format(step.done_on, "j F")})
    elif step.dropped_because:
        parts.append(_("toch niet: %(why)s") % {"why": step.dropped_because})
    elif step.due_on:
        words = _("had klaar kunnen zijn op %(day)s") if late else _("voor %(day)s")
        parts.append(words % {"day": date_format(step.due_on, "j F")})
    return ", ".join(part for part in parts if part)


def _agreements(access: Access, rows: Iterable[Goal]) -> dict[int, list[Agreement]]:
    found: defaultdict[int, list[Agreement]] = defaultdict(list)
    hanging = queries.agreements(access).filter(goal__in=list(rows)).exclude(state=AgreementState.REPLACED)
    for agreement in hanging.order_by("agreed_on", "id"):
        found[agreement.goal_id or 0].append(agreement)
    return found


def _serves(access: Access, rows: Iterable[Goal]) -> dict[int, list[Goal]]:
    """To which points of other layers these contribute, as far as I may read them."""
    found: defaultdict[int, list[Goal]] = defaultdict(list)
    links = Contribution.objects.filter(lower__in=list(rows), upper__in=queries.goals(access).values("pk"))
    for link in links.select_related("upper__organisation").order_by("id"):
        found[link.lower_id].append(link.upper)
    return found
