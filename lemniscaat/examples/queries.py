"""Reading examples: what is shared is everybody's in the partnership, a draft is its layer's own."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet
from django.http import Http404

from lemniscaat.agenda import queries as agenda
from lemniscaat.agenda.models import Agreement, AgreementState, Goal, GoalState
from lemniscaat.examples.models import Example, Question, Thank
from lemniscaat.people.access import Access
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.people.tree import Layer
from lemniscaat.vision.models import Criterion


def _writing(access: Access) -> frozenset[int]:
    """The layers whose drafts are mine to read and write.

    Not where I may *see* meanings: that right reaches up, and what a higher layer has not finished is its own as well.
    """
    return access.where(Verb.DO, Noun.MEANING)


def examples(access: Access) -> QuerySet[Example]:
    """Every example that I may read, newest first: the shared ones, and the drafts of my own tables."""
    seen = Q(shared_on__isnull=False) | Q(organisation_id__in=_writing(access))
    rows = Example.objects.filter(seen, partnership=access.partnership)
    return rows.select_related("organisation", "point", "criterion").order_by("-shared_on", "-id")


def shared(access: Access) -> QuerySet[Example]:
    """The examples that are shared in my partnership, newest first."""
    return examples(access).filter(shared_on__isnull=False)


def on_criterion(access: Access, criterion: Criterion) -> QuerySet[Example]:
    """The shared examples that hang on a criterion or on its vision point, newest first."""
    return shared(access).filter(Q(criterion=criterion) | Q(point_id=criterion.point_id))


def drafts(access: Access) -> QuerySet[Example]:
    """What my tables wrote and did not share, or took back; the newest first."""
    rows = examples(access).filter(shared_on__isnull=True, organisation_id__in=_writing(access))
    return rows.order_by("-written_on", "-id")


def example(access: Access, pk: int) -> Example:
    """One example; 404 when I may not read it."""
    row = examples(access).filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


def example_to_write(access: Access, pk: int) -> Example:
    """One example of a table of mine; 404 otherwise."""
    row = example(access, pk)
    access.need(Verb.DO, Noun.MEANING, row.organisation_id)
    return row


def where_i_write(access: Access) -> tuple[Layer, ...]:
    """The layers at which I may write an example, small to large."""
    return access.tree.ordered(_writing(access))


def thanks(of: Example) -> QuerySet[Thank]:
    """What others thanked for, in the order in which they did."""
    return Thank.objects.filter(example=of).select_related("organisation", "person")


def questions(access: Access, of: Example) -> QuerySet[Question]:
    """The questions about an example that I may read: open ones, my own, and all where I am one of its writers."""
    rows = Question.objects.filter(example=of).select_related("person", "answered_by")
    if access.may(Verb.DO, Noun.MEANING, of.organisation_id):
        return rows
    return rows.filter(Q(open=True) | Q(person=access.person))


def question(access: Access, pk: int) -> Question:
    """One question about an example of a table of mine; 404 otherwise."""
    rows = Question.objects.filter(pk=pk, example__partnership=access.partnership)
    row = rows.select_related("example").first()
    if row is None:
        raise Http404
    access.need(Verb.DO, Noun.MEANING, row.example.organisation_id)
    return row


def thank(access: Access, pk: int) -> Thank:
    """A thank that I gave, or that my table got; 404 otherwise."""
    rows = Thank.objects.filter(pk=pk, example__in=examples(access).order_by())
    row = rows.select_related("example").first()
    mine = row is not None and row.person_id == access.person.pk
    if row is None or not (mine or access.may(Verb.DO, Noun.MEANING, row.example.organisation_id)):
        raise Http404
    return row


def waiting(access: Access, layer_id: int) -> QuerySet[Question]:
    """What others ask of the writers at a layer and nobody answered yet, oldest first; nothing where I do not write."""
    rows = Question.objects.filter(
        example__partnership=access.partnership,
        example__organisation_id=layer_id,
        example__organisation_id__in=_writing(access),
        example__shared_on__isnull=False,
        answer="",
    )
    return rows.select_related("example")


def answered_for(access: Access, since: date) -> QuerySet[Question]:
    """My own questions that were answered since a day and whose example still stands, newest first."""
    rows = Question.objects.filter(
        person=access.person,
        example__partnership=access.partnership,
        example__shared_on__isnull=False,
        answered_on__gte=since,
    )
    return rows.select_related("example").order_by("-answered_on", "-id")


def sustained(access: Access, most: int = 3) -> tuple[list[Agreement], list[Goal]]:
    """What my tables held on to and wrote no example of yet: agreements, and points of an agenda. Not what is of a pair."""
    own = {place.layer for place in access.places} & _writing(access)
    told = Example.objects.filter(partnership=access.partnership, organisation_id__in=own)
    kept = {"organisation_id__in": own, "body__isnull": True}
    agreements = agenda.agreements(access).filter(state=AgreementState.SUSTAINED, **kept)
    goals = agenda.goals(access).filter(state=GoalState.SUSTAINED, **kept)
    agreements = agreements.exclude(pk__in=told.filter(agreement__isnull=False).values("agreement_id"))
    goals = goals.exclude(pk__in=told.filter(goal__isnull=False).values("goal_id"))
    return list(agreements.order_by("-closed_on", "-id")[:most]), list(
        goals.order_by("-ended_on", "-id")[:most]
    )
