"""Codes and tokens: what a participant types, clicks or keeps; and what of it is stored."""

import base64
import hashlib
import hmac
import secrets

from django.conf import settings

from lemniscaat.base.keys import fingerprint, link_token

# Short everyday words that cannot be misheard; a return code starts with one, so that it is not taken for a
# join code of six digits.
WORDS = [
    "ANKER",
    "APPEL",
    "BALLON",
    "BANK",
    "BEEK",
    "BERG",
    "BEUK",
    "BLAD",
    "BLOEM",
    "BOEK",
    "BOOM",
    "BOOT",
    "BRIEF",
    "BRUG",
    "DEUR",
    "DIJK",
    "DRUIF",
    "DUIN",
    "EGEL",
    "EIK",
    "EILAND",
    "FIETS",
    "FLUIT",
    "GITAAR",
    "GORDIJN",
    "GRAS",
    "HAVEN",
    "HEIDE",
    "HERFST",
    "HUIS",
    "IJSJE",
    "KAART",
    "KACHEL",
    "KADE",
    "KANO",
    "KASTEEL",
    "KERS",
    "KLAVER",
    "KLOK",
    "KNOOP",
    "KOFFER",
    "KOMPAS",
    "KRIJT",
    "KROON",
    "KUST",
    "LADDER",
    "LAMP",
    "LENTE",
    "LEPEL",
    "LIJN",
    "MAAN",
    "MAST",
    "MEER",
    "MOLEN",
    "MUUR",
    "OEVER",
    "OLIJF",
    "PALET",
    "PARK",
    "PEER",
    "PEN",
    "PLEIN",
    "POLDER",
    "POORT",
    "RAAM",
    "REGEN",
    "REIS",
    "RIET",
    "RIVIER",
    "ROOS",
    "SCHIP",
    "SLEUTEL",
    "SNEEUW",
    "SPOOR",
    "STAD",
    "STEEN",
    "STER",
    "STOEL",
    "STRAND",
    "TAFEL",
    "TEGEL",
    "TOREN",
    "TRAP",
    "TREIN",
    "TROMMEL",
    "TUIN",
    "VEER",
    "VELD",
    "VIJVER",
    "VIOOL",
    "VLAG",
    "VLIEGER",
    "VUUR",
    "WATER",
    "WEG",
    "WEIDE",
    "WIEL",
    "WILG",
    "WIND",
    "WOLK",
    "ZAND",
    "ZEE",
    "ZEIL",
    "ZOMER",
    "ZON",
]
# no signs that look alike
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


def site() -> str:
    """The address as one says it aloud, or types it over from a sheet of paper."""
    return settings.SITE_URL.removeprefix("https://").removeprefix("http://")


def return_code() -> str:
    """A word and four digits, such as 'BRUG 4716': the way back to what was done with a round."""
    return f"{secrets.choice(WORDS)} {secrets.randbelow(10_000):04}"


def resume_code() -> str:
    """Twelve signs in groups of three (59 bits), to go on later on any device."""
    signs = "".join(secrets.choice(_ALPHABET) for _ in range(12))
    return "-".join(signs[i : i + 3] for i in range(0, 12, 3))


def plain_code(typed: str) -> str:
    """A code as it was typed, without capitals, spaces and strokes."""
    return "".join(sign for sign in typed.lower() if sign.isalnum())


# signs in a personal link; a round's own link has more, so that one look tells which it is
PERSONAL = 22


def round_token() -> str:
    """The token in a round's own link, which everybody may share."""
    return f"r-{link_token()}"


def personal_token(invitation_id: int) -> str:
    """The token in somebody's personal link, about 128 bits. It is made again when needed, and never stored."""
    digest = hmac.new(settings.SECRET_KEY.encode(), f"invitation {invitation_id}".encode(), hashlib.sha256)
    return base64.urlsafe_b64encode(digest.digest()[:16]).decode().rstrip("=")


def stored_token(token: str) -> str:
    """What an invitation keeps of its token: enough to recognise it, too little to open it."""
    return fingerprint(secret=settings.SECRET_KEY, text=token)


def used_token(token: str) -> str:
    """What an invitation keeps of its token once a sheet came in by it. Without the server's key it looks like one
    that was never used, so a copy of the database does not tell who took part; the link itself still does."""
    return fingerprint(secret=settings.SECRET_KEY, text=f"used {token}")


def quiet_wish(invitation_id: int) -> str:
    """What an invitation keeps of somebody who wants no more reminders; without the server's key a random text."""
    return fingerprint(secret=settings.SECRET_KEY, text=f"quiet {personal_token(invitation_id)}")


def drowned_token() -> str:
    """What stands in its place after the stop: no link leads to it."""
    return secrets.token_hex(32)


def number_of(text: str | bytes) -> int:
    """A 62-bit number that stands for a random text; the same text gives the same number."""
    raw = text.encode() if isinstance(text, str) else text
    return (int.from_bytes(hashlib.sha256(raw).digest()[:8], "big") >> 2) | 1
