"""The door of a page at a table: who has a chair there, by what his device holds or by his account."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from lemniscaat.base.limits import Rate, limits
from lemniscaat.meetings import tables
from lemniscaat.meetings.joining import scanned
from lemniscaat.meetings.models import Chair, Group, Table
from lemniscaat.people.access import access_for
from lemniscaat.people.models import Person
from lemniscaat.people.policy import Noun, Verb

# From one address: a machine that guesses gets thirty tries a minute. A hall of a thousand that types makes mistakes
# together; the first three hundred are theirs.
JOINING = Rate(burst=300, seconds=2)
# At one table from one address: so often a right code costs no try, and after that as much as a wrong one.
ENTERING = Rate(burst=6_000, seconds=0.2)

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
        request.worry_at = (chair.table.organisation_id, chair.table.partnership_id)  # type: ignore[attr-defined]  # read by the shell
        return view(request, chair, **kwargs)

    return guarded


def let_in(request: HttpRequest, code: str, *, sealed: str = "") -> tuple[Table | None, Group | None]:
    """The table that may be joined with a code, as long as not too much was guessed from this address.

    Only a wrong code costs a try, for a thousand phones stand behind one address of a school. A right one gives back
    its own try and no other, so that who knows one code does not guess others any faster with it. Who comes by the
    picture of the code (`sealed`) guesses nothing: he costs no try, and does not wait for those who guessed.
    """
    pictured = scanned(code, sealed)
    if pictured:
        table, group = tables.way_in(code)
        return (table, group) if table is not None and table.pk == pictured else (None, None)
    where = request.META.get("REMOTE_ADDR", "")
    if not limits.allow("table", where, JOINING):
        return None, None
    table, group = tables.way_in(code)
    if table is not None and limits.allow("table in", f"{where} {table.pk}", ENTERING):
        limits.give_back("table", where, JOINING)
    return table, group


def token_of(request: HttpRequest, pk: int) -> str:
    """What this device holds for a chair at table `pk`; empty where it holds nothing."""
    return request.get_signed_cookie(COOKIE.format(pk), default="", salt="chair") or ""


def person_of(request: HttpRequest) -> Person | None:
    """The member who is signed in."""
    return request.user if isinstance(request.user, Person) else None


def may_lead(request: HttpRequest, chair: Chair) -> bool:
    """Whether this phone can take the talk over when the screen of who leads falls away: it is of a member who sits
    here himself and may lead talks at this layer."""
    person, table = person_of(request), chair.table
    if person is None or chair.person_id != person.pk:
        return False
    access = access_for(request)
    if access is None or access.partnership.pk != table.partnership_id:
        return False
    return access.may(Verb.DO, Noun.MEETING, table.organisation_id)


def autosaved(request: HttpRequest) -> bool:
    """Whether a script kept this while somebody types: it hears a number, nobody sees a page."""
    return request.headers.get("X-Requested-With") == "autosave"


def way_home(request: HttpRequest) -> dict[str, Any]:
    """Who has no account goes to the code, not to a page for signing in."""
    return {} if person_of(request) else {"home_url": reverse("table:join")}
