"""Writing what a group says it means; the voice that differs stands beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lemniscaat.base import clock
from lemniscaat.base.writing import writing
from lemniscaat.collection.models import Round
from lemniscaat.datapoints.models import DataPoint
from lemniscaat.datapoints.queries import ledger
from lemniscaat.interpretation.models import (
    Assumption,
    AssumptionTest,
    Certainty,
    DissentingVoice,
    Evidence,
    Interpretation,
    Verdict,
)
from lemniscaat.interpretation.offering import tell_changed
from lemniscaat.interpretation.resting import mark, mark_discussed
from lemniscaat.people.access import Access
from lemniscaat.people.models import Appointment
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.people.trail import note_change
from lemniscaat.vision import queries as vision
from lemniscaat.vision.models import Criterion, VisionPoint


@dataclass(frozen=True)
class Ground:
    """One thing a meaning rests on: a data point, or what a round said about an item, in words."""

    data_point: DataPoint | None = None
    round: Round | None = None
    item: str = ""
    words: str = ""


class ClashError(Exception):
    """Somebody else saved in between; `theirs` is what stands now. Nothing was overwritten."""

    def __init__(self, theirs: Interpretation) -> None:
        super().__init__("saved in between")
        self.theirs = theirs


class AssumptionClashError(Exception):
    """Somebody else saved in between; `theirs` is what stands now. Nothing was overwritten."""

    def __init__(self, theirs: Assumption) -> None:
        super().__init__("saved in between")
        self.theirs = theirs


def write_meaning(
    *,
    access: Access,
    layer_id: int,
    criterion: Criterion | None,
    text: str,
    dissent: str = "",
    certainty: str = Certainty.FAIRLY,
    missing: str = "",
    people: int = 0,
    roles: Sequence[str] = (),
    appointment: Appointment | None = None,
    evidence: Sequence[Ground] = (),
) -> Interpretation:
    """Write a meaning at a layer, with the dissenting voice, who was there and who was missed."""
    access.need(Verb.DO, Noun.MEANING, layer_id)
    with writing():
        made = Interpretation.objects.create(
            partnership=access.partnership,
            organisation_id=layer_id,
            criterion=criterion,
            period=vision.current_period(access.partnership, access.day),
            appointment=appointment,
            text=text.strip(),
            certainty=certainty,
            missing=missing.strip(),
            people=people,
            roles=sorted(set(roles)),
            written_on=clock.today(),
        )
        if dissent.strip():
            DissentingVoice.objects.create(interpretation=made, text=dissent.strip())
        Evidence.objects.bulk_create(
            Evidence(interpretation=made, data_point=g.data_point, round=g.round, item=g.item, words=g.words)
            for g in evidence
        )
        mark_discussed(made)
        note_change(access, verb="wrote", thing=made)
    return made


def revise_meaning(
    *, access: Access, row: Interpretation, text: str, dissent: str, version: int
) -> Interpretation:
    """Change a meaning. Raises ClashError when `version` is no longer the newest."""
    access.need(Verb.DO, Noun.MEANING, row.organisation_id)
    with writing():
        current = Interpretation.objects.select_for_update().get(pk=row.pk)
        if current.version != version:
            raise ClashError(current)
        note_change(access, verb="revised", thing=current, before=current.text)
        current.text = text.strip()
        current.version += 1
        current.save(update_fields=["text", "version"])
        DissentingVoice.objects.filter(interpretation=current).delete()
        if dissent.strip():
            DissentingVoice.objects.create(interpretation=current, text=dissent.strip())
        tell_changed(current)
    return current


def assume(
    *,
    access: Access,
    layer_id: int,
    criterion: Criterion | None,
    text: str,
    test: str = "",
    point: VisionPoint | None = None,
    returns_at: Appointment | None = None,
) -> Assumption:
    """Keep 'we think that ..., how do we test it?', from a talk or on its own; the same words at a layer are kept once."""
    access.need(Verb.DO, Noun.MEANING, layer_id)
    with writing():
        made, new = Assumption.objects.get_or_create(
            partnership=access.partnership,
            organisation_id=layer_id,
            criterion=criterion,
            text=text.strip(),
            defaults={
                "test": test.strip(),
                "point": criterion.point if criterion is not None else point,
                "returns_at": returns_at,
                "made_by": access.person,
                "made_on": clock.today(),
            },
        )
        if new:
            note_change(access, verb="assumed", thing=made)
    return made


def plan_test(
    *, access: Access, assumption: Assumption, test: str, returns_at: Appointment | None, version: int
) -> Assumption:
    """Say anew how an assumption is tested and when we look. What we thought stays as it was written.

    Raises AssumptionClashError when `version` is no longer the newest.
    """
    access.need(Verb.DO, Noun.MEANING, assumption.organisation_id)
    with writing():
        current = Assumption.objects.select_for_update().get(pk=assumption.pk)
        if current.version != version:
            raise AssumptionClashError(current)
        note_change(access, verb="revised", thing=current, before=current.test)
        current.test, current.returns_at = test.strip(), returns_at
        current.version += 1
        current.save(update_fields=["test", "returns_at", "version"])
    return current


def judge_assumption(
    *,
    access: Access,
    assumption: Assumption,
    verdict: str,
    text: str,
    rests_on: Sequence[DataPoint] = (),
    returns_at: Appointment | None = None,
) -> Assumption:
    """Say what the test told: it holds, it does not, or it stays unclear, and what we heard. Each time is kept.

    `rests_on`: the data points that answered it, only those I may see. `returns_at`: when we look again, where it
    stays unclear. The same verdict in the same words on one day is one.
    """
    access.need(Verb.DO, Noun.MEANING, assumption.organisation_id)
    seen = list(ledger(access).filter(pk__in=[row.pk for row in rests_on]))
    today = clock.today()
    with writing():
        current = Assumption.objects.select_for_update().get(pk=assumption.pk)
        said = {"verdict": Verdict(verdict), "text": text.strip(), "judged_on": today}
        if AssumptionTest.objects.filter(assumption=current, **said).exists():
            return current
        test = AssumptionTest.objects.create(assumption=current, judged_by=access.person, **said)
        test.rests_on.set(seen)
        mark({row.pk: today for row in seen if row.discussed_on is None}, field="discussed_on")
        current.verdict, current.verdict_text = Verdict(verdict), text.strip()
        current.tested_on = None if verdict == Verdict.OPEN else today
        current.returns_at = returns_at if current.waits else None
        current.save(update_fields=["verdict", "verdict_text", "tested_on", "returns_at"])
        note_change(access, verb="judged", thing=current, verdict=verdict)
    return current
