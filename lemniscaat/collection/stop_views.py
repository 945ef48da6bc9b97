"""The page behind 'no more of these': for who has the link, without an account; a mail program may press it too."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from lemniscaat.collection import stop_links
from lemniscaat.collection.answer_pages import page, participant, see_other
from lemniscaat.collection.models import RoundState

ONE_CLICK = "List-Unsubscribe"
DEEDS = {
    "ronde": stop_links.no_reminders,
    "alles": stop_links.no_mail,
    "weer": stop_links.mail_again,
}


@participant
@require_http_methods(["GET", "POST"])
def no_mail(request: HttpRequest, token: str) -> HttpResponse:
    """Looking changes nothing, because programs look at links before people do; pressing does. What a mail program
    sends by itself (RFC 8058) means: no more mail about rounds."""
    invitation = stop_links.invitation_of(token)
    if invitation is None:
        return page("collection/answer/dead.html", {}, status=404)
    if request.method == "POST":
        asked = "alles" if ONE_CLICK in request.POST else request.POST.get("wat", "")
        if asked in DEEDS:
            DEEDS[asked](invitation)
        return HttpResponse(status=204) if ONE_CLICK in request.POST else see_other(request.path)
    wishes = stop_links.wishes_of(invitation)
    context = {
        "round": invitation.round,
        "partnership": invitation.round.partnership,
        "runs": invitation.round.state == RoundState.OPEN,
        "quiet": wishes.quiet,
        "none": wishes.none,
    }
    return page("collection/answer/no_mail.html", context)
