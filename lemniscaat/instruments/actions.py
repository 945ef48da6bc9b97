"""What a layer does with the cabinet: copy, adapt, bring in, add a question of its own, put a copy away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from lemniscaat.base.writing import writing
from lemniscaat.instruments.adapting import Objection, adapted_from, objections
from lemniscaat.instruments.difference import differences
from lemniscaat.instruments.grammar import Instrument
from lemniscaat.instruments.library import library
from lemniscaat.instruments.models import InstrumentCopy
from lemniscaat.instruments.preparing import POINT
from lemniscaat.people.access import Access
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.people.trail import note_change

OWN = "eigen"


class ObjectionError(Exception):
    """The copy may not be kept like this."""

    def __init__(self, found: tuple[Objection, ...]) -> None:
        super().__init__(str(found))
        self.objections = found


class ClashError(Exception):
    """Somebody else changed the copy meanwhile."""


@dataclass(frozen=True)
class OwnQuestion:
    """A question that a school adds: `answers` are the options of a scale, none for an open question. `key`: its own
    name, so that it is the same question in a later copy; `quick`: asked in the quick scan as well."""

    text: str
    answers: tuple[str, ...] = ()
    key: str = ""
    quick: bool = False


def copy_instrument(*, access: Access, layer_id: int, example: Instrument) -> InstrumentCopy:
    """Make a copy that a layer may adapt. A copy of a copy keeps the first example as its root."""
    access.need(Verb.DO, Noun.ROUND, layer_id)
    key = _free_key(access, example.key, access.tree.layers[layer_id].name)
    made = adapted_from(example, example, key=key, version=1)
    return _store(access, layer_id, made, base=example)


def bring_in(*, access: Access, layer_id: int, instrument: Instrument) -> InstrumentCopy:
    """Put an instrument from a file in the cabinet of a layer. Its example, where we know it, guards the core.
    Raises ObjectionError."""
    access.need(Verb.DO, Noun.ROUND, layer_id)
    example = library().instruments.get(instrument.root)
    known = example is not None and not example.frame
    base = example if example is not None and known else instrument
    found = objections(base, instrument)
    if found:
        raise ObjectionError(found)
    key = _free_key(access, instrument.key, access.tree.layers[layer_id].name)
    if known or instrument.based_on:
        return _store(access, layer_id, adapted_from(base, instrument, key=key, version=1), base=base)
    alone = instrument.key not in library().instruments and not _taken(access, instrument.key)
    made = instrument if alone else instrument.model_copy(update={"key": key})
    return _store(access, layer_id, made, base=made)


def keep(*, access: Access, copy: InstrumentCopy, adapted: Instrument, seen: int) -> InstrumentCopy:
    """Keep an adapted copy. `seen`: the version somebody looked at. Words that did not change keep their version.

    Raises ObjectionError where the core changed or there are too many own questions, ClashError where it was changed
    meanwhile.
    """
    access.need(Verb.DO, Noun.ROUND, copy.organisation_id)
    base = Instrument.model_validate(copy.base)
    example = Instrument.model_validate(copy.definition).based_on
    found = objections(base, adapted) if example else ()
    if found:
        raise ObjectionError(found)
    with writing():
        current = InstrumentCopy.objects.select_for_update().get(pk=copy.pk)
        if current.version != seen:
            raise ClashError
        was = Instrument.model_validate(current.definition)
        if example:
            made = adapted_from(base, adapted, key=was.key, version=was.version + 1)
        else:
            made = adapted.model_copy(update={"key": was.key, "version": was.version + 1})
        if not differences(was, made):
            return current
        current.definition = made.definition()
        current.version += 1
        current.changed_on, current.changed_by = access.day, access.person
        current.save()
        note_change(access, verb="adapted", thing=current)
    return current


def add_question(*, access: Access, copy: InstrumentCopy, question: OwnQuestion, seen: int) -> InstrumentCopy:
    """Add a question of one's own at the end of a copy, once where it has a key. Raises as `keep`."""
    plain = Instrument.model_validate(copy.definition).definition()
    taken = {item["key"] for section in plain["sections"] for item in section.get("items", ())}
    if question.key in taken:
        return copy
    key = question.key or next(name for n in range(1, 100) if (name := f"{OWN}-{n}") not in taken)
    item: dict[str, Any] = {"kind": "text", "key": key, "text": question.text, "own": True}
    item |= {"quick": True} if question.quick else {}
    if question.answers:
        options = [{"key": f"o{n}", "nl": words} for n, words in enumerate(question.answers, 1)]
        item |= {"kind": "scale", "options": options}
    mine = next((s for s in plain["sections"] if s["title"].get("nl") == _("Onze eigen vragen")), None)
    if mine is None:
        mine = {"title": {"nl": _("Onze eigen vragen")}, "items": []}
        plain["sections"].append(mine)
    mine["items"] = [*mine.get("items", ()), item]
    return keep(access=access, copy=copy, adapted=Instrument.model_validate(plain), seen=seen)


def leave_out(*, access: Access, copy: InstrumentCopy, item: str, seen: int) -> InstrumentCopy:
    """Take a question out of a copy; what hung on its answer goes with it. Raises as `keep`."""
    was = Instrument.model_validate(copy.definition)
    gone = {item} | {one.key for one in was.items if one.opened_by == item}
    sections = []
    for section in was.sections:
        items = tuple(one for one in section.items if one.key not in gone)
        if items or section.script:
            sections.append(section.model_copy(update={"items": items}))
    adapted = was.model_copy(update={"sections": tuple(sections)})
    adapted = Instrument.model_validate(adapted.definition())
    return keep(access=access, copy=copy, adapted=adapted, seen=seen)


def put_away(*, access: Access, copy: InstrumentCopy) -> None:
    """Take a copy out of the cabinet. Rounds and tables that used it keep their own frozen words."""
    access.need(Verb.DO, Noun.ROUND, copy.organisation_id)
    with writing():
        note_change(access, verb="removed", thing=copy)
        copy.delete()


def _store(access: Access, layer_id: int, made: Instrument, *, base: Instrument) -> InstrumentCopy:
    with writing():
        copy = InstrumentCopy.objects.create(
            partnership=access.partnership,
            organisation_id=layer_id,
            key=made.key,
            definition=made.definition(),
            base=base.definition(),
            changed_on=access.day,
            changed_by=access.person,
        )
        note_change(access, verb="copied", thing=copy)
    return copy


def _taken(access: Access, key: str) -> bool:
    return InstrumentCopy.objects.filter(partnership=access.partnership, key=key).exists()


def _free_key(access: Access, key: str, where: str) -> str:
    """A key that tells whose copy it is: 'werkplekleren-het-waterrad'."""
    stem = f"{key[:35].strip('-')}-{slugify(where)[:18].strip('-') or POINT}".strip("-")
    names = (stem, *(f"{stem}-{n}" for n in range(2, 100)))
    return next(name for name in names if name not in library().instruments and not _taken(access, name))
