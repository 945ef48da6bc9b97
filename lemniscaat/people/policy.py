"""The one table that says role x reach x noun -> see, do, share. Tested, and told in Dutch on a page."""

from enum import StrEnum

from lemniscaat.people.models import Role


class Verb(StrEnum):
    SEE = "see"
    DO = "do"
    SHARE = "share"


class Reach(StrEnum):
    """Where a layer lies, seen from the place in which somebody has a role."""

    OWN = "own"
    ABOVE = "above"
    BELOW = "below"


class Noun(StrEnum):
    VISION = "vision"
    ROUND = "round"
    OUTCOME = "outcome"
    NOTE = "note"
    FIGURE = "figure"
    MEETING = "meeting"
    MEANING = "meaning"
    AGREEMENT = "agreement"
    SHARED = "shared"
    RETURN = "return"
    ACCOUNT = "account"
    PEOPLE = "people"
    TEXT = "text"
    TRAIL = "trail"
    CONCERNS = "concerns"


Cell = dict[Noun, frozenset[Verb]]

_SEE = frozenset({Verb.SEE})
_DO = frozenset({Verb.SEE, Verb.DO})
_ALL = frozenset({Verb.SEE, Verb.DO, Verb.SHARE})

_TABLE_MEMBER: Cell = {
    Noun.VISION: _DO,
    Noun.OUTCOME: _SEE,
    Noun.NOTE: _ALL,
    Noun.FIGURE: _SEE,
    Noun.MEETING: _DO,
    Noun.MEANING: _DO,
    Noun.AGREEMENT: _DO,
    Noun.SHARED: _SEE,
    Noun.RETURN: _SEE,
    Noun.ACCOUNT: _SEE,
    Noun.CONCERNS: _SEE,
}
"""At the own table everybody takes part, a student as much as a leader."""

_LEADS_TALKS: Cell = _TABLE_MEMBER | {
    Noun.ROUND: _DO,
    Noun.FIGURE: _DO,
    Noun.MEANING: _ALL,
    Noun.AGREEMENT: _ALL,
    Noun.RETURN: _DO,
    Noun.ACCOUNT: _DO,
    Noun.CONCERNS: _DO,
    Noun.SHARED: _DO,
}
# A signed note stays in the circle its giver chose: who leads a talk there is in it, or waits until it is laid on the table.
_LEADS_BELOW: Cell = {noun: may for noun, may in _LEADS_TALKS.items() if noun is not Noun.NOTE}
_RUNS_LAYER: Cell = _LEADS_TALKS | {Noun.PEOPLE: _SEE, Noun.TRAIL: _SEE}
_RUNS_PROGRAMME: Cell = _RUNS_LAYER | {Noun.PEOPLE: _DO, Noun.TEXT: _DO}

# Higher layers publish first: everybody below sees what the layer itself decided and returned.
_UPWARD: Cell = {
    Noun.VISION: _SEE,
    Noun.OUTCOME: _SEE,
    Noun.FIGURE: _SEE,
    Noun.MEANING: _SEE,
    Noun.AGREEMENT: _SEE,
    Noun.RETURN: _SEE,
    Noun.ACCOUNT: _SEE,
    Noun.CONCERNS: _SEE,
}
# Downward nobody sees a talk or a meaning that was not shared: only releases, the vision and the people register.
_DOWNWARD: Cell = {Noun.OUTCOME: _SEE, Noun.VISION: _SEE, Noun.CONCERNS: _SEE}
_DOWNWARD_PROGRAMME: Cell = _DOWNWARD | {
    Noun.PEOPLE: _DO,
    Noun.ROUND: _DO,
    Noun.TEXT: _DO,
    Noun.CONCERNS: _DO,
}

_MEMBERS = (Role.STUDENT, Role.CAREER_CHANGER, Role.STARTER, Role.MENTOR)

POLICY: dict[Role, dict[Reach, Cell]] = {
    **{role: {Reach.OWN: _TABLE_MEMBER, Reach.ABOVE: _UPWARD, Reach.BELOW: {}} for role in _MEMBERS},
    Role.SCHOOL_EDUCATOR: {Reach.OWN: _LEADS_TALKS, Reach.ABOVE: _UPWARD, Reach.BELOW: _LEADS_BELOW},
    Role.INSTITUTE_EDUCATOR: {Reach.OWN: _LEADS_TALKS, Reach.ABOVE: _UPWARD, Reach.BELOW: {}},
    Role.SCHOOL_LEADER: {Reach.OWN: _RUNS_LAYER, Reach.ABOVE: _UPWARD, Reach.BELOW: _DOWNWARD},
    Role.PROGRAMME_LEAD: {
        Reach.OWN: _RUNS_PROGRAMME,
        Reach.ABOVE: _UPWARD,
        Reach.BELOW: _DOWNWARD_PROGRAMME,
    },
    Role.STEERING: {Reach.OWN: _RUNS_LAYER, Reach.ABOVE: _UPWARD, Reach.BELOW: _DOWNWARD},
    Role.BOARD_MEMBER: {Reach.OWN: _RUNS_LAYER, Reach.ABOVE: _UPWARD, Reach.BELOW: _DOWNWARD},
    Role.QUALITY: {Reach.OWN: _RUNS_PROGRAMME, Reach.ABOVE: _UPWARD, Reach.BELOW: _DOWNWARD},
    Role.ADMIN: {
        Reach.OWN: {Noun.PEOPLE: _DO, Noun.TRAIL: _SEE, Noun.CONCERNS: _DO, Noun.VISION: _SEE},
        Reach.ABOVE: {Noun.VISION: _SEE},
        Reach.BELOW: {Noun.PEOPLE: _DO, Noun.CONCERNS: _DO},
    },
}


def verbs(role: str, reach: Reach, noun: Noun) -> frozenset[Verb]:
    """What a role may do with a noun at a layer within that reach."""
    return POLICY[Role(role)][reach].get(noun, frozenset())
