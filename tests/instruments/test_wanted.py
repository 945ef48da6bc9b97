"""Now and wanted: both or neither, in words, counted beside each other."""

from typing import Any

import pytest
from pydantic import ValidationError

from lemniscaat.instruments.answers import CleanAnswer, Problem
from lemniscaat.instruments.kinds.wanted import KIND, WantedItem
from lemniscaat.instruments.summaries import Row
from tests.instruments.examples import ITEMS
from tests.instruments.examples_forms import STEPS

ITEM: Any = ITEMS["nu-en-straks"]
KEY = ITEM.key


def posted(**given: str) -> dict[str, list[str]]:
    return {f"{KEY}.{key}": [value] for key, value in given.items()}


def test_now_wanted_and_what_shows_it_are_taken() -> None:
    value = {"now": "soms", "want": "vaak", "evidence": "Het rooster."}
    assert KIND.clean(ITEM, posted(**value)) == CleanAnswer(value=value)
    assert KIND.clean(ITEM, posted(now="soms", want="soms", evidence=" ")) == CleanAnswer(
        value={"now": "soms", "want": "soms"}
    )


@pytest.mark.parametrize("given", [{"now": "soms"}, {"want": "soms"}, {"evidence": "Iets."}])
def test_one_side_alone_asks_for_the_other(given: dict[str, str]) -> None:
    problem = KIND.clean(ITEM, posted(**given))
    assert isinstance(problem, Problem)
    assert problem.say() == "Kies er een bij ‘nu’ en een bij ‘gewenst’. Dat mag dezelfde zijn."


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"now": "ooit", "want": "soms"}, "hoort niet bij deze vraag"),
        ({"now": "soms", "want": "vaak", "evidence": "x" * 501}, "501 tekens"),
    ],
)
def test_what_does_not_fit_gets_a_sentence(given: dict[str, str], says: str) -> None:
    problem = KIND.clean(ITEM, posted(**given))
    assert isinstance(problem, Problem)
    assert says in problem.say()


@pytest.mark.parametrize(
    "value",
    [
        {"now": "soms"},
        {"now": ["soms"], "want": "soms"},
        {"now": "soms", "want": "soms", "evidence": ""},
        {"now": "soms", "want": "soms", "gap": "1"},
    ],
)
def test_a_damaged_pair_is_not_read(value: Any) -> None:
    assert not KIND.readable(ITEM, value)


def test_each_side_counts_everybody_and_tells_its_own_sentence() -> None:
    values = [{"now": "niet", "want": "vaak"}, {"now": "soms", "want": "altijd", "evidence": "Een plan."}]
    counted = KIND.count(ITEM, values)
    assert counted.parts["now"] == {"niet": 1, "soms": 1, "vaak": 0, "altijd": 0}
    assert counted.parts["want"] == {"niet": 0, "soms": 0, "vaak": 1, "altijd": 1}
    assert counted.texts == ("Waaraan zien we dat? Een plan.",)
    assert KIND.sentence(ITEM, [Row("studenten", counted)]) == (
        "Nu: 2 van de 2 studenten zeggen ‘nog niet’ of ‘soms’. "
        "Gewenst: 2 van de 2 studenten zeggen ‘vaak’ of ‘altijd’."
    )


def test_who_gave_it_reads_both_sides() -> None:
    said = KIND.said(ITEM, {"now": "soms", "want": "vaak", "evidence": "Een plan."})
    assert [(one.label, one.words) for one in said] == [
        ("Nu", "Soms"),
        ("Gewenst", "Vaak"),
        ("Waaraan zien we dat?", "Een plan."),
    ]


@pytest.mark.parametrize(
    "options",
    [
        STEPS[:1],
        [{"key": f"o{n}", "nl": f"Stap {n}"} for n in range(8)],
        [{"key": "a", "nl": "1"}, {"key": "b", "nl": "2"}],
    ],
)
def test_few_many_or_numbered_answers_are_refused(options: list[Any]) -> None:
    with pytest.raises(ValidationError):
        WantedItem.model_validate({"kind": "wanted", "key": "x", "text": "X.", "options": options})


def test_a_scale_that_is_not_there_is_named() -> None:
    with pytest.raises(ValidationError, match="vaker"):
        WantedItem.model_validate({"kind": "wanted", "key": "x", "text": "X.", "scale": "vaker"})
