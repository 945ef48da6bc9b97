"""The agenda of a layer, or of one body alone, in four looks, on paper, and in a calendar."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST, require_safe

from lemniscaat.agenda import queries
from lemniscaat.agenda.letters.digest_links import stop_address
from lemniscaat.agenda.letters.feed import address, owned_feed
from lemniscaat.agenda.looks.branches import grow
from lemniscaat.agenda.looks.overview import Overview, Told, bodies_with_agenda, overview
from lemniscaat.agenda.looks.sheet import on_the_wall
from lemniscaat.agenda.looks.timeline import time_line
from lemniscaat.agenda.models import Goal, Phase
from lemniscaat.agenda.points.ordering import put_beside
from lemniscaat.agenda.points.taking_up import move_to
from lemniscaat.base.numbers import number_in
from lemniscaat.people.access import MemberRequest, member
from lemniscaat.people.models import Body
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.people.queries import my_bodies
from lemniscaat.people.tree import Layer
from lemniscaat.year.forms import year_of
from lemniscaat.year.schoolyear import year_from

LIST, TREE, LINE, BOARD = "lijst", "boom", "tijdlijn", "bord"
LOOKS = {
    LIST: gettext_lazy("Lijst"),
    TREE: gettext_lazy("Boom"),
    LINE: gettext_lazy("Tijdlijn"),
    BOARD: gettext_lazy("Bord"),
}


def opened(request: MemberRequest, layer: int) -> tuple[Layer, Body | None]:
    """Whose agenda is asked for: of a layer, or of one body of it in which I sit; 404 where it is not mine to read."""
    access = request.access
    access.need(Verb.SEE, Noun.AGREEMENT, layer)
    request.layer_id = layer  # type: ignore[attr-defined]  # read by the shell
    asked, body = number_in(request.GET.get("overleg", "")), None
    if "overleg" in request.GET:
        body = my_bodies(access).filter(pk=asked, organisation_id=layer).first() if asked else None
        if body is None:
            raise Http404
    return access.tree.layers[layer], body


@member
@require_GET
def agenda(request: MemberRequest, layer: int) -> HttpResponse:
    """The points of an agenda as a list, a tree, a time line or a board; on screen, or printed as it stands."""
    place, body = opened(request, layer)
    asked = request.GET.get("vorm", LIST)
    look = asked if asked in LOOKS else LIST
    shown = overview(request.access, layer, body)
    paper = "druk" in request.GET
    context = {**around(request, place, body), "look": look, "paper": paper, "any": bool(shown.told)}
    context |= _DRAWS[look](request, shown)
    if paper:
        context |= {"back_url": _address(layer, look, body), "paper_left": context["whose"]}
        context["paper_middle"] = _("Ontwikkelagenda")
    return render(request, "agenda/agenda_print.html" if paper else "agenda/agenda.html", context)


def around(request: MemberRequest, place: Layer, body: Body | None) -> dict[str, Any]:
    """What every look shows: whose agenda it is, and the ways to look at it and to others."""
    access = request.access
    reads = access.where(Verb.SEE, Noun.AGREEMENT)
    of_body = f"&overleg={body.pk}" if body else ""
    return {
        "layer": place,
        "body": body,
        "whose": body.name if body else place.name,
        "of_body": of_body,
        "may_do": access.may(Verb.DO, Noun.AGREEMENT, place.id),
        "looks": [(key, label, f"?vorm={key}{of_body}") for key, label in LOOKS.items()],
        "trail": [(place.name, reverse("home:layer", args=[place.id])), (_("Ontwikkelagenda"), "")],
        "above": [access.tree.layers[one] for one in access.tree.above(place.id) if one in reads],
        "open_below": bool(access.tree.below(place.id)),
        "own_bodies": [one for one in bodies_with_agenda(access) if one != body],
        "feed": address(access.person),
        "stop_url": stop_address(access.partnership.pk, access.person.pk),
    }


def _list(request: MemberRequest, shown: Overview) -> dict[str, Any]:
    groups = ((shown.running, "running"), (shown.years, "years"))
    context: dict[str, Any] = {name: _with_neighbours(rows) for rows, name in groups}
    under = [one.goal.within_id for one in shown.running]
    context["counted"] = {one.goal.pk: under.count(one.goal.pk) for one in shown.years}
    return context | {"held": shown.held, "stopped": shown.stopped}


def _with_neighbours(rows: tuple[Told, ...]) -> list[tuple[Told, Told | None, Told | None]]:
    """Each point with the one above and the one below it."""
    # the first has none above it; of no rows at all nothing is left
    return list(zip(rows, [None, *rows[:-1]], [*rows[1:], None], strict=False))


def _tree(request: MemberRequest, shown: Overview) -> dict[str, Any]:
    return {"tree": grow(shown.told)}


def _line(request: MemberRequest, shown: Overview) -> dict[str, Any]:
    day = request.access.day
    year = year_of(request.GET.get("jaar", ""), day)
    return {
        "line": time_line(shown.told, year, day),
        "year": year,
        "before": year_from(year.year - 1),
        "after": year_from(year.year + 1),
        "head": [_("Punt"), _("Komt terug"), _("Stappen"), _("Gekeken")],
    }


def _board(request: MemberRequest, shown: Overview) -> dict[str, Any]:
    """The four phases with their points; each point may go on to the next phase or back to the one before."""
    phases = list(Phase)
    columns = []
    for number, phase in enumerate(phases):
        back = phases[number - 1] if number else None
        rows = [one for one in shown.running if one.goal.phase == phase]
        columns.append((phase, back, phases[(number + 1) % len(phases)], rows))
    return {"columns": columns}


_DRAWS: dict[str, Callable[[MemberRequest, Overview], dict[str, Any]]] = {
    LIST: _list,
    TREE: _tree,
    LINE: _line,
    BOARD: _board,
}


@member
@require_GET
def wall(request: MemberRequest, layer: int) -> HttpResponse:
    """One sheet of A4 for the team room: at most three points, large, with room to write."""
    place, body = opened(request, layer)
    around_it = around(request, place, body)
    context = {
        **around_it,
        "sheet": on_the_wall(overview(request.access, layer, body).running),
        "back_url": _address(layer, LIST, body),
        "paper_left": around_it["whose"],
        "paper_middle": _("Ontwikkelagenda"),
        "year": year_of("", request.access.day),
    }
    return render(request, "agenda/wall.html", context)


def _address(layer: int, look: str, body: Body | None) -> str:
    of_body = f"&overleg={body.pk}" if body else ""
    return reverse("goals:agenda", args=[layer]) + f"?vorm={look}{of_body}"


def _back_to(row: Goal, look: str) -> str:
    return _address(row.organisation_id, look, row.body) + f"#punt-{row.pk}"


@member
@require_POST
def lay(request: MemberRequest, pk: int) -> HttpResponse:
    """Lay a point of the board in another phase."""
    phase = request.POST.get("fase", "")
    row = queries.goal(request.access, pk)
    if phase not in Phase.values:
        raise Http404
    row = move_to(access=request.access, goal=row, phase=phase)
    words = {"point": row.sentence, "phase": row.get_phase_display()}
    messages.success(request, _("‘%(point)s’ ligt nu bij: %(phase)s.") % words)
    return redirect(_back_to(row, BOARD))


@member
@require_POST
def place(request: MemberRequest, pk: int) -> HttpResponse:
    """Put a point above or below another one."""
    access = request.access
    row = queries.goal(access, pk)
    before, after = (number_in(request.POST.get(name, "")) for name in ("voor", "na"))
    other = queries.goal(access, before or after or 0)
    put_beside(access=access, goal=row, other=other, before=bool(before))
    return redirect(_back_to(row, LIST))


@require_safe
def feed(request: HttpRequest, key: str) -> HttpResponse:
    """What somebody owns or sits with, for a calendar program, which does not sign in: the key in the address opens it."""
    response = HttpResponse(owned_feed(key), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="punten.ics"'
    response["Cache-Control"] = "private, max-age=900"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response
