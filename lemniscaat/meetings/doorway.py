"""The door of a page at a table: who has a chair there, by what his device holds or by his account."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from lemniscaat.meetings import tables
from lemniscaat.people.models import Person

COOKIE = "stoel-{}"
COOKIE_DAYS = 60

View = Callable[..., HttpResponse]


def unlisted(view: View) -> View:
    """A page for those at one table: kept by nobody, found by no search engine."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.setdefault("Cache-Control", "private, no-store")
        response["X-Robots-Tag"] = "noindex"
        return response

    return guarded


def seated(view: View) -> View:
    """A view for whoever has a chair at table `pk`: handed in as second argument. Others get 404 with a way in."""

    @unlisted
    @wraps(view)
    def guarded(request: HttpRequest, pk: int, **kwargs: Any) -> HttpResponse:
        chair = tables.chair_of(pk, token=token_of(request, pk), person=person_of(request))
        if chair is None:
            return render(request, "meetings/sitting_nochair.html", way_home(request), status=404)
        request.layer_id = chair.table.organisation_id  # type: ignore[attr-defined]  # read by the shell
        return view(request, chair, **kwargs)

    return guarded


def token_of(request: HttpRequest, pk: int) -> str:
    """What this device holds for a chair at table `pk`; empty where it holds nothing."""
    return request.get_signed_cookie(COOKIE.format(pk), default="", salt="chair") or ""


def person_of(request: HttpRequest) -> Person | None:
    """The member who is signed in."""
    return request.user if isinstance(request.user, Person) else None


def autosaved(request: HttpRequest) -> bool:
    """Whether a script kept this while somebody types: it hears a number, nobody sees a page."""
    return request.headers.get("X-Requested-With") == "autosave"


def way_home(request: HttpRequest) -> dict[str, Any]:
    """Who has no account goes to the code, not to a page for signing in."""
    return {} if person_of(request) else {"home_url": reverse("table:join")}
