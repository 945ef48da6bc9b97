"""Names that stand in a text: a hint for who writes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lemniscaat.people.mentions import mentioned

PEOPLE = ("Samira Bouzid", "Roos de Wit", "Bo")
PLACES = ("Het Waterrad", "Team onderbouw", "Pabo De Oever")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Op meer dan één plek zie ik dat de onderbouw het vraagt.", []),
        ("In team onderbouw zie ik het ook.", ["Team onderbouw"]),
        ("Bij het Waterrad en op de Pabo zie ik het.", ["Het Waterrad"]),
        ("Een kleur. Wit, dus.", []),
        ("Roos deed het.", ["Roos"]),
        ("samira bouzid vroeg het", ["Samira Bouzid"]),
        ("Toen zei Bouzid het weer, en Samira ook.", ["Samira", "Bouzid"]),
        ("Dat vond Bo.", []),
    ],
)
def test_what_counts_as_a_name(text: str, names: list[str]) -> None:
    assert mentioned(text, people=PEOPLE, places=PLACES) == names


@given(st.text(max_size=120), st.sampled_from([name for name in (*PEOPLE, *PLACES) if " " in name]))
def test_a_whole_name_is_always_seen(text: str, name: str) -> None:
    assert name in mentioned(f"{text} {name} {text}", people=PEOPLE, places=PLACES)
