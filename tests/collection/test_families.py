"""A family counts its roles once more: it stands under them as a total, or not at all."""

from types import SimpleNamespace
from typing import Any

from lemniscaat.collection.figures import is_total, told_apart
from lemniscaat.collection.outcome import Group, GroupTable


def row(kind: str, key: str, *members: int) -> GroupTable:
    told: Any = SimpleNamespace(members=frozenset(members)) if members else None
    return GroupTable(Group(kind, key, frozenset(members)), told)


STUDENTS, STARTERS = row("role", "student", 1), row("role", "starter", 2)


def test_a_family_that_tells_no_more_than_its_roles_is_left_out() -> None:
    family = row("family", "learning", 1, 2)
    assert told_apart((STUDENTS, STARTERS, family)) == (STUDENTS, STARTERS)
    assert told_apart((STUDENTS, family)) == (STUDENTS, family)


def test_a_family_with_more_people_is_a_total_under_its_roles() -> None:
    family = row("family", "learning", 1, 2, 3)
    rows = (STUDENTS, STARTERS, family)
    assert told_apart(rows) == rows
    assert [is_total(one, rows) for one in rows] == [False, False, True]


def test_a_family_without_its_roles_speaks_for_itself() -> None:
    family = row("family", "guiding", 4)
    assert told_apart((STUDENTS, family)) == (STUDENTS, family)
    assert not is_total(family, (STUDENTS, family))


def test_a_hidden_family_stays_hidden_in_its_place() -> None:
    family = row("family", "learning")
    assert told_apart((row("role", "student"), family))[-1] == family
