"""A stopped round with all kinds of items and groups large and small, and everybody's true answers to hold against it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import Any

from lemniscaat.base import clock
from lemniscaat.collection.models import CriterionItem, Plan, Response, Round, RoundState, Segment
from lemniscaat.collection.releasing import release_round
from lemniscaat.instruments.grammar import Instrument
from lemniscaat.instruments.models import InstrumentVersion
from lemniscaat.people.models import FAMILY, Organisation, Role
from tests.cast import World, organisation

WORDS = ("Nog niet", "Eén keer", "Een paar keer", "Elke week", "Vaker dan elke week")
SEVERAL = [
    {"key": "tijd", "nl": "Tijd"},
    {"key": "mensen", "nl": "Mensen"},
    {"key": "plek", "nl": "Een plek"},
]
ITEMS: list[dict[str, Any]] = [
    {"kind": "scale", "key": "vragen", "text": "Vroeg je iemand in je les te komen kijken?", "scale": "vaak"},
    {
        "kind": "choice",
        "key": "bezoek",
        "text": "Kwam er iemand?",
        "factual": True,
        "options": [{"key": "ja", "nl": "Ja"}, {"key": "nee", "nl": "Nee"}],
    },
    {
        "kind": "scale",
        "key": "daarna",
        "text": "Praatten jullie erover na?",
        "scale": "vaak",
        "show_if": {"item": "bezoek", "any_of": ["ja"]},
    },
    {"kind": "choices", "key": "hielp", "text": "Wat hielp?", "options": SEVERAL},
    {"kind": "ranking", "key": "eerst", "text": "Wat eerst?", "options": SEVERAL},
    {"kind": "text", "key": "vertel", "text": "Wat gaf je een zetje?"},
]
Sheet = dict[str, dict[str, Any]]


def instrument(key: str = "kijken") -> Instrument:
    return Instrument.model_validate(
        {
            "key": key,
            "version": 1,
            "titles": {"nl": "Bij elkaar kijken", "en": "Watching each other"},
            "maker": "Wij",
            "origin": "Eigen uitwerking",
            "known": "Niets.",
            "ours": "Alles.",
            "purpose": {"nl": "Proberen.", "en": "Trying."},
            "ways": ["alone"],
            "scales": {"vaak": [{"key": f"o{n}", "nl": word} for n, word in enumerate(WORDS, 1)]},
            "sections": [{"title": "Alles", "items": ITEMS}],
        }
    )


@dataclass
class Given:
    """A round, its segments, and what everybody really gave: {segment: sheets}."""

    round: Round
    segments: dict[int, Segment] = field(default_factory=dict)
    sheets: dict[int, list[Sheet]] = field(default_factory=dict)

    def segment(self, role: str, place: Organisation) -> int:
        return next(
            pk for pk, s in self.segments.items() if s.role == role and str(place.pk) in {s.school, s.board}
        )

    def respondents(self, members: Iterable[int]) -> int:
        return sum(len(self.sheets[member]) for member in members)

    def count(self, members: Iterable[int], item: str, value: object) -> int:
        """How many of these segments gave this value to an item, in truth."""
        found = [sheet.get(item, {}).get("v") for member in members for sheet in self.sheets[member]]
        return sum(value in one if isinstance(one, list) else one == value for one in found if one)


Groups = Mapping[tuple[str, Organisation], int]


def sheet(rng: Random, lean: float = 0.0, marker: str = "") -> Sheet:
    """One random sheet; `lean` is how often the first option is taken."""

    def one(options: list[str]) -> str:
        return options[0] if rng.random() < lean else rng.choice(options)

    scale, several = [f"o{n}" for n in range(1, 6)], [option["key"] for option in SEVERAL]
    visited = rng.random() < 0.7
    given: Sheet = {"vragen": {"v": one(scale)}, "bezoek": {"v": "ja" if visited else "nee"}}
    if visited:
        given["daarna"] = {"v": one(scale)}
    given["hielp"] = {"v": sorted({one(several), rng.choice(several)}, key=several.index)}
    given["eerst"] = {"v": several if rng.random() < lean else rng.sample(several, 3)}
    given["vertel"] = {"v": f"{marker or 'Iemand'} gaf mij een zetje, {rng.randrange(10**6)} keer."}
    for key in ("vragen", "hielp"):
        if rng.random() < 0.1:
            given[key] = {"skip": rng.choice(["na", "rather_not"])}
    return given


def stopped(
    world: World,
    groups: Groups,
    *,
    seed: str = "klein",
    lean: float = 0.0,
    plan: str = Plan.ROLE,
    key: str = "kijken",
    where: Organisation | None = None,
    release: bool = True,
) -> Given:
    """A round of the partnership (or `where`), answered by these numbers of people, stopped and released."""
    rng, today = Random(seed), clock.today()
    made = instrument(key)
    version, _new = InstrumentVersion.objects.get_or_create(
        partnership=world.partnership,
        key=made.key,
        version=1,
        defaults={"root": made.root, "definition": made.definition(), "frozen_on": today},
    )
    round_ = Round.objects.create(
        partnership=world.partnership,
        organisation=where or world.root,
        period=world.period,
        instrument=version,
        key=f"{key}-{seed}",
        title="Bij elkaar kijken",
        asked_by="Noor",
        roles=sorted({role for role, _place in groups}),
        plan=plan,
        parameters={"others": 5, "readers": 1, "alike_below": 10, "text_block": 10, "texts": 5},
        state=RoundState.STOPPED,
        opened_on=today - timedelta(days=14),
        stopped_on=today,
        return_by=today + timedelta(days=14),
        return_code=f"BRUG {key} {seed}"[:20],
        criterion=world.criterion,
    )
    given = Given(round_)
    for (role, place), number in groups.items():
        segment = _segment(world, round_, role, place)
        given.segments[segment.pk] = segment
        given.sheets[segment.pk] = [sheet(rng, lean, f"{role}") for _ in range(number)]
    rows = [
        Response(round=round_, segment_id=pk, answers=s) for pk, some in given.sheets.items() for s in some
    ]
    Response.objects.bulk_create(sorted(rows, key=lambda row: row.pk))
    if release:
        release_round(round_=round_)
    return given


def _segment(world: World, round_: Round, role: str, place: Organisation) -> Segment:
    board = str(world.board.pk) if place.kind == "school" else str(place.pk) if place.kind == "board" else "*"
    school = str(place.pk) if place.kind in {"school", "institute"} else "*"
    return Segment.objects.create(round=round_, family=FAMILY[role], role=role, board=board, school=school)


def linked(world: World, *items: str, key: str = "kijken") -> None:
    """These items tell something about the criterion."""
    for item in items:
        CriterionItem.objects.create(criterion=world.criterion, instrument_key=key, item_key=item)


def second_school(world: World) -> Organisation:
    return organisation("school", "De Kreek", world.board)


def small_groups(world: World) -> dict[tuple[str, Organisation], int]:
    """Students enough in one school and few in the other; four institute educators; nobody of the leaders."""
    other = second_school(world)
    return {
        (Role.STUDENT, world.school): 23,
        (Role.STUDENT, other): 3,
        (Role.MENTOR, world.school): 31,
        (Role.MENTOR, other): 7,
        (Role.SCHOOL_EDUCATOR, world.school): 7,
        (Role.INSTITUTE_EDUCATOR, world.institute): 4,
        (Role.SCHOOL_LEADER, world.school): 0,
    }
