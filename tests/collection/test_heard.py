"""That a voice was heard, held against the one door through which figures leave."""

import random

import pytest

from lemniscaat.collection import heard
from lemniscaat.collection.models import Block, Plan, Segment
from lemniscaat.collection.outcome import opened
from lemniscaat.collection.releasing import release_round
from lemniscaat.people.models import Role
from tests.cast import World
from tests.collection.released import second_school, stopped

pytestmark = pytest.mark.django_db
ROLES = (Role.STUDENT, Role.STARTER, Role.MENTOR, Role.SCHOOL_EDUCATOR, Role.INSTITUTE_EDUCATOR)


@pytest.mark.parametrize("plan", list(Plan))
@pytest.mark.parametrize("seed", range(6))
def test_it_says_what_the_door_says(world: World, plan: str, seed: int) -> None:
    draw, other = random.Random(seed), second_school(world)
    groups = {
        (role, place): draw.choice((0, 2, 5, 6, 9, 20)) for role in ROLES for place in (world.school, other)
    }
    given = stopped(world, groups, seed=f"{seed}", plan=plan, release=False)
    # some roles were too few at the opening and were generalised to their family
    Segment.objects.filter(round=given.round, role=draw.choice(ROLES)).update(role="*")
    release_round(round_=given.round)
    book, told = opened(given.round, []), heard.told_by([given.round]).get(given.round.pk, heard.NOTHING)
    for kind, key in (("", ""), ("school", str(world.school.pk)), ("board", str(world.board.pk))):
        within = book.group(kind, key).members if kind else None
        for name, found in (("role", told.roles(kind, key)), ("family", told.families(kind, key))):
            keys = {getattr(segment, name) for segment in book.segments.values()} - {"*"}
            assert found == {one for one in keys if book.took_part(book.group(name, one, within)).n}


def test_what_was_withdrawn_or_came_later_is_seen(world: World) -> None:
    given = stopped(world, {(Role.STUDENT, world.school): 20})
    assert heard.told_by([given.round])[given.round.pk].roles() == {Role.STUDENT}
    Block.objects.filter(release__round=given.round).update(withdrawn_on="2026-11-20")
    assert heard.told_by([given.round]) == {}


def test_only_so_many_rounds_are_kept(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heard, "_KEPT", 2)
    rows = [stopped(world, {(Role.STUDENT, world.school): 20}, seed=f"r{n}").round for n in range(4)]
    assert len(heard.told_by(rows)) == 4
    assert len(heard._known) == 2
    assert all(told.roles() == {Role.STUDENT} for told in heard.told_by(rows).values())
