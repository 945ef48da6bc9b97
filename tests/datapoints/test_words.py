"""Finding words of this field: families that belong together, words that look alike and do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lemniscaat.datapoints.words import around, pieces, stem, stems, terms, told

FAMILIES = [
    "begeleiding begeleiden begeleider begeleiders begeleidt Begeleiding",
    "bezoek bezoeken",
    "lesbezoek lesbezoeken",
    "student studenten Studenten",
    "werkplek werkplekken",
    "werkplekbegeleider werkplekbegeleiders werkplekbegeleiding",
    "gesprek gesprekken",
    "veilig veilige veiligheid",
    "opleiding opleidingen opleiden opleider opleiders",
    "schoolopleider schoolopleiders",
    "leren leert geleerd",
    "leraar leraren",
    "school scholen",
    "afspraak afspraken",
    "les lessen",
    "vraag vragen gevraagd",
    "proberen probeert geprobeerd",
    "durven durf",
    "beoordelen beoordeling beoordeeld",
    "observatie observaties",
    "mentor mentoren",
    "idee ideeën",
    "rooster roosters",
    "starter starters",
    "waarborg waarborgen",
]
APART = [
    ("begeleiding", "beleid"),
    ("leider", "leren"),
    ("veilig", "veel"),
    ("les", "lezen"),
    ("vraag", "vertrouwen"),
]


def found(query: str, text: str) -> bool:
    index = told(stems(text))
    return all(term.inside(index) for term in terms(query))


@pytest.mark.parametrize("family", FAMILIES)
def test_words_of_one_family_share_a_stem(family: str) -> None:
    assert len({stem(word) for word in family.split()}) == 1, {w: stem(w) for w in family.split()}


@pytest.mark.parametrize(("one", "other"), APART)
def test_words_that_only_look_alike_stay_apart(one: str, other: str) -> None:
    assert not found(one, other)
    assert not found(other, one)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("bezoek", "Na het lesbezoek praatten we."),
        ("BEZOEKEN", "Een lesbezoek duurt tien minuten."),
        ("begeleiding", "De werkplekbegeleiders waren er."),
        ("les", "Het lesrooster stond vast."),
        ("ideeen", "Zij had ideeën."),
        ("één bezoek", "Er kwam één bezoek."),
        ("student veilig", "Veiligheid voor studenten"),
    ],
)
def test_what_is_found(query: str, text: str) -> None:
    assert found(query, text)


@pytest.mark.parametrize(
    ("query", "text"), [("les", "Het is wisselend."), ("student rooster", "De student.")]
)
def test_what_is_not_found(query: str, text: str) -> None:
    assert not found(query, text)


def test_small_words_count_only_alone() -> None:
    assert [one.stem for one in terms("de begeleiding van een student")] == ["begeleid", "student"]
    assert terms("van de")
    assert terms("  ?! ") == ()


@given(st.text(max_size=200), st.text(max_size=40))
def test_cutting_loses_no_letter(text: str, query: str) -> None:
    assert "".join(one.text for one in pieces(text, terms(query))) == text


@given(st.text(max_size=80))
def test_a_text_is_found_with_its_own_words(text: str) -> None:
    index = told(stems(text))
    assert all(term.whole in index for term in terms(text) if term.stem in stems(text))


@given(st.text(alphabet="abcdefghij klmnop", max_size=900))
def test_a_long_text_is_cut_short(text: str) -> None:
    assert len(around(text, terms("bed"))) <= 230


def test_the_cut_shows_what_was_looked_for() -> None:
    text = "Woord " * 100 + "en toen kwam het lesbezoek " + "woord " * 100
    assert "lesbezoek" in around(text, terms("bezoek"))
    assert [one.text for one in pieces("Na het lesbezoek.", terms("bezoeken")) if one.hit] == ["lesbezoek"]
