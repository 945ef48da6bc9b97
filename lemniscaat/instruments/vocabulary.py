"""The closed lists an instrument chooses from. Role keys are those of the people room."""

from typing import Literal, get_args

Element = Literal["vision", "leadership", "data", "learning", "content"]
CoreActivity = Literal["inform", "mean", "direct", "account"]
Waarborg = Literal["lerende-leraar", "leeromgeving", "organisatie", "kwaliteitscultuur"]
School = Literal["empirical", "normative", "reflective"]
Layer = Literal["pair", "team", "school", "institute", "board", "partnership", "network"]
Way = Literal["alone", "table", "live", "paper", "interview"]
StepKind = Literal["talk", "think", "share", "show", "look", "write", "decide"]
"""What people do at a moment of a talk.

`talk`: they talk. `think`: everybody fills in the questions of this part, alone and in silence (or one for all, where the
question says so). `share`: everybody chooses in silence which of his own answers he shares. `show`: what was filled in is
laid open, the difference first. `look`: they look together at figures and stories that are there. `write`: the group writes
one text, with its dissenting voice. `decide`: the group agrees who, when and how we notice, or says it does not know yet.
"""
Situation = Literal[
    "start",
    "newcomer",
    "vision-on-paper",
    "numbers-unread",
    "students-unheard",
    "good-enough",
    "friction",
    "support",
    "ownership",
    "induction",
    "working-student",
    "learning-together",
    "agreements-fade",
    "account",
    "look-closely",
]
"""What is going on, as people say it: the first way into the cabinet."""
Role = Literal[
    "student",
    "career_changer",
    "starter",
    "mentor",
    "school_educator",
    "institute_educator",
    "school_leader",
    "programme_lead",
    "steering",
    "board_member",
    "quality",
]
ROLES: tuple[str, ...] = get_args(Role)
