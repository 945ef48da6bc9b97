"""Interval bounds: what follows from figures because counts are never negative (a linear programme per question).

Unknown is, per segment, how many chose each option. Every figure is an equation, or with answers kept back a pair of
bounds. A finding is a count over few people that has only one possible whole value, unless a single published table
of a whole group says so by itself, which is allowed: an option nobody there chose, or ten or more who all agree.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linprog

from attack.figures import Evidence, Figure, Question

EPS = 1e-6
ALIKE = 10
LEAST = 6


@dataclass(frozen=True)
class Own:
    """The attacker's own answer: his segment, and what he filled in per part."""

    segment: str
    answer: dict[str, str]


class System:
    """The linear system of one item, as seen by an outsider or by one who knows his own answer (taken away)."""

    def __init__(self, evidence: Evidence, item: str, own: Own | None = None) -> None:
        self.question: Question = evidence.questions[item]
        self.own = own
        self.figures = [f for f in evidence.figures if f.item == item]
        self.weights = dict(evidence.weights(item))
        if own:
            self.weights[own.segment] -= 1
        used = {s for f in self.figures for s in f.members}
        self.segments = sorted(s for s in used if self.weights.get(s, 0) > 0)
        self.options = ("yes",) if self.question.kind == "many" else self.question.options
        keys = itertools.product(self.question.parts, self.segments, self.options)
        self.at = {key: i for i, key in enumerate(keys)}
        self.equal: list[tuple[np.ndarray, float]] = []
        self.upper: list[tuple[np.ndarray, float]] = []
        self._form()
        for figure in self.figures:
            self._publish(figure)
        self.points: list[np.ndarray] = []

    def mine(self, figure: Figure, option: str) -> int:
        """1 when the attacker himself is counted there."""
        own = self.own
        return int(
            own is not None and own.segment in figure.members and own.answer.get(figure.part) == option
        )

    def _row(self, keys: list[tuple[str, str, str]]) -> np.ndarray:
        row = np.zeros(len(self.at))
        row[[self.at[key] for key in keys]] = 1
        return row

    def _form(self) -> None:
        """What the form itself says of each person."""
        parts, kind = self.question.parts, self.question.kind
        for segment in self.segments:
            people = self.weights[segment]
            for part in parts:
                row = self._row([(part, segment, o) for o in self.options])
                (self.upper if kind == "many" else self.equal).append((row, people))
            if kind == "ranking":
                for o in self.options:
                    self.equal.append((self._row([(p, segment, o) for p in parts]), people))
            if self.question.filled:
                row = self._row([(p, segment, self.question.open) for p in parts])
                self.upper.append((row, (len(parts) - 1) * people))
            if kind == "many":
                row = self._row([(p, segment, "yes") for p in parts])
                self.upper.append((-row, -self.question.least * people))
                if self.question.most is not None:
                    self.upper.append((row, self.question.most * people))

    def _publish(self, figure: Figure) -> None:
        for option in self.options:
            row = self._row([(figure.part, s, option) for s in self.segments if s in figure.members])
            count = figure.counts.get(option, 0) - self.mine(figure, option)
            if figure.kept_back:
                self.upper += [(-row, -count), (row, count + figure.kept_back)]
            else:
                self.equal.append((row, count))

    def solve(self, aim: np.ndarray) -> float | None:
        """The least possible value of an aim; None when the figures contradict each other."""
        a_eq = np.array([row for row, _ in self.equal]) if self.equal else None
        a_ub = np.array([row for row, _ in self.upper]) if self.upper else None
        b_eq = [value for _, value in self.equal] or None
        b_ub = [value for _, value in self.upper] or None
        result = linprog(aim, A_ub=a_ub, b_ub=b_ub, A_eq=a_eq, b_eq=b_eq, bounds=(0, None), method="highs")
        if result.status != 0:
            return None
        self.points.append(result.x)
        return float(result.fun)

    def value(self, trial: tuple[str, ...], part: str, option: str) -> int | None:
        """The only whole number that fits, or None when more than one does."""
        row = self._row([(part, s, option) for s in trial])
        told = [float(point @ row) for point in self.points]
        if told and _room(min(told), max(told)):
            return None
        least = self.solve(row)
        if least is None:
            raise ValueError("figures that contradict each other")
        most = -(self.solve(-row) or 0.0)
        return None if _room(least, most) else math.ceil(least - EPS)

    def allowed(self, segment: str, part: str, option: str, value: int) -> bool:
        """May everybody in the segment be known to have chosen this (`value` over 0), or nobody (0)? If a published
        table of a whole group says so, or if it follows from one that may, by what the form itself tells."""
        if self._told(segment, part, option, value):
            return True
        rivals = [(part, o) for o in self.options if o != option]
        if self.question.kind == "ranking":
            rivals += [(p, option) for p in self.question.parts if p != part]
        if value == 0:
            return any(self._told(segment, p, o, 1) for p, o in rivals)
        others = [p for p in self.question.parts if p != part]
        rest = [any(self._told(segment, p, o, 1) for o in self.options if o != option) for p in others]
        return self.question.kind == "ranking" and all(rest)

    def _told(self, segment: str, part: str, option: str, value: int) -> bool:
        for f in self.figures:
            if f.part != part or segment not in f.members:
                continue
            mine = self.mine(f, option)
            if value == 0 and f.counts.get(option, 0) + f.kept_back - mine <= 0:
                return True
            inside = self.own is not None and self.own.segment in f.members
            all_others = f.counts.get(option, 0) + f.kept_back == f.n if not inside else self._rest(f, option)
            told = f.n >= ALIKE or self.question.factual
            if value and all_others and ((told and not f.kept_back) or (inside and not mine)):
                return True  # the one dissenter knows that the rest agree: said in the privacy note
        return False

    def _rest(self, figure: Figure, option: str) -> bool:
        """Everybody but the attacker chose this, as far as the table and his own answer tell."""
        mine = self.mine(figure, option)
        return figure.counts.get(option, 0) + (figure.kept_back if mine else 0) - mine == figure.n - 1


def _room(least: float, most: float) -> bool:
    return math.floor(most + EPS) > math.ceil(least - EPS)


def _trials(system: System, few: int) -> Iterator[tuple[str, ...]]:
    for size in (1, 2):
        for trial in itertools.combinations(system.segments, size):
            if sum(system.weights[s] for s in trial) <= few:
                yield trial


def certain(evidence: Evidence, item: str, few: int, own: Own | None = None) -> list[str]:
    """Sentences: counts over at most `few` others that follow from the figures taken together."""
    system = System(evidence, item, own)
    found = []
    for part, option in itertools.product(system.question.parts, system.options):
        for trial in _trials(system, few):
            value = system.value(trial, part, option)
            if value is None:
                continue
            sizes = {s: system.weights[s] for s in trial}
            whole = value == sum(sizes.values())
            if (value == 0 or whole) and all(system.allowed(s, part, option, value) for s in trial):
                continue
            if len(trial) > 1 and _parts_allowed(system, trial, part, option):
                continue
            who = f"{'+'.join(trial)} ({sum(sizes.values())} people)"
            found.append(f"bound: {item}{part and '/' + part} {option!r} is certainly {value} among {who}")
    return found


def _parts_allowed(system: System, trial: tuple[str, ...], part: str, option: str) -> bool:
    """A pair that is certain only because each of the two is, and may be."""
    values = [(s, system.value((s,), part, option)) for s in trial]
    return all(v is not None and system.allowed(s, part, option, v) for s, v in values)


def alike(evidence: Evidence) -> list[str]:
    """Tables under ten that say of everybody in a group what he answered, and parts that only a few filled in: who
    left a part open may be known, and is no answer."""
    found = []
    for f in evidence.figures:
        question = evidence.questions[f.item]
        where = f"{f.item}{f.part and '/' + f.part}"
        given = {option: count for option, count in f.counts.items() if option != question.open}
        n = f.n - f.counts.get(question.open, 0)
        top = max(given.values(), default=0)
        if 0 < n < LEAST:
            found.append(f"few: {where} was filled in by {n} of {'+'.join(sorted(f.members))}")
        elif top == n < ALIKE and n and not f.kept_back and not question.factual:
            found.append(f"alike: {where} all {n} of {'+'.join(sorted(f.members))}")
    return found
