"""The words: every form of a sentence is found, and the English asks for what the Dutch asks for."""

import ast
import re

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po
from django.utils import translation

from scripts import words

PAGE = """
{% load i18n %}
      {% block main %}
  <h1>{% translate "Onze lat" %}</h1>
    {% translate 'Met enkele tekens' as titel %}{% translate "Sluit" context "een gesprek" %}
  {% notice "info" title=_("Het gesprek ging verder.") more=_('En dit ook') %}Iets (dat niet af is{% endnotice %}
  {% include "x.html" with label=_("Meegegeven") %} {{ who|default:_("Iemand") }} {{ _("Los") }}
        {% blocktranslate trimmed with day=round.day|date:"j F" lead=_("Vooraf") %}
          Open tot
          {{ day }}, 100% zeker.
        {% endblocktranslate %}
    {% blocktranslate count n=total %}{{ n }} stem{% plural %}{{ n }} stemmen{% endblocktranslate %}
  {% blocktranslate count n=total context "op papier" %}{{ n }} vel{% plural %}{{ n }} vellen{% endblocktranslate %}
      {% blocktranslate asvar said %}Zegt "wie" 't wil{% endblocktranslate %}
  {% comment %}{% translate "Weg" %}{% endcomment %}{# translate "Ook weg" #}
{% endblock %}
"""

IN_PAGE = {
    ("Onze lat", None),
    ("Met enkele tekens", None),
    ("Sluit", "een gesprek"),
    ("Het gesprek ging verder.", None),
    ("En dit ook", None),
    ("Meegegeven", None),
    ("Iemand", None),
    ("Los", None),
    ("Vooraf", None),
    ("Open tot %(day)s, 100%% zeker.", None),
    (("%(n)s stem", "%(n)s stemmen"), None),
    (("%(n)s vel", "%(n)s vellen"), "op papier"),
    ('Zegt "wie" \'t wil', None),
}

CODE = '''
"""Not a sentence."""
ONE = _("Gewoon")
TWO = _(
    "Over twee "
    "regels: %(what)s"
) % {"what": "niet"}
LABELS = {"a": gettext_lazy("Later"), "b": gettext_noop("Gemerkt")}
three = ngettext("%(n)d ronde", "%(n)d rondes", 3) + language.ngettext("één", "meer", n)
four = language.gettext("Uit een taal") + translation.pgettext("maand", "mei")
five = ngettext_lazy(
    "%(n)d gesprek",
    "%(n)d gesprekken",
    "n",
)
six = npgettext("tafel", "%(n)d stoel", "%(n)d stoelen", 2)
seven = _(name) + other("Niet dit")
'''

CALLS = set(words.KEYWORDS) - {"pgettext", "pgettext_lazy", "npgettext", "npgettext_lazy"}

IN_CODE = {
    ("Gewoon", None),
    ("Over twee regels: %(what)s", None),
    ("Later", None),
    ("Gemerkt", None),
    (("%(n)d ronde", "%(n)d rondes"), None),
    (("één", "meer"), None),
    ("Uit een taal", None),
    ("mei", "maand"),
    (("%(n)d gesprek", "%(n)d gesprekken"), None),
    (("%(n)d stoel", "%(n)d stoelen"), "tafel"),
}


def parts(said: str | tuple[str, ...]) -> tuple[str, ...]:
    return (said,) if isinstance(said, str) else said


def said_in(node: ast.AST) -> list[str]:
    """The sentences of one call of gettext and its kin; nothing for another call."""
    if not isinstance(node, ast.Call):
        return []
    name = getattr(node.func, "id", getattr(node.func, "attr", ""))
    said = [one.value for one in node.args[:2] if isinstance(one, ast.Constant)]
    return [one for one in said if isinstance(one, str) and one] if name in CALLS else []


def test_every_form_in_a_template_is_found() -> None:
    assert set(words.sentences(PAGE, page=True)) == IN_PAGE


def test_every_form_in_python_is_found() -> None:
    assert set(words.sentences(CODE, page=False)) == IN_CODE


def test_no_sentence_of_the_product_is_missed() -> None:
    """Counted in another way than the gathering itself: by what the page or the code asks for."""
    for path in words.files():
        text = path.read_text()
        if path.suffix == ".py":
            asked = {said for call in ast.walk(ast.parse(text)) for said in said_in(call)}
            found = {one for said, _context in words.sentences(text, page=False) for one in parts(said)}
            assert asked <= found, path
        else:
            shown = re.sub(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}", "", text, flags=re.DOTALL)
            tags = re.findall(r"\{%\s*(?:translate|blocktranslate)\s|\b_\([\"']", shown)
            assert len(tags) == len(list(words.sentences(text, page=True))), path


def test_the_placeholders_of_the_catalogue_match() -> None:
    with words.PO.open("rb") as stream:
        catalogue = [message for message in read_po(stream, locale="en") if message.id and message.string]
    assert len(catalogue) > 1000
    assert {str(m.id): lost for m in catalogue if (lost := words.unfilled(m))} == {}


@pytest.mark.parametrize(
    ("dutch", "english", "lost"),
    [
        ("Dag %(name)s", "Hello %(name)s", set()),
        ("Dag %(name)s", "Hello %(who)s", {"%(name)s", "%(who)s"}),
        ("%(n)d van de %(all)d", "%(n)s of the %(all)d", {"%(n)d", "%(n)s"}),
        ("100%% van {who}", "100%% of all", {"{who}"}),
        (("Eén mens", "%(n)s mensen"), ("One person", "%(n)s people"), set()),
        (("%(n)s mens", "%(n)s mensen"), ("One person", "%(n)s people"), set()),
        (("Eén mens", "%(n)s mensen"), ("One person", "Some people"), {"%(n)s"}),
    ],
)
def test_a_lost_placeholder_is_seen(
    dutch: str | tuple[str, str], english: str | tuple[str, str], lost: set[str]
) -> None:
    assert words.unfilled(Message(dutch, english)) == lost


def test_the_screen_speaks_english_when_asked() -> None:
    with translation.override("en"):
        assert translation.gettext("Onze lat") == "Our bar"
        assert translation.ngettext("%(n)d ronde open", "%(n)d rondes open", 2) == "%(n)d rounds open"
    with translation.override("nl"):
        assert translation.gettext("Onze lat") == "Onze lat"
