"""What is wrong with an instrument file: the place, a sentence, and what was probably meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, get_args

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from lemniscaat.instruments.grammar import Instrument
from lemniscaat.instruments.kinds.registry import KINDS

Loc = tuple[str | int, ...]


@dataclass(frozen=True)
class Fault:
    """One fault. `line` counts from 1; 0 where the file as a whole is meant. `suggestion` may be empty."""

    file: str
    line: int
    message: str
    suggestion: str = ""

    def __str__(self) -> str:
        where = f"{self.file}, regel {self.line}" if self.line else self.file
        return f"{where}: {self.message} {self.suggestion}".rstrip()


class InstrumentError(ValueError):
    """A file that is no instrument. `faults` says why, in the order of the file; the first one is also here."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(faults, key=lambda fault: fault.line))
        first = self.faults[0]
        self.file, self.line = first.file, first.line
        self.message, self.suggestion = first.message, first.suggestion
        super().__init__("\n".join(str(fault) for fault in self.faults))


SENTENCES = {
    "missing": "Hier ontbreekt '{last}'.",
    "extra_forbidden": "'{last}' kennen we hier niet.",
    "literal_error": "'{input}' kan hier niet.",
    "union_tag_invalid": "Een vraag van de soort '{input}' kennen we niet.",
    "union_tag_not_found": "Bij deze vraag staat geen soort. Zet er 'kind' bij.",
    "string_type": "Bij '{last}' hoort tekst.",
    "string_too_short": "'{last}' is leeg. Schrijf hier tekst.",
    "string_too_long": "'{last}' is te lang: hoogstens {max_length} tekens.",
    "string_pattern_mismatch": "'{input}' kan geen sleutel zijn: alleen kleine letters, cijfers en streepjes.",
    "int_type": "Bij '{last}' hoort een heel getal.",
    "int_parsing": "Bij '{last}' hoort een heel getal.",
    "int_from_float": "Bij '{last}' hoort een heel getal.",
    "bool_type": "Bij '{last}' hoort true of false.",
    "bool_parsing": "Bij '{last}' hoort true of false.",
    "greater_than_equal": "'{last}' moet minstens {ge} zijn.",
    "less_than_equal": "'{last}' mag hoogstens {le} zijn.",
    "too_short": "Bij '{last}' staat te weinig: het zijn er minstens {min_length}.",
    "too_long": "Bij '{last}' staat te veel: het zijn er hoogstens {max_length}.",
    "tuple_type": "Bij '{last}' hoort een lijst: een regel met een streepje voor elk.",
    "dict_type": "Bij '{last}' horen regels met een naam en een waarde.",
    "model_type": "Bij '{last}' horen regels met een naam en een waarde.",
    "model_attributes_type": "Bij '{last}' horen regels met een naam en een waarde.",
}
OURS = {"markup", "double_key", "unknown_scale", "few_options", "empty_cue", "most", "top"}


def told(error: ErrorDetails, raw: object) -> tuple[Loc, str, str]:
    """Place, sentence and suggestion of one finding of pydantic about `raw`."""
    kind, loc, context = error["type"], error["loc"], error.get("ctx", {})
    last = next(
        (str(step) for step in reversed(loc) if isinstance(step, str) and step != "[key]"), "dit bestand"
    )
    given = error.get("input")
    if kind in OURS:
        return (
            loc,
            error["msg"],
            _close(context.get("name"), _scale_names(raw)) if kind == "unknown_scale" else "",
        )
    values = {**context, "last": last, "input": _short(given)}
    if kind == "union_tag_invalid":
        values["input"] = context.get("tag", "")
        return loc, SENTENCES[kind].format(**values), _close(context.get("tag"), KINDS)
    if kind == "literal_error":
        return loc, SENTENCES[kind].format(**values), _close(given, _expected(context))
    if kind == "extra_forbidden":
        return loc, SENTENCES[kind].format(**values), _close(last, _fields_at(loc[:-1]))
    sentence = SENTENCES.get(kind, "Bij '{last}' klopt iets niet.")
    return loc, sentence.format(**values), ""


def nearest(word: object, known: Iterable[str]) -> str:
    """'Bedoel je ...?', or the whole list when nothing comes near and the list is short."""
    return _close(word, known)


def _close(word: object, known: Iterable[str]) -> str:
    names = [str(name) for name in known]
    near = get_close_matches(str(word), names, n=1, cutoff=0.6)
    if near:
        return f"Bedoel je '{near[0]}'?"
    return f"Kies uit: {', '.join(names)}." if 0 < len(names) <= 25 else ""


def _expected(context: Mapping[str, Any]) -> list[str]:
    return re.findall(r"'([^']*)'", str(context.get("expected", "")))


def _short(given: object) -> str:
    text = (
        given
        if isinstance(given, str)
        else type(given).__name__
        if isinstance(given, list | dict)
        else str(given)
    )
    return text if len(text) <= 60 else text[:57] + "..."


def _scale_names(raw: object) -> list[str]:
    scales = raw.get("scales") if isinstance(raw, Mapping) else None
    return [str(name) for name in scales] if isinstance(scales, Mapping) else []


def _fields_at(loc: Loc) -> list[str]:
    """The names that are allowed at this place of the grammar."""
    here: type[BaseModel] = Instrument
    for place, step in enumerate(loc):
        if isinstance(step, int):
            continue
        if step in KINDS and place and isinstance(loc[place - 1], int):
            here = KINDS[step].model
            continue
        field = next((f for n, f in here.model_fields.items() if step in (n, f.alias)), None)
        inner = _model_in(field.annotation) if field else None
        here = inner or here
    return [field.alias or name for name, field in here.model_fields.items()]


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for inner in get_args(annotation) if (found := _model_in(inner))), None)
