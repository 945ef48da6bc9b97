"""A talk in a hall to answer: an instrument with three sections, and strangers with a token each."""

from __future__ import annotations

from typing import Any

from lemniscaat.base.keys import link_token
from lemniscaat.collection.hall import answer_step, open_step
from lemniscaat.collection.models import Round
from lemniscaat.instruments.grammar import Instrument
from lemniscaat.instruments.models import InstrumentVersion
from lemniscaat.people.models import Person
from tests.cast import World

OPTIONS = [{"key": f"o{n}", "nl": word} for n, word in enumerate(("Nooit", "Soms", "Vaak", "Altijd"), 1)]
THINGS = [{"key": "tijd", "nl": "Tijd"}, {"key": "mensen", "nl": "Mensen"}, {"key": "plek", "nl": "Een plek"}]
YES_NO = [{"key": "ja", "nl": "Ja"}, {"key": "nee", "nl": "Nee"}]
SECTIONS: list[dict[str, Any]] = [
    {
        "title": "Kijken",
        "items": [
            {"kind": "scale", "key": "vaak", "text": "Hoe vaak keek je bij een ander?", "options": OPTIONS},
            {"kind": "text", "key": "woord", "text": "Wat zag je?"},
        ],
    },
    {"title": "Uitleg", "script": [{"minutes": 2, "say": "We gaan kiezen."}]},
    {
        "title": "Kiezen",
        "module": "kiezen",
        "items": [
            {"kind": "ranking", "key": "eerst", "text": "Wat eerst?", "options": THINGS},
            {"kind": "choices", "key": "hielp", "text": "Wat hielp?", "options": THINGS},
        ],
    },
    {
        "title": "Bezoek",
        "items": [
            {
                "kind": "choice",
                "key": "bezoek",
                "text": "Kwam er iemand?",
                "factual": True,
                "options": YES_NO,
            },
        ],
    },
    {
        "title": "Na het bezoek",
        "items": [
            {
                "kind": "scale",
                "key": "daarna",
                "text": "Praatten jullie erover?",
                "options": OPTIONS,
                "show_if": {"item": "bezoek", "any_of": ["ja"]},
            },
        ],
    },
]
ALL = {"modules": None, "quick": False, "points": []}


def instrument(**fields: Any) -> Instrument:
    both = {"nl": "In de zaal", "en": "In the hall"}
    head = {"key": "zaal", "version": 1, "titles": both, "purpose": both, "ways": ["live"], "round": True}
    origin = dict.fromkeys(("maker", "origin", "known", "ours"), "Eigen uitwerking.")
    return Instrument.model_validate({**head, **origin, "sections": SECTIONS, **fields})


def version_of(world: World, made: Instrument | None = None) -> InstrumentVersion:
    made = made or instrument()
    return InstrumentVersion.objects.get_or_create(
        partnership=world.partnership,
        key=made.key,
        version=made.version,
        defaults={"root": made.root, "definition": made.definition(), "frozen_on": world.period.starts_on},
    )[0]


def step(world: World, section: int = 1, *, who: Person | None = None, **fields: Any) -> Round:
    """One section asked of a hall of the team, by Noor."""
    given = {"chosen": ALL, "version": version_of(world), "title": f"Studiedag: stap {section}", **fields}
    access = world.access(who or world.noor)
    return open_step(access=access, layer_id=world.team.pk, section=section, **given)


def strangers(number: int) -> list[str]:
    """The tokens of so many devices."""
    return [link_token() for _ in range(number)]


def chose(option: int, words: str = "") -> dict[str, Any]:
    """A sheet of the first section."""
    return {"vaak": {"v": f"o{option}"}} | ({"woord": {"v": words}} if words else {})


def answered(round_: Round, options: list[int]) -> list[str]:
    """So many strangers, each with his own option."""
    tokens = strangers(len(options))
    for token, option in zip(tokens, options, strict=True):
        answer_step(round_=round_, secret=token, answers=chose(option))
    return tokens
