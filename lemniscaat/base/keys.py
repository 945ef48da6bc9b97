"""Random keys and codes: numbers that carry no order, words that can be said aloud."""

import hashlib
import hmac
import secrets

_DIGITS = "0123456789"


def random_key() -> int:
    """A positive 62-bit number, drawn at random, for rows whose order must tell nothing."""
    return secrets.randbits(62) | 1


def join_code() -> str:
    """Six digits for joining by hand; shown in groups of three."""
    return "".join(secrets.choice(_DIGITS) for _ in range(6))


def link_token() -> str:
    """An unguessable token for a link, about 128 bits."""
    return secrets.token_urlsafe(16)


def fingerprint(*, secret: str, text: str) -> str:
    """A keyed hash of a token, so that the stored form opens nothing. Hex, 64 characters."""
    return hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()
