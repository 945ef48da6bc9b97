"""What lies on the table at 'Wat zien we?', and the evidence that goes with a meaning."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from lemniscaat.base.drawings.distribution import Figure
from lemniscaat.collection.figures import Shown, shown
from lemniscaat.collection.outcome import ItemOutcome, outcomes_for_criterion
from lemniscaat.datapoints import queries as datapoints
from lemniscaat.datapoints.models import Circle, DataPoint
from lemniscaat.datapoints.queries import HardFact, Voice
from lemniscaat.datapoints.telling import voices_of
from lemniscaat.interpretation.actions import Ground
from lemniscaat.meetings.models import Meeting
from lemniscaat.people.access import Access

MOST_ITEMS = 2
MOST_VOICES = 3
MOST_ROWS = 4


@dataclass(frozen=True)
class OnTheTable:
    """The data of a talk: few, hard and soft."""

    items: tuple[Shown, ...] = ()
    hard: tuple[HardFact, ...] = ()
    soft: tuple[Voice, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.items or self.hard or self.soft)


def talk_figures(access: Access, meeting: Meeting) -> OnTheTable:
    """At most two items, and a few facts and voices: a talk of twenty minutes bears no more."""
    items, hard, soft = _known(access, meeting)
    texts = datapoints.texts_for(access, meeting.criterion) if meeting.criterion else []
    return OnTheTable(
        tuple(shown(item) for item in items), tuple(hard), tuple(voices_of(soft, texts)[:MOST_VOICES])
    )


def on_paper(figure: Figure) -> Figure:
    """The same drawing within the room of one sheet: the groups that can be shown, the others in one sentence."""
    told = [row for row in figure.rows if row.counts is not None][:MOST_ROWS]
    few = [row.label for row in figure.rows if row.counts is None]
    note = figure.note
    if few:
        note += " " + _("Te weinig antwoorden om te tonen: %(who)s.") % {"who": ", ".join(few)}
    return replace(figure, rows=tuple(told), note=note, sentence=figure.sentence if len(told) < 3 else "")


def grounds(access: Access, meeting: Meeting) -> list[Ground]:
    """The same data as evidence under the meaning that was written, with what it said in words."""
    items, hard, soft = _known(access, meeting)
    found = [Ground(round=i.round, item=i.item.key, words=shown(i).in_words) for i in items]
    return found + [Ground(data_point=point) for point in [*(fact.point for fact in hard), *soft]]


def _known(
    access: Access, meeting: Meeting
) -> tuple[tuple[ItemOutcome, ...], list[HardFact], list[DataPoint]]:
    criterion = meeting.criterion
    if criterion is None:
        return (), [], []
    told = datapoints.hard_for(access, criterion, layer_id=meeting.organisation_id)
    hard = [fact for fact in told if _for_all(access, meeting, fact.point)]
    soft = [point for point in datapoints.soft_for(access, criterion) if _for_all(access, meeting, point)]
    return (
        outcomes_for_criterion(access, criterion, most=MOST_ITEMS),
        hard[:MOST_ITEMS],
        soft[:MOST_VOICES],
    )


def _for_all(access: Access, meeting: Meeting, point: DataPoint) -> bool:
    """Whether everybody at this table may hear it: what only the leader may read does not go on the wall."""
    around = {meeting.organisation_id, *access.tree.above(meeting.organisation_id)}
    return point.circle != Circle.ME and point.organisation_id in around
