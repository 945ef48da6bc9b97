"""All attacks on one body of evidence."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from attack.algebra import differences
from attack.bounds import Own, alike, certain
from attack.figures import Evidence

OTHERS = 5  # a count may rest on five others, not on fewer


def attack(
    evidence: Evidence,
    *,
    own: bool = True,
    bounds: bool = True,
    readers: Callable[[str], list[Own]] | None = None,
) -> list[str]:
    """One sentence per finding. `own`: everybody may take his own answer away, so a difference over five people,
    four others, is one too. `readers`: per item some answers of one's own to take into the bounds."""
    found = alike(evidence)
    most = OTHERS if own else OTHERS - 1
    linked = [f.members for f in evidence.figures]
    for few in differences([*linked, *evidence.seen], evidence.people, most):
        found.append(_difference("participation", few, evidence.people))
    for item in sorted(evidence.questions):
        family = _family(evidence, item)
        groups = [f.members for f in evidence.figures if f.item in family]
        weights = evidence.weights(item)
        found += [_difference(item, few, weights) for few in differences(groups, weights, most)]
    if bounds:
        for item in sorted(evidence.questions):
            for reader in [None, *(readers(item) if readers and own else [])]:
                sentences = certain(evidence, item, OTHERS - 1, reader)
                found += [f"{s}{f', says {reader.segment}' if reader else ''}" for s in sentences]
    return found


def _family(evidence: Evidence, item: str) -> set[str]:
    """An item and those it opens: the number of answers to the latter is an answer to the former."""
    opened = {key for key, question in evidence.questions.items() if question.opened_by == item}
    return {item}.union(*(_family(evidence, key) for key in opened))


def _difference(item: str, few: frozenset[str], weights: Mapping[str, int]) -> str:
    people = sum(weights.get(s, 0) for s in few)
    return f"difference: {item} can be computed for {'+'.join(sorted(few))} ({people} people)"
