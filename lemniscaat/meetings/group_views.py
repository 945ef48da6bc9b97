"""Small groups, for whoever leads: proposed, shuffled, moved by hand."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from lemniscaat.base.numbers import number_in
from lemniscaat.meetings import grouping, queries, tables
from lemniscaat.meetings.models import MeetingState
from lemniscaat.people.access import MemberRequest, member

SIZES = (3, 4, 5, 6)


@member
@require_http_methods(["GET", "POST"])
def groups(request: MemberRequest, pk: int) -> HttpResponse:
    """Who sits in which group. 404 in a hall, where nobody is known."""
    access = request.access
    row = queries.table(access, pk)
    row = queries.talk_to_lead(access, row.pk)
    if row.state == MeetingState.DONE or row.table.hall:
        return redirect("meetings:record" if row.state == MeetingState.DONE else "meetings:lead", pk)
    request.layer_id = row.organisation_id  # type: ignore[attr-defined]  # read by the shell
    if request.method == "POST":
        do, _colon, what = request.POST.get("do", "").partition(":")
        if do == "deal":
            size = number_in(request.POST.get("size", ""))
            grouping.deal(access=access, meeting=row, size=size if size in SIZES else 4)
        elif do == "dissolve":
            grouping.dissolve(access=access, meeting=row)
        elif do == "move":
            to = number_in(request.POST.get(f"to-{what}", ""))
            grouping.move(access=access, meeting=row, chair_id=number_in(what), to=to)
        return redirect("meetings:groups", pk)
    boards = grouping.boards(row.table, leading=True)
    placed = {chair.pk for board in boards for chair in board.members}
    at = tables.chairs(row.table)
    context = {
        "meeting": row,
        "boards": boards,
        "loose": [one for one in at if one.pk not in placed and (one.here or one.from_paper)],
        "waiting": [one for one in at if not one.here and not one.from_paper],
        "roles": tables.role_names(row.partnership),
        "numbers": [board.group.number for board in boards],
        "fresh": max((board.group.number for board in boards), default=0) + 1,
        "sizes": SIZES,
        "usual": max((len(board.members) for board in boards), default=4),
        "wrote": any(board.wrote for board in boards),
        "present": sum(one.here or one.from_paper for one in at),
    }
    return render(request, "meetings/groups.html", context)
