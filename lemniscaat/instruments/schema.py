"""The JSON Schema of an instrument file, for editors that check while somebody writes."""

from __future__ import annotations

import json
from typing import Any

from lemniscaat.instruments.grammar import Instrument


def schema() -> dict[str, Any]:
    """The schema as plain data."""
    made = Instrument.model_json_schema(by_alias=True, mode="validation")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **made,
        "title": "Lemniscaat instrument",
    }


def as_text() -> str:
    """The schema as it stands in `docs/instrument.schema.json`."""
    return json.dumps(schema(), indent=2, ensure_ascii=False, sort_keys=True) + "\n"
