"""The files beside the library that lead somebody to an instrument: read once, typed, with clear faults."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from lemniscaat.instruments.faults import SENTENCES

G = TypeVar("G")
MOST_SAID = 10


class GuideError(ValueError):
    """A file that cannot be read; the text names the file, the place and what is wrong, a line for each."""


def read_guide(path: Path, shape: type[G]) -> G:
    """The file as data of this shape. Raises GuideError."""
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError):
        raise GuideError(f"{path.name}: dit bestand is niet te lezen.") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f", regel {mark.line + 1}" if mark else ""
        message = (
            "dit is geen geldige YAML. Kijk naar de inspringing, de dubbele punt en de aanhalingstekens."
        )
        raise GuideError(f"{path.name}{line}: {message}") from None
    try:
        return TypeAdapter(shape).validate_python(raw)
    except ValidationError as error:
        faults = error.errors(include_url=False)[:MOST_SAID]
        raise GuideError("\n".join(f"{path.name}: {_told(one, raw)}" for one in faults)) from None


def _told(error: ErrorDetails, raw: object) -> str:
    place = [step for step in error["loc"] if step != "[key]"]
    last = next((str(step) for step in reversed(place) if isinstance(step, str)), "dit bestand")
    values: dict[str, Any] = {**error.get("ctx", {}), "last": last, "input": str(error.get("input"))[:60]}
    known = SENTENCES.get(error["type"])
    sentence = known.format(**values) if known else error["msg"]
    where = _where(place, raw)
    return f"{where}: {sentence}" if where else sentence


def _where(place: Sequence[str | int], raw: object) -> str:
    """'steps 2 van eerste-donderdag': list places counted from one, named by the key that stands there."""
    words: list[str] = []
    here = raw
    for step in place:
        here = _inside(here, step)
        if isinstance(step, int):
            key = here.get("key") if isinstance(here, dict) else None
            words.append(f"'{key}'" if key else str(step + 1))
        elif isinstance(here, list | dict):
            words.append(step)
    return " ".join(words)


def _inside(here: object, step: str | int) -> object:
    if isinstance(here, list) and isinstance(step, int) and step < len(here):
        return here[step]
    return here.get(step) if isinstance(here, dict) else None
