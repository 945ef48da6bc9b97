"""One text by several hands: examples as people write, and what holds whatever they write."""

from collections import Counter

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lemniscaat.meetings.weaving import Piece, split, weave

LONGEST = 4000
BASE = "We kijken mee. We wachten niet af. De student begint."
TEXTS = st.text('ab .!?…\n\r\t’"()', max_size=60)
"""Anything that can be typed, with much in it that ends a sentence."""
SENTENCES = ("Wij kijken.", "Morgen weer", "Waarom niet?", "Ja!")


@st.composite
def histories(draw: st.DrawFn) -> tuple[str, str, str]:
    """(base, theirs, mine): each leaves out some sentences and adds others, some the same as the other's."""
    base = list(SENTENCES[: draw(st.integers(0, len(SENTENCES)))])
    return text(base), text(draw(edited(base, "T"))), text(draw(edited(base, "M")))


@st.composite
def edited(draw: st.DrawFn, base: list[str], hand: str) -> list[str]:
    added = st.lists(st.sampled_from([f"{hand} zegt.", f"{hand} denkt", "Beiden."]), max_size=2)
    found = draw(added)
    for sentence in base:
        found += [sentence] if draw(st.booleans()) else []
        found += draw(added)
    return found


def text(sentences: list[str]) -> str:
    """One after the other, on a new line where the last one has no end."""
    found = ""
    for sentence in sentences:
        between = " " if found.endswith((".", "?", "!")) else "\n"
        found += (between if found else "") + sentence
    return found


def said(words: str) -> list[str]:
    return [part.strip() for part in split(words)]


@pytest.mark.parametrize(
    ("theirs", "mine", "text"),
    [
        # in different places: both
        (
            "We kijken vaak mee. We wachten niet af. De student begint.",
            "We kijken mee. We wachten niet af. De student sluit af.",
            "We kijken vaak mee. We wachten niet af. De student sluit af.",
        ),
        # a sentence reworded, and a new one behind it
        (
            "We kijken mee. We wachten even af. De student begint.",
            "We kijken mee. We wachten niet af. Soms wel. De student begint.",
            "We kijken mee. We wachten even af. Soms wel. De student begint.",
        ),
        # the same change is taken once
        (
            "We kijken mee. De student begint.",
            "We kijken mee. De student begint. Echt.",
            "We kijken mee. De student begint. Echt.",
        ),
        (f"{BASE} Samen. Nu.", f"{BASE} Samen. Later.", f"{BASE} Samen. Nu.\nLater."),
        # one leaves out what the other rewords: the new wording stays
        (
            "We kijken mee. De student begint.",
            "We kijken mee. We wachten soms. De student begint.",
            "We kijken mee. We wachten soms. De student begint.",
        ),
        # both leave something out
        (
            "We kijken mee. We wachten niet af.",
            "We wachten niet af. De student begint.",
            "We wachten niet af.",
        ),
        # a first line without an end, and one before it
        (f"Vooraf\n{BASE}", f"{BASE}\nAchteraf", f"Vooraf\n{BASE}\nAchteraf"),
        # a new paragraph by one, a new sentence by each in another place
        (
            f"Eerst. {BASE}",
            "We kijken mee.\nWe wachten niet af. De student begint. Klaar.",
            "Eerst. We kijken mee.\nWe wachten niet af. De student begint. Klaar.",
        ),
        # a sentence that stands already is not added again
        (f"{BASE} Zij.", f"We kijken mee. {BASE}", f"{BASE} Zij."),
        # one emptied the text, the other went on
        ("", f"{BASE} En nu?", f"{BASE} En nu?"),
        (f"{BASE} En nu?", "", f"{BASE} En nu?"),
        # each left out what the other kept
        ("We kijken mee.", "De student begint.", "We kijken mee."),
    ],
)
def test_changes_in_different_places_are_both_taken(theirs: str, mine: str, text: str) -> None:
    assert weave(base=BASE, theirs=theirs, mine=mine).text == text


def test_where_two_hands_meet_both_wordings_stay() -> None:
    woven = weave(
        base=BASE,
        theirs="We kijken mee. We wachten af. De student begint.",
        mine="We kijken mee. We wachten nooit. De student begint.",
    )
    assert woven.met
    assert woven.pieces == (
        Piece("We kijken mee."),
        Piece(" We wachten af.", "theirs"),
        Piece("\nWe wachten nooit.", "mine"),
        Piece("\nDe student begint."),
    )


def test_what_both_say_where_they_meet_is_no_wording_of_one() -> None:
    woven = weave(base="", theirs="Samen. Nu.", mine="Samen. Later.")
    assert woven.pieces == (Piece("Samen."), Piece(" Nu.", "theirs"), Piece("\nLater.", "mine"))


def test_a_moved_sentence_is_not_lost() -> None:
    woven = weave(
        base=BASE, theirs=f"{BASE} Klaar.", mine="De student begint. We kijken mee. We wachten niet af."
    )
    assert Counter(said(woven.text)) == Counter(said(f"{BASE} Klaar."))


def test_a_browser_that_still_knows_the_old_text_goes_on_where_it_was() -> None:
    """What was sent first came in, but the page did not hear so: it sends all of it from the old base."""
    first = weave(base="", theirs="", mine="Wij kijken.").text
    again = weave(base="", theirs=first, mine="Eerst dit. Wij kijken. Dan dat.")
    assert (again.text, again.met) == ("Eerst dit. Wij kijken. Dan dat.", False)


def test_sent_again_after_somebody_went_on_it_does_not_double() -> None:
    once = weave(base=BASE, theirs=f"{BASE} Zij.", mine=f"{BASE} Ik.").text
    later = once.replace("De student begint.", "De starter begint.")
    assert weave(base=BASE, theirs=later, mine=f"{BASE} Ik.").text == later


@given(TEXTS)
def test_a_text_is_cut_without_losing_anything(words: str) -> None:
    assert "".join(split(words)) == words
    assert all(part.strip() for part in split(words)[1:])


@given(TEXTS, TEXTS)
def test_who_changed_nothing_changes_nothing(base: str, other: str) -> None:
    assert weave(base=base, theirs=base, mine=other).text == other
    assert weave(base=base, theirs=other, mine=base).text == other
    assert weave(base=base, theirs=other, mine=other).text == other


@given(TEXTS, TEXTS, TEXTS)
def test_no_new_word_is_lost_and_none_invented(base: str, theirs: str, mine: str) -> None:
    woven = weave(base=base, theirs=theirs, mine=mine)
    found, was = Counter(woven.text.split()), Counter(base.split())
    for hand in (theirs, mine):
        assert (Counter(hand.split()) - was).keys() <= found.keys()
    assert found <= Counter(theirs.split()) + Counter(mine.split())
    assert "".join(piece.text for piece in woven.pieces) == woven.text
    assert all(piece.text for piece in woven.pieces)
    assert woven.met == ("mine" in {piece.kind for piece in woven.pieces})


@given(histories())
def test_sent_twice_it_stands_once(history: tuple[str, str, str]) -> None:
    """To the letter, as long as nobody writes a sentence of the base anew; that cannot be told from keeping it."""
    base, theirs, mine = history
    once = weave(base=base, theirs=theirs, mine=mine).text
    again = weave(base=base, theirs=once, mine=mine)
    assert (again.text, again.met) == (once, False)


@given(TEXTS, TEXTS, TEXTS)
@example("a. a. b\nb", "c. b\na.", "c. c. c. c.")
@example("c. b. b. a\nb.", "b. a\nd\nb.", "a\nd\nd")
def test_sent_twice_no_new_sentence_doubles_in_any_text(base: str, theirs: str, mine: str) -> None:
    once = weave(base=base, theirs=theirs, mine=mine).text
    again = Counter(said(weave(base=base, theirs=once, mine=mine).text))
    before = Counter(said(once))
    for sentence in set(said(mine)) - set(said(base)) - {""}:
        assert again[sentence] == before[sentence]


@given(histories())
def test_it_says_the_same_from_the_other_side(history: tuple[str, str, str]) -> None:
    base, theirs, mine = history
    here = set(said(weave(base=base, theirs=theirs, mine=mine).text))
    there = set(said(weave(base=base, theirs=mine, mine=theirs).text))
    # each leaves out what the other kept: then the text stays as it was found
    nothing_in_common = not (set(said(theirs)) & set(said(mine)) or here - set(said(base)))
    assert here == there or nothing_in_common


@given(st.lists(st.integers(0, 200), min_size=3, max_size=3), st.sampled_from([1, 2, 7, 300]))
def test_the_longest_texts_of_the_shortest_sentences_are_woven(starts: list[int], apart: int) -> None:
    base, theirs, mine = (
        " ".join(f"{(start + n * n) % apart}." for n in range(LONGEST // 4))[:LONGEST] for start in starts
    )
    woven = weave(base=base, theirs=theirs, mine=mine)
    assert len(woven.text) <= 2 * LONGEST + 1
    assert (Counter(mine.split()) - Counter(base.split())).keys() <= Counter(woven.text.split()).keys()
