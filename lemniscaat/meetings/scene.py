"""What everybody in the room sees of a talk at its present step, on the wall, on the phones and beside the control.

One place decides what is shown: nothing that is not laid open is in here, whoever looks.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import ngettext

from lemniscaat.agenda import queries as agenda
from lemniscaat.base import clock
from lemniscaat.base.drawings.distribution import Figure
from lemniscaat.collection.hall_screen import Told as InHall
from lemniscaat.instruments.kinds.registry import kind_of
from lemniscaat.instruments.kinds.statements import VOTES
from lemniscaat.instruments.wording import ELEMENTS, language
from lemniscaat.meetings import events, flow, halls
from lemniscaat.meetings.agreeing import DOTS
from lemniscaat.meetings.figures import talk_figures
from lemniscaat.meetings.hanging import in_one, of_table
from lemniscaat.meetings.looking import Seen
from lemniscaat.meetings.models import Chair, Group, Meeting, MeetingState
from lemniscaat.meetings.notes import Notes
from lemniscaat.meetings.opened import NOBODY, OpenPart, part_laid_open
from lemniscaat.meetings.pacing import pace
from lemniscaat.meetings.places import Voice
from lemniscaat.meetings.script import Planned, Script, Told, told
from lemniscaat.meetings.tables import chairs, instrument_of
from lemniscaat.people.access import Access, access_of

WRITTEN = {"text", "notes"}
BROUGHT = {flow.ARRIVE, flow.LOOK}
"""The steps that show what comes from outside the talk: what comes back, and the data."""


@dataclass(frozen=True)
class HallItem:
    """A question as the hall answered it; `rows` is all of it in one drawing, where it has rows that are asked alike."""

    told: InHall
    rows: Figure | None


def of_the_room(meeting: Meeting) -> Access | None:
    """What may be seen on the wall: as much as who leads may see of what is meant for all. None without a leader, and in
    a step that shows nothing from outside the talk, for a whole hall asks for it."""
    if Script.read(meeting.script).at(meeting.step).kind not in BROUGHT:
        return None
    return access_of(meeting.leader, meeting.partnership) if meeting.leader else None


def step_told(meeting: Meeting) -> Told:
    """The present step in words."""
    script = Script.read(meeting.script)
    return told(script.at(meeting.step), script, instrument_of(meeting.table), language())


def steps_of(meeting: Meeting) -> list[dict[str, Any]]:
    """The step list: done, now, next; and the steps that are passed by, which have no place in it."""
    script, instrument, tongue = Script.read(meeting.script), instrument_of(meeting.table), language()
    taken = list(script.taken)
    now = script.at(meeting.step)
    here = taken.index(now) if now in taken else 0
    states = ["done" if i < here else "now" if i == here else "next" for i in range(len(taken))]
    if meeting.state == MeetingState.PLANNED:
        states = ["next"] * len(taken)
    # in a part of an instrument the first step carries its name, the others stand under it
    homes = [step.home for step in taken]
    under = [bool(home) and home in homes[:place] for place, home in enumerate(homes)]
    return [
        {
            "name": told(step, script, instrument, tongue).name,
            "minutes": step.minutes,
            "state": state,
            "url": "",
            "key": step.key,
            "under": under[place],
            "number": place + 1 - sum(under[: place + 1]),
        }
        for place, (step, state) in enumerate(zip(taken, states, strict=True))
    ]


def parts_of(meeting: Meeting) -> list[dict[str, Any]]:
    """The same in parts: what is done in one part of an instrument is one line, with the minutes of all its steps."""
    parts: list[dict[str, Any]] = []
    for step in steps_of(meeting):
        if step["under"]:
            last = next(one for one in reversed(parts) if one["number"] == step["number"])
            last["minutes"] += step["minutes"]
        else:
            parts.append(step)
    return parts


def all_steps(meeting: Meeting) -> list[dict[str, Any]]:
    """Every step with its words and whether it is passed by, to change the plan."""
    script, instrument, tongue = Script.read(meeting.script), instrument_of(meeting.table), language()
    return [
        {"told": told(step, script, instrument, tongue), "key": step.key, "out": step.out}
        for step in script.steps
    ]


def scene(
    meeting: Meeting, access: Access | None, *, group: Group | None = None, counted: bool = True
) -> dict[str, Any]:
    """Everything a screen of this talk shows at its present step. `access`: who looks, or who leads for a guest;
    `group`: whose own table it is, in a step that is done in groups; `counted`: with how many are there and wrote, which
    stands on the control and the wall."""
    table, script = meeting.table, Script.read(meeting.script)
    step = step_told(meeting)
    behind = _behind(script, script.at(meeting.step))
    at = chairs(table) if not table.hall else []
    number = step.section
    return {
        "meeting": meeting,
        "table": table,
        "talk_title": meeting.title,
        "point": _point(meeting),
        "criterion": meeting.criterion,
        "step": step,
        "kind": step.kind,
        "name": step.name,
        "say": step.say,
        "do": step.do,
        "hint": step.hint,
        "seats": at,
        "at_table": at_table(meeting, present(meeting, at)),
        "is_open": number in table.laid_open,
        "is_shut": number in table.shut,
        "lies_open": bool(behind) and behind in table.laid_open,
        "notes": Notes.read(meeting.notes),
        "pace": pace(meeting.step_since, clock.now(), 0 if step.slow else step.minutes, language()),
        "state": state_of(meeting),
        "focus_key": meeting.focus,
        "version": events.latest(table.pk),
        "elements": ELEMENTS,
        "ways": [(way.key, way.say(language().code)) for way in VOTES],
        "dots_on": dots_asked(meeting),
        **(counts(meeting, number, at) if counted else {}),
        **_of_step(access, meeting, step, behind, group),
    }


def dots_asked(meeting: Meeting) -> str:
    """The notes on which everybody lays dots now; empty where nobody was asked to."""
    return str(meeting.asking.get("of", "")) if meeting.asking.get("state") == DOTS else ""


def state_of(meeting: Meeting) -> str:
    """What a screen compares to know whether it is behind: the step, and how much of it lies open."""
    table = meeting.table
    return "-".join(
        [
            meeting.step,
            str(len(table.laid_open)),
            str(len(table.shut)),
            meeting.state,
            str(int(meeting.covered)),
        ]
    )


def counts(meeting: Meeting, number: int, at: list[Chair]) -> dict[str, int]:
    """'x van y': how many wrote something in a section, of how many; and how many people are there."""
    table = meeting.table
    if table.hall:
        here = Chair.objects.filter(table=table, here=True).exclude(person=table.led_by).count()
        return {"written": halls.came_in(table, number) if number else 0, "total": here, "people": here}
    keys = {item.key for item in instrument_of(table).sections[number - 1].items} if number else set()
    there = present(meeting, at)
    wrote = sum(bool(keys & set(chair.answers)) for chair in there)
    return {"written": wrote, "total": len(there), "people": sum(chair.here for chair in at)}


def present(meeting: Meeting, at: list[Chair]) -> list[Chair]:
    """Who is at the table: whoever came in by phone, and whose paper was typed in. Where nobody but the leader did, it is
    a table that works on paper, and everybody for whom a chair stands ready counts."""
    leader = meeting.leader_id
    came = any(chair.here and chair.person_id != leader for chair in at)
    return [one for one in at if one.here or one.from_paper or one.answers] if came else at


def at_table(meeting: Meeting, at: list[Chair]) -> str:
    """'Teamoverleg onderbouw, 5 aan tafel'; of a hall only the name."""
    if meeting.table.hall:
        return meeting.body.name
    words = ngettext("%(body)s, %(n)d aan tafel", "%(body)s, %(n)d aan tafel", len(at))
    return words % {"body": meeting.body.name, "n": len(at)}


def _point(meeting: Meeting) -> dict[str, str] | None:
    if meeting.criterion:
        url = reverse("datapoints:criterion", args=[meeting.criterion.pk])
        return {"name": meeting.criterion.point.title, "url": url}
    return {"name": meeting.table.point.title, "url": ""} if meeting.table.point else None


def _behind(script: Script, step: Planned) -> int:
    """The section that lies on the table in this step: its own, else the last one that was at hand before."""
    if step.section:
        return step.section
    earlier = script.steps[: script.steps.index(step)]
    return next((one.section for one in reversed(earlier) if one.section and not one.out), 0)


def _of_step(
    access: Access | None, meeting: Meeting, step: Told, behind: int, group: Group | None
) -> dict[str, Any]:
    """What lies on the table: what comes back, the data, what was laid open."""
    found: dict[str, Any] = {}
    if step.kind == flow.ARRIVE and access:
        found["due"] = agenda.due(access, body=meeting.body, appointment=meeting.appointment)
        found["due_goals"] = agenda.due_goals(access, body=meeting.body, appointment=meeting.appointment)
    if step.kind == flow.LOOK and access:
        found["data"] = talk_figures(access, meeting)
    if step.kind in {flow.THINK, flow.SHOW, flow.LOOK, flow.TALK, flow.WRITE, flow.SHARE, flow.DECIDE}:
        found |= _laid(meeting, behind, group)
    if step.kind == flow.LOOK and found.get("part"):
        found["expected"] = expected(found["part"])
    return found


def expected(part: OpenPart) -> list[tuple[Voice, str]]:
    """What people wrote before the data came on the table, where that lies open: beside what is there now."""
    asked = next((one for one in part.seen if one.kind == "text"), None)
    said = [one for place in asked.places for one in place.said] if asked else []
    return [(one.who, one.pieces[0][1]) for one in said if one.pieces]


def _laid(meeting: Meeting, behind: int, group: Group | None) -> dict[str, Any]:
    """The part that lies open."""
    if meeting.table.hall:
        return _of_hall(meeting, behind)
    return {"part": part_laid_open(meeting.table, behind, group=whose(meeting, group))}


def whose(meeting: Meeting, group: Group | None) -> int | None:
    """Whose answers somebody of this group, or of none, has before him now; None where it is everybody's. In groups he
    has only what his own group gave."""
    step = Script.read(meeting.script).at(meeting.step)
    apart = step.groups and meeting.state != MeetingState.DONE
    if not apart or not Group.objects.filter(table=meeting.table).exists():
        return None
    return group.pk if group else NOBODY


def _of_hall(meeting: Meeting, behind: int) -> dict[str, Any]:
    """What a hall said, once it was closed and shown; open answers only after somebody read them."""
    table = meeting.table
    if behind not in table.laid_open:
        return {"hall": None}
    words, waiting, round_ = halls.texts(table, behind)
    return {
        "hall": [HallItem(one, hung(one)) for one in halls.told(table, behind)],
        "hall_section": behind,
        "hall_texts": words,
        "hall_waiting": waiting,
        "hall_round": round_,
    }


def focused(shown: dict[str, Any], key: str) -> Any:
    """The question that hangs on the wall, of those that lie open: the chosen one, else where people differ, else the
    first with something to see."""
    part, hall = shown.get("part"), shown.get("hall")
    if part is not None:
        seen = [one for one in part.seen if one.places or (one.wall and one.wall.groups)]
        chosen = next((one for one in seen if one.key == key), None)
        # words that people wrote are read before what they ticked; of questions to tick the one where they differ
        first = next((one for one in seen[:1] if one.kind in WRITTEN), None)
        return chosen or first or next((one for one in seen if one.differs), None) or next(iter(seen), None)
    if hall:
        chosen = next((one for one in hall if one.told.outcome.item.key == key), None)
        return chosen or next((one for one in hall if one.told.apart), None) or hall[0]
    return None


def hung(found: Seen | InHall) -> Figure | None:
    """The rows of a question in one drawing; None where it hangs as it is."""
    if isinstance(found, InHall):
        return in_one(found.shown.parts, _label(found)) if found.shown else None
    return of_table(found)


def _label(found: InHall) -> str:
    """The name of the row in which a hall lies furthest apart."""
    if found.apart is None:
        return ""
    item = found.outcome.item
    part = next((one for one in kind_of(item).shape(item) if one.key == found.apart.part), None)
    return part.label.say(language().code) if part and part.label else ""
