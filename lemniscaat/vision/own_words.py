"""Own words on a vision point, alone and unseen: kept question by question, shared by choice."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.http import Http404

from lemniscaat.base import clock
from lemniscaat.base.writing import writing
from lemniscaat.people.access import Access
from lemniscaat.people.models import Role
from lemniscaat.people.queries import register
from lemniscaat.people.tree import Layer
from lemniscaat.vision.actions import write_collective_view
from lemniscaat.vision.models import CollectiveView, IndividualView, VisionPoint
from lemniscaat.vision.queries import QUESTIONS, own_view

_ORDER = list(Role.values)


@dataclass(frozen=True)
class Cell:
    """What somebody chose to share of his own words on one question."""

    name: str
    role: str
    label: str
    text: str
    mine: bool


def tables(access: Access) -> tuple[Layer, ...]:
    """The layers at which I have a role myself: who sit there read what I share."""
    return access.tree.ordered({place.layer for place in access.places})


def table(access: Access, layer_id: int) -> Layer:
    """One of the tables at which I sit myself, or 404."""
    for layer in tables(access):
        if layer.id == layer_id:
            return layer
    raise Http404


def filled_in(view: IndividualView | None) -> bool:
    """Whether somebody gave at least one answer of his own."""
    return view is not None and any(getattr(view, question) for question in QUESTIONS)


def cells(access: Access, point: VisionPoint, layer_id: int) -> dict[str, list[Cell]]:
    """Per question what the people of one table chose to share, students first.

    Nothing for who has not filled in himself, and 404 for who does not sit at that table.
    """
    layer = table(access, layer_id)
    found: dict[str, list[Cell]] = {question: [] for question in QUESTIONS}
    if not filled_in(own_view(access, point)):
        return found
    roles: defaultdict[int, list[str]] = defaultdict(list)
    for entry in register(access.partnership, access.day, organisation_ids=[layer.id]):
        roles[entry.person_id].append(entry.role)
    rows = IndividualView.objects.filter(point=point, person_id__in=list(roles)).select_related("person")
    role_of = {person: min(held, key=_ORDER.index) for person, held in roles.items()}
    for row in sorted(rows, key=lambda row: (_ORDER.index(role_of[row.person_id]), row.person.name)):
        for question in QUESTIONS:
            text = getattr(row, question)
            if question in row.shared and text:
                mine = row.person_id == access.person.pk
                role = Role(role_of[row.person_id])
                cell = Cell(row.person.first_name, role.value, str(role.label), text, mine)
                found[question].append(cell)
    return found


def texts_of_us(access: Access, point: VisionPoint) -> list[CollectiveView]:
    """What my layers wrote together on a point, small to large; of my own tables only after my own words."""
    layers = {layer.id: place for place, layer in enumerate(access.layers)}
    if not filled_in(own_view(access, point)):
        for mine in tables(access):
            layers.pop(mine.id, None)
    rows = CollectiveView.objects.filter(point=point, organisation_id__in=layers)
    newest: dict[int, CollectiveView] = {}
    for row in rows.select_related("organisation", "written_by").order_by("organisation_id", "version"):
        newest[row.organisation_id] = row
    return sorted(newest.values(), key=lambda row: layers[row.organisation_id])


def answer_alone(*, access: Access, point: VisionPoint, question: str, text: str) -> IndividualView:
    """Keep my own words on one of the four questions; who sees them does not change."""
    if question not in QUESTIONS:
        raise ValueError(question)
    with writing():
        made, _new = IndividualView.objects.update_or_create(
            point=point,
            person=access.person,
            defaults={question: text.strip(), "filled_on": clock.today()},
        )
    return made


def share_own(*, access: Access, point: VisionPoint, shared: list[str]) -> None:
    """Choose which of my answers the people of my own tables may read; the rest is taken back."""
    with writing():
        IndividualView.objects.filter(point=point, person=access.person).update(
            shared=[question for question in QUESTIONS if question in shared]
        )


def write_as_us(
    *, access: Access, point: VisionPoint, layer_id: int, meaning: str, satisfied: str, dissent: str
) -> CollectiveView:
    """Write what a talk found as our text on a point: what it is for us, and when we are content. The other questions
    stay as they read before."""
    rows = CollectiveView.objects.filter(point=point, organisation_id=layer_id)
    with writing():
        newest = rows.order_by("-version").first()
        before = {question: getattr(newest, question) if newest else "" for question in QUESTIONS}
        return write_collective_view(
            access=access,
            point=point,
            layer_id=layer_id,
            answers={**before, "meaning": meaning, "satisfied": satisfied},
            dissent=dissent,
            version=newest.version if newest else 0,
        )


def forget_erased() -> int:
    """Throw away the own words of people who were erased: what was written together stays; returns how many."""
    return IndividualView.objects.filter(person__erased_on__isnull=False).delete()[0]
