"""The cabinet at work: a copy of a school, two instruments on the table of a team, and a sheet that nobody else sees."""

from __future__ import annotations

from typing import Any

from lemniscaat.base.keys import link_token
from lemniscaat.collection.chosen import Chosen
from lemniscaat.demo.dates import on
from lemniscaat.demo.stage import Stage
from lemniscaat.demo.words import words
from lemniscaat.instruments.actions import OwnQuestion, add_question, copy_instrument, keep
from lemniscaat.instruments.grammar import Instrument
from lemniscaat.instruments.library import library
from lemniscaat.instruments.models import InstrumentCopy
from lemniscaat.meetings.laying_open import close_table, keep_outcome, lay_open
from lemniscaat.meetings.models import Chair, Table
from lemniscaat.meetings.seating import Sitter, say_done, sit, start_table, type_in, write_section
from lemniscaat.meetings.tables import instrument_of
from lemniscaat.people.access import Access
from lemniscaat.vision.models import VisionPoint

Told = dict[str, Any]


def use_the_cabinet(stage: Stage) -> None:
    """Make the copies, hold the tables and fill in the private sheets, each on its own day."""
    told = words("cabinet")
    for one in told["copies"]:
        stage.copies[one["instrument"]] = _adapted(stage, one)
    for one in told["tables"]:
        stage.tables[one["key"]] = _at_table(stage, one)
    for one in told["sheets"]:
        stage.tables[one["key"]] = _alone(stage, one)


def reworded(*, access: Access, layer_id: int, instrument: str, round_key: str) -> InstrumentCopy | None:
    """A copy in which questions have the words of that round; None where it was asked as it stands in the cabinet."""
    own = words("cabinet")["wordings"].get(round_key)
    if own is None:
        return None
    copy = copy_instrument(access=access, layer_id=layer_id, example=library().get(instrument))
    adapted = with_words(Instrument.model_validate(copy.definition), own)
    return keep(access=access, copy=copy, adapted=adapted, seen=copy.version)


def with_words(instrument: Instrument, own: dict[str, Told]) -> Instrument:
    """The instrument with other words for some of its questions, by item."""
    plain = instrument.definition()
    for section in plain["sections"]:
        section["items"] = [{**item, **own.get(item["key"], {})} for item in section.get("items", ())]
    return Instrument.model_validate(plain)


def _adapted(stage: Stage, one: Told) -> InstrumentCopy:
    day = stage.days.at(one)
    access = stage.access(one["by"], day)
    with on(day):
        example = library().get(one["instrument"])
        copy = copy_instrument(access=access, layer_id=stage.place(one["layer"]).pk, example=example)
        for asked in one["questions"]:
            question = OwnQuestion(asked["text"], tuple(asked.get("answers", ())))
            copy = add_question(access=access, copy=copy, question=question, seen=copy.version)
    return copy


def _at_table(stage: Stage, one: Told) -> Table:
    """Everybody fills in alone; parts are laid open; where the group wrote something together, the table is closed."""
    day = stage.days.at(one)
    access = stage.access(one["by"], day)
    with on(day):
        table = _set(stage, one, access)
        for told in one["chairs"]:
            chair = _seated(stage, table, told, access)
            if told.get("who") in one["ready"]:
                say_done(chair=chair)
        for number in one["laid_open"]:
            table = lay_open(access=access, table=table, number=number)
        if "outcome" in one:
            keep_outcome(access=access, table=table, words=one["outcome"], base={})
            table = close_table(access=access, table=table, as_meaning=True)
    return table


def _alone(stage: Stage, one: Told) -> Table:
    day = stage.days.at(one)
    with on(day):
        sheet = _set(stage, one, stage.access(one["by"], day), private=True)
        chair = Chair.objects.get(table=sheet, person=stage.crowd.cast[one["by"]])
        _fill_in(chair, one["answers"])
        say_done(chair=chair)
    return sheet


def _set(stage: Stage, one: Told, access: Access, *, private: bool = False) -> Table:
    points = VisionPoint.objects.filter(partnership=access.partnership)
    return start_table(
        access=access,
        layer_id=stage.place(one["layer"]).pk,
        instrument=library().get(one["instrument"]),
        title=one["title"],
        chosen=Chosen(modules=tuple(one["modules"]) if "modules" in one else None),
        point=points.get(title=_title_of(one["point"])) if "point" in one else None,
        private=private,
        form_key=link_token(),
    )


def _title_of(key: str) -> str:
    """The title of a vision point by its key in the words."""
    return next(str(one["title"]) for one in words("vision")["points"] if one["key"] == key)


def _seated(stage: Stage, table: Table, told: Told, access: Access) -> Chair:
    """A chair with what was written there: of a member, or of somebody whose sheet of paper was typed over."""
    if "who" not in told:
        given = {"name": told["name"], "role": told["role"], "token": link_token()}
        typed = type_in(access=access, table=table, answers=_kept(told["answers"]), **given)
        assert typed is not None
        return typed
    person = stage.crowd.cast[told["who"]]
    role = stage.crowd.role_of(person)
    who = Sitter(person.first_name, role, person=person)
    chair = sit(table=table, who=who, token=link_token())
    assert chair is not None
    _fill_in(chair, told["answers"])
    return chair


def _fill_in(chair: Chair, answers: Told) -> None:
    for number, section in enumerate(instrument_of(chair.table).sections, 1):
        here = {item.key: answers[item.key] for item in section.items if item.key in answers}
        if here:
            write_section(chair=chair, number=number, answers=_kept(here))


def _kept(answers: Told) -> dict[str, Told]:
    return {key: {"v": value} for key, value in answers.items()}
