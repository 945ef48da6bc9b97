"""By which words a layer is known in a table that somebody made elsewhere."""

from __future__ import annotations

from collections import defaultdict

from lemniscaat.people.tables import plain
from lemniscaat.people.tree import Tree


def layers_by_word(tree: Tree) -> defaultdict[str, set[int]]:
    """The ids of layers by name, by code, and by name with that of what they are part of before it, in plain letters."""
    found: defaultdict[str, set[int]] = defaultdict(set)
    for layer in tree.layers.values():
        parents = [tree.layers[up].name for up in tree.parents.get(layer.id, ())]
        for word in (layer.name, layer.code, *(f"{parent}{layer.name}" for parent in parents)):
            if word:
                found[plain(word)].add(layer.id)
    return found
