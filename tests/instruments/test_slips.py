"""The slips of somebody who types a first file: each gets its own line, its own sentence and what to write instead."""

import pytest

from lemniscaat.instruments.faults import Fault, InstrumentError
from lemniscaat.instruments.reader import as_text, read
from tests.instruments.test_reader import GOOD, faults

FLOW = "{key: nee, nl: Nee}"
OPTIONS = "          - {key: ja, nl: Ja}\n          - {key: nee, nl: Nee}\n"
NUMBER = "      - kind: number\n        key: uren\n        text: Hoeveel?\n        least: 0\n        greatest: 9\n        bins: [0, 5, 3]\n"
TABLE = "      - kind: table\n        key: plek\n        text: Waar?\n        rows: [{key: klas, nl: Klas}]\n        columns:\n          - key: vaak\n            nl: Hoe vaak\n            scale: vak\n"
SECTIONS = GOOD[GOOD.index("sections:") :]

NO_YAML = [
    ("        text: Ik", "\ttext: Ik", 21, "met een tab", "spaties"),
    ("        text: Ik", "\u00a0       text: Ik", 21, "bijzondere spatie", "gewone spaties"),
    ("text: Kwam er", "text:\u00a0Kwam er", 28, "bijzondere spatie", "gewone spaties"),
    ("      - kind: choice", "      – kind: choice", 25, "geen gewoon streepje", "minteken"),
    ("      - kind: choice", "      -kind: choice", 25, "Na het streepje", "- kind:"),
    ("text: Kwam er iemand?", "text:Kwam er iemand?", 28, "Na de dubbele punt", "text: Kwam er iemand?"),
    ("text: Kwam er iemand?", "text: Kwam er: ja?", 28, "dubbele punt", 'text: "Kwam er: ja?"'),
    ("text: Kwam er iemand?", "text: “Kwam er: ja?”", 28, "Krullende", 'text: "Kwam er: ja?"'),
    ("title: Deel", "title: Deel: een", 17, "dubbele punt", 'title: "Deel: een"'),
    (FLOW, "{key: nee, nl: Nee: nooit}", 31, "Tussen haakjes", 'nl: "Nee: nooit"'),
    (FLOW, "{key: nee, nl: @nee}", 31, "Tussen haakjes", 'nl: "@nee"'),
    (FLOW, "{key: nee, nl: Nee", 31, "haakje '{' open", "'}'"),
    (FLOW, "key: nee, nl: Nee}", 31, "haakje '}'", "weg"),
    ("text: Vertel.", 'text: "Vertel.', 34, "aanhalingsteken open", "eind"),
    ("text: Ik vroeg hulp.", 'text: "Ik vroeg hulp.', 21, "aanhalingsteken open", "eind"),
    ("text: Vertel.", 'text: "Vertel" maar.', 34, "sluitende aanhalingsteken", 'text: "Vertel maar."'),
    ("text: Vertel.", "text: 's Ochtends?", 34, "apostrof", 'text: "\'s Ochtends?"'),
    ("text: Vertel.", "text: 'Collega's dag?'", 34, "sluitende", 'text: "Collega\'s dag?"'),
    ("text: Vertel.", "text: @klas", 34, "met '@' beginnen", 'text: "@klas"'),
    ("text: Vertel.", "text: - Vertel", 34, "met '-' beginnen", 'text: "- Vertel"'),
    ("maker: Wij", "maker: !Wij", 4, "uitroepteken", "aanhalingstekens"),
    ("maker: Wij", "maker: &Wij en zij", 4, "Verwijzingen", "aanhalingstekens"),
    ("        key: vertel", "         key: vertel", 33, "springt 9 spaties in", "even ver"),
    ("      - kind: text\n", "    - kind: text\n", 32, "Regel 25 begint ook met '- kind'", "even ver"),
    ("    items:\n", "", 18, "springt", "items:"),
    ("text: Kwam er iemand?", "text: Kwam er\niemand?", 29, "geen naam", "dezelfde regel"),
    ("key: vertel", "key: ver\x07tel", 33, "verborgen teken", "opnieuw"),
]
MEANT = [
    ("text: Kwam er iemand?", "vraag: Kwam er iemand?", 28, "'vraag' kennen", "Bedoel je 'text'?"),
    ("purpose:", "doel:", 8, "'doel' kennen", "Bedoel je 'purpose'?"),
    ("purpose:", "zomaar:", 8, "'zomaar' kennen", "Kies uit: key, version"),
    ("kind: text", "kind: open", 32, "soort 'open'", "Bedoel je 'text'?"),
    ("kind: text", "soort: text", 32, "geen soort", "'kind' in plaats van 'soort'"),
    ("- kind: text\n        key", "- key", 32, "geen soort", "kind: text"),
    ("ways: [alone]", "ways: [alleen]", 11, "'alleen'", "Bedoel je 'alone'?"),
    ("ways: [alone]", "ways: alone", 11, "een lijst", "ways: [alone, paper]"),
    ("any_of: [ja]", "any_of: ja", 35, "een lijst", "any_of: [ja]"),
    ("roles: [student, mentor]", "roles: [student, werkplekbegeleider]", 10, "kan hier niet", "'mentor'"),
    ("vision: yes", "vision: true", 9, "'true' kan", "'yes'"),
    ("factual: true", "factual: ja", 27, "true of false", "'true'"),
    ("version: 1", "version: versie 2", 2, "heel getal", "version: 2"),
    ("key: vertel", "key: Vertel_maar", 33, "letter eerst", "Bedoel je 'vertel-maar'?"),
    ("{key: nee, nl: Nee}", "{key: 2, nl: Nee}", 31, "Bij 'key' hoort tekst", "key:"),
    ("{key: nee, nl: Nee}", "{key: nee, nl: 2}", 31, "Bij 'nl' hoort tekst", '"2"'),
    ("{key: nee, nl: Nee}", "{key: nee, nl: Nee, nooit}", 31, "'nooit' kennen", "komma"),
    ("{key: nee, nl: Nee}", "{key: nee, nl: Nee, nog nooit}", 31, "'nog nooit' kennen", "komma"),
    ("{key: nee, nl: Nee}", "Nee", 31, "een naam en een waarde", "{key: ja, nl: Ja}"),
    ("titles: {nl: Proef, en: Trial}", "titles: Proef", 3, "een naam en een waarde", "{nl: De start"),
    ("titles: {nl: Proef, en: Trial}", "titles: {nl: Proef}", 3, "ontbreekt 'en'", "en: The start"),
    ("text: Vertel.", "text:", 34, "Achter 'text' staat nog niets", "text: Wat"),
    ("text: Vertel.", "text: ''", 34, "'text' is leeg", ""),
    ("          mentor: Mijn", "        mentor: Mijn", 22, "Onder 'for' staat nog niets", "inspringen"),
    ("          mentor: Mijn", "        mentor: Mijn", 23, "'mentor' kennen", "Hoort dit onder 'for'?"),
    ("text: Vertel.", "text: Vertel.\n        top: 2", 35, "'top' kennen", "alleen bij: ranking"),
    ("  - title: Deel", "  - title: Deel\n    maker: Wij", 18, "'maker' kennen", "andere plek"),
    (SECTIONS, "", 1, "ontbreekt 'sections'", "sections:"),
    (OPTIONS, "          - {key: ja, nl: Ja}\n", 29, "minstens twee antwoorden", "{key: nee, nl: Nee}"),
    ("        key: vertel", "        kind: text\n        key: vertel", 33, "ook op regel 32", "streepje"),
    ("        key: vertel", "        text: x\n        key: vertel", 35, "ook op regel 33", "één weg"),
    ("      - kind: text\n", f"{NUMBER}      - kind: text\n", 37, "van laag naar hoog", ""),
    ("      - kind: text\n", f"{TABLE}      - kind: text\n", 39, "'vak'", "Bedoel je 'vaak'?"),
    ("kind: choice", "kind: choices\n        most: 3", 26, "'most' is groter", ""),
]


@pytest.mark.parametrize(("old", "new", "line", "message", "suggestion"), NO_YAML + MEANT)
def test_a_slip_is_told_as_what_it_is(old: str, new: str, line: int, message: str, suggestion: str) -> None:
    assert old in GOOD
    found = faults(GOOD.replace(old, new, 1))
    assert any(
        one.line == line and message in one.message and suggestion in one.suggestion for one in found
    ), found


def test_a_name_that_was_written_differently_is_told_once() -> None:
    assert len(faults(GOOD.replace("text: Vertel.", "tekst: Vertel."))) == 1


def test_two_instruments_in_one_file_are_told_so() -> None:
    (fault,) = faults(f"{GOOD}---\nkey: nog-een\n")
    assert (fault.line, fault.message) == (36, "Hier begint een tweede instrument.")


def test_no_name_of_a_stranger_makes_a_sentence_endless() -> None:
    long = "x" * 5000
    for text in (f"{GOOD}{long}: 1\n", f"{GOOD}{long}: 1\n{long}: 1\n", f"{GOOD}{long}:a\n - b"):
        assert all(len(str(fault)) < 1200 for fault in faults(text))


@pytest.mark.parametrize(
    ("data", "line", "message", "suggestion"),
    [
        ("key: proef\nversion: 1\nmaker: Eén\n".encode("cp1252"), 3, "niet als UTF-8", "Opslaan als"),
        ("key: proef\nmaker: “Wij”\n".encode("cp1252"), 2, "niet als UTF-8", "Opslaan als"),
        ("key: één\n".encode("utf-16"), 0, "niet als UTF-8", "Opslaan als"),
        (b"PK\x03\x04 docx", 0, "opgemaakt document", "kladblok"),
        (b"{\\rtf1 x}", 0, "opgemaakt document", "kladblok"),
    ],
)
def test_a_file_that_is_no_plain_text_says_how_to_keep_it(
    data: bytes, line: int, message: str, suggestion: str
) -> None:
    with pytest.raises(InstrumentError) as caught:
        as_text(data, "proef.yaml")
    (fault,) = caught.value.faults
    assert isinstance(fault, Fault)
    assert fault.line == line
    assert message in fault.message
    assert suggestion in fault.suggestion


def test_what_a_beginner_may_do_reads() -> None:
    for text in (
        GOOD.replace("\n", "\r\n"),
        GOOD.replace("text: Vertel.", "text: “Vertel.”"),
        GOOD.replace("text: Vertel.", "text: Vertel\n          maar."),
        GOOD.replace("factual: true", "factual: yes"),
        as_text(GOOD.encode("utf-8-sig"), "proef.yaml"),
    ):
        assert len(read(text).items) == 3
