"""The way in to a table: its code, its address, and both as a picture."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import segno
from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import reverse

from lemniscaat.meetings.models import Group, Table


def spoken(path: str) -> str:
    """An address as one says it aloud."""
    return (settings.SITE_URL.removeprefix("https://").removeprefix("http://") + path).rstrip("/")


def join_context(table: Table) -> dict[str, Any]:
    """What stands on every wall: where to go and what to type."""
    return {"join_code": table.code, "join_address": spoken(reverse("table:join"))}


def qr_of(table: Table | Group) -> HttpResponse:
    """The way in as a picture, dark on white so that it can be read from a wall. 404 when nobody may join any more."""
    if not table.code:
        raise Http404
    out = BytesIO()
    address = settings.SITE_URL + reverse("table:start", args=[table.code])
    segno.make(address, error="m").save(
        out, kind="svg", scale=8, border=2, dark="#1B2145", light="#FFFFFF", xmldecl=False
    )
    return HttpResponse(
        out.getvalue(), content_type="image/svg+xml", headers={"Cache-Control": "private, max-age=600"}
    )
