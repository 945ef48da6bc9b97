"""Asking a table whether everybody can live with a text: each alone, by zero to five fingers, and then laid open.

Also where it is asked to lay dots. Kept on the talk: `{"state": "asked" | "shown" | "dots", "of": <which words>, "text": <the words as they were asked>}`; on each
chair its hand: `{"at": 0..5, "because": words}`. Asked anew, all hands are empty again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lemniscaat.base.writing import writing
from lemniscaat.instruments.kinds.text import tidy
from lemniscaat.instruments.wording import language
from lemniscaat.meetings import events
from lemniscaat.meetings.consenting import FINGERS, Consent, Hand, given, outcome
from lemniscaat.meetings.leading import going_on
from lemniscaat.meetings.models import Chair, Meeting, TableState
from lemniscaat.meetings.notes import Notes
from lemniscaat.meetings.tables import instrument_of
from lemniscaat.people.access import Access
from lemniscaat.people.policy import Noun, Verb

ASKED, SHOWN, DOTS = "asked", "shown", "dots"
LONGEST = 300


@dataclass(frozen=True)
class Asking:
    """Where the asking stands. `consent` only once it is laid open; before that two numbers."""

    state: str
    text: str
    n: int
    present: int
    consent: Consent | None = None


def consent_of(meeting: Meeting) -> Asking | None:
    """What may be seen of it now, by whomever; None while nothing is asked, and in a hall."""
    state = str(meeting.asking.get("state", ""))
    if state not in {ASKED, SHOWN} or meeting.table.hall:
        return None
    hands, here = _hands(meeting)
    n, present = given(hands, here)
    told = outcome(hands, here, language()) if state == SHOWN else None
    return Asking(state, str(meeting.asking.get("text", "")), n, present, told)


def hands_context(meeting: Meeting) -> dict[str, Any]:
    """The same for a page: what each number of fingers says, and how many hands there are of each once they are shown."""
    asking, say = consent_of(meeting), language().gettext
    words = [(fingers, say(text)) for fingers, text in enumerate(FINGERS)]
    counts = asking.consent.counts if asking and asking.consent else ()
    rows = [(at, text, n, range(n)) for (at, text), n in zip(reversed(words), reversed(counts), strict=False)]
    return {"consent": asking, "finger_words": list(reversed(words)), "hand_rows": rows}


def _hands(meeting: Meeting) -> tuple[list[Hand], int]:
    rows = [one for one in Chair.objects.filter(table_id=meeting.table_id) if one.here or one.from_paper]
    hands = [
        Hand(row.pk, row.name, int(row.hand["at"]), str(row.hand.get("because", "")))
        for row in rows
        if "at" in row.hand
    ]
    return hands, len(rows)


def move(*, access: Access, meeting: Meeting, to: str) -> Meeting:
    """Ask about the words as they stand now (`meaning` or `sentence`), show the hands, ask for dots on the notes of an item
    (`dots-<key>`), or stop asking (`stop`)."""
    access.need(Verb.DO, Noun.MEETING, meeting.organisation_id)
    with writing():
        current = going_on(meeting)
        if current is None or current.table.hall:
            return meeting
        notes = Notes.read(current.notes)
        if to in {"meaning", "sentence"} and getattr(notes, to).strip():
            Chair.objects.filter(table_id=current.table_id).update(hand={})
            current.asking = {"state": ASKED, "of": to, "text": getattr(notes, to).strip()}
        elif to == "show" and current.asking.get("state") == ASKED:
            current.asking = {**current.asking, "state": SHOWN}
        elif to.removeprefix("dots-") in instrument_of(current.table).by_key:
            current.asking = {"state": DOTS, "of": to.removeprefix("dots-")}
        elif to == "stop":
            current.asking = {}
        else:
            return current
        current.save(update_fields=["asking"])
        events.moved(current.table)
    return current


def raise_hand(*, chair: Chair, posted: Mapping[str, Any]) -> bool:
    """Give one's hand; until it is laid open the last one counts. False when nothing is asked now, or this is no hand."""
    at = str(posted.get("at", ""))
    if at not in {"0", "1", "2", "3", "4", "5"}:
        return False
    with writing():
        row = Meeting.objects.select_for_update().filter(table_id=chair.table_id).first()
        asked = row is not None and row.asking.get("state") == ASKED
        if not asked or chair.table.state == TableState.CLOSED:
            return False
        because = tidy(str(posted.get("because", "")))[:LONGEST]
        Chair.objects.filter(pk=chair.pk).update(hand={"at": int(at), "because": because}, here=True)
        events.wrote(chair.table_id)
    return True
