"""Random partnerships with random answers, and everything a viewer of their releases can collect."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from random import Random

from attack.bounds import Own
from attack.figures import Counts, Evidence, Figure, Question
from lemniscaat.collection.release import (
    ItemRule,
    ItemTally,
    Params,
    Plan,
    Released,
    SegmentTally,
    participation,
    plan_path,
    release,
    table,
)
from lemniscaat.collection.segments import Segment, segmentation

ROLES = {
    "student": ("learners", 3, 16),
    "starter": ("learners", 0, 4),
    "mentor": ("supporters", 2, 12),
    "school-educator": ("educators", 0, 2),
    "institute-educator": ("educators", 0, 2),
    "leader": ("leaders", 0, 2),
    "career-changer": ("learners", 0, 3),
    "colleague": ("supporters", 0, 8),
}
QUESTIONS = {
    "scale": Question(options=("1", "2", "3", "4")),
    "visited": Question(options=("yes", "no"), factual=True),
    "visit": Question(options=("good", "could be better", "poor"), opened_by="visited"),
    "helped": Question("many", ("yes",), ("time", "people", "place"), least=1),
    "order": Question("ranking", ("1", "2", "3"), ("a", "b", "c")),
    "points": Question(
        options=("there", "partly", "open"), parts=("left", "right"), open="open", filled=True
    ),
    "drawn": Question("many", ("yes",), ("hill", "bridge", "boat"), least=1, most=2),
    "board": Question("many", ("yes",), ("first year", "second year")),
    "growth": Question(options=("some", "much"), parts=("now", "want")),
    "placed": Question(options=("apart", "between", "together", "open"), parts=("at", "wish"), open="open"),
    "hours": Question(options=("few", "several", "many")),
}
"""As the instruments have them: a scale, a fact that opens a next question, several answers, a ranking; then rows
that may be left open (a checklist), cards to draw two of, a board where nobody has to name a group, now and wanted,
a placement with a wish, a number in classes."""
RULES = tuple(
    ItemRule(key, q.opened_by, q.factual, q.kind == "many", q.kind == "ranking", q.parts, bool(q.open))
    for key, q in QUESTIONS.items()
)
Sheet = dict[str, dict[str, str] | str]  # per item: the answer per part, or the reason why there is none


@dataclass
class Batch:
    """The answers that are cut together: a year, or the late answers to it."""

    name: str
    standings: dict[int, Segment] = field(default_factory=dict)
    sheets: dict[int, list[Sheet]] = field(default_factory=dict)

    def label(self, segment: int) -> str:
        return f"{self.name}:{'/'.join(self.standings[segment])}"


@dataclass
class World:
    """Batches of one partnership, and the plan they were opened with."""

    plan: Plan
    batches: list[Batch]

    def evidence(self, params: Params | None = None) -> Evidence:
        """Release every batch, then ask for every figure there is."""
        collected = Evidence({}, QUESTIONS, [], {key: {} for key in QUESTIONS})
        done = [_release(batch, params or Params(plan=self.plan), self.plan) for batch in self.batches]
        for batch in self.batches:
            _know(batch, collected)
        names = {s: b.label(s) for b in self.batches for s in b.standings}
        standings = {s: standing for b in self.batches for s, standing in b.standings.items()}
        for several in _periods(done):
            groups = {*groups_of(standings), *(b.members for r in several for b in r.base)}
            groups |= {b.members for r in several for blocks in r.items.values() for b in blocks}
            for group in sorted(groups, key=sorted):
                _ask(several, group, names, collected)
        unique = {repr((f.item, f.part, sorted(f.members))): f for f in collected.figures}
        collected.figures[:] = unique.values()
        return collected

    def readers(self, item: str, rng: Random, most: int) -> list[Own]:
        """Some people who gave this item an answer: each may be the attacker."""
        every = []
        for batch in self.batches:
            for segment, sheets in batch.sheets.items():
                answers = [sheet[item] for sheet in sheets]
                different = {tuple(a.items()) for a in answers if isinstance(a, dict)}
                every += [Own(batch.label(segment), dict(a)) for a in sorted(different)]
        return rng.sample(every, min(most, len(every)))


def groups_of(standings: Mapping[int, Segment]) -> set[frozenset[int]]:
    """Every place, role, family, crossing and the total."""
    groups = set()
    for who, where in itertools.product(("", "family", "role"), ("", "board", "school")):
        by: dict[tuple[str, ...], set[int]] = {}
        for segment, standing in standings.items():
            key = tuple(getattr(standing, level) for level in (who, where) if level)
            by.setdefault(key, set()).add(segment)
        groups |= {frozenset(members) for members in by.values()}
    return groups


def tallies(batch: Batch, plan: Plan) -> list[SegmentTally]:
    """What the folding of a round would hand over."""
    folded = []
    for segment, sheets in batch.sheets.items():
        items = {key: tally([sheet[key] for sheet in sheets]) for key in QUESTIONS}
        path = plan_path(plan, *batch.standings[segment])
        folded.append(SegmentTally(segment, path, len(sheets), items))
    return folded


def tally(answers: Iterable[dict[str, str] | str]) -> ItemTally:
    n = 0
    parts: dict[str, Counts] = {}
    skipped: Counts = {}
    for answer in answers:
        if isinstance(answer, str):
            skipped[answer] = skipped.get(answer, 0) + 1
            continue
        n += 1
        for part, option in answer.items():
            counts = parts.setdefault(part, {})
            counts[option] = counts.get(option, 0) + 1
    return ItemTally(n, parts, skipped)


def _release(batch: Batch, params: Params, plan: Plan) -> Released:
    return release(tallies(batch, plan), RULES, params)


def _periods(done: list[Released]) -> list[list[Released]]:
    """Each batch alone and every pooled window."""
    return [list(some) for size in range(1, len(done) + 1) for some in itertools.combinations(done, size)]


def _know(batch: Batch, collected: Evidence) -> None:
    for segment, sheets in batch.sheets.items():
        collected.people[batch.label(segment)] = len(sheets)
        for key in QUESTIONS:
            given = sum(isinstance(sheet[key], dict) for sheet in sheets)
            collected.answered[key][batch.label(segment)] = given


def _ask(several: list[Released], group: frozenset[int], names: Mapping[int, str], into: Evidence) -> None:
    for one in several:
        inside = [block.members for block in one.base if block.members <= group]
        if participation(one, group) is not None:
            into.seen.append(frozenset(names[m] for m in frozenset[int]().union(*inside)))
    for key, question in QUESTIONS.items():
        shown = table([block for one in several for block in one.items[key]], group)
        if shown is None:
            continue
        members = frozenset(names[m] for m in shown.members)
        for part in question.parts:
            counts, kept_back = shown.parts.get(part, {}), shown.kept_back.get(part, 0)
            into.figures.append(Figure(key, members, shown.n, counts, part, kept_back))


def random_world(rng: Random, *, small: bool, batches: int = 1, raw: bool | None = None) -> World:
    """A partnership of 1 to 5 boards. Small: few segments, for the linear programmes. Unless told, half of the worlds
    have segments as they are stored (ten invited) and half are raw: finer, so harder to protect."""
    plan: Plan = rng.choice(("role", "place", "board-role"))
    roles = rng.sample(sorted(ROLES), rng.randint(2, 4) if small else rng.randint(3, 8))
    schools = [
        (f"b{board}", f"s{board}{school}")
        for board in range(1, rng.randint(1, 3 if small else 5) + 1)
        for school in range(1, rng.randint(1, 2 if small else 5) + 1)
    ]
    raw = rng.random() < 0.5 if raw is None else raw
    made = []
    for number in range(batches):
        late = number > 0 and rng.random() < 0.4
        rate = rng.uniform(0.05, 0.3) if late else rng.uniform(0.4, 0.75)
        name = f"{'late' if late else 'year'}{number + 1}"
        invited = _invited(rng, roles, schools)
        made.append(_answered(rng, Batch(name), invited, raw, plan, rate, 1000 * number))
    return World(plan, made)


def _invited(rng: Random, roles: list[str], schools: list[tuple[str, str]]) -> list[Segment]:
    people = []
    for role in roles:
        family, low, high = ROLES[role]
        for board, school in schools:
            place = (board, "*") if rng.random() < 0.05 else (board, school)
            people += [Segment(family, role, *place)] * rng.randint(low, high)
    return people


def _answered(
    rng: Random, batch: Batch, invited: list[Segment], raw: bool, plan: Plan, rate: float, first: int
) -> Batch:
    stored = {s: s for s in invited} if raw else segmentation(invited, plan=plan).stored
    ids = {s: first + i for i, s in enumerate(sorted(set(stored.values())))}
    batch.standings = {number: s for s, number in ids.items()}
    batch.sheets = {number: [] for number in ids.values()}
    moods = {number: mood_of(rng) for number in ids.values()}
    for standing in invited:
        if rng.random() < rate:
            segment = ids[stored[standing]]
            batch.sheets[segment].append(sheet_of(rng, moods[segment]))
    return batch


@dataclass
class Mood:
    """How a segment leans: per item a favourite, how strongly, and how often nothing is said."""

    favourite: dict[str, int]
    strength: float
    silent: float
    visited: float


def mood_of(rng: Random) -> Mood:
    strength = rng.choice((0.0, 0.3, 0.8, 0.97, 1.0))
    favourite = {key: rng.randrange(4) for key in QUESTIONS}
    return Mood(favourite, strength, rng.choice((0.0, 0.1, 0.5)), rng.choice((0.1, 0.5, 1.0)))


def sheet_of(rng: Random, mood: Mood) -> Sheet:
    sheet: Sheet = {}
    for key, question in QUESTIONS.items():
        if rng.random() < mood.silent:
            sheet[key] = rng.choice(("na", "cannot_judge", "rather_not", "blank"))
        elif key == "visited":
            sheet[key] = {"": "yes" if rng.random() < mood.visited else "no"}
        else:
            sheet[key] = _answer(rng, question, mood.favourite[key], rng.random() < mood.strength)
    if sheet["visited"] != {"": "yes"}:
        sheet["visit"] = "na"
    return sheet


def _answer(rng: Random, question: Question, favourite: int, leans: bool) -> dict[str, str]:
    if question.kind == "ranking":
        positions = list(question.options)
        if not leans:
            rng.shuffle(positions)
        return dict(zip(question.parts, positions, strict=True))
    if question.kind == "many":
        return dict.fromkeys(_chosen(rng, question, favourite, leans), "yes")
    given = {
        part: question.options[(favourite + place) % len(question.options)]
        if leans
        else rng.choice(question.options)
        for place, part in enumerate(question.parts)
    }
    if given.get("at") == "open":
        given["at"] = "apart"  # only the wish may be left open
    if question.filled and set(given.values()) == {question.open}:
        given[question.parts[-1]] = question.options[0]
    return given


def _chosen(rng: Random, question: Question, favourite: int, leans: bool) -> list[str]:
    if leans and not question.least and favourite == len(question.parts):
        return []
    pick = question.parts[favourite % len(question.parts)] if leans else rng.choice(question.parts)
    more = [part for part in question.parts if part != pick and not leans and rng.random() < 0.3]
    chosen = [pick, *more][: question.most]
    return sorted(chosen if question.least or leans else [one for one in chosen if rng.random() < 0.8])
