"""Which plan each round was."""

from __future__ import annotations

from lemniscaat.collection.models import Round
from lemniscaat.year.models import Intent, IntentState, Way
from lemniscaat.year.schoolyear import school_year


def became_of(rounds: list[Round], plans: list[Intent]) -> dict[int, Intent]:
    """The plan that each round was: where somebody said so, where it was begun from it, or where layer, instrument and title are
    the same."""
    found = {plan.round_id: plan for plan in plans if plan.round_id}
    waiting = [
        p for p in plans if p.round_id is None and p.way == Way.ROUND and p.state == IntentState.PLANNED
    ]
    # what was begun from a plan goes first: a namesake does not take it
    for fits in (_begun_from, _looks_like):
        for row in rounds:
            fit = next((plan for plan in waiting if fits(row, plan)), None)
            if row.pk not in found and fit is not None:
                waiting.remove(fit)
                found[row.pk] = fit
    return {row.pk: found[row.pk] for row in rounds if row.pk in found}


def _begun_from(row: Round, plan: Intent) -> bool:
    return row.planned_as == plan.pk and row.organisation_id == plan.organisation_id


def _looks_like(row: Round, plan: Intent) -> bool:
    keys = {getattr(row, "root", ""), getattr(row, "version_key", "")}
    begins = row.opened_on or row.stops_on or plan.begins_on
    return (
        row.organisation_id == plan.organisation_id
        and plan.instrument in keys
        and row.title.casefold() == plan.title.casefold()
        and school_year(begins).year == plan.year
    )
