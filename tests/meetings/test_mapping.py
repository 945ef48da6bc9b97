"""The talk map: every talk once in its month, rows in the order given, nothing sorted by number."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from lemniscaat.meetings import mapping

SUBJECTS = [(3, "Veilig om te proberen"), (1, "Er staat iemand naast je"), (2, "Wat je zegt, doet ertoe")]
days = st.dates(date(2023, 1, 1), date(2027, 12, 31))
talks = st.lists(st.tuples(days, st.sets(st.sampled_from([1, 2, 3]))), max_size=30)


def test_a_school_year_runs_from_august() -> None:
    assert mapping.school_year(date(2026, 7, 31)) == 2025
    assert mapping.school_year(date(2026, 8, 1)) == 2026
    months = mapping.months(2025)
    assert (months[0], months[4], months[5], months[-1]) == (
        date(2025, 8, 1),
        date(2025, 12, 1),
        date(2026, 1, 1),
        date(2026, 7, 1),
    )


def test_a_subject_shows_when_it_was_talked_about() -> None:
    held = [(date(2025, 11, 20), {3}), (date(2026, 3, 2), {3, 1}), (date(2025, 11, 4), {3})]
    first, second, third = mapping.rows(SUBJECTS, held, 2025)
    assert first.days == (date(2025, 11, 4), date(2025, 11, 20), date(2026, 3, 2))
    assert [len(cell.days) for cell in first.cells] == [0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 0]
    assert second.last == date(2026, 3, 2)
    assert (third.days, third.last) == ((), None)


def test_years_are_those_with_a_talk_and_this_one() -> None:
    assert mapping.years([date(2024, 9, 1), date(2024, 7, 1)], date(2026, 1, 1)) == (2025, 2024, 2023)


@given(talks, st.integers(2022, 2027))
def test_every_talk_stands_once_in_its_own_month(held: list[tuple[date, set[int]]], year: int) -> None:
    rows = mapping.rows(SUBJECTS, held, year)
    assert [(row.key, row.name) for row in rows] == SUBJECTS, "in the order given, however often"
    for row in rows:
        about = sorted(day for day, keys in held if row.key in keys and mapping.school_year(day) == year)
        assert list(row.days) == about
        assert [cell.month for cell in row.cells] == list(mapping.months(year))
        for cell in row.cells:
            assert all((day.year, day.month) == (cell.month.year, cell.month.month) for day in cell.days)
