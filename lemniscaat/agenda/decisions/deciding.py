"""Deciding on a criterion: adjust or sustain, with all that it rested on kept as it was."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import IntegrityError
from django.utils.translation import gettext as _

from lemniscaat.agenda.actions import ReasonNeededError
from lemniscaat.agenda.decisions.frozen import KeptGround, KeptMeaning, KeptVoice, RestedOn
from lemniscaat.agenda.decisions.knowing import Here, here
from lemniscaat.agenda.decisions.richness import POOL, Known, Richness, Size
from lemniscaat.agenda.models import Course, Decision, DecisionGround
from lemniscaat.base import clock
from lemniscaat.base.writing import writing
from lemniscaat.collection.figures import shown
from lemniscaat.collection.outcome import WHOLE, opened_all, outcomes_for_criterion
from lemniscaat.datapoints.models import DataPoint, Figure, IndicatorKind
from lemniscaat.figures.lines import value_of
from lemniscaat.figures.titles import told as told_figure
from lemniscaat.interpretation.models import Interpretation
from lemniscaat.interpretation.queries import meanings, told
from lemniscaat.interpretation.resting import mark
from lemniscaat.people.access import Access
from lemniscaat.people.models import Share
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.people.queries import shared_with
from lemniscaat.people.trail import note_change
from lemniscaat.people.tree import Layer
from lemniscaat.vision.models import Criterion
from lemniscaat.year.coverage import HARD

MEANINGS = 4
"""So many of the newest meanings a decision keeps, of its own layer and of what was shared with it."""
PLACES = frozenset({"school", "board"})


@dataclass(frozen=True)
class Ruling:
    """What is decided. `size`: how much hangs on it; `because`: why, needed where something is missing."""

    size: str
    course: str
    text: str
    because: str = ""
    weighed: str = ""


def decide(
    *, access: Access, layer: Layer, criterion: Criterion, ruling: Ruling, form_key: str = ""
) -> Decision:
    """Take a decision at a layer and keep what it rested on. The same form sent twice is one decision.

    Raises ReasonNeededError when something is missing and nobody says why it is taken nevertheless. 404 where I may
    not. The data points that counted are marked, so that their permitted use no longer narrows.
    """
    access.need(Verb.DO, Noun.AGREEMENT, layer.id)
    mine = Decision.objects.filter(form_key=form_key, decided_by=access.person) if form_key else None
    if mine is not None and (known := mine.first()) is not None:
        return known
    try:
        with writing():
            return _decided(access, layer, criterion, ruling, form_key)
    except IntegrityError:
        # the same form at the same moment
        known = mine.first() if mine is not None else None
        if known is None:
            raise
        return known


def _decided(access: Access, layer: Layer, criterion: Criterion, ruling: Ruling, form_key: str) -> Decision:
    found = here(access, layer, criterion)
    rich = found.weighed(Size(ruling.size))
    if not rich.enough and not ruling.because.strip():
        raise ReasonNeededError
    kept = keep(found, rich)
    made = Decision.objects.create(
        partnership=access.partnership,
        organisation_id=layer.id,
        criterion=criterion,
        course=Course(ruling.course),
        text=ruling.text.strip(),
        because=ruling.because.strip(),
        weighed=ruling.weighed.strip(),
        rested_on=kept.stored(),
        decided_by=access.person,
        decided_on=clock.today(),
        form_key=form_key,
    )
    _keep_words(made, found, rich, kept)
    note_change(access, verb="decided", thing=made)
    return made


def keep(found: Here, rich: Richness) -> RestedOn:
    """What stands on the table now, in the form in which it is kept."""
    lines = _lines(found, rich.counted)
    return RestedOn(
        size=rich.size,
        criterion=found.criterion.sentence,
        good_enough=found.criterion.good_enough,
        grounds=lines,
        together=tuple(one.kind for one in rich.together),
        meanings=tuple(_meanings(found)),
        voices=tuple(KeptVoice(voice=one.voice, ear=one.ear, day=one.day) for one in rich.heard),
        lacking=rich.needs,
    )


def _lines(found: Here, counted: Iterable[Known]) -> tuple[KeptGround, ...]:
    """One line for each thing that counted; of a round one for what was counted and one for what was written."""
    first: dict[tuple[int, int, str], Known] = {}
    for one in counted:
        first.setdefault((one.point, one.round, one.kind if one.round else ""), one)
    counted_as = _figures_said([row for one in first.values() if (row := found.points.get(one.point))])
    said = _rounds_said(found, {one.round for one in first.values() if one.round and one.kind == HARD})
    lines = []
    for place, one in enumerate(first.values()):
        row = found.points.get(one.point)
        title = row.title if row is not None else found.rounds[one.round].title
        layer = row.organisation_id if row is not None else found.rounds[one.round].organisation_id
        words = said.get(one.round, "") if one.kind == HARD else ""
        lines.append(
            KeptGround(
                line=place,
                kind=one.kind,
                source=one.way,
                day=one.day,
                layer=layer,
                # whose voice a round tells stands in its words; a line is of the round as a whole
                voice="" if one.round else one.voice,
                point=one.point,
                round=one.round,
                # what a report is called was written by somebody: it stands beside, with its words
                title=title if one.kind == HARD or one.round else "",
                words=counted_as.get(one.point, words),
            )
        )
    return tuple(lines)


def _figures_said(rows: Iterable[DataPoint]) -> dict[int, str]:
    """Of each figure how it reads now, with where it comes from."""
    figures = Figure.objects.filter(data_point__in=list(rows)).select_related("indicator", "data_point")
    said = {}
    for figure in figures:
        of = figure.indicator
        kind = of.kind if figure.whole is not None or of.kind != IndicatorKind.SHARE else "count"
        words = (told_figure(value_of(figure, kind), of.unit), figure.data_point.source_text)
        said[figure.data_point_id] = ". ".join(part for part in words if part)
    return said


def _rounds_said(found: Here, rounds: set[int]) -> dict[int, str]:
    """Of each round what it says on the criterion, in sentences; how many took part as far as that may be told."""
    chosen = [row for pk, row in found.rounds.items() if pk in rounds]
    if not chosen:
        return {}
    books = opened_all(chosen, [])
    said: dict[int, list[str]] = {pk: [] for pk in rounds}
    place = found.layer.id if found.layer.kind in PLACES else None
    for outcome in outcomes_for_criterion(found.access, found.criterion, place_id=_mine(found.access, place)):
        if outcome.round.pk in said:
            said[outcome.round.pk].append(shown(outcome).sentence)
    for row in chosen:
        if not said[row.pk]:
            number = books[row.pk].took_part(books[row.pk].group(WHOLE, "")).n
            said[row.pk] += [_("%(n)d mensen deden mee.") % {"n": number}] if number else []
    return {pk: " ".join(sentence for sentence in lines if sentence) for pk, lines in said.items()}


def _mine(access: Access, place: int | None) -> int | None:
    return place if place in {layer.id for layer in access.layers} else None


def _meanings(found: Here) -> list[KeptMeaning]:
    access, layer, criterion = found.access, found.layer, found.criterion
    rows = told(meanings(access, layer_id=layer.id, criterion=criterion)[:MEANINGS])
    own = [
        KeptMeaning(meaning=one.row.pk, text=one.row.text, day=one.row.written_on, dissent=one.dissent)
        for one in rows
    ]
    return own + [
        KeptMeaning(
            meaning=row.noun_id,
            text=row.text,
            day=row.shared_on,
            dissent=(row.dissent,) if row.dissent else (),
            share=row.pk,
            whose=row.source.name,
        )
        for row in _shared(access, layer, criterion)
    ]


def _shared(access: Access, layer: Layer, criterion: Criterion) -> list[Share]:
    """The meanings on this criterion that other layers let this one see."""
    if _mine(access, layer.id) is None:
        return []
    about = Interpretation.objects.filter(criterion=criterion).values("pk")
    rows = shared_with(access, layer.id).filter(noun="interpretation", noun_id__in=about)
    return list(rows.filter(revoked_on__isnull=True).select_related("source")[:MEANINGS])


def _keep_words(made: Decision, found: Here, rich: Richness, kept: RestedOn) -> None:
    """The words that somebody gave, beside what is frozen; and in the ledger that a decision rests on them."""
    lines = {one.point: one.line for one in kept.grounds if one.point}
    pooled = {one.kind for one in rich.together}
    together = {
        one.point for one in found.known if one.point and one.use == POOL and one.kind in pooled
    } - set(lines)
    rows = {pk: found.points[pk] for pk in (*lines, *sorted(together))}
    DecisionGround.objects.bulk_create(
        DecisionGround(
            decision=made,
            data_point=row,
            line=lines.get(pk, -1),
            words=_words(row) if pk in lines and row.evidence != HARD else "",
        )
        for pk, row in rows.items()
    )
    rounds = [one.round for one in kept.grounds if one.round]
    pointing = DataPoint.objects.filter(round__in=rounds, decided_on__isnull=True).values_list(
        "pk", flat=True
    )
    waiting = [pk for pk, row in rows.items() if row.decided_on is None]
    mark(dict.fromkeys([*waiting, *pointing], made.decided_on), field="decided_on")


def _words(row: DataPoint) -> str:
    """As it read: its title where it has one, then its words."""
    return "\n".join(part for part in (row.title, row.text) if part)
