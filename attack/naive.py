"""Schemes that do not hold, published as if they did: an attacker that cannot break these proves nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from random import Random

from attack.bounds import certain
from attack.figures import Counts, Evidence, Figure, Question
from attack.search import attack
from attack.worlds import Batch, groups_of, random_world, tally

LEAST = 5
ITEM = "scale"
SCALE = Question(options=("1", "2", "3", "4"))


def threshold(batch: Batch) -> list[frozenset[int]]:
    """Every group of five or more is shown, nothing else."""
    return [g for g in groups_of(batch.standings) if _size(batch, g) >= LEAST]


def siblings(batch: Batch) -> list[frozenset[int]]:
    """The same, but where one child of a group would be hidden alone, the smallest shown child is hidden as well."""
    shown = set(threshold(batch))
    for levels in (("board",), ("board", "school"), ("family",), ("family", "role")):
        parents: dict[tuple[str, ...], dict[str, set[int]]] = {}
        for segment, standing in batch.standings.items():
            *above, label = (getattr(standing, level) for level in levels)
            parents.setdefault(tuple(above), {}).setdefault(label, set()).add(segment)
        for kids in parents.values():
            sizes = sorted((_size(batch, kid), sorted(kid)) for kid in kids.values())
            hidden = sum(size for size, _ in sizes if size < LEAST)
            if 0 < hidden < LEAST:
                shown -= {frozenset(kid) for size, kid in sizes if size >= LEAST and size == _next(sizes)}
    return sorted(shown, key=sorted)


def _next(sizes: list[tuple[int, list[int]]]) -> int:
    return min((size for size, _ in sizes if size >= LEAST), default=0)


def blocks_of_five(batch: Batch) -> list[frozenset[int]]:
    """Disjoint groups of five or more: safe from an outsider, not from one who takes away his own answer."""
    return [frozenset({s}) for s in batch.sheets if _size(batch, frozenset({s})) >= LEAST]


def _size(batch: Batch, group: Iterable[int]) -> int:
    return sum(len(batch.sheets[s]) for s in group)


def publish(batch: Batch, groups: Iterable[frozenset[int]]) -> Evidence:
    """The raw table of every group, answers of everybody, one question."""
    people = {batch.label(s): len(sheets) for s, sheets in batch.sheets.items()}
    figures = []
    for group in groups:
        answers = [sheet[ITEM] for s in group for sheet in batch.sheets[s]]
        found = tally(answers)
        counts = {**found.parts.get("", {}), **found.skipped}
        members = frozenset(batch.label(s) for s in group)
        figures.append(Figure(ITEM, members, len(answers), counts))
    options = (*SCALE.options, "na", "rather_not", "blank")
    return Evidence(people, {ITEM: Question(options=options)}, figures)


def _fixed(people: Counts, question: Question, *figures: Figure) -> Evidence:
    return Evidence(people, {"q": question}, list(figures))


def audited() -> Evidence:
    """Every rank test passes, yet A's one mentor said "never": no student did, and A has one."""
    people = {"A/student": 9, "A/mentor": 1, "B/student": 8, "B/mentor": 6, "C/student": 7, "C/mentor": 8}

    def group(word: str, n: int, never: int) -> Figure:
        members = frozenset(s for s in people if word in s)
        return Figure("q", members, n, {"never": never, "often": n - never})

    shown = [group("A/", 10, 1), group("B/", 14, 3), group("C/", 15, 2), group("student", 24, 0)]
    return _fixed(people, Question(options=("never", "often")), *shown, group("mentor", 15, 6))


def years() -> Evidence:
    """A+B per year and each place pooled: A's "never" is all of year 2, four people."""
    people = {"A1": 3, "B1": 4, "A2": 4, "B2": 3}

    def group(members: str, never: int) -> Figure:
        counts = {"never": never, "often": 5 - never, "always": 2}
        return Figure("q", frozenset(members.split()), 7, counts)

    shown = [group("A1 B1", 0), group("A2 B2", 5), group("A1 A2", 4), group("B1 B2", 1)]
    return _fixed(people, Question(options=("never", "often", "always")), *shown)


def many_alone() -> Evidence:
    """One answer kept back of the option all six chose, the rest shown: who did not choose it chose nothing."""
    six = frozenset({"A"})
    shown = [Figure("q", six, 6, {"yes": 5}, "time", 1), Figure("q", six, 6, {}, "people")]
    return _fixed({"A": 6}, Question("many", ("yes",), ("time", "people"), least=1), *shown)


def ranking_alone() -> Evidence:
    """One answer kept back of the card all six put first: nobody else is first, so it is undone."""
    six = frozenset({"A"})
    shown = [
        Figure("q", six, 6, {"1": 5}, "a", 1),
        Figure("q", six, 6, {"2": 4, "3": 2}, "b"),
        Figure("q", six, 6, {"2": 2, "3": 4}, "c"),
    ]
    return _fixed({"A": 6}, Question("ranking", ("1", "2", "3"), ("a", "b", "c")), *shown)


SCHEMES: dict[str, Callable[[Batch], list[frozenset[int]]]] = {
    "threshold only": threshold,
    "siblings only": siblings,
    "blocks of five, own answer": blocks_of_five,
}
FIXED: dict[str, Callable[[], Evidence]] = {"rank audit only": audited, "years side by side": years}
UNDONE: dict[str, Callable[[], Evidence]] = {
    "many-choice, kept back per option": many_alone,
    "ranking, kept back per card": ranking_alone,
}


def self_check(rng: Random, worlds: int = 12) -> dict[str, tuple[int, int]]:
    """Per scheme that should break: in how many worlds it did, of how many."""
    result = {}
    for name, scheme in SCHEMES.items():
        tried = [random_world(rng, small=True, raw=True).batches[0] for _ in range(worlds)]
        result[name] = (sum(_differs(publish(b, scheme(b)), own="own" in name) for b in tried), worlds)
    for name, fixed in FIXED.items():
        evidence = fixed()
        result[name] = (int(bool(certain(evidence, "q", 4)) and not _differs(evidence, own=False)), 1)
    for name, fixed in UNDONE.items():
        result[name] = (int(bool(certain(fixed(), "q", 6))), 1)
    return result


def _differs(evidence: Evidence, *, own: bool) -> bool:
    found = attack(evidence, bounds=False, own=own)
    return any(sentence.startswith("difference") for sentence in found)
