"""The cards of number, date, placement, now and wanted, and file: named controls, on a screen and on paper."""

import re

import pytest
from django.template.loader import render_to_string
from django.utils.html import escape

from lemniscaat.instruments.answers import CleanAnswer, Problem
from lemniscaat.instruments.cards import card
from lemniscaat.instruments.kinds.registry import kind_of
from tests.instruments.examples import ITEMS, SAMPLES
from tests.instruments.examples_forms import EXAMPLES

KEYS = [raw["key"] for raw in EXAMPLES]


def asked(key: str, **given: object) -> str:
    shown = card(ITEMS[key], **given)  # type: ignore[arg-type]  # passed on as it comes
    return render_to_string(shown.template, {"card": shown})


@pytest.mark.parametrize("key", KEYS)
def test_every_control_has_a_name_that_a_screen_reader_says(key: str) -> None:
    html = asked(key, answer=CleanAnswer(value=SAMPLES[key]))
    labelled = set(re.findall(r'\bfor="([^"]+)"', html))
    for control in re.findall(r"<(?:input|select|textarea)[^>]*>", html):
        if 'type="hidden"' in control or 'type="radio"' in control or 'type="checkbox"' in control:
            continue
        found = re.search(r'\bid="([^"]+)"', control)
        assert found, control
        assert found.group(1) in labelled
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    described = " ".join(re.findall(r'aria-describedby="([^"]+)"', html)).split()
    assert set(described) <= set(ids)
    assert "<script" not in html
    assert "style=" not in html


@pytest.mark.parametrize("key", KEYS)
def test_everything_that_is_stored_has_its_field(key: str) -> None:
    html = asked(key, answer=CleanAnswer(value=SAMPLES[key]))
    for name in kind_of(ITEMS[key]).fill(ITEMS[key], SAMPLES[key], key):
        assert f'name="{name}"' in html


def test_what_was_chosen_is_chosen() -> None:
    html = asked("waar", answer=CleanAnswer(value=SAMPLES["waar"]))
    assert re.findall(r'value="([^"]+)" (?:checked|selected)', html) == ["p1-p2", "open"]
    html = asked("nu-en-straks", answer=CleanAnswer(value=SAMPLES["nu-en-straks"]))
    assert re.findall(r'name="nu-en-straks.(\w+)" value="(\w+)" checked', html) == [
        ("now", "soms"),
        ("want", "vaak"),
    ]
    assert 'value="2026-09-03"' in asked("gesprek", answer=CleanAnswer(value="2026-09-03"))
    assert 'value="12"' in asked("lesuren", answer=CleanAnswer(value=12))


def test_what_was_typed_wrong_is_still_there_with_the_sentence() -> None:
    posted = {"lesuren": ["twaalf"]}
    problem = kind_of(ITEMS["lesuren"]).clean(ITEMS["lesuren"], posted)
    assert isinstance(problem, Problem)
    html = asked("lesuren", posted=posted, problem=problem)
    assert 'value="twaalf"' in html
    assert "heel getal in" in html
    assert 'aria-invalid="true"' in html


def test_a_file_that_is_there_can_be_taken_away_and_no_forged_one_is_shown() -> None:
    html = asked("bestand", answer=CleanAnswer(value=SAMPLES["bestand"]))
    assert 'name="bestand.upload"' in html
    assert 'name="bestand.away"' in html
    assert "&lt;script&gt;.pdf" in html
    forged = asked("bestand", posted={"bestand": ["x|../../wachtwoorden"]})
    assert "wachtwoorden" not in forged
    assert "bestand.away" not in forged


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("code", ["nl", "en"])
def test_on_paper_there_is_room_for_all_of_it(key: str, code: str) -> None:
    kind = kind_of(ITEMS[key])
    printed = kind.printed(ITEMS[key], code)
    html = render_to_string(kind.paper_template, {"card": card(ITEMS[key]), "printed": printed})
    # the places between two phases are drawn, not written
    for line in printed:
        assert escape(line.label) in html or line.label.startswith(("Tussen", "Between"))
    assert 'class="pp-' in html
