"""One sentence of an account, with what it rests on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Sentence:
    """One sentence with its evidence: which record, and where it can be read."""

    kind: str
    text: str
    noun: str
    noun_id: int
    url: str
    dissent: str = ""
    on: int = 0
    """The meaning on which an agreement was made."""


def ended(text: str) -> str:
    """Words with a full stop behind them."""
    text = text.strip()
    return text if text[-1:] in {".", "!", "?", "’"} else f"{text}."
