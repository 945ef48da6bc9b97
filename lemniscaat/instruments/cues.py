"""Where a moment of the script cannot stand: what nobody could fill in, share or fill in twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lemniscaat.instruments.grammar import Section

Misplaced = tuple[tuple[str | int, ...], str, list[str]]


def asks(section: Section) -> bool:
    """Whether there is something to fill in here that others may see: what is private is never laid open."""
    return any(not item.private for item in section.items)


def misplaced_cues(sections: Sequence[Section]) -> Iterator[Misplaced]:
    """Every moment that does not fit its section: where, why, and no suggestion."""
    asked = False
    for s, section in enumerate(sections):
        asked = asked or asks(section)
        thought = False
        for c, cue in enumerate(section.script):
            why = ""
            if cue.kind == "think" and not asks(section):
                why = "Bij 'think' vult iedereen iets in, maar dit deel heeft geen vragen voor aan tafel. Zet er een bij."
            elif cue.kind == "think" and thought:
                why = "In één deel kan maar één keer 'think' staan. Verdeel de vragen over twee delen."
            elif cue.kind == "share" and not asked:
                why = "Bij 'share' kiest iedereen wat hij deelt, maar er is nog niets ingevuld. Zet dit na een deel met vragen."
            if why:
                yield ("sections", s, "script", c, "kind"), why, []
            thought = thought or cue.kind == "think"
