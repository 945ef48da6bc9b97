"""One press on the page on which a table looks together: a vote, or notes that are put in groups."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lemniscaat.meetings import joining_in, queries, tables
from lemniscaat.meetings.doorway import person_of, seated
from lemniscaat.meetings.forms import plain
from lemniscaat.meetings.models import Chair, Table
from lemniscaat.people.access import Access, MemberRequest, member
from lemniscaat.people.policy import Noun, Verb


@seated
@require_POST
def vote(request: HttpRequest, chair: Chair) -> HttpResponse:
    """Vote on a statement that somebody added; back to where it stands."""
    given = request.POST
    key, statement = given.get("item", ""), given.get("statement", "")
    if not joining_in.vote(chair=chair, key=key, statement=statement, at=given.get("vote", "")):
        messages.info(
            request, _("Deze stem telde niet mee: de stelling ligt er niet meer, of de tafel is klaar.")
        )
    leads = person_of(request) is not None and chair.person_id == chair.table.led_by_id
    there = _page(chair.table_id, leading="leading" in given and leads)
    return redirect(there + _place(f"stelling-{key}-{statement}"))


@seated
@require_POST
def sort(request: HttpRequest, chair: Chair) -> HttpResponse:
    """Put notes in the groups that are there."""
    key = request.POST.get("item", "")
    if not joining_in.sort_notes(table=chair.table, key=key, moves=_moved(request.POST)):
        messages.info(request, _("Deze briefjes kun je nu niet in groepen zetten."))
    return redirect(_page(chair.table_id, leading=False) + _place(f"vraag-{key}"))


@member
@require_POST
def table_sort(request: MemberRequest, pk: int) -> HttpResponse:
    """Name the groups, and put notes in them."""
    access, row = request.access, _led(request.access, pk)
    given, key = request.POST, request.POST.get("item", "")
    names = {name: plain(words) for name, words in _changed(given, "name").items()}
    new = joining_in.name_groups(
        access=access, table=row, key=key, names=names, new=plain(given.get("new", ""))
    )
    moves = {
        note: new if group == joining_in.NEW else group
        for note, group in _moved(given).items()
        if new or group != joining_in.NEW
    }
    if not joining_in.sort_notes(table=row, key=key, moves=moves):
        messages.info(request, _("Deze briefjes kun je nu niet in groepen zetten."))
    # whoever made a group goes on putting notes in it
    going_on = "?" + urlencode({"groepen": key}) if new else ""
    return redirect(_page(pk, leading=True) + going_on + _place(f"vraag-{key}"))


def _led(access: Access, pk: int) -> Table:
    """A table that I lead: with an instrument by itself, or of a talk at which I sit."""
    meeting = queries.talk_at_table(pk)
    if meeting is None:
        return tables.led(access, pk)
    found = queries.table(access, meeting.pk)
    access.need(Verb.DO, Noun.MEETING, found.organisation_id)
    return found.table


def _page(table_id: int, *, leading: bool) -> str:
    """The page on which this table looks together: in a talk the one of its present step."""
    meeting = queries.talk_at_table(table_id)
    if meeting is None:
        return reverse("meetings:table_look" if leading else "table:look", args=[table_id])
    return reverse("meetings:lead", args=[meeting.pk]) if leading else reverse("table:now", args=[table_id])


def _moved(given: QueryDict) -> dict[str, str]:
    return _changed(given, "at")


def _changed(given: QueryDict, what: str) -> dict[str, str]:
    """The fields '<what>:<key>' that are no longer as they stood on the page: only these are written."""
    found = {}
    for field in given:
        kind, _colon, key = field.partition(":")
        if kind == what and given[field] != given.get(f"was-{field}", ""):
            found[key] = str(given[field])
    return found


def _place(name: str) -> str:
    """The place on the page to come back to; none where the name is no name."""
    anchor = name.replace(".", "-")
    return f"#{anchor}" if anchor.replace("-", "").isalnum() else ""
