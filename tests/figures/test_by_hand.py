"""Figures typed by hand: the attacker lays them beside each other and beside imported ones, and subtracts."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lemniscaat.base import clock
from lemniscaat.datapoints.models import About, DataPoint, Figure
from lemniscaat.figures.by_hand import SubtractableError, TooFewError, indicator, record_figure
from lemniscaat.figures.sheltering import FEW, beside
from lemniscaat.people.models import Organisation, Person
from tests.cast import World, organisation, signed_in
from tests.chance import tries
from tests.figures.test_figure_imports import bring
from tests.figures.test_sheltering import BOARDS, ROOT, derivable, tree

db = pytest.mark.django_db


def typed(
    world: World,
    where: Organisation,
    part: int,
    whole: int | None = None,
    *,
    who: Person | None = None,
    name: str = "",
    about: str = About.PEOPLE,
    before: tuple[int, int | None] | None = None,
    day: date | None = None,
    key: str = "",
) -> DataPoint:
    title = name or f"{part} van {whole} bij {where.name}"
    return record_figure(
        access=world.access(who or world.petra),
        layer_id=where.pk,
        criterion=world.criterion,
        indicator=indicator(
            partnership=world.partnership, name=title, definition="d", source="s", owner="o", about=about
        ),
        title=title,
        part=part,
        whole=whole,
        before=before,
        happened_on=day,
        form_key=key,
    )


@pytest.fixture
def linde(world: World) -> Organisation:
    return organisation("school", "De Linde", world.board)


@db
@pytest.mark.parametrize("other", [16, 17, 18, 19])
def test_a_total_less_the_other_school_is_not_told(world: World, other: int) -> None:
    typed(world, world.root, 20)
    with pytest.raises(SubtractableError):
        typed(world, world.school, other, who=world.noor)
    typed(world, world.school, 15, who=world.noor)
    assert Figure.objects.count() == 2


@db
def test_nor_the_total_after_the_schools(world: World, linde: Organisation) -> None:
    typed(world, world.school, 9, 17, who=world.noor)
    with pytest.raises(SubtractableError):
        typed(world, world.root, 12, 20)
    typed(world, world.root, 12, 22)


@db
def test_a_figure_about_others_hides_nothing_that_follows(world: World, linde: Organisation) -> None:
    """Five mentors elsewhere do not cover that twenty students less seventeen are three."""
    typed(world, world.root, 20, name="studenten")
    access = world.access(world.petra)
    assert access.tree.root == world.root.pk
    typed(world, world.institute, 5, name="instituutsopleiders", who=world.hans)
    with pytest.raises(SubtractableError):
        typed(world, world.school, 17, who=world.noor)


@db
def test_last_year_is_weighed_as_well(world: World) -> None:
    today = clock.today()
    typed(world, world.root, 20, day=today - timedelta(days=365))
    with pytest.raises(SubtractableError):
        typed(world, world.school, 10, 12, before=(9, 17), who=world.noor)
    typed(world, world.school, 10, 12, before=(9, 15), who=world.noor)
    with pytest.raises(SubtractableError):
        typed(world, world.board, 18, day=today - timedelta(days=364), who=world.bea)


@db
def test_things_other_years_and_other_numbers_stand(world: World) -> None:
    typed(world, world.root, 20)
    typed(world, world.school, 17, about=About.THINGS, who=world.noor)
    typed(world, world.school, 17, day=clock.today() - timedelta(days=800), who=world.noor)
    # forty mentors are no part of twenty students
    typed(world, world.school, 30, 40, who=world.noor)
    with pytest.raises(TooFewError):
        typed(world, world.school, 4, who=world.noor)


@db
def test_what_was_taken_back_was_seen(world: World) -> None:
    from lemniscaat.datapoints.actions import withdraw

    wrong = typed(world, world.root, 20)
    withdraw(access=world.access(world.petra), data_point=wrong)
    typed(world, world.root, 30)
    with pytest.raises(SubtractableError):
        typed(world, world.school, 17, who=world.noor)


@db
def test_the_same_form_twice_is_one_figure(world: World) -> None:
    first = typed(world, world.school, 17, key="k", who=world.noor)
    typed(world, world.school, 9, who=world.noor)
    assert typed(world, world.school, 17, key="k", who=world.noor) == first


def _year() -> str:
    first = clock.today().year - (clock.today().month < 8)
    return f"{first}-{first + 1}"


@db
def test_a_file_after_a_typed_total(world: World, linde: Organisation) -> None:
    typed(world, world.root, 20)
    bring(world, f"Het Waterrad;{_year()};17;3\nDe Linde;{_year()};10;3\n")
    kept = {row.organisation.name: row.kept_back for row in DataPoint.objects.filter(author__isnull=True)}
    assert kept == {"Het Waterrad": True, "De Linde": False}


@db
def test_a_typed_total_after_a_file(world: World, linde: Organisation) -> None:
    bring(world, f"Het Waterrad;{_year()};9;3\nDe Linde;{_year()};10;3\n")
    with pytest.raises(SubtractableError):
        typed(world, world.root, 20, 22)
    typed(world, world.root, 20, 24)


@db
def test_the_preview_tells_it_as_the_import_does(world: World) -> None:
    from dataclasses import replace

    from lemniscaat.figures.preview import lay_beside
    from lemniscaat.figures.waiting import Meaning, Told, file_of, keep_file

    typed(world, world.root, 20)
    raw = f"school;schooljaar;gestart;gestopt\nHet Waterrad;{_year()};17;3\n".encode()
    file = file_of(keep_file(access=world.access(world.petra), name="a.csv", raw=raw))
    told = Told(criterion=world.criterion.pk, meanings={"gestopt": Meaning("d", "studenten", "people")})
    found = lay_beside(access=world.access(world.petra), file=replace(file, told=told))
    assert [line.kept_back for line in found.lines] == [True]


@db
def test_the_page_says_what_to_do(world: World) -> None:
    typed(world, world.root, 20)
    client = signed_in(world.noor)
    given = {
        "title": "9 van de 17 studenten",
        "definition": "d",
        "source": "s",
        "owner": "o",
        "about": "people",
        "part": "9",
        "whole": "17",
        "happened_on": clock.today().isoformat(),
        "form_key": "abc",
    }
    url = f"/cijfers/lat/{world.criterion.pk}/?laag={world.school.pk}"
    answer = client.post(url, given)
    assert answer.status_code == 422
    assert "aftrek" in answer.content.decode()
    assert signed_in(world.charlie).get(url).status_code == 404
    assert client.post(url, {**given, "whole": "15"}).status_code == 302


@settings(max_examples=tries(25, 100), deadline=None)
@given(BOARDS, st.randoms(use_true_random=False))
def test_typed_one_by_one_nothing_small_follows(boards: list[list[int]], draw: object) -> None:
    cells, inside = tree(boards)
    draw.shuffle(cells)  # type: ignore[attr-defined]  # hypothesis gives a Random
    people = {cell.key: cell.people for cell in cells}
    told = []
    for cell in cells:
        if cell.people >= FEW and beside([cell], hand=told):
            told.append(cell)
    for group in derivable([inside[one.key] for one in told], inside[ROOT]):
        total = sum(people[one] for one in group)
        assert total == 0 or total >= FEW
