"""The script as the steps of a talk: what the author says, what is filled in for him, and that nothing is left out."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from lemniscaat.instruments.cues import asks
from lemniscaat.instruments.grammar import Instrument
from lemniscaat.instruments.language import Language
from lemniscaat.instruments.library import library
from lemniscaat.instruments.preparing import prepared
from lemniscaat.instruments.reader import InstrumentError, read
from lemniscaat.instruments.scripting import planned, words
from lemniscaat.instruments.writing import as_yaml
from tests.instruments.examples import RAW

TALKED = [one for one in library() if {"table", "live"} & set(one.ways) and not one.frame]
AGREES_NOTHING = {"terugblik", "exitticket"}
"""Two minutes at the end of a talk that has its agreement already."""


def cue(kind: str | None = None, minutes: int = 2, **more: Any) -> dict[str, Any]:
    said = {"kind": kind} if kind else {}
    return {"minutes": minutes, "say": f"Zeg {kind}.", "do": f"Doe {kind}.", **said, **more}


def made(*sections: tuple[list[dict[str, Any]], str], **more: Any) -> Instrument:
    """An instrument of sections, each a script and the sort of its questions: '', 'open', 'private' or 'both'."""
    told = []
    for number, (script, sort) in enumerate(sections, 1):
        items = [
            {
                "kind": "text",
                "key": f"{one}-{number}",
                "text": "Vertel.",
                "private": one == "private",
                "quick": one == "open" and number == 1,
            }
            for one in ("open", "private")
            if sort in (one, "both")
        ]
        told.append({"title": f"Deel {number}", "script": script, "items": items})
    return Instrument.model_validate({**RAW, "sections": told, **more})


def steps(instrument: Instrument) -> list[tuple[str, str, int]]:
    return [(step.key, step.kind, step.section) for step in planned(instrument)]


# by example


def test_a_script_that_says_everything_is_followed_as_it_stands() -> None:
    one = made(
        ([cue(), cue("think", 6)], "open"),
        ([cue("share", 3), cue("show", 10, groups=True), cue("write"), cue("decide")], ""),
    )
    assert steps(one) == [
        ("s1c1", "talk", 0),
        ("s1c2", "think", 1),
        ("s2c1", "share", 1),
        ("s2c2", "show", 1),
        ("s2c3", "write", 0),
        ("s2c4", "decide", 0),
    ]
    assert [step.groups for step in planned(one)] == [False, False, False, True, False, False]
    assert [(step.home, step.cue) for step in planned(one)][-1] == (2, 3)


def test_a_script_that_says_nothing_begins_alone_and_lays_open_at_once() -> None:
    one = made(([cue(), cue()], "open"), ([cue()], ""))
    assert steps(one) == [
        ("s1c1", "think", 1),
        ("s1show", "show", 1),
        ("s1c2", "talk", 0),
        ("s2c1", "talk", 0),
    ]


def test_a_part_without_a_script_is_filled_in_as_long_as_answering_takes() -> None:
    one = Instrument.model_validate({**RAW, "ways": ["live"]})
    first, second = planned(one)
    assert (first.key, first.kind, first.minutes, first.cue) == (
        "s1think",
        "think",
        one.answering_minutes,
        -1,
    )
    assert (second.key, second.kind, second.section) == ("s1show", "show", 1)


def test_a_part_whose_every_moment_is_something_else_gets_one_to_fill_in() -> None:
    assert steps(made(([cue("look"), cue("show")], "open"))) == [
        ("s1think", "think", 1),
        ("s1c1", "look", 0),
        ("s1c2", "show", 1),
    ]


def test_what_stays_with_its_writer_is_neither_filled_in_nor_laid_open() -> None:
    assert steps(made(([cue(), cue()], "private"))) == [("s1c1", "talk", 0), ("s1c2", "talk", 0)]
    assert steps(made(([], "private"), ([], "both"))) == [("s2think", "think", 2), ("s2show", "show", 2)]


def test_nothing_is_laid_open_before_people_chose_what_they_share() -> None:
    one = made(([cue("think")], "open"), ([cue("share"), cue("write")], ""))
    assert steps(one) == [
        ("s1c1", "think", 1),
        ("s2c1", "share", 1),
        ("s1show", "show", 1),
        ("s2c2", "write", 0),
    ]


def test_what_was_filled_in_one_after_the_other_is_laid_open_together() -> None:
    one = made(
        ([cue("think")], "open"),
        ([], "open"),
        ([cue("think")], "open"),
        ([cue(), cue("share"), cue("show"), cue("decide")], ""),
    )
    assert steps(one) == [
        ("s1c1", "think", 1),
        ("s2think", "think", 2),
        ("s3c1", "think", 3),
        ("s4c1", "talk", 0),
        ("s4c2", "share", 1),
        ("s2share", "share", 2),
        ("s3share", "share", 3),
        ("s4c3", "show", 1),
        ("s2show", "show", 2),
        ("s3show", "show", 3),
        ("s4c4", "decide", 0),
    ]


def test_a_moment_that_lays_open_takes_the_part_it_stands_in() -> None:
    one = made(([], "open"), ([cue("think"), cue("show"), cue("show")], "open"))
    assert steps(one) == [
        ("s1think", "think", 1),
        ("s2c1", "think", 2),
        ("s1show", "show", 1),
        ("s2c2", "show", 2),
        ("s2c3", "show", 2),
    ]


def test_laying_open_before_anything_was_filled_in_is_talking() -> None:
    assert steps(made(([cue("show")], ""), ([cue("look")], ""))) == [("s1c1", "talk", 0), ("s2c1", "look", 0)]


def test_what_takes_no_minutes_is_done_before_people_sit_down() -> None:
    one = made(([cue(minutes=0), cue()], "open"), ([cue(minutes=0)], ""), ([cue("think", 0)], "open"))
    assert steps(one) == [
        ("s1c2", "think", 1),
        ("s1show", "show", 1),
        ("s3c1", "think", 3),
        ("s3show", "show", 3),
    ]


def test_a_quick_scan_leaves_a_moment_to_fill_in_without_questions() -> None:
    one = made(([cue("think"), cue("show")], "open"), ([cue("think"), cue("show")], "open"))
    assert steps(prepared(one, quick=True)) == [
        ("s1c1", "think", 1),
        ("s1c2", "show", 1),
        ("s2c1", "talk", 0),
        ("s2c2", "show", 1),
    ]


def test_where_a_talk_enters_is_known_of_every_step() -> None:
    raw = made(([cue("think")], "open"), ([cue()], "")).definition()
    raw["sections"][0]["activity"] = "inform"
    one = Instrument.model_validate(raw)
    assert [step.activity for step in planned(one)] == ["inform", "inform", ""]


def test_the_words_of_a_step() -> None:
    one = made(([cue("think"), cue("talk")], "open"), ([cue("think")], "open"), ([cue("show")], ""))
    found = {step.key: words(step, one) for step in planned(one)}
    assert found["s1c1"] == ("Deel 1", "Zeg think.", "Doe think.")
    assert found["s1show"][0] == "Naast elkaar"
    assert "verschil" in found["s1show"][2]
    assert found["s1c2"] == ("Praat", "Zeg talk.", "Doe talk.")
    assert found["s3c1"] == ("Deel 3", "Zeg show.", "Doe show.")


def test_an_inserted_step_of_another_part_carries_the_title_of_that_part() -> None:
    one = made(([cue("think")], "open"), ([cue("think")], "open"), ([cue("talk"), cue("show")], ""))
    found = {step.key: words(step, one)[0] for step in planned(one)}
    assert found["s3c2"] == "Naast elkaar"
    assert found["s2show"] == "Deel 2"


def test_what_the_script_does_not_say_is_said_in_the_language_of_who_reads() -> None:
    one = made(([], "open"))
    loud = Language("en", gettext=str.upper)
    _think, show = planned(one)
    assert words(show, one, loud) == tuple(word.upper() for word in words(show, one))


# what a file may not say


@pytest.mark.parametrize(
    ("sections", "place", "sentence"),
    [
        ([([cue("think")], "")], (0, 0), "geen vragen voor aan tafel"),
        ([([cue("think")], "private")], (0, 0), "geen vragen voor aan tafel"),
        ([([cue(), cue("think"), cue("think")], "open")], (0, 2), "maar één keer"),
        ([([cue("share")], ""), ([], "open")], (0, 0), "nog niets ingevuld"),
        ([([], "private"), ([cue("share")], "")], (1, 0), "nog niets ingevuld"),
    ],
)
def test_a_moment_that_does_not_fit_is_told_at_its_place(
    sections: list[Any], place: tuple[int, int], sentence: str
) -> None:
    with pytest.raises(ValidationError) as bad:
        made(*sections)
    loc, message, _known = bad.value.errors()[0]["ctx"]["faults"][0]
    assert loc == ("sections", place[0], "script", place[1], "kind")
    assert sentence in message


def test_sharing_fits_where_the_questions_are_or_after_them() -> None:
    made(([cue("think"), cue("share")], "open"), ([cue("share")], ""))


@pytest.mark.parametrize(("word", "meant"), [("denken", "think"), ("shwo", "show"), ("afspreken", "decide")])
def test_a_kind_that_is_none_is_told_with_what_was_meant(word: str, meant: str) -> None:
    text = as_yaml(made(([cue("show")], "open"))).replace("kind: show", f"kind: {word}")
    with pytest.raises(InstrumentError) as bad:
        read(text)
    assert bad.value.suggestion == f"Bedoel je '{meant}'?"
    assert text.splitlines()[bad.value.line - 1].endswith(f"kind: {word}")


def test_a_file_that_travels_keeps_what_people_do() -> None:
    one = made(([cue("think"), cue("show", groups=True)], "open"))
    assert read(as_yaml(one)) == one


# by property

KINDS = st.sampled_from([None, "talk", "think", "share", "show", "look", "write", "decide"])
CUES = st.lists(st.builds(cue, KINDS, st.integers(0, 12)), max_size=5)
SECTIONS = st.lists(st.tuples(CUES, st.sampled_from(["", "open", "private", "both"])), min_size=1, max_size=5)


def fitting(sections: list[Any]) -> Instrument:
    """An instrument of these sections, without the moments that the grammar refuses."""
    asked, kept = False, []
    for script, sort in sections:
        asks_here, thought = sort in ("open", "both"), False
        asked = asked or asks_here
        fits = []
        for one in script:
            kind = one.get("kind")
            if not ((kind == "think" and (thought or not asks_here)) or (kind == "share" and not asked)):
                fits.append(one)
                thought = thought or kind == "think"
        kept.append((fits, sort))
    return made(*kept)


@given(SECTIONS)
def test_every_part_is_filled_in_once_and_laid_open_after_that(sections: list[Any]) -> None:
    check(fitting(sections))


@given(SECTIONS)
def test_a_quick_scan_keeps_every_promise(sections: list[Any]) -> None:
    check(prepared(fitting(sections), quick=True))


def check(one: Instrument) -> None:
    """What holds for the plan of every instrument."""
    plan = planned(one)
    assert len({step.key for step in plan}) == len(plan)
    asking = [number for number, part in enumerate(one.sections, 1) if asks(part)]
    assert [step.section for step in plan if step.kind == "think"] == asking, "once, and in order"
    for number in asking:
        thought = next(at for at, step in enumerate(plan) if (step.kind, step.section) == ("think", number))
        opened = [at for at, step in enumerate(plan) if (step.kind, step.section) == ("show", number)]
        assert opened, "nothing that was filled in stays closed"
        assert min(opened) > thought
    assert {step.section for step in plan if step.kind == "show"} <= set(asking)
    assert all(bool(step.section) == (step.kind in ("think", "share", "show")) for step in plan)
    script = sum(moment.minutes for part in one.sections for moment in part.script)
    assert sum(step.minutes for step in plan if step.cue >= 0) == script
    homes = [step.home for step in plan]
    assert homes == sorted(homes)
    written = [(step.home, step.cue) for step in plan if step.cue >= 0]
    assert written == sorted(set(written))
    for step in plan:
        name, say, do = words(step, one)
        assert name
        assert say or do


# the cabinet


@pytest.mark.parametrize("one", TALKED, ids=lambda one: one.key)
def test_every_instrument_for_a_talk_can_be_planned(one: Instrument) -> None:
    check(one)
    check(prepared(one, modules=()))
    check(prepared(one, quick=True))
    plan = planned(one)
    assert any(step.kind == "think" for step in plan)
    for part in one.sections:
        thinks = [moment for moment in part.script if moment.kind == "think"]
        assert len(thinks) == (asks(part) and bool(part.script)), part.title.nl
    always = planned(prepared(one, modules=()))
    agreed = {"write", "decide"} & {step.kind for step in always}
    assert bool(agreed) == (one.key not in AGREES_NOTHING)


@pytest.mark.parametrize("one", [i for i in TALKED if i.minutes_written], ids=lambda one: one.key)
def test_a_plan_takes_about_as_long_as_the_file_says(one: Instrument) -> None:
    plan = planned(prepared(one, modules=()))
    inserted = sum(step.minutes for step in plan if step.cue < 0)
    assert abs(sum(step.minutes for step in plan) - inserted - one.minutes) <= one.minutes / 10


@pytest.mark.parametrize("one", list(library()), ids=lambda one: one.key)
def test_a_talk_enters_only_at_an_activity_of_the_instrument(one: Instrument) -> None:
    entries = [part.activity for part in one.sections if part.activity]
    assert set(entries) <= set(one.core_activities)
    assert len(entries) == len(set(entries)), "each at one place"


def test_the_loop_is_entered_anywhere() -> None:
    loop = library().get("kwaliteitslemniscaat")
    assert [part.activity for part in loop.sections] == ["inform", "mean", "direct", "account"]
