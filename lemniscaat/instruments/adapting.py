"""A copy may differ from its example: free questions change or go, a few own ones come, the core stays as it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lemniscaat.instruments.difference import break_of
from lemniscaat.instruments.grammar import Instrument, Source
from lemniscaat.instruments.items import BaseItem
from lemniscaat.instruments.language import DUTCH, Language, gettext_noop

GONE = gettext_noop("De kernvraag ‘%(text)s’ is weg. Zet hem terug: zonder hem is vergelijken niet eerlijk.")
CHANGED = gettext_noop(
    "De kernvraag ‘%(text)s’ is veranderd. Zet de woorden en de antwoorden terug, of maak er een eigen vraag van."
)
NOT_CORE = gettext_noop("‘%(text)s’ is geen kernvraag van het voorbeeld. Haal 'core' weg.")
TOO_MANY = gettext_noop("Dit zijn %(n)d eigen vragen. Er mogen er %(most)d bij; laat er %(less)d weg.")


@dataclass(frozen=True)
class Objection:
    """Why a copy may not be kept like this, in a sentence that says what to do."""

    message: str
    values: dict[str, object] = field(default_factory=dict)

    def say(self, language: Language = DUTCH) -> str:
        return language.gettext(self.message) % self.values


def objections(base: Instrument, adapted: Instrument) -> tuple[Objection, ...]:
    """Everything that keeps an adapted instrument from standing beside its example."""
    return (*_about_core(base, adapted), *_about_own(base, adapted))


def adapted_from(base: Instrument, adapted: Instrument, *, key: str, version: int) -> Instrument:
    """The adapted instrument as a copy: its own key and version, where it comes from, its own questions marked.

    Raises nothing: ask `objections` first.
    """
    source = base.based_on or Source(key=base.key, version=base.version)
    sections = tuple(
        section.model_copy(update={"items": tuple(_marked(base, item) for item in section.items)})
        for section in adapted.sections
    )
    plain = adapted.model_copy(
        update={"key": key, "version": version, "based_on": source, "sections": sections}
    )
    return Instrument.model_validate(plain.definition())


def _marked(base: Instrument, item: BaseItem) -> BaseItem:
    if item.key in base.by_key:
        return item
    return item.model_copy(update={"own": True, "core": False})


def _about_core(base: Instrument, adapted: Instrument) -> Iterator[Objection]:
    for item in base.items:
        if not item.core:
            continue
        if item.key not in adapted.by_key:
            yield Objection(GONE, {"text": item.text.nl})
        elif break_of(base, adapted, item.key) or not adapted.item(item.key).core:
            yield Objection(CHANGED, {"text": item.text.nl})
    for item in adapted.items:
        known = base.by_key.get(item.key)
        if item.core and known is not None and not known.core:
            yield Objection(NOT_CORE, {"text": item.text.nl})


def _about_own(base: Instrument, adapted: Instrument) -> Iterator[Objection]:
    own = sum(item.key not in base.by_key or item.own for item in adapted.items)
    if own > base.own_items:
        values: dict[str, object] = {"n": own, "most": base.own_items, "less": own - base.own_items}
        yield Objection(TOO_MANY, values)
