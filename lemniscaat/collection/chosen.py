"""What a round asks of its instrument, as its JSON column says it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

SCHEMA_VERSION = 1


@dataclass(frozen=True)
class Chosen:
    """`modules`: the optional parts that are asked (None: every part); `quick`: only the quick scan; `points`: (Dutch,
    English) titles of vision points as rows; `only`: the number, from 1, of the one section of all that, which a
    step in a hall asks."""

    modules: tuple[str, ...] | None = ()
    quick: bool = False
    points: tuple[tuple[str, str], ...] = ()
    only: int | None = None

    @classmethod
    def read(cls, raw: Mapping[str, Any]) -> Chosen:
        """From the JSON column; a round in which nothing was chosen asks the core."""
        if raw.get("schema_version", SCHEMA_VERSION) != SCHEMA_VERSION:
            raise ValueError("what this round asks was chosen in a newer version")
        modules, only = raw.get("modules", ()), raw.get("only")
        return cls(
            modules=None if modules is None else tuple(str(one) for one in modules),
            quick=bool(raw.get("quick")),
            points=tuple((str(nl), str(en)) for nl, en in raw.get("points", ())),
            only=None if only is None else int(only),
        )

    def stored(self) -> dict[str, Any]:
        """For the JSON column. Without `only` the key is not there at all, so that a query can tell."""
        modules = None if self.modules is None else list(self.modules)
        whole = {"modules": modules, "quick": self.quick, "points": [list(point) for point in self.points]}
        step = {} if self.only is None else {"only": self.only}
        return {"schema_version": SCHEMA_VERSION, **whole, **step}
