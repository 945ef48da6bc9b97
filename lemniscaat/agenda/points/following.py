"""Asking in the next round whether those who raised a point notice a difference, and what they said."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from lemniscaat.agenda import queries
from lemniscaat.agenda.models import FollowUp, Goal, GoalState
from lemniscaat.base import clock
from lemniscaat.base.writing import writing
from lemniscaat.collection.chosen import Chosen
from lemniscaat.collection.figures import Shown, shown
from lemniscaat.collection.laying_under import lay_under
from lemniscaat.collection.models import Round, RoundState
from lemniscaat.collection.outcome import outcomes, released_rounds
from lemniscaat.collection.parts import whole_instrument
from lemniscaat.collection.through_time import Line, through_time
from lemniscaat.instruments.actions import OwnQuestion, add_question, copy_instrument, leave_out
from lemniscaat.instruments.grammar import Instrument
from lemniscaat.instruments.models import InstrumentCopy
from lemniscaat.people.access import Access
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.people.trail import note_change

LONGEST = 300
SHORT = 100
TONGUE = "nl"
RECENT = 300
"""So many days ago a month is known by its name alone."""


@dataclass(frozen=True)
class Proposed:
    """A point about which a round in preparation may ask. `asked`: it does so already."""

    goal: Goal
    words: str
    asked: FollowUp | None


@dataclass(frozen=True)
class Followed:
    """What became of asking: where it was asked, and its outcome once that was released."""

    round: Round
    shown: Shown | None


def item_of(goal: Goal) -> str:
    """The name of the question about a point: the same in every round, so that its answers make a line."""
    return f"punt-{goal.pk}"


def answers() -> tuple[str, ...]:
    """From little to much, in Dutch: what is asked stands in the instrument as its makers write it."""
    with override(TONGUE):
        return _("Nee, nog niet"), _("Een beetje"), _("Ja, duidelijk")


def question(goal: Goal) -> str:
    """What is asked, until somebody writes it better: what they said then, what we do since, and whether they notice."""
    recent = (clock.today() - goal.taken_up_on).days < RECENT
    with override(TONGUE):
        when = date_format(goal.taken_up_on, "F" if recent else "F Y")
        told = {"when": when, "why": _short(goal.why, SHORT), "words": _short(goal.sentence, 2 * SHORT)}
        if goal.why and goal.raised_by:
            told["words"] = _short(goal.sentence, SHORT)
            return (
                _(
                    "In %(when)s zeiden jullie: ‘%(why)s’ Sindsdien proberen we: ‘%(words)s’ Merk jij verschil?"
                )
                % told
            )
        return _("In %(when)s namen we ons voor: ‘%(words)s’ Merk jij daar verschil van?") % told


def _short(words: str, most: int) -> str:
    words = " ".join(words.split())
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def proposed(access: Access, round_: Round) -> list[Proposed]:
    """The points of the layer of a round in preparation about which it may ask: on the same criterion, or raised by
    those whom it asks. Nothing for a step in a hall, or where I may not change the round."""
    may = access.may(Verb.DO, Noun.ROUND, round_.organisation_id)
    if not may or round_.state != RoundState.DRAFT or Chosen.read(round_.chosen).only is not None:
        return []
    asked = {row.goal_id: row for row in FollowUp.objects.filter(round=round_)}
    rows = queries.goals_of(access, round_.organisation_id).filter(state=GoalState.RUNNING)
    found = [row for row in rows if row.pk in asked or _fits(row, round_)]
    return [Proposed(row, question(row), asked.get(row.pk)) for row in found]


def _fits(goal: Goal, round_: Round) -> bool:
    if goal.taken_up_on >= clock.today():
        return False
    same_people = not goal.raised_by or bool(set(goal.raised_by) & set(round_.roles))
    if goal.criterion_id is not None and goal.criterion_id == round_.criterion_id:
        return same_people
    return bool(goal.raised_by) and same_people


def ask_again(*, access: Access, goal: Goal, round_: Round, words: str) -> FollowUp:
    """Add the question about a point to a round in preparation, on a copy of its instrument. Asked twice is once.

    Raises ObjectionError of the cabinet where no own question fits any more. 404 for a round that was opened, a point
    of another layer, or one of a few people alone.
    """
    _need(access, goal, round_)
    with writing():
        known = FollowUp.objects.filter(goal=goal, round=round_).first()
        if known is not None:
            return known
        copy = _copy_under(access, round_)
        key, quick = item_of(goal), Chosen.read(round_.chosen).quick
        own = OwnQuestion(words.strip()[:LONGEST] or question(goal), answers(), key, quick)
        copy = add_question(access=access, copy=copy, question=own, seen=copy.version)
        now = lay_under(access=access, round_=round_, instrument=Instrument.model_validate(copy.definition))
        if now.state != RoundState.DRAFT:
            raise Http404
        made = FollowUp.objects.create(goal=goal, round=round_, item=key, proposed_on=clock.today())
        note_change(access, verb="asked_again", thing=goal, round=round_.pk)
    return made


def not_ask(*, access: Access, follow: FollowUp) -> None:
    """Take the question out again, as long as the round is in preparation."""
    _need(access, follow.goal, follow.round)
    with writing():
        copy = _copy_under(access, follow.round)
        if follow.item in Instrument.model_validate(copy.definition).by_key:
            copy = leave_out(access=access, copy=copy, item=follow.item, seen=copy.version)
            instrument = Instrument.model_validate(copy.definition)
            lay_under(access=access, round_=follow.round, instrument=instrument)
        FollowUp.objects.filter(pk=follow.pk).delete()


def _need(access: Access, goal: Goal, round_: Round) -> None:
    access.need(Verb.DO, Noun.ROUND, round_.organisation_id)
    same = goal.organisation_id == round_.organisation_id and goal.body_id is None
    if not same or round_.state != RoundState.DRAFT:
        raise Http404


def _copy_under(access: Access, round_: Round) -> InstrumentCopy:
    """The copy of this layer that the round asks with, as long as it still reads like that; else a new one."""
    # anew: another question may have been added since this page was made
    whole = whole_instrument(Round.objects.select_related("instrument").get(pk=round_.pk))
    copy = InstrumentCopy.objects.filter(
        partnership=access.partnership, organisation_id=round_.organisation_id, key=whole.key
    ).first()
    if copy is not None and Instrument.model_validate(copy.definition).definition() == whole.definition():
        return copy
    return copy_instrument(access=access, layer_id=round_.organisation_id, example=whole)


def followed(access: Access, goal: Goal) -> list[Followed]:
    """Where it was asked whether this point is noticed, newest first; a figure only through the one door."""
    rows = FollowUp.objects.filter(goal=goal).select_related("round").order_by("-round_id")
    if not rows:
        return []
    released = {row.pk for row in released_rounds(access)}
    may = access.may(Verb.SEE, Noun.ROUND, goal.organisation_id)
    told = [Followed(row.round, _told(access, row)) for row in rows if row.round_id in released]
    waiting = [Followed(row.round, None) for row in rows if may and row.round_id not in released]
    return [*waiting, *told]


def _told(access: Access, row: FollowUp) -> Shown | None:
    found = next((one for one in outcomes(access, row.round) if one.item.key == row.item), None)
    return shown(found) if found else None


def over_rounds(access: Access, goal: Goal) -> Line | None:
    """The same question through the rounds in which it was asked, with its breaks; None before the second time."""
    asked = set(FollowUp.objects.filter(goal=goal).values_list("round_id", flat=True))
    rounds = [row for row in released_rounds(access) if row.pk in asked]
    if len(rounds) < 2:
        return None
    return next(iter(through_time(rounds, items={item_of(goal)})), None)
