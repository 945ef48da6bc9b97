"""Numbers that a browser sends: it may send anything."""

LONGEST = 9
"""So many digits at most: no row, year or place here has more, and no database or Python trips over it."""


def number_in(text: str, otherwise: int = 0) -> int:
    """The number that a text is, in decimal digits alone; `otherwise` where it is none that anything here has."""
    # isdecimal, for int() reads no '²', which isdigit() calls a digit
    return int(text) if text.isdecimal() and len(text) <= LONGEST else otherwise
