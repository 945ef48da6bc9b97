"""Writing what a group says it means; the voice that differs stands beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lemniscaat.base import clock
from lemniscaat.base.writing import writing
from lemniscaat.collection.models import Round
from lemniscaat.datapoints.models import DataPoint
from lemniscaat.interpretation.models import (
    Assumption,
    Certainty,
    DissentingVoice,
    Evidence,
    Interpretation,
    Verdict,
)
from lemniscaat.interpretation.offering import tell_changed
from lemniscaat.interpretation.resting import mark_discussed
from lemniscaat.people.access import Access
from lemniscaat.people.models import Appointment
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.people.trail import note_change
from lemniscaat.vision import queries as vision
from lemniscaat.vision.models import Criterion


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
    *, access: Access, layer_id: int, criterion: Criterion | None, text: str, test: str = ""
) -> Assumption:
    """Keep 'we think that ..., how do we test it?'; the same words at a layer are kept once."""
    access.need(Verb.DO, Noun.MEANING, layer_id)
    with writing():
        made, new = Assumption.objects.get_or_create(
            partnership=access.partnership,
            organisation_id=layer_id,
            criterion=criterion,
            text=text.strip(),
            defaults={"test": test.strip(), "made_by": access.person, "made_on": clock.today()},
        )
        if new:
            note_change(access, verb="assumed", thing=made)
    return made


def judge_assumption(*, access: Access, assumption: Assumption, verdict: str, text: str) -> Assumption:
    """Say what the test told: it holds, it does not, or it stays unclear, and what we heard."""
    access.need(Verb.DO, Noun.MEANING, assumption.organisation_id)
    with writing():
        assumption.verdict = Verdict(verdict)
        assumption.verdict_text = text.strip()
        assumption.tested_on = None if verdict == Verdict.OPEN else clock.today()
        assumption.save(update_fields=["verdict", "verdict_text", "tested_on"])
        note_change(access, verb="judged", thing=assumption, verdict=verdict)
    return assumption
