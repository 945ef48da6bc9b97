"""The pages of a participant: without account, cookie or script, and without a trace at the server."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.views.decorators.csrf import csrf_exempt

from lemniscaat.base import clock
from lemniscaat.collection.carry import Carry, opened
from lemniscaat.collection.models import Round, RoundState
from lemniscaat.collection.queries import Door, door, round_of_carry
from lemniscaat.collection.sheets import Line, clean, in_words, instrument_for, instrument_of, whole
from lemniscaat.concerns.place import signed_place
from lemniscaat.instruments.asking import Posted
from lemniscaat.instruments.preparing import is_random

SHEET = "blad"
MOST_BYTES = 600_000
_LANGUAGES = dict(settings.LANGUAGES)
_TOKEN, _CARRY = "~~token~~", "~~blad~~"
_KEPT = 200
_kept: dict[tuple[object, ...], str] = {}

View = Callable[..., HttpResponseBase]


def participant(view: View) -> View:
    """A view for who has a link: it says so in words when too much comes in, and speaks his language.

    There is no CSRF token: it would need a cookie, and a participant gets none. The link itself is the proof of
    who may answer (another site does not know it), and what is posted carries a sheet sealed by this server.
    """

    @csrf_exempt
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            if int(request.headers.get("Content-Length") or 0) > MOST_BYTES:
                raise RequestDataTooBig
            asked = request.GET.get("taal", "")
            sheet = sheet_in(request)
        except (RequestDataTooBig, TooManyFieldsSent, ValueError):
            return page("collection/answer/too_large.html", {}, status=413)
        if sheet and asked in _LANGUAGES:
            # halfway in another language: the sheet goes on in it, with all that was given
            sheet = request.sheet = replace(sheet, language=asked)  # type: ignore[attr-defined]  # read by sheet_in
        language = sheet.language if sheet else asked
        if language not in _LANGUAGES:
            return view(request, *args, **kwargs)
        with translation.override(language):
            return view(request, *args, **kwargs)

    return guarded


def sheet_in(request: HttpRequest) -> Carry | None:
    """The sealed sheet that was posted; None where there is none."""
    if not hasattr(request, "sheet"):
        sealed = request.POST.get(SHEET, "") if request.method == "POST" else ""
        request.sheet = opened(sealed) if sealed else None  # type: ignore[attr-defined]  # read once per request
    found: Carry | None = request.sheet  # type: ignore[attr-defined]  # set above
    return found


def posted(request: HttpRequest) -> dict[str, list[str]]:
    """The form as the kinds read it."""
    return {name: [str(value) for value in values] for name, values in request.POST.lists() if name != SHEET}


def page(
    template: str,
    context: Mapping[str, Any],
    *,
    at: Door | None = None,
    status: int = 200,
    step: bool = False,
) -> HttpResponse:
    """A participant's page. It is made without the request, so it cannot know who is signed in on this device.

    `step`: nothing was given on it yet, or it is one of a row of cards to which the browser's own back button leads.
    """
    return _private(HttpResponse(_html(template, context, at), status=status), step=step)


def see_other(url: str) -> HttpResponse:
    """After a POST: go and look there."""
    return _private(HttpResponse(status=303, headers={"Location": url}))


def way_in(token: str, sheet: Carry | None = None, form: Posted | None = None) -> Door | HttpResponse:
    """The door of a link, or the page that says why it is shut.

    A sheet that was on its way, with the form that was posted just now, is shown there to copy.
    """
    found = door(token)
    if found is None:
        # the stop drowns personal links, but a sheet under way still knows its round
        round_ = round_of_carry(sheet.round) if sheet else None
        if round_ is not None and round_.state != RoundState.OPEN:
            return stopped(round_, sheet, form)
        return page("collection/answer/dead.html", {"lines": _lines(round_, sheet, form)}, status=404)
    if found.round.state == RoundState.DRAFT:
        return page("collection/answer/dead.html", {}, status=404)
    if found.round.state != RoundState.OPEN:
        return stopped(found.round, sheet, form)
    if found.answered:
        return used(found, sheet, form)
    return found


def stopped(round_: Round, sheet: Carry | None, form: Posted | None) -> HttpResponse:
    """The round is over: when it comes back, and what was not sent, to copy."""
    told = {
        "heard": round_.state == RoundState.RETURNED,
        "late": round_.return_by is not None and round_.return_by < clock.today(),
    }
    context = {"round": round_, "lines": _lines(round_, sheet, form), **told, **dates(round_)}
    return page("collection/answer/stopped.html", context, status=410)


def used(at: Door, sheet: Carry | None, form: Posted | None) -> HttpResponse:
    """This personal link gave its sheet already."""
    context = {"round": at.round, "lines": _lines(at.round, sheet, form), **dates(at.round)}
    return page("collection/answer/used.html", context, at=at)


def sheet_of(at: Door, sheet: Carry | None) -> Carry | None:
    """The sheet, when it belongs to the round behind this door."""
    return sheet if sheet is not None and sheet.round == at.round.pk else None


def quick_whole(at: Door, sheet: Carry) -> HttpResponse:
    """The empty one-page sheet: rendered once per round, role and language, then only the sheet is filled in."""
    if is_random(instrument_of(at.round)):
        return _private(
            HttpResponse(_html("collection/answer/whole.html", whole_context(at, sheet, sheet.sealed()), at)),
            step=True,
        )
    key = (at.round.pk, at.round.return_code, sheet.role, translation.get_language())
    if key not in _kept:
        if len(_kept) >= _KEPT:
            _kept.clear()
        blank = Door(_TOKEN, at.round, at.personal, sheet.role)
        _kept[key] = _html("collection/answer/whole.html", whole_context(blank, sheet, _CARRY), blank)
    filled = _kept[key].replace(_CARRY, sheet.sealed()).replace(_TOKEN, at.token)
    return _private(HttpResponse(filled), step=True)


def whole_context(at: Door, sheet: Carry, sealed: str, **filled: Any) -> dict[str, Any]:
    """What the one-page sheet shows; `filled` is what was typed and what is wrong with it."""
    instrument = instrument_for(at.round, sheet)
    cards = whole(instrument, role=sheet.role, **filled)
    return {
        "round": at.round,
        "cards": cards,
        "sealed": sealed,
        "wrong": [card for card in cards if card.problem],
    }


def dates(round_: Round) -> dict[str, str]:
    """When the group talks about it, and until when somebody waits to hear: '2 december', or empty."""
    talk = round_.appointment
    if talk is not None and talk.cancelled_on is not None:
        talk = None
    return {
        "talk_day": date_format(timezone.localtime(talk.starts_at), "j F") if talk else "",
        "return_day": date_format(round_.return_by, "j F") if round_.return_by else "",
    }


def _lines(round_: Round | None, sheet: Carry | None, form: Posted | None) -> tuple[Line, ...]:
    if round_ is None or sheet is None or sheet.round != round_.pk:
        return ()
    instrument = instrument_of(round_)
    answers = {**sheet.answers, **clean(instrument.items, form or {})[0]}
    return tuple(line for line in in_words(instrument, answers, role=sheet.role) if line.words)


def _html(template: str, context: Mapping[str, Any], at: Door | None) -> str:
    common: dict[str, Any] = {"privacy_url": "", "home_url": reverse("answer:join")}
    if at is None:
        common["worry_url"] = _names(context.get("round"))
    if at is not None:
        common |= {
            "token": at.token,
            "worry_url": reverse("answer:people", args=[at.token]),
            "partnership_name": at.round.partnership.name,
            "draft_key": f"ronde-{at.round.pk}",
            "other_language": other_language(),
        }
    return render_to_string(template, {**common, **context})


def other_language() -> dict[str, Any]:
    """The language that the page is not in, with its name in itself."""
    here = translation.get_language() or "nl"
    return dict(translation.get_language_info("en" if here.startswith("nl") else "nl"))


def _names(round_: object) -> str:
    """The page with the names to turn to, of the place of a round where that is known."""
    path = reverse("concerns:people")
    if not isinstance(round_, Round):
        return path
    return f"{path}?plek={signed_place(round_.organisation_id, round_.partnership_id)}"


def _private(response: HttpResponse, *, step: bool = False) -> HttpResponse:
    """For this participant only, and not for who uses the device after him. A card is kept until the browser
    closes, for without it the back button would lead to an error. No other page hears of the link."""
    response["Cache-Control"] = "private, no-cache" if step else "private, no-store"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response
