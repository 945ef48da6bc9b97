"""The doors around a sheet: joining by code, going on later, the end page, the people to turn to."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from icalendar import Calendar, Event

from lemniscaat.base import clock
from lemniscaat.base.limits import Rate, limits
from lemniscaat.collection.actions import put_aside, take_up
from lemniscaat.collection.answer_pages import (
    dates,
    page,
    participant,
    posted,
    see_other,
    sheet_in,
    sheet_of,
    stopped,
    way_in,
)
from lemniscaat.collection.answer_views import show, take_card
from lemniscaat.collection.models import Round, RoundState
from lemniscaat.collection.queries import contacts_at, door, token_for_code
from lemniscaat.collection.sheets import instrument_for

# a whole class behind one address joins at once; a machine that guesses gets thirty tries a minute
JOINING = Rate(burst=60, seconds=2)
RESUMING = Rate(burst=12, seconds=20)


@participant
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    """Join by the six digits on the screen or the poster."""
    typed = request.POST.get("code", "") if request.method == "POST" else request.GET.get("code", "")
    if not typed:
        return page("collection/answer/join.html", {"typed": ""})
    slip = _no_code(typed)
    if slip:
        # no guess at anybody's code, so it costs no try
        return page("collection/answer/join.html", {"typed": typed, "problem": slip}, status=422)
    if not limits.allow("join", request.META.get("REMOTE_ADDR", ""), JOINING):
        problem = _(
            "Dat waren veel pogingen achter elkaar. Wacht een minuut, of scan de QR-code: dan hoef je niets te typen."
        )
        return page("collection/answer/join.html", {"typed": typed, "problem": problem}, status=429)
    token = token_for_code(typed)
    if token:
        # only a wrong code costs a try: a whole school stands behind one address
        limits.give_back("join", request.META.get("REMOTE_ADDR", ""), JOINING)
        return see_other(reverse("answer:start", args=[token]))
    problem = _(
        "Deze code werkt niet. Kijk of alle zes cijfers kloppen. Kloppen ze, dan is de ronde gestopt; vraag het wie je"
        " de code gaf."
    )
    return page("collection/answer/join.html", {"typed": typed, "problem": problem}, status=422)


def _no_code(typed: str) -> str:
    """What to do with what cannot be a code of six digits; nothing where it can."""
    digits = sum(sign.isdigit() for sign in typed)
    if digits == 6:
        return ""
    if digits == 4 and any(sign.isalpha() for sign in typed):
        return _(
            "Een woord met vier cijfers is de code om terug te lezen. Kies hieronder ‘Ik wil lezen wat ermee gedaan is’."
        )
    return ngettext(
        "Een code heeft zes cijfers, en hier staat er %(n)d. Kijk nog eens op het scherm, de poster of het blad.",
        "Een code heeft zes cijfers, en hier staan er %(n)d. Kijk nog eens op het scherm, de poster of het blad.",
        digits,
    ) % {"n": digits}


@participant
@require_http_methods(["GET", "POST"])
def resume(request: HttpRequest) -> HttpResponse:
    """Go on with a sheet that was put aside, on any device."""
    if request.method == "GET":
        return page("collection/answer/resume.html", {"typed": ""})
    typed = request.POST.get("code", "")
    if not limits.allow("resume", request.META.get("REMOTE_ADDR", ""), RESUMING):
        problem = _("Dat waren veel pogingen achter elkaar. Wacht een minuut en probeer het dan nog eens.")
        return page("collection/answer/resume.html", {"typed": typed, "problem": problem}, status=429)
    found = take_up(code=typed)
    if found is None:
        problem = _(
            "Bij deze code ligt geen blad. Kijk of alle twaalf tekens kloppen, of begin opnieuw met je link."
        )
        return page("collection/answer/resume.html", {"typed": typed, "problem": problem}, status=422)
    # only a wrong code costs a try: a whole school stands behind one address
    limits.give_back("resume", request.META.get("REMOTE_ADDR", ""), RESUMING)
    at = way_in(found.token, found.carry)
    if isinstance(at, HttpResponse):
        return at
    items = instrument_for(at.round, found.carry).items
    first_open = next(
        (n for n, item in enumerate(items, 1) if item.key not in found.carry.answers), len(items) + 1
    )
    return show(at, found.carry, first_open)


@participant
@require_POST
def save_code(request: HttpRequest, token: str) -> HttpResponse:
    """Put the sheet aside under a code that is shown once."""
    given = sheet_in(request)
    at = way_in(token, given, posted(request))
    if isinstance(at, HttpResponse):
        return at
    sheet = sheet_of(at, given)
    if sheet is None:
        return see_other(reverse("answer:start", args=[token]))
    taken = take_card(request, at, sheet)
    if isinstance(taken, HttpResponse):
        return taken
    aside = put_aside(round_=at.round, token=token, carry=taken)
    here = str(request.POST.get("hier", ""))
    context = {"code": aside.code, "sealed": aside.carry.sealed(), "place": here if here.isdecimal() else "1"}
    return page("collection/answer/aside.html", {"round": at.round, **context}, at=at)


@participant
@require_GET
def done(request: HttpRequest, token: str) -> HttpResponse:
    """Thanks, what happens next and when, and the way back, which belongs to the round."""
    at = door(token)
    if at is None or at.round.state == RoundState.DRAFT:
        return page("collection/answer/dead.html", {}, status=404)
    if at.round.state != RoundState.OPEN:
        return stopped(at.round, None, None)
    if at.personal and not at.answered:
        return see_other(reverse("answer:start", args=[token]))
    days = dates(at.round)
    talk = days["talk_day"] or _("daarna")
    loop = [
        (_("nu"), _("jouw inbreng")),
        (talk, _("samen lezen")),
        (talk, _("afspreken")),
        (days["return_day"] or _("later"), _("jij hoort het")),
    ]
    context = {"round": at.round, "loop": loop, "people": contacts_at(at.round), **days}
    return page("collection/answer/done.html", context, at=at)


@participant
@require_GET
def people(request: HttpRequest, token: str) -> HttpResponse:
    """Who to go to when something is the matter: names, nothing to fill in."""
    at = door(token)
    if at is None:
        return page("collection/answer/dead.html", {}, status=404)
    return page("collection/answer/people.html", {"round": at.round, "people": contacts_at(at.round)}, at=at)


@participant
@require_GET
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """The day on which those who gave hear back, for one's own calendar."""
    at = door(token)
    if at is None or at.round.return_by is None:
        return page("collection/answer/dead.html", {}, status=404)
    response = HttpResponse(_day_of_return(at.round), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="terugkoppeling.ics"'
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response


def _day_of_return(round_: Round) -> bytes:
    assert round_.return_by is not None
    book, day = Calendar(), Event()
    book.add("prodid", "-//Lemniscaat//NL")
    book.add("version", "2.0")
    day.add("uid", f"{round_.key}-{round_.pk}@lemniscaat")
    # the moment of the round, not of whoever takes this along
    opened = round_.opened_on or clock.today()
    day.add("dtstamp", datetime.combine(opened, time(12), tzinfo=get_current_timezone()).astimezone(UTC))
    day.add("dtstart", round_.return_by)
    day.add("dtend", round_.return_by + timedelta(days=1))
    day.add("summary", _("Terugkoppeling: %(title)s") % {"title": round_.title})
    day.add("description", _("Je code: %(code)s") % {"code": round_.return_code})
    book.add_component(day)
    return bytes(book.to_ical())
