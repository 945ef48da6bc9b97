"""What those who gave read back: public by the code of the round, without account or cookie."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lemniscaat.accountability import actions, queries
from lemniscaat.accountability.forms import CodeForm
from lemniscaat.accountability.showing import told
from lemniscaat.base.limits import Rate, limits
from lemniscaat.collection.answer_pages import page as bare
from lemniscaat.collection.answer_pages import participant, see_other
from lemniscaat.collection.models import Round, RoundState
from lemniscaat.collection.queries import contacts_at

# a whole class behind one address reads at once; a machine that guesses gets one try in three seconds
GUESSES = Rate(burst=60, seconds=3)


@participant
@require_safe
def enter(request: HttpRequest) -> HttpResponse:
    """Type the code of a round."""
    form = CodeForm(request.GET if "code" in request.GET else None)
    if not form.is_bound or not form.is_valid():
        return bare("accountability/enter.html", {"form": form}, status=422 if form.is_bound else 200)
    if not _may_try(request):
        form.add_error("code", _("Dat waren veel pogingen. Wacht een minuut en probeer het dan weer."))
        return bare("accountability/enter.html", {"form": form}, status=429)
    round_ = queries.round_by_code(form.cleaned_data["code"])
    if round_ is None or round_.state == RoundState.DRAFT:
        form.add_error("code", _("Deze code kennen we niet. Het is een woord met vier cijfers erachter."))
        return bare("accountability/enter.html", {"form": form}, status=422)
    _no_guess(request)
    return see_other(reverse("returning:page", args=[round_.return_code]))


@participant
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, code: str) -> HttpResponse:
    """'Dit deden we met jouw inbreng': the frozen return, and one question back."""
    round_ = queries.round_by_code(code) if _may_try(request) else None
    if round_ is None or round_.state == RoundState.DRAFT:
        form = CodeForm({"code": code})
        form.add_error("code", _("Deze code kennen we niet. Het is een woord met vier cijfers erachter."))
        return bare("accountability/enter.html", {"form": form}, status=404)
    _no_guess(request)
    row = queries.published(round_)
    if row is None:
        return bare("accountability/not_yet.html", {"round": round_, **_common(round_)})
    if request.method == "POST":
        given = request.POST.get("answer", "")
        actions.recognise(row=row, answer=given)
        thanks = "?dank" if given in actions.ANSWERS else ""
        return see_other(reverse("returning:page", args=[round_.return_code]) + thanks)
    context = {
        "told": told(row.frozen),
        "changed": row.changed,
        "thanked": "dank" in request.GET,
        "counts": queries.recognition(row),
    }
    return bare("accountability/return.html", {**context, **_common(round_)})


def _may_try(request: HttpRequest) -> bool:
    return limits.allow("return-code", request.META.get("REMOTE_ADDR", ""), GUESSES)


def _no_guess(request: HttpRequest) -> None:
    """A right code gives back its own try and no other: who knows one does not guess others any faster with it."""
    limits.give_back("return-code", request.META.get("REMOTE_ADDR", ""), GUESSES)


def _common(round_: Round) -> dict[str, object]:
    """What stands on every page of a code: the names to turn to, and when somebody hears."""
    return {
        "people": contacts_at(round_),
        "partnership_name": round_.partnership.name,
        "worry_url": "#mensen",
        "return_day": date_format(round_.return_by, "j F") if round_.return_by else "",
    }
