"""Kinds whose answers stand in rows, on cards or on notes: what is refused, how it is counted, how it reads."""

import base64
import re
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from lemniscaat.instruments.answers import CleanAnswer, Problem
from lemniscaat.instruments.cards import card, told
from lemniscaat.instruments.items import BaseItem
from lemniscaat.instruments.kinds.picture import MOST_BYTES
from lemniscaat.instruments.kinds.registry import KINDS, kind_of
from lemniscaat.instruments.summaries import Row
from tests.chance import tries
from tests.instruments.examples_rows import EXAMPLES, VALUES

RAW: dict[str, dict[str, Any]] = {raw["key"]: raw for raw in EXAMPLES}


def _made(raw: dict[str, Any]) -> BaseItem:
    made: BaseItem = KINDS[raw["kind"]].model.model_validate(raw)
    return made


ITEMS = {key: _made(raw) for key, raw in RAW.items()}
few = settings(max_examples=tries(12, 25), deadline=None)


@pytest.mark.parametrize(
    ("key", "posted", "says"),
    [
        ("stellingen", {"stellingen.s1.at": ["zomaar"]}, "hoort niet bij deze vraag"),
        ("stellingen", {"stellingen.+1.at": ["agree"]}, "Geef je eigen regel een naam"),
        ("kijkpunten", {"kijkpunten.p1.note": ["x" * 501]}, "501 tekens"),
        ("polen", {"polen.+1.label": ["Rust"], "polen.+1.left": ["stil"]}, "aan beide kanten"),
        ("polen", {"polen.start.at": ["o3"]}, "hoort niet bij deze vraag"),
        (
            "kaarten",
            {f"kaarten.{key}.at": ["yes"] for key in ("samen", "lef", "rust")},
            "hoogstens 2 kaarten. Nu zijn het er 3",
        ),
        ("stapels", {"stapels.lef.at": ["yes"]}, "hoort niet bij deze vraag"),
        ("route", {"route.+1.wie": ["De directeur"]}, "Geef je eigen regel een naam"),
        ("briefjes", {"briefjes.1.text": ["x" * 301]}, "301 tekens"),
        ("plekken", {"plekken.2.text": ["Het werd stil."]}, "Bij briefje 2"),
        ("plekken", {"plekken.1.text": ["Stil."], "plekken.1.at": ["elders"]}, "hoort niet bij deze vraag"),
        ("kansen", {"kansen.1.text": ["Nakijken"]}, "Kies bij leerkans 1"),
        ("kansen", {"kansen.1.groups": ["jaar1"]}, "Schrijf bij leerkans 1"),
        ("kansen", {"kansen.1.text": ["a"], "kansen.1.groups": ["jaar9"]}, "hoort niet bij deze vraag"),
        ("kansen", {"kansen.1.text": ["a"], "kansen.1.why": ["x" * 301]}, "301 tekens"),
        ("plaat", {"plaat.brug.note": ["x" * 501]}, "501 tekens"),
    ],
)
def test_what_is_no_answer_gets_a_sentence(key: str, posted: dict[str, list[str]], says: str) -> None:
    problem = kind_of(ITEMS[key]).clean(ITEMS[key], posted)
    assert isinstance(problem, Problem)
    assert says in problem.say()


def _clean(key: str, posted: dict[str, list[str]]) -> Any:
    answer = kind_of(ITEMS[key]).clean(ITEMS[key], posted)
    assert isinstance(answer, CleanAnswer)
    return answer.value


def test_whoever_writes_on_a_card_took_it() -> None:
    assert _clean("kaarten", {"kaarten.lef.note": ["Volhouden."]}) == {
        "rows": {"lef": {"at": "yes", "note": "Volhouden."}}
    }


def test_one_card_is_one_card() -> None:
    item = _made({**RAW["kaarten"], "draw": 1})
    problem = kind_of(item).clean(item, {"kaarten.lef.at": ["yes"], "kaarten.rust.at": ["yes"]})
    assert isinstance(problem, Problem)
    assert problem.say().startswith("Neem één kaart.")


def test_a_place_without_a_note_and_a_side_without_words_are_nothing() -> None:
    assert _clean("plekken", {"plekken.1.at": ["merkbaar"]}) is None
    assert _clean("kansen", {"kansen.1.side": ["school"]}) is None
    assert _clean("briefjes", {"briefjes.2.text": ["Stil."]}) == [{"text": "Stil."}]


def test_a_row_left_open_is_counted_as_open() -> None:
    values = [{"rows": {"start": {"at": "left"}}}, {"rows": {"einde": {"at": "between", "why": "Zo."}}}]
    counted = kind_of(ITEMS["polen"]).count(ITEMS["polen"], values)
    assert counted.parts["start"]["left"] == counted.parts["start"]["open"] == 1
    assert counted.texts == ("Het einde: Zo.",)


def test_people_who_hung_two_notes_on_one_place_count_once() -> None:
    value = [{"text": "a", "at": "merkbaar"}, {"text": "b", "at": "merkbaar"}]
    counted = kind_of(ITEMS["plekken"]).count(ITEMS["plekken"], [value])
    assert counted.parts == {"merkbaar": {"yes": 1}, "meetbaar": {"yes": 0}}
    assert counted.texts == ("Merkbaar: a", "Merkbaar: b")


SAID = [
    (
        "polen",
        {
            "rows": {"start": {"at": "more-right", "why": "Het staat in het plan."}},
            "own": [{"label": "Tempo", "left": "snel", "right": "rustig", "at": "left"}],
        },
        [
            ("De start", "Meer zo: ‘wij kiezen samen’"),
            ("De start · Waaraan zie je dat?", "Het staat in het plan."),
            ("Tempo: snel ↔ rustig", "Helemaal links"),
        ],
    ),
    ("stellingen", {"own": [{"label": "Humor helpt."}]}, [("Zelf toegevoegd", "Humor helpt.")]),
    ("plekken", [{"text": "Stil.", "at": "merkbaar"}], [("Merkbaar", "Stil.")]),
    (
        "kansen",
        {
            "found": [
                {"side": "school", "text": "Nakijken", "groups": ["jaar1"], "why": "Zo leren ze kijken."}
            ]
        },
        [("In onze school", "Nakijken (Eerstejaars): Zo leren ze kijken.")],
    ),
]


@pytest.mark.parametrize(("key", "value", "says"), SAID)
def test_what_one_person_gave_reads_well(key: str, value: Any, says: list[tuple[str, str]]) -> None:
    found = told(ITEMS[key], {"v": value})
    assert [(saying.label, saying.words) for saying in found] == says


def test_the_sentences_of_a_group() -> None:
    polar, notes, board = (kind_of(ITEMS[key]) for key in ("polen", "plekken", "kansen"))
    counted = polar.count(ITEMS["polen"], [{"rows": {"start": {"at": "left"}}}] * 3)
    assert polar.sentence(ITEMS["polen"], [Row("studenten", counted)]) == (
        "Over ‘de start’: 3 van de 3 studenten zeggen ‘helemaal links’."
    )
    counted = notes.count(ITEMS["plekken"], [[{"text": "a", "at": "meetbaar"}]] * 2)
    assert notes.sentence(ITEMS["plekken"], [Row("studenten", counted)]) == (
        "2 van de 2 studenten kiezen ‘meetbaar’."
    )
    counted = board.count(ITEMS["kansen"], [{"found": [{"side": "school", "text": "a"}]}] * 2)
    assert board.sentence(ITEMS["kansen"], [Row("studenten", counted)]) == "In eigen woorden: 2 studenten."


@pytest.mark.parametrize(
    ("key", "change", "says"),
    [
        ("kaarten", {"draw": 9}, "'draw' is groter"),
        ("kaarten", {"piles": [{"key": "nu", "nl": "Nu"}]}, "minstens twee stapels"),
        (
            "stapels",
            {"piles": [{"key": "open", "nl": "Open"}, {"key": "nu", "nl": "Nu"}]},
            "'open' gebruiken we",
        ),
        ("route", {"asks": [{"key": "at", "nl": "Waar?"}]}, "'at' gebruiken we"),
        ("plekken", {"columns": [{"key": "nu", "nl": "Nu"}]}, "minstens twee plekken"),
        ("plaat", {"data": RAW["eigen-plaat"]["data"]}, "een 'drawing' of een eigen plaat"),
        ("plaat", {"drawing": None}, "een 'drawing' of een eigen plaat"),
        ("eigen-plaat", {"data": base64.b64encode(b"<svg onload='x'/>").decode()}, "geen png of jpeg"),
        ("eigen-plaat", {"data": "geen base64!"}, "geen png of jpeg"),
        (
            "eigen-plaat",
            {"data": base64.b64encode(b"\xff\xd8\xff" + b"0" * MOST_BYTES).decode()},
            "kleiner dan 200 kB",
        ),
    ],
)
def test_a_wrong_item_is_refused_with_a_sentence(key: str, change: dict[str, Any], says: str) -> None:
    with pytest.raises(ValidationError, match=re.escape(says)):
        _made({**RAW[key], **change})


def test_a_picture_comes_from_our_own_files_or_from_the_item_itself() -> None:
    for name in ("landschap", "kwadrant", "lus"):
        picture: Any = _made({**RAW["plaat"], "drawing": name})
        assert finders.find(picture.address)
    own: Any = _made({**RAW["eigen-plaat"], "data": "data:image/png;base64,\n " + RAW["eigen-plaat"]["data"]})
    assert own.address == f"data:image/png;base64,{RAW['eigen-plaat']['data']}"


@pytest.mark.parametrize("key", sorted(ITEMS))
@few
@given(data=st.data())
def test_a_card_holds_every_field_that_was_filled_in(key: str, data: Any) -> None:
    item = ITEMS[key]
    kind = kind_of(item)
    value = data.draw(VALUES[key])
    shown = card(item, answer=CleanAnswer(value=value))
    html = render_to_string(shown.template, {"card": shown})
    for name, values in kind.fill(item, value, key).items():
        assert f'name="{name}"' in html
        assert html.count("checked") + html.count("<textarea") + html.count('type="text"') >= len(values)
    assert "style=" not in html
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'\bfor="([^"]+)"', html)) <= set(ids)
    assert set(" ".join(re.findall(r'aria-(?:describedby|labelledby)="([^"]+)"', html)).split()) <= set(ids)


_json = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-3, 3)
    | st.sampled_from(["", "at", "yes", "rows", "own", "found", "s1"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["rows", "own", "found", "at", "text", "side", "groups", "why", "label", "s1", "lef"]
            ),
            inner,
            max_size=3,
        )
    ),
    max_leaves=8,
)


@pytest.mark.parametrize("key", sorted(ITEMS))
@few
@given(value=_json)
def test_whatever_was_damaged_is_refused_or_comes_back_as_it_was(key: str, value: Any) -> None:
    item = ITEMS[key]
    kind = kind_of(item)
    if kind.readable(item, value):
        assert kind.clean(item, kind.fill(item, value, key)) == CleanAnswer(value=value)
        assert kind.said(item, value)


def _paper(key: str) -> str:
    printed = kind_of(ITEMS[key]).printed(ITEMS[key])
    shown = card(ITEMS[key])
    return render_to_string(kind_of(ITEMS[key]).paper_template, {"card": shown, "printed": printed})


@pytest.mark.parametrize("key", sorted(ITEMS.keys() - {"kaarten"}))
def test_paper_has_every_label_and_nothing_to_click(key: str) -> None:
    html = _paper(key)
    for line in kind_of(ITEMS[key]).printed(ITEMS[key]):
        assert line.label in html
    assert "<input" not in html
    assert "style=" not in html


def test_paper_has_room_for_as_many_cards_as_somebody_draws() -> None:
    assert _paper("kaarten").count("Op mijn kaart staat") == 2
    assert "Op mijn kaart staat" not in _paper("stapels")
