"""One square is one person; rows are equally wide; what is hidden is not drawn."""

import itertools
import re

import pytest

from lemniscaat.base.drawings import dots
from lemniscaat.base.drawings.distribution import (
    Figure,
    Option,
    Row,
    Size,
    bar,
    draw,
    person_width,
    steps_for,
)

FIVE = tuple(Option(str(i), label) for i, label in enumerate(("nooit", "zelden", "soms", "vaak", "altijd")))


def counts(*values: int) -> dict[str, int]:
    return {str(i): value for i, value in enumerate(values)}


def one(row: Row, room: str = "page") -> list:  # type: ignore[type-arg]
    return list(draw(Figure("?", FIVE, (row,)), room).rows[0].bars)


@pytest.mark.parametrize("values", [(6, 8, 5, 3, 1), (2, 7, 11, 8, 3), (0, 1, 3, 2, 1), (0, 0, 6, 0, 0)])
def test_every_person_is_one_square(values: tuple[int, ...]) -> None:
    wide = one(Row("student", "Studenten", counts(*values)))[0]
    assert sum(group.path.count("M") for group in wide.groups) == sum(values)
    assert [group.count for group in wide.groups] == [value for value in values if value]


@pytest.mark.parametrize("width", [306, 400, 560, 720])
@pytest.mark.parametrize("values", [(6, 8, 5, 3, 1), (0, 1, 3, 2, 1), (0, 0, 12, 0, 0)])
def test_every_row_is_equally_wide(width: int, values: tuple[int, ...]) -> None:
    present = [(str(i + 1), value) for i, value in enumerate(values) if value]
    people = sum(values)
    square = person_width(width, people, len(present))
    assert square * people + 7 * (len(present) - 1) + 2 == pytest.approx(width)
    last = bar(present, Size("x", width, 34)).groups[-1]
    start = float(re.findall(r"M([\d.]+)", last.path)[-1])
    assert start + square == pytest.approx(width - 1 + 3, abs=0.3)


def test_many_people_become_closed_blocks() -> None:
    wide, _, phone = one(Row("", "Allen", counts(10, 15, 10, 10, 0)))
    assert not wide.closed
    assert phone.closed
    assert all(group.path.count("M") == 1 for group in phone.groups)
    assert one(Row("", "Allen", counts(41, 160, 77, 3, 1)))[0].closed


def test_figures_below_never_touch() -> None:
    for drawn in one(Row("", "Allen", counts(300, 1, 2, 1, 120))):
        places = [float(group.label_x) for group in drawn.groups]
        assert all(after - before >= 14 for before, after in itertools.pairwise(places))
        assert places[-1] < drawn.width


def test_hidden_draws_nothing_and_counts_nothing() -> None:
    drawing = draw(
        Figure("?", FIVE, (Row("leader", "Leiders", None, n=3),)), total_word="samen", who_word="groep"
    )
    assert drawing.rows[0].bars == ()
    assert drawing.rows[0].spoken == ""
    assert "3" not in "".join(drawing.table_rows[0])


def test_few_and_none_look_the_same() -> None:
    few, none = (draw(Figure("?", FIVE, (Row("leader", "Leiders", None, n=n),))).rows[0].bars for n in (3, 0))
    assert few == none


def test_the_kept_back_answer_stands_apart_without_a_figure() -> None:
    wide = one(Row("leader", "Leiders", counts(0, 0, 0, 7, 0), kept_back=1))[0]
    assert wide.held.count("M") == 1
    assert [group.count for group in wide.groups] == [7]


def test_steps_go_from_little_to_much() -> None:
    assert list(steps_for(FIVE).values()) == ["1", "2", "3", "4", "5"]
    assert list(steps_for(FIVE[:2]).values()) == ["1", "5"]
    assert steps_for((Option("a", "a", "5"), Option("b", "b", "1"))) == {"a": "5", "b": "1"}
    assert len(steps_for(tuple(Option(str(i), str(i)) for i in range(11)))) == 11


def test_the_table_says_the_same_as_the_drawing() -> None:
    row = Row("student", "Studenten", counts(6, 8, 5, 3, 1), n=23, skipped={"geen antwoord": 2})
    drawing = draw(Figure("?", FIVE, (row,)), total_word="samen", who_word="groep")
    assert drawing.table_head == (
        "groep",
        "nooit",
        "zelden",
        "soms",
        "vaak",
        "altijd",
        "samen",
        "geen antwoord",
    )
    assert drawing.table_rows == (("Studenten", "6", "8", "5", "3", "1", "23", "2"),)


def test_everybody_answered_is_said_only_when_known() -> None:
    rows = (Row("a", "A", counts(6), n=6, skipped={"liever niet": 0}), Row("a", "A", counts(6), n=6))
    assert [row.everybody for row in draw(Figure("?", FIVE, rows)).rows] == [True, False]


@pytest.mark.parametrize("room", ["talk", "projector", "print"])
def test_each_room_has_its_own_sizes(room: str) -> None:
    assert "wide" not in [drawn.kind for drawn in one(Row("student", "S", counts(1, 2, 3, 0, 0)), room)]


def test_many_rows_stand_lower_on_a_wall_and_nowhere_else() -> None:
    rows = tuple(Row(str(place), "S", counts(3, 3)) for place in range(6))
    heights = {
        room: draw(Figure("?", FIVE, rows), room).rows[0].bars[0].height for room in ("talk", "projector")
    }
    few = one(rows[0], "projector")[0].height
    assert heights["projector"] < few
    assert heights["talk"] == one(rows[0], "talk")[0].height


def test_dots_are_people_and_nobody_is_marked() -> None:
    images = tuple(dots.Image(name) for name in "abcd")
    wide, phone = dots.draw(dots.Stack(images, (3, 5, 4, 3, 2, 1, 0), "vijf stappen"))
    assert len(wide.dots) == len(phone.dots) == 18
    assert [tick.image.name for tick in wide.ticks if tick.image] == ["a", "b", "c", "d"]
    assert wide.span == "vijf stappen"
    assert dots.draw(dots.Stack(images, (0,) * 7, "x"))[0].bracket == ""


@pytest.mark.parametrize("phases", range(2, 8))
@pytest.mark.parametrize("between", [False, True])
def test_dots_fit_two_to_thirteen_positions(phases: int, between: bool) -> None:
    images = tuple(dots.Image(f"Een naam van {i} en nog wat woorden") for i in range(phases))
    counts_ = tuple(3 for _ in range(2 * phases - 1 if between else phases))
    for drawn, width in zip(dots.draw(dots.Stack(images, counts_, "x")), (1152, 338), strict=True):
        across = sorted({float(x) for x, _y in drawn.dots})
        assert len(across) == len(counts_)
        assert across[0] - float(drawn.radius) > 0
        assert across[-1] + float(drawn.radius) < width
        assert across[0] + across[-1] == pytest.approx(width, abs=0.2)
        assert min(b - a for a, b in itertools.pairwise(across)) > 2 * float(drawn.radius)
        assert [tick.image for tick in drawn.ticks if tick.image] == list(images)
        named = [tick for tick in drawn.ticks if tick.lines]
        assert len(named) == (phases if drawn.kind == "wide" and phases <= 5 else 0)
