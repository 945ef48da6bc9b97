"""How often people were asked, wherever it came from."""

import pytest
from django.urls import reverse

from lemniscaat.base import clock
from lemniscaat.collection.actions import BecauseError, open_round, start_round
from lemniscaat.collection.budget import asked_before, times_asked
from lemniscaat.collection.models import Invitation, Round
from lemniscaat.people.models import Membership, Role
from tests import cast
from tests.cast import signed_in
from tests.collection.doors import INSTRUMENT, many_people, opened, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.db]


def at(world: cast.World, who: cast.Person, place: cast.Organisation, *roles: str, **fields: object) -> Round:
    given = {
        "title": f"Vraag van {place.name}",
        "no_appointment_because": "rooster",
        "asked_by": who.name,
        **fields,
    }
    made = start_round(
        access=world.access(who), layer_id=place.pk, instrument_key=INSTRUMENT, roles=roles, **given  # type: ignore[arg-type]  # by name
    )  # fmt: skip
    return open_round(access=world.access(who), round_=made)


def times(world: cast.World, role: str) -> int:
    (one,) = asked_before(world.access(world.noor), layer_id=world.team.pk, roles=[role])
    return one.times


def test_a_student_of_a_school_and_an_institute_is_asked_by_both(world: cast.World) -> None:
    Membership.objects.create(
        partnership=world.partnership,
        person=world.samira,
        organisation=world.institute,
        role=Role.STUDENT,
        valid_from=cast.LONG_AGO,
    )
    at(world, world.hans, world.institute, Role.STUDENT)
    assert times(world, Role.STUDENT) == 1
    at(world, world.noor, world.team, Role.STUDENT)
    at(world, world.petra, world.root, Role.STUDENT)
    (one,) = asked_before(world.access(world.noor), layer_id=world.team.pk, roles=[Role.STUDENT])
    assert (one.times, one.budget, one.full, one.people) == (3, 3, True, 1)
    assert [before.title for before in one.by] == ["Vraag van Pabo De Oever", "Vraag van Team onderbouw", "Vraag van De Brug"]  # fmt: skip
    assert one.marks == (True, True, True)
    assert times(world, Role.MENTOR) == 0


def test_a_code_in_a_lesson_is_no_question_by_mail(world: cast.World) -> None:
    many_people(world)
    opened(world, by_mail=False)
    assert times(world, Role.STUDENT) == 0


def test_the_count_is_of_people_and_not_of_rounds(world: cast.World) -> None:
    """Two rounds that each asked another half were one question for everybody."""
    many_people(world)
    opened(world)
    opened(world)
    students = Invitation.objects.filter(role=Role.STUDENT)
    first = students.filter(round_id=students.first().round_id)  # type: ignore[union-attr]  # there is one
    first.filter(person__email__contains="1").delete()
    students.exclude(round_id=first.first().round_id).exclude(person__email__contains="1").delete()  # type: ignore[union-attr]  # there is one
    assert times(world, Role.STUDENT) == 1


def test_it_is_charged_at_opening(world: cast.World) -> None:
    waiting = start_round(
        access=world.access(world.noor),
        layer_id=world.team.pk,
        instrument_key=INSTRUMENT,
        title="Nog een",
        roles=[Role.MENTOR],
        no_appointment_because="rooster",
    )
    for _ in range(2):
        at(world, world.noor, world.team, Role.MENTOR)
    with pytest.raises(BecauseError):
        open_round(access=world.access(world.noor), round_=waiting)
    page = signed_in(world.noor).post(reverse("collection:round", args=[waiting.pk]), {"open": "1"})
    assert page.status_code == 422
    assert reverse("collection:guests", args=[waiting.pk]) in text_of(page)
    assert not Invitation.objects.filter(round=waiting).exists()
    assert times_asked(world.access(world.noor), [world.joost.pk])[world.joost.pk] == 2


def test_with_a_code_alone_no_reason_is_asked(world: cast.World) -> None:
    for _ in range(2):
        at(world, world.noor, world.team, Role.MENTOR)
    with pytest.raises(BecauseError):
        at(world, world.noor, world.team, Role.MENTOR)
    assert at(world, world.noor, world.team, Role.MENTOR, by_mail=False, by_link=True).join_code


def test_another_half_year_begins_anew(world: cast.World) -> None:
    at(world, world.noor, world.team, Role.STUDENT)
    clock.move_to(200)
    assert times(world, Role.STUDENT) == 0


def test_it_is_seen_before_one_picks(world: cast.World) -> None:
    at(world, world.noor, world.team, Role.STUDENT)
    page = text_of(signed_in(world.noor).get(reverse("collection:new", args=[world.team.pk])))
    assert "1 van 3 dit halfjaar" in page
    assert "Vraag van Team onderbouw" in page
    assert "Nog niet gevraagd:" in page


def test_it_costs_two_questions_however_many_people(world: cast.World, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    many_people(world)
    access = world.access(world.noor)
    with django_assert_num_queries(2):
        asked_before(access, layer_id=world.team.pk, roles=Role.values)
