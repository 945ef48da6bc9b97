"""Which layer a word in a table means, and where a layer lies among those that figures are told of."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from lemniscaat.figures.values import Fault
from lemniscaat.people.access import Access
from lemniscaat.people.models import OrganisationKind, Partnership
from lemniscaat.people.naming import layers_by_word
from lemniscaat.people.tables import nearest, plain
from lemniscaat.people.tree import Tree, tree_of


class Places:
    """The layers of a partnership by every word that may stand for one."""

    def __init__(self, access: Access, allowed: frozenset[int], aliases: Mapping[str, int]) -> None:
        self.tree, self.allowed, self.aliases = access.tree, allowed, aliases
        self.names = layers_by_word(self.tree)

    def find(self, line: int, place: str, code: str) -> tuple[int | None, Fault | None]:
        """The layer that a row is about, or why it is none. A code that is known goes before a name."""
        for word in (code, place):
            known = self.aliases.get(plain(word)) if word else None
            if known is not None:
                if known in self.allowed:
                    return known, None
                return None, Fault(line, "left out", word, aside=True)
        found = self.names.get(plain(code), set()) if code else set()
        found = found or self.names.get(plain(place), set())
        word = place or code
        if len(found) > 1:
            # a team is often called after its school: a figure is about the wider of the two
            wider = {one for one in found if not found & set(self.tree.above(one))}
            found = wider if len(wider) == 1 else found
        if not found:
            mine = [self.tree.layers[one].name for one in self.allowed if one in self.tree.layers]
            return None, Fault(line, "unknown place", word, nearest(word, mine))
        if len(found) > 1:
            return None, Fault(line, "several places", word)
        one = next(iter(found))
        if one not in self.allowed:
            return None, Fault(line, "not your place", word, aside=True)
        return one, None


class Nesting:
    """The layers of a partnership inside each other, as they were on a day."""

    def __init__(self, partnership: Partnership) -> None:
        self.partnership = partnership
        self.trees: dict[date, Tree] = {}

    def of(self, layer_id: int, day: date, today: date) -> tuple[tuple[int, ...], str]:
        """The way from the partnership down to a layer, and its margin: institutes hold the students of schools."""
        tree = self._tree(min(day, today))
        if layer_id not in tree.layers:
            tree = self._tree(today)
        path = [layer_id]
        while len(tree.parents.get(path[0], ())) == 1:
            path.insert(0, tree.parents[path[0]][0])
        if path == [tree.root]:
            return (tree.root,), ""
        if path[0] != tree.root:
            # part of two layers, or of none that we know: it crosses whatever is told
            return (tree.root, layer_id), f"crossing {layer_id}"
        institute = tree.layers[path[1]].kind == OrganisationKind.INSTITUTE
        return tuple(path), "institutes" if institute else "places"

    def _tree(self, day: date) -> Tree:
        if day not in self.trees:
            self.trees[day] = tree_of(self.partnership, day)
        return self.trees[day]
