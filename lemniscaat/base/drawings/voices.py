"""How each perspective looks: a colour (in CSS, by slug) and always a shape."""

VOICES = ("student", "starter", "mentor", "school_educator", "institute_educator", "leader")

# Roles and families of roles borrow the look of the voice they are nearest to.
SAME_LOOK: dict[str, str] = {
    "career_changer": "student",
    "learning": "student",
    "guiding": "mentor",
    "leading": "leader",
    "school_leader": "leader",
    "board_member": "leader",
    "programme_lead": "leader",
    "steering": "leader",
    "quality": "leader",
}

# Markers on a box of -8 to 8: always a shape as well as a colour.
MARKERS: dict[str, str] = {
    "student": "M-6.5 0a6.5 6.5 0 1 0 13 0a6.5 6.5 0 1 0 -13 0z",
    "starter": "M-5 0a5 5 0 1 0 10 0a5 5 0 1 0 -10 0z",
    "mentor": "M-6 -6h12v12h-12z",
    "school_educator": "M0 -6.5L7 6H-7z",
    "institute_educator": "M0 -7.5L7.5 0L0 7.5L-7.5 0z",
    "leader": "M-8 -3.5h16v7h-16z",
}
HOLLOW = frozenset({"starter"})


def look_of(slug: str) -> str:
    """The voice whose colour and shape a role or family of roles wears; '' when it has none."""
    voice = SAME_LOOK.get(slug, slug)
    return voice if voice in VOICES else ""
