"""The reading of open answers: who may read them, how many readers they have, and each text by itself."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lemniscaat.collection import independence, reading
from lemniscaat.collection.independence import NoReasonError, NotIndependentError
from lemniscaat.collection.models import FreeText, ReadingState, Round
from lemniscaat.people.access import MemberRequest, member
from lemniscaat.people.policy import Noun, Verb


@member
@require_http_methods(["GET", "POST"])
def readers(request: MemberRequest) -> HttpResponse:
    """How many people read an open answer before anybody else does, and who they can be."""
    access = request.access
    root = access.partnership.root_id
    access.need(Verb.DO, Noun.TEXT, root)
    request.layer_id = root  # type: ignore[attr-defined]  # read by the shell
    problem = ""
    if request.method == "POST":
        asked = request.POST.get("lezers", "")
        if asked in {"1", "2"}:
            independence.set_rule(access=access, readers=int(asked))
            messages.success(request, _("Bewaard. Dit geldt voor rondes die vanaf nu stoppen."))
            return redirect("collection:readers")
        problem = _("Kies één lezer of twee lezers.")
    people = independence.readers_at(access.partnership, root)
    context = {
        "rule": independence.rule(access.partnership),
        "people": [one.person.name for one in people],
        "problem": problem,
        "layer": access.tree.layers[root],
    }
    return render(request, "collection/readers.html", context, status=422 if problem else 200)


@member
@require_http_methods(["GET", "POST"])
def texts(request: MemberRequest, pk: int) -> HttpResponse:
    """Read the open answers of a round one by one; let each go, changed where it names somebody, or keep it shut."""
    found = reading.round_to_read(request.access, pk)
    request.layer_id = found.organisation_id  # type: ignore[attr-defined]  # read by the shell
    reader = independence.reader(request.access, found)
    if request.method == "POST" and request.POST.get("doe") == "reden":
        return _reason(request, found, reader)
    if not reader.may:
        # who posts a text without being its reader is shown the same page, and nothing is changed
        return _not_mine(request, found, reader, status=200 if request.method == "GET" else 403)
    if request.method == "GET":
        if not reader.ties:
            independence.begin_reading(access=request.access, round_=found)
        return _texts_page(request, found)
    return _settled(request, found)


def _reason(request: MemberRequest, found: Round, reader: independence.Reader) -> HttpResponse:
    because = str(request.POST.get("reden", ""))
    try:
        independence.begin_reading(access=request.access, round_=found, because=because)
    except NotIndependentError:
        return _not_mine(request, found, reader, status=403)
    except NoReasonError:
        problem = _("Schrijf in één zin waarom jij leest. De groep ziet die zin bij de uitkomst.")
        return _not_mine(request, found, reader, problem=problem, status=422)
    return redirect("collection:texts", found.pk)


def _not_mine(
    request: MemberRequest, found: Round, reader: independence.Reader, *, problem: str = "", status: int
) -> HttpResponse:
    context = {"round": found, "reader": reader, "problem": problem}
    return render(request, "collection/not_my_texts.html", context, status=status)


def _settled(request: MemberRequest, found: Round) -> HttpResponse:
    text = reading.text_to_read(request.access, found, _number(request, "tekst"))
    words, version = str(request.POST.get("woorden", "")), _number(request, "versie")
    try:
        if request.POST.get("doe") == "sluit":
            reading.withhold_text(access=request.access, text=text, version=version)
            messages.success(request, _("Deze tekst blijft dicht."))
        else:
            kept = reading.release_text(access=request.access, text=text, words=words, version=version)
            messages.success(request, _said(kept))
    except reading.NothingLeftError:
        problem = _("Er staat niets meer. Schrijf wat er mag blijven staan, of kies ‘Houd dicht’.")
        return _texts_page(request, found, wrong=text, words=words, problem=problem, status=422)
    except reading.ClashError as clash:
        problem = _("Iemand anders las deze tekst net ook. Hieronder staan beide; kies wat er blijft staan.")
        return _texts_page(request, found, wrong=clash.current, words=words, problem=problem, status=409)
    page = request.GET.get("blad", "")
    back = reverse("collection:texts", args=[found.pk])
    return redirect(f"{back}?blad={page}" if page.isdecimal() else back)


def _said(text: FreeText) -> str:
    if text.state == ReadingState.READ:
        return _("Jouw lezing is bewaard. De tekst blijft dicht tot een tweede lezer hetzelfde laat staan.")
    if text.state == ReadingState.DIFFERS:
        return _("De andere lezer liet iets anders staan. De tekst blijft dicht tot jullie hetzelfde kiezen.")
    return _("Vrijgegeven. De tekst staat nu bij de lat waar de vraag bij hoort.")


def _texts_page(
    request: MemberRequest,
    found: Round,
    *,
    wrong: FreeText | None = None,
    words: str = "",
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    asked = request.GET.get("blad", "")
    page = int(asked) if asked.isdecimal() and len(asked) < 6 and wrong is None else None
    told = reading.open_page(access=request.access, round_=found, page=page, holding=wrong)
    context = {
        "round": found,
        "reader": independence.reader(request.access, found),
        "piles": told.piles,
        "waiting": told.waiting,
        "page": told.page,
        "pages": told.pages,
        "wrong": wrong.pk if wrong else None,
        "words": words,
        "problem": problem,
    }
    return render(request, "collection/texts.html", context, status=status)


def _number(request: MemberRequest, name: str) -> int:
    value = str(request.POST.get(name, ""))
    if not value.isdecimal() or len(value) > 19:
        raise Http404
    return int(value)
