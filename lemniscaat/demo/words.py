"""The words of the demo, kept as data beside the code."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

_FOLDER = Path(__file__).parent / "content"


@cache
def words(name: str) -> Any:
    """What stands in one file of the demo's words; read once per process."""
    return yaml.safe_load((_FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
