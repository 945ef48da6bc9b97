"""The way in to a table: its code, its address, and both as a picture."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from io import BytesIO
from typing import Any

import segno
from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.http import urlencode

from lemniscaat.base.keys import fingerprint
from lemniscaat.meetings.models import Group, Table

SEAL = "t"
"""The name in the address under which a picture says of which table it is, sealed."""
# sixty bits: nobody guesses them, and the picture stays coarse enough to be read from the back of a hall
SEAL_SIGNS = 10


def spoken(path: str) -> str:
    """An address as one says it aloud."""
    return (settings.SITE_URL.removeprefix("https://").removeprefix("http://") + path).rstrip("/")


def join_context(table: Table) -> dict[str, Any]:
    """What stands on every wall: where to go and what to type."""
    return {"join_code": table.code, "join_address": spoken(reverse("table:join"))}


def scanned(code: str, sealed: str) -> int:
    """The number of the table of whose picture somebody comes with this code; 0 where this server did not seal it.

    Nothing is looked up for it, so that who makes up seals learns nothing of codes, however many he tries.
    """
    number = sealed.partition(".")[0]
    return int(number) if constant_time_compare(sealed, _sealed(number, code)) else 0


def _sealed(number: object, code: str) -> str:
    """Of one table and one code, so that it opens nothing once that code is gone or is somebody else's."""
    seal = fingerprint(secret=settings.SECRET_KEY, text=f"picture {number} {code}")
    return f"{number}.{urlsafe_b64encode(bytes.fromhex(seal)).decode()[:SEAL_SIGNS]}"


def qr_of(table: Table | Group) -> HttpResponse:
    """The way in as a picture, dark on white so that it can be read from a wall. 404 when nobody may join any more."""
    if not table.code:
        raise Http404
    out = BytesIO()
    number = table.table_id if isinstance(table, Group) else table.pk
    plain = settings.SITE_URL + reverse("table:start", args=[table.code])
    address = f"{plain}?{urlencode({SEAL: _sealed(number, table.code)})}"
    segno.make(address, error="m").save(
        out, kind="svg", scale=8, border=2, dark="#1B2145", light="#FFFFFF", xmldecl=False
    )
    return HttpResponse(
        out.getvalue(), content_type="image/svg+xml", headers={"Cache-Control": "private, max-age=600"}
    )
