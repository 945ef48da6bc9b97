"""What changed between two readings of a text, word by word. Knows no Django."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORDS = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True)
class Run:
    """A piece of text that stayed (`same`), came (`new`) or went (`old`)."""

    kind: str
    text: str


def changes(before: str, after: str) -> tuple[Run, ...]:
    """The runs from one text to the next; when almost nothing stayed, the whole old text and the whole new one."""
    if before == after:
        return (Run("same", after),) if after else ()
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < 0.6:
        return _runs(("old", before), ("new", after))
    found: list[tuple[str, str]] = []
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            found.append(("same", "".join(old[a:b])))
        else:
            found += [("old", "".join(old[a:b])), ("new", "".join(new[c:d]))]
    return _runs(*found)


def _runs(*pairs: tuple[str, str]) -> tuple[Run, ...]:
    return tuple(Run(kind, text) for kind, text in pairs if text)
