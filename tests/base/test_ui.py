"""Components as a page uses them."""

import re
from typing import Any

import pytest
from django import forms
from django.template import Context, Template
from django.test import override_settings

from lemniscaat.base.drawings.distribution import Figure, Option, Road, Row
from lemniscaat.base.drawings.lemniscate import Door, Home, Sun, Voice
from lemniscaat.base.templatetags.ui import groups


def page(source: str, **values: Any) -> str:
    return Template("{% load ui %}" + source).render(Context(values))


class Sample(forms.Form):
    answer = forms.ChoiceField(
        label="Hoe vaak?",
        choices=[("", "--"), ("1", "Eén keer"), ("nvt", "Past niet")],
        widget=forms.RadioSelect,
    )
    text = forms.CharField(label="Jouw zin", help_text="Geen namen.")


def test_only_the_first_thing_has_a_button() -> None:
    tag = "{% attention_item title='Kom' url='/x' text='y' activity='mean' first=first button_label='Zet klaar' %}"
    assert "Zet klaar" in page(tag, first=True)
    assert "Zet klaar" not in page(tag, first=False)


def test_a_choice_is_a_native_control_with_nothing_chosen() -> None:
    html = page("{% choice name='q' value='nvt' label=label apart=True %}", label="Past <niet>")
    assert 'type="radio"' in html
    assert "checked" not in html
    assert "Past &lt;niet&gt;" in html
    assert "choice apart" in html


def test_a_field_says_what_is_wrong_and_keeps_what_was_typed() -> None:
    form = Sample({"answer": "1", "text": ""})
    html = page("{% form_errors form %}{% field form.answer apart='nvt' %}{% field form.text %}", form=form)
    assert 'href="#id_text"' in html
    assert 'id="id_text_error"' in html
    assert html.count("checked") == 1
    assert 'value=""' not in html
    assert html.index("choice apart") > html.index("Eén keer")


def test_what_is_wrong_leads_to_its_field_also_where_it_is_a_choice() -> None:
    html = page("{% form_errors form %}{% field form.answer %}", form=Sample({"text": "x"}))
    (there,) = re.findall(r'href="#([^"]+)"', html)
    assert f'id="{there}"' in html
    assert f'aria-describedby="{there}_error"' in html


def test_course_weighs_the_same_both_ways() -> None:
    keep = page("{% agreement course='sustain' text='Samen' who='Noor' %}")
    change = page("{% agreement course='adjust' text='Samen' who='Noor' %}")
    assert "We houden" in keep
    assert "We verleggen" in change
    assert keep.count("class=") == change.count("class=")


def test_the_step_of_now_is_announced() -> None:
    html = page("{% steps items %}", items=[{"name": "Aankomen", "minutes": 2, "state": "now", "url": ""}])
    assert 'aria-current="step"' in html


def test_notice_wraps_its_words() -> None:
    html = page(
        "{% notice 'lock' kind='empty' title='Anoniem.' %}Te <b>weinig</b>{{ bad }}{% endnotice %}", bad="<i>"
    )
    assert "notice empty" in html
    assert "Te <b>weinig</b>&lt;i&gt;" in html


def test_words_of_people_are_escaped() -> None:
    html = page("{% meaning text %}{% dissent text %}{% quote text %}", text="<script>x</script>")
    assert "<script" not in html
    assert html.count("&lt;script&gt;") == 3


@pytest.mark.parametrize(
    ("code", "shown"), [("482913", "482 913"), ("BRUG 4716", "BRUG 4716"), (1234, "123 4")]
)
def test_codes_can_be_read_aloud(code: object, shown: str) -> None:
    assert groups(code) == shown


def test_table_names_its_rows() -> None:
    html = page("{% table head=head rows=rows numeric='2' %}", head=("groep", "n"), rows=[("Studenten", 23)])
    assert '<th scope="row">Studenten</th><td class="n">23</td>' in html


def test_a_hidden_group_offers_other_roads() -> None:
    row = Row("leader", "Schoolleiders", None, n=3, roads=(Road("Nodig ze uit", "/uit"),))
    html = page(
        "{% distribution figure %}", figure=Figure("Hoe?", (Option("1", "Ja"), Option("2", "Nee")), (row,))
    )
    assert 'href="/uit"' in html
    assert "Te weinig antwoorden" in html
    assert "3 gaven" not in html


def test_a_distribution_has_squares_a_sentence_and_a_table() -> None:
    row = Row("student", "Studenten", {"1": 4, "2": 2}, n=6, skipped={"liever niet": 1})
    figure = Figure("Hoe?", (Option("1", "Ja"), Option("2", "Nee")), (row,), sentence="4 van de 6 zeggen ja.")
    html = page("{% distribution figure %}", figure=figure)
    assert 'aria-label="Ja 4, Nee 2"' in html
    assert "4 van de 6 zeggen ja." in html
    assert "<table>" in html
    assert "1 liever niet" in html


def test_the_map_is_a_map_with_an_equal_list() -> None:
    doors = {a: Door(a.title(), "open", f"/{a}") for a in ("inform", "mean", "direct", "account")}
    voices = (Voice("student", "Studenten", frozenset({"inform"})), Voice("mentor", "WPB's"))
    html = page(
        "{% lemniscate home %}", home=Home(voices, doors, Sun("Onze visie", ("Veilig",), "onze lat", "/lat"))
    )
    for activity in doors:
        # wide map, phone map, list
        assert html.count(f'href="/{activity}"') == 3
    assert "Gehoord:" in html
    assert "begrijpen" in html


@override_settings(ROOT_URLCONF="django.conf.urls.i18n")
def test_a_layout_stands_without_any_context() -> None:
    for name in ("layout", "answer_layout", "talk_layout", "beamer_layout", "print_layout", "error"):
        assert "<main" in Template(f'{{% extends "base/{name}.html" %}}').render(Context({})), name
