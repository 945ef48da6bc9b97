"""What is wrong with an instrument file: the place, a sentence, and what was probably meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, get_args

from pydantic import BaseModel
from pydantic_core import ErrorDetails, core_schema

from lemniscaat.instruments.grammar import Instrument
from lemniscaat.instruments.hints import as_key, meant, shown
from lemniscaat.instruments.kinds.registry import KINDS
from lemniscaat.instruments.vocabulary import ROLES

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
    "string_pattern_mismatch": "'{input}' kan geen sleutel zijn: alleen kleine letters, cijfers en streepjes, een letter eerst.",
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
THEIRS = set(get_args(core_schema.ErrorType))
"""Every kind of error that pydantic words itself, in English; all others carry a sentence of ours."""
PLACES = {
    "unknown_scale": "scale",
    "few_options": "options",
    "many_options": "options",
    "numbers": "options",
    "few_piles": "piles",
    "few_columns": "columns",
    "bridge": "bridges",
    "long_key": "phases",
    "mixed_key": "phases",
    "most": "most",
    "top": "top",
    "draw": "draw",
    "bins": "bins",
}
"""Where a finding about a whole item is found in the file."""
LISTS = {"tuple_type", "dict_type", "model_type", "model_attributes_type"}
MOST_NAMES = 40


def told(error: ErrorDetails, raw: object) -> tuple[Loc, str, str]:
    """Place, sentence and suggestion of one finding of pydantic about `raw`."""
    kind, loc, context = error["type"], error["loc"], error.get("ctx", {})
    given, last = error.get("input"), _last(loc, raw)
    if kind not in THEIRS:
        place = (*loc, PLACES[kind]) if kind in PLACES else loc
        if kind == "unknown_scale":
            return place, error["msg"], _close(context.get("name"), _scale_names(raw))
        return place, error["msg"], shown("options") if kind == "few_options" else ""
    if given is None and kind != "extra_forbidden":
        return loc, *_empty(kind, loc, last, raw)
    values = {**context, "last": _short(last), "input": context.get("tag") or _short(given)}
    sentence = SENTENCES.get(kind, "Bij '{last}' klopt iets niet.").format(**values)
    return loc, sentence, _suggestion(error, last)


def _suggestion(error: ErrorDetails, last: str) -> str:
    """What could be written instead; empty where nobody can know."""
    kind, loc, given, context = error["type"], error["loc"], error.get("input"), error.get("ctx", {})
    match kind:
        case "union_tag_invalid":
            return _close(context.get("tag"), KINDS)
        case "union_tag_not_found":
            found = next((str(name) for name in _names(given) if meant(name, ["kind"])), "")
            return f"Bedoel je 'kind' in plaats van '{found}'?" if found else shown("kind")
        case "literal_error":
            return _close(_short(given), _expected(context))
        case "extra_forbidden":
            return _stranger(last, given, loc[:-1])
        case "string_pattern_mismatch":
            return f"Bedoel je '{key}'?" if (key := as_key(_short(given))) else shown("key")
    return _typed(kind, given, last)


def _typed(kind: str, given: object, last: str) -> str:
    """The suggestion where another sort of value is wanted than the one `given`."""
    if kind in {"bool_type", "bool_parsing"}:
        return _close(given, ("true", "false"))
    if kind in {"int_type", "int_parsing"}:
        digits = re.fullmatch(r"\D{0,40}?(\d{1,6})(?![.,]?\d)\D{0,40}", str(given))
        return f"Schrijf alleen het getal: {last}: {digits[1]}" if digits else ""
    if kind == "string_type" and isinstance(given, int):
        return shown("key") if last == "key" else f'Zet het tussen aanhalingstekens: "{_short(given)}".'
    if kind == "tuple_type" and not shown(last) and isinstance(given, str) and re.fullmatch(r"[\w-]+", given):
        return f"Schrijf het zo: {last}: [{given}]"
    return shown(last) if kind in LISTS | {"missing", "string_type", "too_short"} else ""


def _empty(kind: str, loc: Loc, last: str, raw: object) -> tuple[str, str]:
    """Sentence and suggestion where a name stands in the file with nothing behind it, or not at all."""
    if kind == "missing" or (isinstance(last, str) and last not in _names(_value(raw, loc[:-1]))):
        return SENTENCES["missing"].format(last=last), shown(last)
    if kind in LISTS and last != "text":
        return f"Onder '{last}' staat nog niets.", "Laat de regels die erbij horen verder inspringen."
    return f"Achter '{last}' staat nog niets.", shown(last)


def _stranger(name: str, given: object, loc: Loc) -> str:
    """What was meant with a name that does not belong here."""
    here = _fields_at(loc)
    if " " in name or name[:1] in "“”‘’„":
        return (
            "Hoort het bij een zin? Zet de hele zin dan tussen rechte aanhalingstekens: "
            "een komma of dubbele punt breekt hem anders af."
        )
    if word := meant(name, here) or _near(name, here):
        return f"Bedoel je '{word}'?"
    if name in ROLES and "for" in here:
        return "Hoort dit onder 'for'? Laat deze regel dan verder inspringen."
    if given is None and "nl" in here:
        return (
            'Staat er een komma in de zin? Zet de hele zin dan tussen aanhalingstekens: "Eerst dit, dan dat".'
        )
    kinds = [key for key, kind in KINDS.items() if name in _aliases(kind.model)]
    if {"kind", "key"} <= set(here) and kinds:
        return f"Dat kan alleen bij: {', '.join(kinds)}."
    if kinds or name in _fields_at(("sections", 0)) or name in _fields_at(()):
        return "Dat hoort op een andere plek. Kijk naar de inspringing van deze regel."
    return _close(name, here)


def nearest(word: object, known: Iterable[str]) -> str:
    """'Bedoel je ...?', or the whole list when nothing comes near and the list is short."""
    return _close(word, known)


def _close(word: object, known: Iterable[str]) -> str:
    names = [str(name) for name in known]
    if near := meant(word, names) or _near(word, names):
        return f"Bedoel je '{near}'?"
    return f"Kies uit: {', '.join(names)}." if 0 < len(names) <= MOST_NAMES else ""


def _near(word: object, names: list[str]) -> str:
    return next(iter(get_close_matches(str(word), names, n=1, cutoff=0.6)), "")


def _expected(context: Mapping[str, Any]) -> list[str]:
    return re.findall(r"'([^']*)'", str(context.get("expected", "")))


def _last(loc: Loc, raw: object) -> str:
    """The name in the file that a finding is about."""
    steps = [
        (place, step)
        for place, step in enumerate(loc)
        if isinstance(step, str) and step != "[key]" and not is_kind(loc, place)
    ]
    if len(steps) > 1 and steps[-1][1] == "nl" and not isinstance(_value(raw, loc[: steps[-1][0]]), Mapping):
        # a bare sentence was read as its Dutch words
        steps.pop()
    return str(steps[-1][1]) if steps else "dit bestand"


def _value(raw: object, loc: Loc) -> object:
    """What stands at this place of the raw file; None where nothing does."""
    for place, step in enumerate(loc):
        if is_kind(loc, place):
            continue
        if isinstance(raw, Mapping):
            raw = raw.get(step)
        elif isinstance(raw, list | tuple) and isinstance(step, int) and step < len(raw):
            raw = raw[step]
        else:
            return None
    return raw


def is_kind(loc: Loc, place: int) -> bool:
    """Whether this step is the kind of an item, which pydantic puts in a place and a file does not."""
    return loc[place] in KINDS and place > 1 and loc[place - 2] == "items"


def _names(given: object) -> list[str]:
    return [str(name) for name in given] if isinstance(given, Mapping) else []


def _short(given: object) -> str:
    text = given if isinstance(given, str) else str(given).lower()
    if isinstance(given, list | tuple | dict):
        text = "een lijst"
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
        if is_kind(loc, place):
            here = KINDS[step].model
            continue
        field = next((f for n, f in here.model_fields.items() if step in (n, f.alias)), None)
        inner = _model_in(field.annotation) if field else None
        here = inner or here
    return _aliases(here)


def _aliases(model: type[BaseModel]) -> list[str]:
    return [field.alias or name for name, field in model.model_fields.items()]


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for inner in get_args(annotation) if (found := _model_in(inner))), None)
