"""Amounts as squares: every row on the scale of its line, and nothing drawn that is not a plain amount."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lemniscaat.base.drawings.squared import MOST_SQUARES, Length, Squared, square_of, strips
from lemniscaat.datapoints.models import Indicator
from lemniscaat.figures.values import COUNT, NUMBER
from tests.cast import World, signed_in
from tests.figures.test_figure_imports import bring

AMOUNTS = st.decimals(min_value=0, max_value=10**9, places=4)


@given(st.lists(AMOUNTS, min_size=1, max_size=10), st.booleans())
def test_every_amount_fits_in_a_few_squares(amounts: list[Decimal], whole: bool) -> None:
    square = square_of(amounts, whole)
    assert square > 0
    assert max(amounts) / square <= MOST_SQUARES
    assert not whole or square >= 1


@pytest.mark.parametrize(
    ("most", "square"), [("24", "1"), ("25", "2"), ("1250", "100"), ("0.3", "0.02"), ("0", "1"), ("120", "5")]
)
def test_a_square_is_a_round_number(most: str, square: str) -> None:
    assert square_of([Decimal(most)], whole=False) == Decimal(square)


def test_half_a_square_is_half_as_wide() -> None:
    of = Squared("x", (), Decimal(10), Decimal(100))
    drawn = strips(Length("", Decimal(25), ""), of)[0]
    assert drawn.path.count("M") == 3
    assert not strips(Length("", Decimal(0), ""), of)[0].path


@pytest.mark.django_db
def test_hours_through_the_years_are_drawn_with_their_cut(world: World) -> None:
    from lemniscaat.figures.waiting import Meaning

    head = "school;schooljaar;uren per student\n"
    first = {"uren per student": Meaning("In de taakbrief.", "uren", "things")}
    other = {"uren per student": Meaning("Gegeven uren.", "uren", "things")}
    bring(world, "Het Waterrad;2023-2024;40\nHet Waterrad;2024-2025;37,5\n", head=head, meanings=first)
    bring(world, "Het Waterrad;2025-2026;45\n", head=head, meanings=other)
    of = Indicator.objects.get()
    assert of.kind in {NUMBER, COUNT}
    html = signed_in(world.noor).get(f"/cijfers/{of.pk}/").content.decode()
    assert html.count('class="dist amounts"') == 2
    assert html.count("Eén hokje is 2 uren.") == 2
    assert "Hier zit een knip." in html
    assert "37,5 uren" in html
    assert html.index("45 uren") < html.index("Hier zit een knip.") < html.index("37,5 uren")


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "added"), [("uren per student", False), ("uren voor begeleiding", True)])
def test_hours_per_student_are_not_added_up(world: World, name: str, added: bool) -> None:
    from lemniscaat.figures.lines import lines
    from tests.cast import organisation

    for other in ("De Linde", "De Els"):
        organisation("school", other, world.board)
    bring(
        world,
        "Het Waterrad;2024-2025;40\nDe Linde;2024-2025;30\nDe Els;2024-2025;35\n",
        head=f"school;schooljaar;{name}\n",
        meanings={},
    )
    told = lines(world.access(world.petra), Indicator.objects.get())
    assert bool(told) is added
