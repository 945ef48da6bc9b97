"""Every pair of colours that carries words or marks a control, in both themes (WCAG 2.2)."""

import re
from pathlib import Path

import pytest

BASE = Path(__file__).resolve().parents[2] / "lemniscaat" / "base"
CSS = BASE / "static" / "base"

TEXT = 4.5
SHAPE = 3.0
PAIRS = [
    ("ink", "ground", 7), ("ink", "card", 7), ("ink", "tint", 7), ("ink", "mark-tint", 7), ("ink", "vloei", 7),
    ("muted", "ground", TEXT), ("muted", "card", TEXT), ("muted", "tint", TEXT), ("muted", "vloei", TEXT),
    ("blue", "ground", TEXT), ("blue", "card", TEXT), ("blue", "tint", TEXT), ("blue", "vloei", TEXT),
    ("blue", "mark-tint", TEXT), ("on-blue", "blue", TEXT), ("on-blue", "blue-deep", TEXT),
    ("on-mark", "mark", 7), ("vloei-ink", "vloei", TEXT), ("vloei-ink", "ground", TEXT), ("vloei-ink", "card", TEXT),
    ("edge", "card", SHAPE), ("edge", "ground", SHAPE),
    ("student", "card", SHAPE), ("mentor", "card", SHAPE), ("school-educator", "card", SHAPE),
    ("institute-educator", "card", SHAPE), ("leader", "card", SHAPE),
    ("student", "ground", SHAPE), ("mentor", "ground", SHAPE), ("school-educator", "ground", SHAPE),
    ("institute-educator", "ground", SHAPE), ("leader", "ground", SHAPE),
]  # fmt: skip


def tokens(dark: bool) -> dict[str, str]:
    css = (CSS / "tokens.css").read_text()
    found = dict(re.findall(r"--([\w-]+): (#\w+)", css.split("@media")[0]))
    if dark:
        found |= dict(re.findall(r"--([\w-]+): (#\w+)", css.split('[data-theme="dark"]')[1]))
    return found


def light(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, other: str) -> float:
    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(("front", "back", "least"), PAIRS)
def test_contrast(front: str, back: str, least: float, dark: bool) -> None:
    theme = tokens(dark)
    assert contrast(theme[front], theme[back]) >= least


def test_both_dark_blocks_say_the_same() -> None:
    css = (CSS / "tokens.css").read_text()
    asked = css.split('data-theme="light"]) {')[1].split("}")[0]
    chosen = css.split('[data-theme="dark"] {')[1].split("}")[0]
    assert asked.split() == chosen.split()


def test_projector_figures_are_yellow_on_blue() -> None:
    theme = tokens(dark=False)
    assert contrast(theme["mark"], theme["beamer"]) >= TEXT
    assert contrast("#FFFFFF", theme["beamer"]) >= 7


def test_every_custom_property_used_exists() -> None:
    css = "\n".join(path.read_text() for path in CSS.glob("*.css"))
    assert set(re.findall(r"var\(--([\w-]+)", css)) <= set(re.findall(r"--([\w-]+):", css))
