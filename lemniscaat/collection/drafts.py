"""An unfinished sheet on the server, for who goes on elsewhere: locked with a key that only the code holds.

Without the code the row says nothing: not whose it is, not for which card, nor how much was filled in (unless it is very much).
"""

import json
import secrets
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from hashlib import scrypt

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from lemniscaat.base.writing import writing
from lemniscaat.collection.carry import Carry, opened
from lemniscaat.collection.codes import number_of, plain_code, resume_code
from lemniscaat.collection.models import Draft, Round, RoundState

PAGE = 16_384
# one at a time and always in the same thread: each takes 16 MB, which every thread of the server would else keep for
# itself, and a class that asks for codes together would leave no processor to those who answer
_slowly = ThreadPoolExecutor(max_workers=1, thread_name_prefix="codes")
_NONCE = 12


@dataclass(frozen=True)
class Found:
    """A sheet that was put aside, and the address it belongs to."""

    token: str
    carry: Carry


@dataclass(frozen=True)
class Aside:
    """The code, to be shown once and kept nowhere, and the sheet, which now knows its row."""

    code: str
    carry: Carry


def put_aside(*, round_: Round, token: str, carry: Carry) -> Aside:
    """Store a sheet under a new resume code. A sheet that was put aside before keeps only its newest code."""
    code = resume_code()
    number, key = _keys(code)
    # the code cannot be found back, so the sheet itself carries which row is to go at submit
    sheet = replace(carry, draft=number)
    nonce = secrets.token_bytes(_NONCE)
    plain = _padded(json.dumps({"token": token, "carry": sheet.sealed()}).encode())
    sealed = nonce + AESGCM(key).encrypt(nonce, plain, None)
    with writing():
        if carry.draft:
            Draft.objects.filter(pk=carry.draft, round=round_).delete()
        Draft.objects.create(pk=number, round=round_, sealed=sealed)
    return Aside(code, sheet)


def take_up(*, code: str) -> Found | None:
    """The sheet that goes with a resume code, while its round is open; it stays until it is sent."""
    plain = plain_code(code)
    if len(plain) != 12:
        return None
    number, key = _keys(plain)
    draft = Draft.objects.filter(pk=number, round__state=RoundState.OPEN).first()
    if draft is None:
        return None
    raw = bytes(draft.sealed)
    try:
        content = json.loads(AESGCM(key).decrypt(raw[:_NONCE], raw[_NONCE:], None).rstrip(b"\0"))
    except InvalidTag:
        return None
    carry = opened(content["carry"])
    return Found(content["token"], carry) if carry else None


def _keys(code: str) -> tuple[int, bytes]:
    """The number of the row and the key of its lock, both from the code alone; slow on purpose (30 ms)."""
    salt = b"lemniscaat draft\0" + settings.SECRET_KEY.encode()
    made = _slowly.submit(scrypt, plain_code(code).encode(), salt=salt, n=2**14, r=8, p=1, dklen=64)
    both = made.result()
    return number_of(both[:32]), both[32:]


def _padded(plain: bytes) -> bytes:
    return plain + b"\0" * (-len(plain) % PAGE)
