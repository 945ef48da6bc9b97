"""A filled frame calls itself by its name and no longer says that it is empty."""

import pytest

from lemniscaat.instruments.framing import filled, indicators
from lemniscaat.instruments.library import library


@pytest.mark.parametrize(("key", "name"), [("zek", "ZEK"), ("koos", "KOOS"), ("utrecht", "Utrechts Model")])
def test_a_filled_frame_is_no_empty_place(key: str, name: str) -> None:
    frame = library().instruments[key]
    made = filled(frame, indicators("Begeleiding\tIedere student weet wie begeleidt.\tx\n"))
    assert made.titles.say("nl") == name
    told = " ".join(
        (made.titles.say("en"), made.purpose.say("nl"), made.purpose.say("en"), made.ours.say("nl"))
    )
    assert not {"lege", "leeg", "empty"} & set(told.lower().replace(".", " ").split())
