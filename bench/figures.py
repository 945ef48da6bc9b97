"""Figures: printed as they come, kept together in one file."""

import json
from pathlib import Path

FILE = Path("var/bench.json")


def figure(name: str, value: float, unit: str) -> None:
    """Print one figure and keep it, beside those of the other sections."""
    value = round(value, 3) if abs(value) < 100 else round(value, 1)
    if value == int(value):
        value = int(value)
    print(name, value, unit, flush=True)
    known = json.loads(FILE.read_text()) if FILE.exists() else {}
    known[name] = {"value": value, "unit": unit}
    FILE.parent.mkdir(parents=True, exist_ok=True)
    FILE.write_text(json.dumps(known, indent=2, sort_keys=True) + "\n")


def note(text: str) -> None:
    """Say something that is not a figure."""
    print(f"# {text}", flush=True)


def middle(values: list[float]) -> float:
    """The median of what was measured."""
    ordered = sorted(values)
    return ordered[len(ordered) // 2]


def percentile(values: list[float], part: float) -> float:
    """The value below which `part` (0..1) of the values lie; 0 of nothing."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))] if ordered else 0.0
