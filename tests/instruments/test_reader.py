"""Reading files: what is good stays the same, what is bad gets a line, a sentence and a suggestion."""

import contextlib
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from lemniscaat.instruments.faults import Fault, InstrumentError
from lemniscaat.instruments.grammar import Instrument
from lemniscaat.instruments.items import asked
from lemniscaat.instruments.reader import read
from lemniscaat.instruments.vocabulary import ROLES
from lemniscaat.people.models import Role
from tests.instruments.examples import INSTRUMENT, RAW

GOOD = """key: proef
version: 1
titles: {nl: Proef, en: Trial}
maker: Wij
origin: Eigen
known: Niets.
ours: Alles.
purpose: {nl: Proberen., en: Trying.}
elements: {vision: yes}
roles: [student, mentor]
ways: [alone]
scales:
  vaak:
    - {key: o1, nl: Nog niet}
    - {key: o2, nl: Vaak}
sections:
  - title: Deel
    items:
      - kind: scale
        key: hulp
        text: Ik vroeg hulp.
        for:
          mentor: Mijn student vroeg hulp.
        scale: vaak
      - kind: choice
        key: bezoek
        factual: true
        text: Kwam er iemand?
        options:
          - {key: ja, nl: Ja}
          - {key: nee, nl: Nee}
      - kind: text
        key: vertel
        text: Vertel.
        show_if: {item: bezoek, any_of: [ja]}
"""


def faults(text: str) -> tuple[Fault, ...]:
    with pytest.raises(InstrumentError) as caught:
        read(text, "proef.yaml")
    return caught.value.faults


def test_a_good_file_reads() -> None:
    instrument = read(GOOD)
    assert [item.key for item in instrument.items] == ["hulp", "bezoek", "vertel"]
    assert instrument.elements == {"vision": "yes"}
    assert asked(instrument.item("hulp"), "mentor") == "Mijn student vroeg hulp."
    assert asked(instrument.item("hulp"), "student", "en") == "Ik vroeg hulp."
    assert instrument.minutes == instrument.answering_minutes == 1


def test_a_frozen_definition_reads_back_the_same() -> None:
    for instrument in (INSTRUMENT, read(GOOD)):
        assert Instrument.model_validate(instrument.definition()) == instrument


@pytest.mark.parametrize(
    ("old", "new", "line", "message", "suggestion"),
    [
        ("maker: Wij", "makers: Wij", 4, "'makers' kennen we hier niet", "Bedoel je 'maker'?"),
        ("kind: scale", "kind: schaal", 19, "soort 'schaal'", "Bedoel je 'scale'?"),
        ("        scale: vaak", "        scale: vaaak", 24, "'vaaak'", "Bedoel je 'vaak'?"),
        ("mentor: Mijn", "mentoor: Mijn", 23, "'mentoor'", "Bedoel je 'mentor'?"),
        ("ways: [alone]", "ways: [aloen]", 11, "'aloen'", "Bedoel je 'alone'?"),
        ("any_of: [ja]", "any_of: [jaa]", 35, "'jaa'", "Bedoel je 'ja'?"),
        ("item: bezoek,", "item: bezoekje,", 35, "'bezoekje'", "Bedoel je 'bezoek'?"),
        ("        factual: true\n", "", 34, "factual: true", ""),
        ("key: bezoek", "key: hulp", 26, "al van een andere vraag", ""),
        (", en: Trial", "", 3, "ontbreekt 'en'", ""),
        ("version: 1", "version: nieuw", 2, "een heel getal", ""),
        ("{key: nee, nl: Nee}", "{key: ja, nl: Nee}", 29, "twee keer", ""),
        ("title: Deel", "title: <script>alert(1)</script>", 17, "gewone tekst", ""),
        ("maker: Wij", "maker: Wij\nmaker: Zij", 5, "staat hier twee keer", ""),
        ("maker: Wij", "maker: &x Wij", 4, "Verwijzingen", ""),
        ("maker: Wij", "maker: !!python/name:os.system Wij", 4, "uitroepteken", ""),
        ("maker: Wij", "maker: [Wij", 4, "haakje '[' open", "']'"),
        ("key: vertel", "key: Vertel!", 33, "kleine letters", ""),
        ("roles: [student, mentor]", "roles: [student]", 23, "'mentor'", "student"),
    ],
)
def test_a_fault_has_a_place_a_sentence_and_a_suggestion(
    old: str, new: str, line: int, message: str, suggestion: str
) -> None:
    assert old in GOOD
    found = faults(GOOD.replace(old, new))
    assert any(
        fault.line == line and message in fault.message and suggestion in fault.suggestion for fault in found
    ), found
    assert all(fault.file == "proef.yaml" for fault in found)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "- een\n- twee",
        "a: &a [x, x]\nb: [*a, *a]",
        "[" * 5000,
        "a: " + "{b: " * 200,
        "x" * 600_000,
        "key: [" + "a," * 60_000 + "a]",
        "? [a]\n: b",
        "key: \x00",
        yaml.safe_dump(
            {**RAW, "sections": [{"title": "x", "items": [RAW["sections"][0]["items"][3]] * 300}]}
        ),
    ],
)
def test_what_is_no_instrument_is_refused_with_a_sentence(text: str) -> None:
    assert faults(text)[0].message


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_mutilated_file_is_read_or_refused(data: Any) -> None:
    lines = GOOD.splitlines()
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(lines) - 1))
        lines[place] = data.draw(
            st.sampled_from(["", "  - x", "items: 3", "{", "key: [1]", lines[place] * 2, ": :"])
        )
    # any other exception than a refusal fails this test
    with contextlib.suppress(InstrumentError):
        assert read("\n".join(lines)).items is not None


def test_roles_are_those_of_the_people_room() -> None:
    assert set(ROLES) == set(Role.values) - {Role.ADMIN.value}


def test_bench_has_the_size_others_were_timed_with() -> None:
    path = Path(__file__).parent / "data" / "bench27.yaml"
    kinds = [item.kind for item in read(path.read_text(), path.name).items]
    assert (kinds.count("scale"), kinds.count("text")) == (24, 3)
