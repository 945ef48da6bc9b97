"""Which voices were heard at a layer, as facts to think about: from the ledger, and from rounds through their one door."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Max

from lemniscaat.collection.budget import budget_of, half_year
from lemniscaat.collection.heard import NOTHING, Told, told_by
from lemniscaat.collection.models import CriterionItem, Release, Round
from lemniscaat.collection.outcome import SHOWN
from lemniscaat.datapoints.queries import POINTING, ledger
from lemniscaat.people.access import Access
from lemniscaat.people.models import FAMILY, Membership, OrganisationKind, Role
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.people.tree import Layer, valid_on
from lemniscaat.vision.models import Criterion
from lemniscaat.year.coverage import (
    HARD,
    Again,
    Ask,
    Coverage,
    Fact,
    Often,
    again,
    coverage,
    often,
    only_giving,
)
from lemniscaat.year.schoolyear import REAL, Line, SchoolYear, Standing, year_from

PERSPECTIVES = (
    Role.STUDENT,
    Role.CAREER_CHANGER,
    Role.STARTER,
    Role.MENTOR,
    Role.SCHOOL_EDUCATOR,
    Role.INSTITUTE_EDUCATOR,
    Role.SCHOOL_LEADER,
    Role.BOARD_MEMBER,
)
"""The voices whose silence is noticed, in the order in which they are always told."""
BACK = 1
"""So many earlier school years are looked at for who was heard long ago."""


def voices_here(access: Access, layer_id: int) -> tuple[str, ...]:
    """The perspectives of those who are at a layer or below it. One query."""
    rows = Membership.objects.filter(valid_on(access.day), partnership=access.partnership)
    if layer_id != access.tree.root:
        rows = rows.filter(organisation_id__in=(layer_id, *access.tree.below(layer_id)))
    here = set(rows.filter(role__in=PERSPECTIVES).order_by().values_list("role", flat=True).distinct())
    return tuple(role.value for role in PERSPECTIVES if role in here)


def covered(
    access: Access,
    layer: Layer,
    year: SchoolYear,
    criteria: Sequence[Criterion],
    lines: Iterable[Line],
    voices: Sequence[str],
) -> tuple[Coverage, ...]:
    """Per criterion which voices were heard at a layer up to today. Five queries, whatever was collected."""
    keys = [one.pk for one in criteria]
    told, talked = _from_ledger(access, layer, keys, year)
    facts = [*told, *_from_rounds(access, layer, keys, year)]
    on_table = frozenset(pk for line in lines if line.discussed for pk in line.criteria) | talked
    return coverage(facts, criteria=keys, voices=voices, since=year.first, on_table=on_table)


def _from_ledger(
    access: Access, layer: Layer, criteria: list[int], year: SchoolYear
) -> tuple[list[Fact], frozenset[int]]:
    """What people told and what was counted here, as far as it was meant for me: only the last day of each kind.
    With it the criteria of which somebody wrote down this year what it means."""
    rows = ledger(access).filter(
        criterion_id__in=criteria, happened_on__gte=_early(year), happened_on__lte=year.last
    )
    if layer.id != access.tree.root:
        rows = rows.filter(organisation_id__in=(layer.id, *access.tree.below(layer.id)))
    kinds = ("criterion_id", "perspective", "evidence", "source", "permitted_use")
    found = list(rows.order_by().values_list(*kinds).annotate(Max("happened_on"), Max("discussed_on")))
    facts = [
        Fact(criterion or 0, voice, kind, source, day, use)
        for criterion, voice, kind, source, use, day, _talked in found
        if source not in POINTING
    ]
    return facts, frozenset(row[0] for row in found if row[0] and row[-1] and year.holds(row[-1]))


def _early(year: SchoolYear) -> date:
    return year_from(year.year - BACK).first


@dataclass(frozen=True)
class RoundHeard:
    """A released round that tells something about some criteria. `told`: whether it has anything to show at all;
    `heard`: the roles that it tells apart for the layer; `counted`: all that were asked."""

    round: Round
    criteria: frozenset[int]
    told: bool
    heard: frozenset[str]
    counted: frozenset[str]


def rounds_on(access: Access, layer: Layer, criteria: list[int], first: date, last: date) -> list[RoundHeard]:
    """The rounds of a layer and above it that stopped within these days and tell something about these criteria, as
    far as I may see their outcome. At most four queries."""
    rounds = list(
        Round.objects.filter(
            partnership=access.partnership,
            organisation_id__in={layer.id, *access.tree.above(layer.id)}
            & access.where(Verb.SEE, Noun.OUTCOME),
            state__in=SHOWN,
            stopped_on__gte=first,
            stopped_on__lte=last,
            pk__in=Release.objects.values("round_id"),
        )
        .annotate(root=F("instrument__root"))
        .only(*("organisation", "roles", "criterion", "opened_on", "stopped_on", "permitted_use", "title"))
    )
    if not rounds:
        return []
    about = _about(rounds, criteria)
    told = told_by([row for row in rounds if about[row.pk]])
    found = []
    for row in rounds:
        if about[row.pk]:
            said = told.get(row.pk, NOTHING)
            heard, counted = heard_in(said, row, layer)
            about_these = frozenset(about[row.pk])
            found.append(
                RoundHeard(row, about_these, bool(said.blocks), frozenset(heard), frozenset(counted))
            )
    return found


def _from_rounds(access: Access, layer: Layer, criteria: list[int], year: SchoolYear) -> list[Fact]:
    facts = []
    for one in rounds_on(access, layer, criteria, _early(year), year.last):
        for criterion in one.criteria:
            facts += _told(one.round, criterion, set(one.heard), set(one.counted))
    return facts


def _about(rounds: Iterable[Round], criteria: list[int]) -> dict[int, set[int]]:
    """Per round the criteria that it tells something about."""
    links = CriterionItem.objects.filter(criterion_id__in=criteria).values_list(
        "criterion_id", "instrument_key"
    )
    linked = set(links)
    known = set(criteria)
    return {
        row.pk: {pk for pk, key in linked if key == getattr(row, "root", "")}
        | ({row.criterion_id} & known if row.criterion_id else set())
        for row in rounds
    }


def _told(row: Round, criterion: int, heard: set[str], counted: set[str]) -> list[Fact]:
    day = row.stopped_on or row.opened_on or date.min
    facts = [Fact(criterion, role, HARD, "ronde", day, row.permitted_use) for role in sorted(heard)]
    together = sorted(counted - heard)
    return facts + [
        Fact(criterion, role, HARD, "ronde", day, row.permitted_use, apart=False) for role in together
    ]


def heard_in(told: Told, round_: Round, layer: Layer) -> tuple[set[str], set[str]]:
    """The roles that a released round tells apart for a layer, and all that were asked.

    Only whole blocks count as heard: nobody answered and fewer than five look the same. A round of a layer above
    tells of a school or a board what its own blocks tell; of a team nothing apart.
    """
    asked = set(round_.roles) & {role.value for role in PERSPECTIVES}
    if round_.organisation_id == layer.id:
        place = ("", "")
    elif layer.kind in {OrganisationKind.SCHOOL, OrganisationKind.BOARD}:
        place = (layer.kind, str(layer.id))
    else:
        return set(), asked
    heard = set(told.roles(*place)) & asked
    for family in told.families(*place):
        # of a family only where no other role of it was asked
        inside = {role for role in asked if FAMILY[role] == family}
        heard |= inside if len(inside) == 1 else set()
    return heard, asked


def asks_of(lines: Iterable[Line]) -> tuple[Ask, ...]:
    """What was asked and what is planned, as the calendar has it."""
    return tuple(
        Ask(
            line.roles,
            line.instrument,
            line.begins,
            planned=line.standing is Standing.PLANNED,
            closed=line.ends if line.standing in {Standing.WAITING, Standing.RETURNED} else None,
            returned=line.standing is Standing.RETURNED,
        )
        for line in lines
        if line.way == "round" and (line.standing in REAL or line.standing is Standing.PLANNED)
    )


def asked_too_often(access: Access, lines: Iterable[Line], voices: Sequence[str]) -> tuple[Often, ...]:
    """The roles that get more questions this half-year than agreed, with what is planned counted in."""
    return often(asks_of(lines), {role: budget_of(role) for role in voices}, half_year(access.day))


def asked_again(access: Access, lines: Iterable[Line]) -> tuple[Again, ...]:
    """The same instrument to the same role again soon, as far as it can still be changed."""
    return tuple(one for one in again(asks_of(lines)) if one.then >= access.day)


def gave_only(access: Access, lines: Iterable[Line], voices: Sequence[str]) -> tuple[str, ...]:
    """The voices that gave this school year and got nothing back."""
    return tuple(role for role in only_giving(asks_of(lines), access.day) if role in voices)
