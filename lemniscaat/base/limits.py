"""How often somebody may try: a token bucket per scope and key, in the memory of this process.

Keys are hashed with a secret that lives as long as the process, so that a bucket names nobody.
Several processes each keep their own buckets: the limit then is that many times as high.
"""

import hashlib
import hmac
import ipaddress
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rate:
    """`burst` tries at once, and after that one more every `seconds`."""

    burst: int
    seconds: float


class Limits:
    """Token buckets, at most `size` of them; the one used longest ago is forgotten first."""

    def __init__(self, *, size: int = 20_000, clock: Callable[[], float] = time.monotonic) -> None:
        self._secret = secrets.token_bytes(32)
        self._size, self._clock = size, clock
        self._lock = threading.Lock()
        self._buckets: OrderedDict[bytes, tuple[float, float]] = OrderedDict()

    def allow(self, scope: str, key: str, rate: Rate) -> bool:
        """Take one try out of the bucket of this scope and key; False when it is empty."""
        name, now = self._name(scope, key), self._clock()
        with self._lock:
            left, since = self._buckets.pop(name, (float(rate.burst), now))
            left = min(rate.burst, left + (now - since) / rate.seconds)
            allowed = left >= 1
            self._buckets[name] = (left - allowed, now)
            if len(self._buckets) > self._size:
                self._buckets.popitem(last=False)
        return allowed

    def give_back(self, scope: str, key: str, rate: Rate) -> None:
        """Put back one try that `allow` took, because it was no guess. Never more than that one: whoever knows one good
        answer earns no guesses at others with it."""
        name, now = self._name(scope, key), self._clock()
        with self._lock:
            known = self._buckets.pop(name, None)
            if known is not None:
                left, since = known
                left = min(rate.burst, left + (now - since) / rate.seconds + 1)
                self._buckets[name] = (left, now)

    def forget(self, scope: str, key: str) -> None:
        """Fill the bucket again, for instance after a good guess."""
        with self._lock:
            self._buckets.pop(self._name(scope, key), None)

    def _name(self, scope: str, key: str) -> bytes:
        return hmac.new(self._secret, f"{scope}\0{key}".encode(), hashlib.sha256).digest()[:16]


def disguise(secret: bytes) -> Callable[[str], str]:
    """A function that turns a network address into another, made-up one (IPv6, fd00::/8).

    The same caller keeps the same made-up address, so limits per address work, and no page, log or mail
    can hold the real one. An IPv6 caller is his network (/64): he owns all addresses in it.
    """

    def made_up(address: str) -> str:
        try:
            network = ipaddress.ip_address(address.split("%")[0])
        except ValueError:
            whole = address.encode()
        else:
            whole = network.packed[:8] if network.version == 6 else network.packed
        digest = hmac.new(secret, whole, hashlib.sha256).digest()
        return str(ipaddress.IPv6Address(b"\xfd" + digest[:15]))

    return made_up


# The buckets of this process.
limits = Limits()
