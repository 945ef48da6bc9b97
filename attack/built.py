"""A random partnership in a real database: places, a released round per batch of answers, and a spy who is everything."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import Any

from attack.worlds import Sheet, mood_of, sheet_of
from lemniscaat.base import clock
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
]


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
        {**item, "options": [{"key": slug(o), "nl": f"Antwoord {o}"} for o in item["options"]]}
        for item in ITEMS
    ]
    for item in items:
        if "show_if" in item:
            item["show_if"] = {**item["show_if"], "any_of": [slug(o) for o in item["show_if"]["any_of"]]}
    both = {"nl": "Aanval", "en": "Attack"}
    origin = dict.fromkeys(("maker", "origin", "known", "ours"), "Eigen uitwerking.")
    head = {"key": "aanval", "version": 1, "titles": both, "purpose": both, "ways": ["alone"]}
    return Instrument.model_validate({**head, **origin, "sections": [{"title": both, "items": items}]})


def stored(sheet: Sheet) -> dict[str, Any]:
    """A sheet of attack.worlds as an answered response keeps it."""
    answers: dict[str, Any] = {}
    for key, given in sheet.items():
        if isinstance(given, str):
            if given != "blank":
                answers[key] = {"skip": given}
        elif key == "helped":
            answers[key] = {"v": [slug(part) for part in ("time", "people", "place") if part in given]}
        elif key == "order":
            answers[key] = {"v": [slug(part) for part in sorted(given, key=given.__getitem__)]}
        else:
            answers[key] = {"v": slug(given[""])}
    if answers.get("visited") != {"v": slug("yes")}:
        answers.pop("visit", None)
    return answers


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
    round_ = Round.objects.create(
        partnership=partnership,
        organisation=partnership.root,
        instrument=version,
        key=f"ronde-{number}",
        title=f"Ronde {number}",
        roles=roles,
        plan=plan,
        parameters=PARAMETERS,
        state=RoundState.STOPPED,
        opened_on=clock.today() - timedelta(9 - number),
        stopped_on=clock.today() - timedelta(8 - number),
        return_code=f"{partnership.slug[-9:]} {number}",
        criterion=criterion,
    )
    batch = Batch(round_)
    raw = rng.random() < 0.5
    names = {s: s for s in invited} if raw else segmentation(invited, plan=plan).stored  # type: ignore[arg-type]
    _answer(rng, batch, invited, names)
    release_round(round_=round_)
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
