"""Lenses come from files: a tree to look through, renewed from its file without losing what hangs on it."""

from difflib import get_close_matches
from pathlib import Path
from typing import Self

import yaml
from pydantic import BaseModel, ConfigDict, model_validator

from lemniscaat.base.writing import writing
from lemniscaat.vision.models import Framework, FrameworkNode

FOLDER = Path(__file__).parent / "frameworks"


class NodeFile(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    key: str
    name: str
    text: str = ""
    under: str | None = None


class LensFile(BaseModel):
    """A lens as it stands in its file; a node may hang under an earlier one."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    key: str
    name: str
    source: str = ""
    nodes: tuple[NodeFile, ...]

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        """Each key once, and each `under` an earlier node."""
        earlier: list[str] = []
        for node in self.nodes:
            if node.key in earlier:
                raise ValueError(f"the key '{node.key}' stands here twice")
            if node.under is not None and node.under not in earlier:
                near = get_close_matches(node.under, earlier, n=1)
                hint = f"; did you mean '{near[0]}'?" if near else ""
                raise ValueError(f"'{node.key}' hangs under '{node.under}', which is no earlier node{hint}")
            earlier.append(node.key)
        return self


def read_lens(path: Path) -> LensFile:
    """A lens file as typed data. Raises pydantic's ValidationError, or OSError."""
    return LensFile.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))


def load_lens(lens: LensFile) -> Framework:
    """Bring a lens into the database, or renew it by its keys; mappings stay."""
    with writing():
        kept, _new = Framework.objects.update_or_create(
            key=lens.key, defaults={"name": lens.name, "source": lens.source}
        )
        known: dict[str, FrameworkNode] = {}
        for order, node in enumerate(lens.nodes):
            parent = known[node.under] if node.under else None
            known[node.key], _new = FrameworkNode.objects.update_or_create(
                framework=kept,
                key=node.key,
                defaults={"name": node.name, "text": node.text, "order": order, "parent": parent},
            )
    return kept


def load_shipped() -> list[Framework]:
    """All lenses that are shipped, the four waarborgen first."""
    paths = sorted(FOLDER.glob("*.yaml"), key=lambda path: (path.stem != "waarborgen", path.stem))
    return [load_lens(read_lens(path)) for path in paths]
