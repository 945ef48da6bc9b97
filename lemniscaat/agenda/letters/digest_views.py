"""The page behind 'no more of these' of the monthly letter: without an account; a mail program may press it too."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from lemniscaat.agenda.letters import digest_links
from lemniscaat.collection.answer_pages import page, participant, see_other

ONE_CLICK = "List-Unsubscribe"
DEEDS = {"nee": digest_links.no_digest, "weer": digest_links.digest_again}


@participant
@require_http_methods(["GET", "POST"])
def no_digest(request: HttpRequest, token: str) -> HttpResponse:
    """Looking changes nothing, because programs look at links before people do; pressing does (RFC 8058)."""
    who = digest_links.receiver_of(token)
    if who is None:
        return page("agenda/no_digest_dead.html", {}, status=404)
    if request.method == "POST":
        asked = "nee" if ONE_CLICK in request.POST else request.POST.get("wat", "")
        if asked in DEEDS:
            DEEDS[asked](who)
        return HttpResponse(status=204) if ONE_CLICK in request.POST else see_other(request.path)
    context = {"partnership": who.partnership, "stopped": digest_links.said_no(who)}
    return page("agenda/no_digest.html", context)
