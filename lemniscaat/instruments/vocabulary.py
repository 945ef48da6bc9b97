"""The closed lists an instrument chooses from. Role keys are those of the people room."""

from typing import Literal, get_args

Element = Literal["vision", "leadership", "data", "learning", "content"]
CoreActivity = Literal["inform", "mean", "direct", "account"]
Waarborg = Literal["lerende-leraar", "leeromgeving", "organisatie", "kwaliteitscultuur"]
School = Literal["empirical", "normative", "reflective"]
Layer = Literal["pair", "team", "school", "institute", "board", "partnership", "network"]
Way = Literal["alone", "table", "live", "paper", "interview"]
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
