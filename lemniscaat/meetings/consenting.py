"""Consent by fist to five: everybody raises a hand at once. Every hand weighs the same, and none is ever averaged.

Two questions only: did everybody here raise a hand, and does somebody object? An objection carries its reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lemniscaat.instruments.language import DUTCH, Language, gettext_noop

FINGERS = (
    gettext_noop("Hier kan ik niet mee leven"),
    gettext_noop("Ik houd het nog tegen: eerst moet er iets anders"),
    gettext_noop("Ik aarzel, en wil iets kwijt"),
    gettext_noop("Ik kan ermee leven"),
    gettext_noop("Ik sta erachter"),
    gettext_noop("Ik ga ervoor"),
)
"""What a hand says, by the number of its fingers."""
OBJECTS = (0, 1)
HESITATES = 2


@dataclass(frozen=True)
class Hand:
    """What one person at the table raised, and why."""

    chair: int
    name: str
    at: int
    because: str = ""

    @property
    def objects(self) -> bool:
        """Whether this person cannot go along."""
        return self.at in OBJECTS

    @property
    def lacks_reason(self) -> bool:
        """Whether it is an objection of which nobody knows what it is about."""
        return self.objects and not self.because.strip()


@dataclass(frozen=True)
class Consent:
    """How the hands stand: how many of each, who objects or hesitates, how many are still awaited, and if it holds."""

    counts: tuple[int, ...]
    objections: tuple[Hand, ...]
    concerns: tuple[Hand, ...]
    waits: int
    carried: bool
    sentence: str


def given(hands: Sequence[Hand], present: int) -> tuple[int, int]:
    """(how many raised a hand, how many are here): all that may be told before the hands are shown."""
    n = len(_raised(hands))
    return n, max(n, present)


def outcome(hands: Sequence[Hand], present: int, language: Language = DUTCH) -> Consent:
    """The hands of those present, once they are shown. Of one chair the last hand counts."""
    raised = _raised(hands)
    n, here = given(hands, present)
    objections = tuple(hand for hand in raised if hand.objects)
    concerns = tuple(hand for hand in raised if hand.at == HESITATES)
    return Consent(
        counts=tuple(sum(hand.at == at for hand in raised) for at in range(len(FINGERS))),
        objections=objections,
        concerns=concerns,
        waits=here - n,
        carried=bool(raised) and n == here and not objections,
        sentence=_sentence(n, len(objections), len(concerns), here - n, language),
    )


def dissent_of(consent: Consent) -> str:
    """The reasons of those who object, a line each and without names: a proposal for the dissenting voice."""
    reasons = (" ".join(hand.because.split()) for hand in consent.objections)
    return "\n".join(dict.fromkeys(reason for reason in reasons if reason))


def _raised(hands: Sequence[Hand]) -> list[Hand]:
    """One hand a chair, with as many fingers as a hand has."""
    return list({hand.chair: hand for hand in hands if hand.at in range(len(FINGERS))}.values())


def _sentence(n: int, objections: int, concerns: int, waits: int, language: Language) -> str:
    """What to do first, then for how many the table still waits. Nobody is named."""
    if not n:
        return language.gettext("Er is nog geen hand opgestoken.")
    said = []
    if objections:
        said.append(
            language.ngettext(
                "Eén van jullie heeft een bezwaar. Hoor het eerst.",
                "%(n)s van jullie hebben een bezwaar. Hoor die eerst.",
                objections,
            )
            % {"n": objections}
        )
    elif waits:
        said.append(language.gettext("Er is tot nu toe geen bezwaar."))
    elif concerns:
        said.append(language.gettext("Niemand heeft een bezwaar."))
    else:
        said.append(language.gettext("Iedereen kan hiermee leven."))
    if concerns and not objections:
        said.append(
            language.ngettext(
                "Eén van jullie aarzelt. Vraag wat er nog nodig is.",
                "%(n)s van jullie aarzelen. Vraag wat er nog nodig is.",
                concerns,
            )
            % {"n": concerns}
        )
    if waits:
        said.append(
            language.ngettext("Op één hand wachten jullie nog.", "Op %(n)s handen wachten jullie nog.", waits)
            % {"n": waits}
        )
    return " ".join(said)
