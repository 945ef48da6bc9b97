"""An instrument as one file that travels: the YAML from which the reader makes the same instrument again."""

from __future__ import annotations

from typing import Any

import yaml

from lemniscaat.instruments.grammar import Instrument

FIRST = (
    "key",
    "version",
    "number",
    "series",
    "based_on",
    "titles",
    "maker",
    "origin",
    "known",
    "ours",
    "purpose",
)

HEADS = ("kind", "key")
"""What stands first in an item, a row or an option."""


class _Plain(yaml.SafeDumper):
    """Block style, without the references that the reader refuses."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    # a text of several lines stays readable; what looks like a number or a word of YAML gets its quotes
    style = "|" if "\n" in text and text == text.strip() else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Plain.add_representer(str, _text)


def as_yaml(instrument: Instrument) -> str:
    """The file of an instrument, with its origin, readable and writable by hand."""
    plain = _short(instrument.definition())
    order = [*FIRST, *(key for key in plain if key not in (*FIRST, "sections")), "sections"]
    ordered = {key: plain[key] for key in order if key in plain}
    return yaml.dump(ordered, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=110)


def _short(raw: Any) -> Any:
    """Words that exist in Dutch only, as the sentence alone."""
    if isinstance(raw, dict):
        if set(raw) == {"nl"}:
            return raw["nl"]
        return {key: _short(raw[key]) for key in sorted(raw, key=lambda key: key not in HEADS)}
    return [_short(one) for one in raw] if isinstance(raw, list | tuple) else raw
