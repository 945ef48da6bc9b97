"""Sessions that live in a locked cookie: no row on the server, and nothing that the browser can read.

A signed cookie alone is not enough. It can be read by whoever holds it, and while somebody signs in it
holds the code that was mailed: asking for a code would be the same as having it.
"""

import base64
import hashlib
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.contrib.sessions.backends import signed_cookies

# Filled up with spaces to whole blocks: the length would tell whether a mailed address is known here.
BLOCK = 1024


def _lock() -> MultiFernet:
    """Encryption and proof in one, with keys of the secret and of the secrets before it."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    keys = (hashlib.sha256(b"lemniscaat.session\0" + str(secret).encode()).digest() for secret in secrets)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in keys])


class SessionStore(signed_cookies.SessionStore):
    """Django's cookie session, encrypted. The cookie is the session; it ends with its age or at signing out."""

    def load(self) -> dict[str, Any]:
        try:
            plain = _lock().decrypt((self.session_key or "").encode(), ttl=self.get_session_cookie_age())
            found: dict[str, Any] = self.serializer().loads(plain)
        except (InvalidToken, ValueError):
            self.create()
            return {}
        return found

    def _get_session_key(self) -> str:
        given: dict[str, Any] = self._session  # type: ignore[attr-defined]  # the stubs forget this property
        plain: bytes = self.serializer().dumps(given)
        return _lock().encrypt(plain.ljust(-(-len(plain) // BLOCK) * BLOCK)).decode()
