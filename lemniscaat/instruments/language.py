"""In which language a thinking file speaks; Dutch unless a door hands in its translator."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


def gettext_noop(text: str) -> str:
    """Mark a sentence for the catalogue; it is translated later, where somebody reads it."""
    return text


def _plural(one: str, many: str, count: int) -> str:
    return one if count == 1 else many


@dataclass(frozen=True)
class Language:
    """A language code with its translators. Views pass `Language(get_language(), gettext, ngettext)`."""

    code: str = "nl"
    gettext: Callable[[str], str] = gettext_noop
    ngettext: Callable[[str, str, int], str] = _plural


DUTCH = Language()


def quoted(label: str) -> str:
    """A label inside a running sentence: in single quotes, its first letter small unless it is a name."""
    small = label[:1].lower() + label[1:]
    if label[:2].isupper() or label[:1].isdigit():
        small = label
    # the capital of "één" carries no accent
    if small.startswith("eén"):
        small = "é" + small[1:]
    return f"‘{small.rstrip('.')}’"
