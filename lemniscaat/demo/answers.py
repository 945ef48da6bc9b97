"""Believable answers for a round: one mood a person, and each role sees the same thing a little differently."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Any

from lemniscaat.demo.words import words
from lemniscaat.instruments.grammar import Instrument
from lemniscaat.instruments.items import BaseItem
from lemniscaat.instruments.kinds.choice import ChoiceItem
from lemniscaat.instruments.kinds.choices import ChoicesItem
from lemniscaat.instruments.kinds.ranking import RankingItem
from lemniscaat.instruments.kinds.scale import ScaleItem
from lemniscaat.instruments.kinds.table import TableItem
from lemniscaat.instruments.kinds.text import TextItem
from lemniscaat.people.models import FAMILY

Answer = dict[str, Any]

# How far a role leans on an item, in standard deviations; "" stands for every item. Students dare less to ask,
# and those who guide think it happens more often.
_LEANS: dict[str, dict[str, float]] = {
    "student": {
        "": -0.15,
        "lesbezoek": -0.75,
        "proberen": -0.35,
        "gezien": -0.9,
        "terughoren": -1.1,
        "autonomie": -0.6,
    },
    "career_changer": {"": -0.35, "lesbezoek": -1.0, "past": -0.8, "zelfde-vraag": -0.9, "tijd": -0.7},
    "starter": {"": -0.1, "hardop-denken": -0.9, "wie-wanneer": -0.5, "autonomie": 0.2},
    "mentor": {"": 0.2, "lesbezoek": 0.1, "relatie": -0.3},
    "school_educator": {"": 0.45, "lesbezoek": 0.5},
    "institute_educator": {"": 0.1, "lesbezoek": -0.1},
    "school_leader": {"": 0.5},
}
_CUTS = (-0.95, -0.2, 0.55, 1.25)
_CHOSEN = {
    "voordoen": 0.42,
    "samen": 0.5,
    "mislukken": 0.22,
    "vragen": 0.36,
    "opleiding": 0.17,
    "niets": 0.12,
}
_AFTER = {"anders": 4.0, "plan": 3.0, "bevestigd": 3.0, "zoeken": 1.6, "geen": 1.2}
_FIRST: dict[str, dict[str, float]] = {
    "learning": {
        "meekijken": 1.2,
        "nabespreken": 2.4,
        "voorbereiden": 1.8,
        "afkijken": 2.2,
        "samen-leren": 2.4,
        "eigenaarschap": 1.8,
    },
    "guiding": {
        "meekijken": 2.4,
        "nabespreken": 2.2,
        "voorbereiden": 1.6,
        "afkijken": 0.9,
        "samen-leren": 2.6,
        "samenhang": 1.9,
    },
    "leading": {"beroepsbeeld": 2.8, "kwaliteitszorg": 1.6, "zicht": 2.2, "samen-leren": 1.1},
}


@dataclass
class Giver:
    """Somebody who fills in: a role, a mood that colours all answers, and a lot to draw from."""

    role: str
    mood: float
    draw: Random

    @property
    def family(self) -> str:
        return FAMILY.get(self.role, "learning")

    def step(self, item: str, steps: int) -> int:
        """Which of so many steps, from little to much."""
        leans = _LEANS.get(self.role, {})
        felt = self.mood * 0.65 + leans.get("", 0.0) + leans.get(item, 0.0) + self.draw.gauss(0, 0.75)
        return min(steps - 1, sum(felt > cut for cut in _CUTS))


def sheet(instrument: Instrument, role: str, *, mood: float, draw: Random) -> dict[str, Answer]:
    """The answers of one person by item; some skip, some leave open."""
    giver = Giver(role, mood + draw.gauss(0, 1), draw)
    # a few tick the same all the way down: the quality of the information tells so
    straight = draw.random() < 0.03
    answers: dict[str, Answer] = {}
    for item in instrument.items:
        chance = draw.random()
        if chance < 0.02:
            continue
        if chance < 0.055 and item.skips:
            answers[item.key] = {"skip": item.skips[0] if chance < 0.042 else item.skips[-1]}
            continue
        value = (
            item.options[3].key
            if straight and isinstance(item, ScaleItem)
            else _value(instrument, item, giver)
        )
        if value is not None:
            answers[item.key] = {"v": value}
    return answers


def _value(instrument: Instrument, item: BaseItem, giver: Giver) -> Any:
    draw = giver.draw
    if isinstance(item, ScaleItem):
        return item.options[giver.step(item.key, len(item.options))].key
    if isinstance(item, ChoiceItem):
        weights = [_AFTER.get(option.key, 1.0) for option in item.options]
        return draw.choices(item.options, weights)[0].key
    if isinstance(item, ChoicesItem):
        return [option.key for option in item.options if draw.random() < _CHOSEN.get(option.key, 0.3)] or None
    if isinstance(item, RankingItem):
        pull = {option.key: _FIRST[giver.family].get(option.key, 1.0) for option in item.options}
        order = sorted(pull, key=lambda key: draw.random() ** (1 / pull[key]), reverse=True)
        return order[: item.places]
    if isinstance(item, TableItem):
        return {
            row.key: {
                column.key: column.options[giver.step(row.key, len(column.options))].key
                for column in item.columns
                if column.options
            }
            for row in item.rows
        }
    return _text(instrument, item, giver) if isinstance(item, TextItem) else None


def _text(instrument: Instrument, item: TextItem, giver: Giver) -> str | None:
    pool = words("texts").get(instrument.root, {}).get(item.key, {}).get(giver.family, [])
    return giver.draw.choice(pool) if pool and giver.draw.random() < 0.24 else None
