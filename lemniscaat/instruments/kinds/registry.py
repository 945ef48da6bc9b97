"""All item kinds by name. A module in this package that holds a `KIND` is one."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from typing import Any

from lemniscaat.instruments import kinds
from lemniscaat.instruments.items import BaseItem
from lemniscaat.instruments.kinds.kind import Kind


def _found() -> dict[str, Kind[Any]]:
    modules = (
        import_module(f"lemniscaat.instruments.kinds.{m.name}")
        for m in pkgutil.iter_modules(kinds.__path__)
        if m.name != "registry"
    )
    found = (module.KIND for module in modules if hasattr(module, "KIND"))
    return {kind.name: kind for kind in sorted(found, key=lambda kind: str(kind.name))}


KINDS: dict[str, Kind[Any]] = _found()


def is_counted(item: BaseItem) -> bool:
    """Whether answers to this item are counted; words alone wait for a reader."""
    return bool(kind_of(item).shape(item))


def kind_of(item: BaseItem) -> Kind[Any]:
    """The kind that knows how to ask, count and tell this item."""
    return KINDS[item.kind]
