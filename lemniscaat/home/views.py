"""Coming home: the loop at a layer, what asks for attention, and the door for who is not signed in."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from lemniscaat.home.attention import attention
from lemniscaat.home.doors import lies_there
from lemniscaat.home.five_minutes import my_pages
from lemniscaat.home.loop import ACTIVITIES, loop, name_of
from lemniscaat.people import queries as people
from lemniscaat.people.access import MemberRequest, access_for, member
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.vision import queries as vision


def index(request: HttpRequest) -> HttpResponse:
    """My smallest layer, or a welcome."""
    access = access_for(request)
    if access is not None:
        own = [layer for layer in access.layers if layer.id in {place.layer for place in access.places}]
        return redirect("home:layer", own[0].id)
    if request.user.is_authenticated:
        return render(request, "home/no_place.html")
    words = (
        (_("informeren"), _("wat zien we?")),
        (_("betekenis geven"), _("wat zegt het?")),
        (_("richting geven"), _("wat doen we?")),
        (_("verantwoorden"), _("wie hoort het?")),
    )
    return render(request, "home/welcome.html", {"words": words})


@member
def layer(request: MemberRequest, pk: int) -> HttpResponse:
    """The home of a layer."""
    access = request.access
    place = access.layer(pk)
    request.layer_id = pk  # type: ignore[attr-defined]  # read by the shell
    above = [access.tree.layers[i] for i in access.tree.above(pk)]
    context = {
        "layer": place,
        "within": above[0].name if above and place.kind == "team" else access.partnership.name,
        "person": access.person,
        "five": my_pages(access),
        "items": attention(access, pk),
        "loop": loop(access, pk),
        "shared": people.shared_with(access, pk)[:3] if access.may(Verb.SEE, Noun.SHARED, pk) else [],
        "may_round": access.may(Verb.DO, Noun.ROUND, pk),
        "may_talk": access.may(Verb.SEE, Noun.MEETING, pk),
        "may_share": access.may(Verb.SEE, Noun.SHARED, pk),
        "may_know": access.may(Verb.SEE, Noun.OUTCOME, pk),
    }
    return render(request, "home/layer.html", context)


@member
def door(request: MemberRequest, pk: int, activity: str) -> HttpResponse:
    """Behind a core activity: what lies here, and a talk that starts here."""
    access = request.access
    if activity not in ACTIVITIES:
        raise Http404
    place = access.layer(pk)
    request.layer_id = pk  # type: ignore[attr-defined]  # read by the shell
    criteria = list(vision.criteria(access, pk)[:12])
    context = {
        "layer": place,
        "activity": activity,
        "name": name_of(access, activity),
        "trail": [(place.name, reverse("home:layer", args=[pk])), (name_of(access, activity), "")],
        "things": lies_there(access, pk, activity),
        "criteria": criteria,
        "may_talk": access.may(Verb.DO, Noun.MEETING, pk),
        "may_know": access.may(Verb.SEE, Noun.OUTCOME, pk),
        "may_see_talks": access.may(Verb.SEE, Noun.MEETING, pk),
        "talk": reverse("meetings:plan", args=[pk]) + f"?deur={activity}",
        "may_round": access.may(Verb.DO, Noun.ROUND, pk),
        "may_share": access.may(Verb.SEE, Noun.SHARED, pk),
    }
    return render(request, "home/door.html", context)
