"""The card templates: every control named, what was typed kept, nothing from a text run as markup."""

import re

import pytest
from django.template.loader import render_to_string

from lemniscaat.instruments.answers import CleanAnswer, Problem
from lemniscaat.instruments.cards import card
from lemniscaat.instruments.figures import figures
from lemniscaat.instruments.kinds.registry import KINDS, kind_of
from lemniscaat.instruments.library import library
from lemniscaat.instruments.summaries import Row
from tests.instruments.examples import ITEMS, SAMPLES, count


@pytest.mark.parametrize("key", sorted(ITEMS))
def test_a_card_shows_what_was_stored_and_nothing_runs(key: str) -> None:
    item = ITEMS[key]
    shown = card(item, answer=CleanAnswer(value=SAMPLES[key]))
    html = render_to_string(shown.template, {"card": shown})
    posted = kind_of(item).fill(item, SAMPLES[key], key)
    for name, values in posted.items():
        assert f'name="{name}"' in html
        filled = sum(html.count(mark) for mark in ("checked", "selected", "<textarea", "<input"))
        assert filled >= len(values)
    assert "<script>" not in html.replace('<script src="', "")
    assert "style=" not in html
    assert "Past niet bij mij" in html
    assert "Zeg ik liever niet" in html
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids))


def test_nothing_is_chosen_beforehand() -> None:
    for item in ITEMS.values():
        shown = card(item)
        html = render_to_string(shown.template, {"card": shown})
        assert " checked" not in html
        assert " selected" not in html


def test_after_a_problem_what_was_typed_is_still_there() -> None:
    posted = {"volgorde.samen": ["1"], "volgorde.vragen": ["1"]}
    problem = kind_of(ITEMS["volgorde"]).clean(ITEMS["volgorde"], posted)
    assert isinstance(problem, Problem)
    shown = card(ITEMS["volgorde"], posted=posted, problem=problem)
    html = render_to_string(shown.template, {"card": shown})
    assert "twee keer" in html
    assert html.count(" selected") == 2


def test_every_kind_has_its_two_templates_and_every_library_card_renders() -> None:
    for instrument in library():
        for item in instrument.items:
            shown = card(item, role="mentor")
            assert render_to_string(shown.template, {"card": shown})
    assert {f"instruments/kinds/{name}.html" for name in KINDS} == {kind.template for kind in KINDS.values()}


@pytest.mark.parametrize("key", sorted(ITEMS))
def test_every_kind_can_be_shown(key: str) -> None:
    item = ITEMS[key]
    kind = kind_of(item)
    counted = count(item, [{"v": SAMPLES[key]}] * 7)
    rows = [Row("studenten", counted, "student")]
    shown = {"figures": figures(item, rows), "sentence": kind.sentence(item, rows), "texts": counted.texts}
    html = render_to_string(kind.shown_template, {"shown": shown})
    assert "7" in html
    assert "<script>" not in html
