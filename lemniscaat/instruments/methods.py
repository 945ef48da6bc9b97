"""Which way of asking fits: a few questions that lead to a method, and what each method is good and bad at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path as File
from typing import Annotated

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from lemniscaat.instruments.guides import read_guide
from lemniscaat.instruments.items import Frozen, Slug, Words, unique

FILE = File(__file__).parent / "methods.yaml"
MOST_SHOWN = 3


class Method(Frozen):
    """A way of hearing people."""

    key: Slug
    title: Words
    strong_when: Words
    weak_when: Words
    safe_from: Words
    """From how many people on it is safe, and what is done below that."""
    minutes: Annotated[int, Field(ge=1, le=600)]
    instruments: tuple[Slug, ...] = ()
    rule: Words
    """The one thing to hold on to."""


class Answer(Frozen):
    say: Words
    methods: Annotated[tuple[Slug, ...], Field(min_length=1)]


class Question(Frozen):
    ask: Words
    answers: Annotated[tuple[Answer, ...], Field(min_length=2, max_length=8)]


class Chooser(Frozen):
    """The methods, and the questions whose answers point to them."""

    methods: Annotated[tuple[Method, ...], Field(min_length=1), AfterValidator(unique)]
    questions: tuple[Question, ...] = ()

    @model_validator(mode="after")
    def _known(self) -> Chooser:
        known = {method.key for method in self.methods}
        for question in self.questions:
            for key in (key for answer in question.answers for key in answer.methods):
                if key not in known:
                    message = "Bij '{ask}' staat de manier '{key}', maar die is er niet."
                    raise PydanticCustomError("unknown_method", message, {"ask": question.ask.nl, "key": key})
        return self


@cache
def chooser(file: File = FILE) -> Chooser | None:
    """The chooser in this file; None where there is no file. Raises GuideError."""
    return read_guide(file, Chooser) if file.exists() else None


@dataclass(frozen=True)
class Fit:
    """A method, and to how many of the given answers it fits."""

    method: Method
    count: int
    of: int


def given(chosen: Chooser, posted: Mapping[str, str]) -> dict[int, int]:
    """Which answer was given to which question, both by place from 1; what is no answer is left out."""
    found: dict[int, int] = {}
    for place, question in enumerate(chosen.questions, 1):
        value = posted.get(f"v{place}", "")
        if value.isdecimal() and 1 <= int(value[:3]) <= len(question.answers):
            found[place] = int(value[:3])
    return found


def fitting(chosen: Chooser, answers: Mapping[int, int]) -> tuple[Fit, ...]:
    """The few methods that fit most of the answers, in the order of the file where they fit alike."""
    lists = [chosen.questions[place - 1].answers[at - 1].methods for place, at in answers.items()]
    fits = (Fit(method, sum(method.key in keys for keys in lists), len(lists)) for method in chosen.methods)
    return tuple(sorted((fit for fit in fits if fit.count), key=lambda fit: -fit.count)[:MOST_SHOWN])
