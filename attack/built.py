"""A random partnership in a real database: places, a released round per batch of answers, and a spy who is everything."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import Any

from attack.worlds import QUESTIONS, Sheet, mood_of, sheet_of
from lemniscaat.base import clock
from lemniscaat.collection.chosen import Chosen
from lemniscaat.collection.models import CriterionItem, Plan, Response, Round, RoundState, Segment
from lemniscaat.collection.places import standing
from lemniscaat.collection.releasing import release_round
from lemniscaat.collection.segments import Segment as Standing
from lemniscaat.collection.segments import segmentation
from lemniscaat.instruments.grammar import Instrument
from lemniscaat.instruments.models import InstrumentVersion
from lemniscaat.people.models import Membership, Organisation, OrganisationLink, Partnership, Person, Role
from lemniscaat.people.tree import Tree, tree_of
from lemniscaat.vision.models import Criterion, Period, VisionPoint

PEOPLE = {
    Role.STUDENT: (3, 16),
    Role.STARTER: (0, 4),
    Role.MENTOR: (2, 12),
    Role.SCHOOL_EDUCATOR: (0, 2),
    Role.INSTITUTE_EDUCATOR: (0, 2),
    Role.SCHOOL_LEADER: (0, 2),
    Role.CAREER_CHANGER: (0, 3),
}
PARAMETERS = {"others": 5, "readers": 1, "alike_below": 10, "text_block": 10, "texts": 5}
ITEMS: list[dict[str, Any]] = [
    {"kind": "scale", "key": "scale", "text": "Vraag scale", "options": ["1", "2", "3", "4"]},
    {"kind": "choice", "key": "visited", "text": "Vraag visited", "options": ["yes", "no"], "factual": True},
    {
        "kind": "choice",
        "key": "visit",
        "text": "Vraag visit",
        "options": ["good", "could be better", "poor"],
        "show_if": {"item": "visited", "any_of": ["yes"]},
    },
    {"kind": "choices", "key": "helped", "text": "Vraag helped", "options": ["time", "people", "place"]},
    {"kind": "ranking", "key": "order", "text": "Vraag order", "options": ["a", "b", "c"]},
    {
        "kind": "checklist",
        "key": "points",
        "text": "Vraag points",
        "points": ["left", "right"],
        "options": ["there", "partly"],
    },
    {
        "kind": "cards",
        "key": "drawn",
        "text": "Vraag drawn",
        "cards": ["hill", "bridge", "boat"],
        "draw": 2,
    },
    {
        "kind": "opportunities",
        "key": "board",
        "text": "Vraag board",
        "sides": ["here", "there"],
        "groups": ["first year", "second year"],
    },
    {"kind": "wanted", "key": "growth", "text": "Vraag growth", "options": ["some", "much"]},
    {
        "kind": "placement",
        "key": "placed",
        "text": "Vraag placed",
        "phases": ["apart", "between", "together"],
        "between": False,
        "wish": "Waarheen?",
    },
    {"kind": "number", "key": "hours", "text": "Vraag hours", "greatest": 40, "bins": [0, 5, 10]},
]
LISTS = ("options", "points", "cards", "sides", "groups", "phases")
HOURS = {"few": 3, "several": 7, "many": 22}


@dataclass
class Batch:
    """The answers that are cut together, as they were really given."""

    round: Round
    segments: dict[int, Segment] = field(default_factory=dict)
    sheets: dict[int, list[Sheet]] = field(default_factory=dict)


@dataclass
class Built:
    """All of one partnership."""

    partnership: Partnership
    criterion: Criterion
    spy: Person
    places: dict[int, str]
    batches: list[Batch]


def slug(option: str) -> str:
    """A key as an instrument spells it."""
    return "o-" + option.replace(" ", "-")


def instrument() -> Instrument:
    """The questions of attack.worlds as an instrument file."""
    items = [
        {**item, **{name: [_named(o, name) for o in item[name]] for name in LISTS if name in item}}
        for item in ITEMS
    ]
    for item in items:
        if "show_if" in item:
            item["show_if"] = {**item["show_if"], "any_of": [slug(o) for o in item["show_if"]["any_of"]]}
        item["cannot_judge"] = True
    both = {"nl": "Aanval", "en": "Attack"}
    origin = dict.fromkeys(("maker", "origin", "known", "ours"), "Eigen uitwerking.")
    head = {"key": "aanval", "version": 1, "titles": both, "purpose": both, "ways": ["alone"], "round": True}
    return Instrument.model_validate({**head, **origin, "sections": [{"title": both, "items": items}]})


def _named(option: str, name: str) -> dict[str, str]:
    named = {"key": slug(option), "nl": f"Antwoord {option}"}
    return {**named, "words": "Zo ziet het eruit."} if name == "phases" else named


def stored(sheet: Sheet) -> dict[str, Any]:
    """A sheet of attack.worlds as an answered response keeps it."""
    answers: dict[str, Any] = {}
    for key, given in sheet.items():
        if not isinstance(given, str):
            answers[key] = {"v": _value(key, given)}
        elif given != "blank":
            answers[key] = {"skip": given}
    if answers.get("visited") != {"v": slug("yes")}:
        answers.pop("visit", None)
    return answers


def _value(key: str, given: Mapping[str, str]) -> Any:
    said = {part: slug(option) for part, option in given.items() if option != "open"}
    words = {"side": slug("here"), "text": "Meekijken"}
    found: dict[str, Any] = {
        "helped": [slug(part) for part in QUESTIONS["helped"].parts if part in given],
        "order": [slug(part) for part in sorted(given, key=given.__getitem__)],
        "points": {"rows": {slug(part): {"at": option} for part, option in said.items()}},
        "drawn": {"rows": {slug(part): {"at": "yes"} for part in given}},
        "board": {"found": [{**words, "groups": [slug(part)]} for part in given] or [words]},
        "hours": HOURS.get(given.get("", "")),
    }
    return found.get(key) or said.get("") or said


def build(rng: Random, *, small: bool, batches: int) -> Built:
    """Make it; the same for the same random numbers, but for what is drawn at random on purpose."""
    today = clock.today()
    root = Organisation.objects.create(kind="partnership", name="De Proef", valid_from=today)
    partnership = Partnership.objects.create(name="De Proef", slug=f"proef-{rng.randrange(10**9)}", root=root)
    places = {root.pk: "De Proef"}
    for board in range(1, rng.randint(1, 2 if small else 4) + 1):
        above = _below(root, "board", f"Bestuur {board}", places)
        for school in range(1, rng.randint(1, 2 if small else 4) + 1):
            _below(above, "school", f"School {board}{school}", places)
    spy = Person.objects.create_user(f"{partnership.slug}@example.org", "Spion")
    Membership.objects.bulk_create(
        Membership(partnership=partnership, person=spy, organisation_id=place, role=role, valid_from=today)
        for place in places
        for role in Role.values
    )
    Period.objects.create(
        partnership=partnership, name="nu", starts_on=today - timedelta(90), ends_on=today + timedelta(90)
    )
    common = {"partnership": partnership, "organisation": root}
    point = VisionPoint.objects.create(title="Punt", what="Wat", how="Hoe", **common)
    lat = Criterion.objects.create(
        point=point, sentence="Lat", good="a", good_enough="b", not_yet="c", **common
    )
    for item in ITEMS:
        CriterionItem.objects.create(criterion=lat, instrument_key="aanval", item_key=item["key"])
    version = InstrumentVersion.objects.create(
        partnership=partnership,
        key="aanval",
        version=1,
        definition=instrument().definition(),
        frozen_on=today,
    )
    plan, tree = rng.choice(Plan.values), tree_of(partnership, today)
    made = [_batch(rng, partnership, version, lat, plan, tree, number, small) for number in range(batches)]
    made.append(_hall(rng, partnership, version, lat, batches))
    return Built(partnership, lat, spy, places, made)


def _below(parent: Organisation, kind: str, name: str, places: dict[int, str]) -> Organisation:
    made = Organisation.objects.create(kind=kind, name=name, valid_from=parent.valid_from)
    OrganisationLink.objects.create(child=made, parent=parent, valid_from=parent.valid_from)
    places[made.pk] = name
    return made


def _batch(
    rng: Random,
    partnership: Partnership,
    version: InstrumentVersion,
    criterion: Criterion,
    plan: str,
    tree: Tree,
    number: int,
    small: bool,
) -> Batch:
    roles = rng.sample(sorted(PEOPLE), rng.randint(2, 4) if small else rng.randint(3, 7))
    schools = [layer.id for layer in tree.layers.values() if layer.kind == "school"]
    invited = [
        standing(tree, role=role, organisation=school)
        for role in roles
        for school in schools
        for _one in range(rng.randint(*PEOPLE[Role(role)]))
    ]
    round_ = _round(partnership, version, criterion, number, roles=roles, plan=plan)
    batch = Batch(round_)
    raw = rng.random() < 0.5
    names = {s: s for s in invited} if raw else segmentation(invited, plan=plan).stored  # type: ignore[arg-type]
    _answer(rng, batch, invited, names)
    release_round(round_=round_)
    return batch


def _round(
    partnership: Partnership, version: InstrumentVersion, criterion: Criterion, number: int, **fields: Any
) -> Round:
    return Round.objects.create(
        partnership=partnership,
        organisation=partnership.root,
        instrument=version,
        key=f"ronde-{number}",
        title=f"Ronde {number}",
        parameters=PARAMETERS,
        state=RoundState.STOPPED,
        opened_on=clock.today() - timedelta(9 - number),
        stopped_on=clock.today() - timedelta(8 - number),
        return_code=f"{partnership.slug[-9:]} {number}",
        criterion=criterion,
        **fields,
    )


def _hall(
    rng: Random, partnership: Partnership, version: InstrumentVersion, criterion: Criterion, number: int
) -> Batch:
    """A step in a hall of strangers: nobody's place or role is known, so they are one block or none."""
    batch = Batch(_round(partnership, version, criterion, number, chosen=Chosen(None, only=1).stored()))
    row, mood = Segment.objects.create(round=batch.round), mood_of(rng)
    batch.segments = {row.pk: row}
    batch.sheets = {row.pk: [sheet_of(rng, mood) for _one in range(rng.randint(0, 20))]}
    sheets = [Response(round=batch.round, segment=row, answers=stored(s)) for s in batch.sheets[row.pk]]
    Response.objects.bulk_create(sorted(sheets, key=lambda sheet: sheet.pk))
    release_round(round_=batch.round)
    return batch


def _answer(rng: Random, batch: Batch, invited: list[Standing], names: Any) -> None:
    rows = {
        name: Segment.objects.create(round=batch.round, **name._asdict())
        for name in sorted(set(names.values()))
    }
    moods = {name: mood_of(rng) for name in rows}
    batch.segments = {row.pk: row for row in rows.values()}
    batch.sheets = {row.pk: [] for row in rows.values()}
    rate, sheets = rng.uniform(0.4, 0.75), []
    for one in invited:
        if rng.random() < rate:
            row = rows[names[one]]
            sheet = sheet_of(rng, moods[names[one]])
            batch.sheets[row.pk].append(sheet)
            sheets.append(Response(round=batch.round, segment=row, answers=stored(sheet)))
    Response.objects.bulk_create(sorted(sheets, key=lambda row: row.pk))
