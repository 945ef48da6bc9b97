"""Whom we do not hear yet, as thinking: by example, and what holds whatever is known."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from lemniscaat.year.coverage import (
    HARD,
    SOFT,
    Again,
    Ask,
    Coverage,
    Ear,
    Fact,
    Heard,
    Often,
    again,
    coverage,
    often,
    only_giving,
)

SINCE, AUTUMN, LAST_YEAR = date(2026, 8, 1), date(2026, 11, 3), date(2026, 3, 3)
unhurried = settings(deadline=None)
VOICES = ("student", "mentor", "school_educator")


def one(*facts: Fact, on_table: frozenset[int] = frozenset()) -> Coverage:
    return coverage(facts, criteria=[1], voices=VOICES, since=SINCE, on_table=on_table)[0]


def test_who_was_heard_and_who_was_not() -> None:
    found = one(
        Fact(1, "student", SOFT, "note", AUTUMN, "learn"),
        Fact(1, "mentor", SOFT, "note", LAST_YEAR),
        Fact(2, "school_educator", SOFT, "note", AUTUMN),
    )
    assert found.voices == (
        Heard("student", Ear.HEARD, AUTUMN),
        Heard("mentor", Ear.LONG_AGO, LAST_YEAR),
        Heard("school_educator", Ear.SILENT),
    )
    assert found.silent == ("mentor", "school_educator")
    assert found.never == ("school_educator",)
    assert (found.only, found.only_method, found.uses) == (SOFT, "note", {"learn"})
    assert not found.on_table


def test_what_is_known_about_nobody_in_particular_is_hard_and_breaks_no_silence() -> None:
    found = one(Fact(1, "", HARD, "figure", AUTUMN))
    assert found.silent == VOICES
    assert (found.only, found.missing) == (HARD, {SOFT})
    assert one().nothing
    assert one(on_table=frozenset({1})).on_table


def test_last_year_is_no_kind_of_this_year() -> None:
    assert one(Fact(1, "student", HARD, "ronde", LAST_YEAR)).nothing


def test_who_counts_in_the_whole_is_neither_heard_nor_silent() -> None:
    found = one(Fact(1, "mentor", HARD, "ronde", AUTUMN, apart=False))
    assert found.voices[1] == Heard("mentor", Ear.TOGETHER, AUTUMN)
    assert "mentor" not in found.silent
    long_ago = one(Fact(1, "mentor", HARD, "ronde", LAST_YEAR, apart=False))
    assert long_ago.voices[1].ear is Ear.SILENT


days = st.dates(date(2025, 8, 1), date(2027, 7, 31))
facts = st.builds(
    Fact,
    st.integers(1, 3),
    st.sampled_from(["", *VOICES]),
    st.sampled_from([HARD, SOFT]),
    st.sampled_from(["ronde", "note", "panel"]),
    days,
    st.sampled_from(["", "learn", "decide"]),
    st.booleans(),
)


@unhurried
@given(st.lists(facts, max_size=12), facts)
def test_something_more_that_is_known_never_makes_more_silence(known: list[Fact], more: Fact) -> None:
    def seen(some: list[Fact]) -> tuple[Coverage, ...]:
        return coverage(some, criteria=[1, 2, 3], voices=VOICES, since=SINCE)

    order = list(Ear)
    for before, after in zip(seen(known), seen([*known, more]), strict=True):
        assert set(after.silent) <= set(before.silent)
        assert after.missing <= before.missing
        assert set(before.methods) <= set(after.methods)
        for was, now in zip(before.voices, after.voices, strict=True):
            assert order.index(now.ear) >= order.index(was.ear)
    # the order in which things came in tells nothing, nor does hearing the same thing twice
    assert seen(list(reversed(known))) == seen(known) == seen(known + known)


def ask(day: date, *roles: str, key: str = "halverwege", **more: object) -> Ask:
    return Ask(roles, key, day, **more)  # type: ignore[arg-type]


def test_asked_too_often_counts_what_is_planned_in_this_half_year_alone() -> None:
    half = (date(2026, 8, 1), date(2027, 2, 1))
    asks = [
        ask(AUTUMN, "student", "mentor"),
        ask(date(2027, 1, 31), "mentor", planned=True),
        ask(date(2027, 2, 1), "mentor"),
    ]
    assert often(asks, {"mentor": 1, "student": 1}, half) == (Often("mentor", 2, 1),)
    assert often(asks, {"mentor": 2}, half) == ()


def test_the_same_again_soon() -> None:
    first, then = AUTUMN, AUTUMN + timedelta(weeks=3)
    asks = [
        ask(then, "student", "starter"),
        ask(first, "student", "mentor"),
        ask(then, "mentor", key="ander"),
    ]
    assert again(asks) == (Again(("student",), "halverwege", first, then),)
    assert again([ask(first, "student"), ask(first + timedelta(weeks=8), "student")]) == ()
    assert again([ask(first, "student", key=""), ask(first, "student", key="")]) == ()


def test_who_only_gives() -> None:
    today = AUTUMN + timedelta(days=15)
    gave = ask(AUTUMN, "mentor", "student", closed=AUTUMN)
    assert only_giving([gave], today) == ("mentor", "student")
    assert only_giving([gave], today - timedelta(days=1)) == ()
    back = ask(AUTUMN, "student", closed=AUTUMN, returned=True)
    assert only_giving([gave, back], today) == ("mentor",)


@unhurried
@given(st.lists(st.tuples(days, st.sampled_from(VOICES), st.booleans()), max_size=8))
def test_a_return_never_makes_more_who_only_give(rows: list[tuple[date, str, bool]]) -> None:
    asks = [ask(day, role, closed=day, returned=back) for day, role, back in rows]
    today = date(2027, 8, 30)
    before = set(only_giving(asks, today))
    for role in VOICES:
        assert set(only_giving([*asks, ask(AUTUMN, role, closed=AUTUMN, returned=True)], today)) == before - {
            role
        }
