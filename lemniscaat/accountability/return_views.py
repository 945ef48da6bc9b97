"""What those who gave read back: public by the code of the round, without account or cookie."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from lemniscaat.accountability import actions, queries
from lemniscaat.accountability.forms import CodeForm
from lemniscaat.base.limits import Rate, limits
from lemniscaat.collection.queries import contacts_at

GUESSES = Rate(20, 60)


def enter(request: HttpRequest) -> HttpResponse:
    """Type the code of a round."""
    form = CodeForm(request.GET if "code" in request.GET else None)
    if form.is_bound and form.is_valid():
        if not limits.allow("return-code", request.META.get("REMOTE_ADDR", ""), GUESSES):
            form.add_error("code", _("Dat waren veel pogingen. Wacht een minuut en probeer het dan weer."))
        elif (row := queries.published(form.cleaned_data["code"])) is not None:
            return redirect("returning:page", row.round.return_code)
        else:
            form.add_error(
                "code", _("Bij deze code staat nog niets. Klopt hij? Misschien is het antwoord er nog niet.")
            )
    return render(request, "accountability/enter.html", {"form": form})


# No session and no cookie lie behind this form, so there is nothing that another site could ride on.
@csrf_exempt
def page(request: HttpRequest, code: str) -> HttpResponse:
    """'Dit deden we met jouw inbreng': the frozen return, and one question back."""
    row = queries.published(code)
    if row is None:
        raise Http404
    if request.method == "POST":
        actions.recognise(row=row, answer=request.POST.get("answer", ""))
        return redirect(reverse("returning:page", args=[code]) + "?dank")
    told = row.frozen
    dates = (
        (told["asked"], _("jouw inbreng")),
        (told["read"], _("samen gelezen")),
        (told["read"], _("afgesproken")),
        (told["told"], _("jij hoort het")),
    )
    context = {
        "row": row,
        "told": told,
        "dates": dates,
        "thanked": "dank" in request.GET,
        "counts": queries.recognition(row),
        "people": contacts_at(row.round),
        "kinds": {"do": _("Dit doen we"), "keep": _("Dit houden we"), "not": _("Dit doen we niet, want")},
    }
    return render(request, "accountability/return.html", context)
