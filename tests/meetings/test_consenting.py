"""Fist to five: when everybody can live with it, who must be heard first, and what is told of whom."""

from random import Random

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from lemniscaat.meetings.consenting import FINGERS, Hand, dissent_of, given, outcome

HANDS = st.lists(
    st.builds(
        Hand,
        st.integers(1, 12),
        st.sampled_from(["Noor", "Sem", "Yara"]),
        st.integers(0, 5),
        st.sampled_from(["", "  ", "Dit kost ons de stagedag.", "Te snel."]),
    ),
    max_size=12,
    unique_by=lambda hand: hand.chair,
)


def hands(*fingers: int) -> list[Hand]:
    return [Hand(n, f"Naam{n}", at, "Te snel." if at < 2 else "") for n, at in enumerate(fingers, 1)]


@pytest.mark.parametrize(
    ("fingers", "present", "carried", "sentence"),
    [
        ((), 0, False, "Er is nog geen hand opgestoken."),
        ((), 4, False, "Er is nog geen hand opgestoken."),
        ((3, 4, 5, 3), 4, True, "Iedereen kan hiermee leven."),
        (
            (3, 2, 5, 3),
            4,
            True,
            "Niemand heeft een bezwaar. Eén van jullie aarzelt. Vraag wat er nog nodig is.",
        ),
        ((2, 2, 5), 3, True, "Niemand heeft een bezwaar. 2 van jullie aarzelen. Vraag wat er nog nodig is."),
        ((3, 1, 5, 3), 4, False, "Eén van jullie heeft een bezwaar. Hoor het eerst."),
        ((0, 1, 2), 3, False, "2 van jullie hebben een bezwaar. Hoor die eerst."),
        ((5, 5), 3, False, "Er is tot nu toe geen bezwaar. Op één hand wachten jullie nog."),
        (
            (5, 2),
            4,
            False,
            (
                "Er is tot nu toe geen bezwaar. Eén van jullie aarzelt. Vraag wat er nog nodig is. "
                "Op 2 handen wachten jullie nog."
            ),
        ),
        (
            (5, 0),
            3,
            False,
            "Eén van jullie heeft een bezwaar. Hoor het eerst. Op één hand wachten jullie nog.",
        ),
    ],
)
def test_what_the_table_hears(fingers: tuple[int, ...], present: int, carried: bool, sentence: str) -> None:
    consent = outcome(hands(*fingers), present)
    assert (consent.carried, consent.sentence) == (carried, sentence)


def test_an_objection_carries_its_reason() -> None:
    assert Hand(1, "Noor", 0, " ").lacks_reason
    assert Hand(1, "Noor", 1).lacks_reason
    assert not Hand(1, "Noor", 1, "Te snel.").lacks_reason
    assert not Hand(1, "Noor", 2).lacks_reason


def test_the_last_hand_of_a_chair_counts_and_no_hand_has_six_fingers() -> None:
    consent = outcome([Hand(1, "Noor", 0, "Nee."), Hand(1, "Noor", 4), Hand(2, "Sem", 6)], 1)
    assert consent.counts == (0, 0, 0, 0, 1, 0)
    assert consent.carried


def test_the_dissenting_voice_has_words_and_no_names() -> None:
    raised = [
        Hand(1, "Noor", 1, "Te \n snel."),
        Hand(2, "Sem", 0, "Te snel."),
        Hand(3, "Yara", 2, "Een vraag."),
        Hand(4, "Bo", 0, ""),
        Hand(5, "Kim", 0, "Wie doet het?"),
    ]
    assert dissent_of(outcome(raised, 5)) == "Te snel.\nWie doet het?"
    assert dissent_of(outcome([], 5)) == ""


def test_every_number_of_fingers_says_something_else() -> None:
    assert len(set(FINGERS)) == 6


@for_all(HANDS, st.integers(0, 12))
def test_it_holds_when_everybody_gave_a_hand_and_nobody_objects(raised: list[Hand], present: int) -> None:
    consent = outcome(raised, present)
    fingers = [hand.at for hand in raised]
    assert consent.carried == (bool(raised) and len(raised) >= present and min(fingers) >= 2)
    assert sum(consent.counts) == len(raised)
    assert len(consent.objections) == consent.counts[0] + consent.counts[1]
    assert len(consent.concerns) == consent.counts[2]
    assert consent.waits == max(0, present - len(raised))
    assert (len(raised), max(present, len(raised))) == given(raised, present)


@for_all(HANDS, st.integers(0, 12), st.randoms(use_true_random=False))
def test_neither_order_nor_who_it_is_matters(raised: list[Hand], present: int, dice: Random) -> None:
    """The same fingers on other hands give the same sentence; nobody is in it by name."""
    other = [Hand(n, "X", hand.at, hand.because) for n, hand in enumerate(raised)]
    dice.shuffle(other)
    one, two = outcome(raised, present), outcome(other, present)
    assert (one.counts, one.carried, one.sentence, one.waits) == (
        two.counts,
        two.carried,
        two.sentence,
        two.waits,
    )
    assert not any(hand.name in one.sentence or hand.name in dissent_of(one) for hand in raised)


@for_all(HANDS, st.integers(0, 12))
def test_one_objection_is_enough(raised: list[Hand], present: int) -> None:
    consent = outcome([*raised, Hand(99, "Bo", 1, "Wacht.")], present)
    assert not consent.carried
    assert "Wacht." in dissent_of(consent).split("\n")
