"""What we know of a criterion beside a point: a mark where it was taken up, a break where words changed, no verdict."""

from datetime import timedelta

import pytest

from lemniscaat.agenda.models import Goal
from lemniscaat.agenda.points.effect import beside
from lemniscaat.base import clock
from lemniscaat.collection.models import Round
from lemniscaat.instruments.models import InstrumentVersion
from tests.agenda.goals import taken_up
from tests.cast import World, signed_in
from tests.collection.released import linked, stopped

pytestmark = pytest.mark.django_db
GROUPS = 12


def two_rounds(world: World, *, reworded: bool = False) -> None:
    """One of a year ago and one of today, of the team itself."""
    groups = {("student", world.school): GROUPS}
    old = stopped(world, groups, seed="oud", where=world.team).round
    if reworded:
        definition = old.instrument.definition
        definition["sections"][0]["items"][0]["text"] = {"nl": "Vroeg je om hulp?"}
        old.instrument = InstrumentVersion.objects.create(
            partnership=world.partnership, key="kijken", root="kijken", version=9, definition=definition
        )
    old.stopped_on = clock.today() - timedelta(days=365)
    old.save()
    stopped(world, groups, seed="nieuw", where=world.team)
    linked(world, "vragen")


def since(world: World, days: int) -> Goal:
    row = taken_up(world)
    Goal.objects.filter(pk=row.pk).update(taken_up_on=clock.today() - timedelta(days=days))
    row.refresh_from_db()
    return row


def test_the_mark_stands_between_before_and_after(world: World) -> None:
    two_rounds(world)
    row = since(world, 100)
    (line,) = beside(world.access(world.noor), row)
    assert [(piece.since, piece.mark) for piece in line.pieces] == [(True, True), (False, False)]
    assert [len(piece.drawing.rows) for piece in line.pieces if piece.drawing] == [1, 1]
    assert line.sentence == "Van voor dit punt: 1 ronde. Van daarna: 1 ronde."
    page = signed_in(world.noor).get(f"/agenda/punt/{row.pk}/verloop/").content.decode()
    assert "Hierboven: sinds we dit oppakten" in page
    assert "gemiddeld" not in page


def test_with_nothing_after_it_says_so(world: World) -> None:
    two_rounds(world)
    Round.objects.update(stopped_on=clock.today() - timedelta(days=30))
    (line,) = beside(world.access(world.noor), since(world, 10))
    assert line.only == "before"
    assert all(not piece.mark for piece in line.pieces)


def test_other_words_break_the_line(world: World) -> None:
    two_rounds(world, reworded=True)
    (line,) = beside(world.access(world.noor), since(world, 400))
    assert [piece.broken for piece in line.pieces] == ["Vroeg je om hulp?", ""]


def test_an_outsider_finds_no_line(world: World) -> None:
    row = since(world, 10)
    for stranger in (world.charlie, world.bea, world.willem):
        assert signed_in(stranger).get(f"/agenda/punt/{row.pk}/verloop/").status_code == 404
    taken = taken_up(world, "zonder lat", criterion=None)
    assert beside(world.access(world.noor), taken) == []
