"""Bringing in people and organisations from a table."""

from django.http import Http404, HttpResponse
from django.shortcuts import render

from lemniscaat.people.access import MemberRequest, member
from lemniscaat.people.policy import Noun, Verb


@member
def import_table(request: MemberRequest) -> HttpResponse:
    """Choose a file, see what would happen, and say yes."""
    if not request.access.where(Verb.DO, Noun.PEOPLE):
        raise Http404
    return render(request, "people/import_table.html", {})
