"""Bringing in people and organisations from a table: choose, look, say yes."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from lemniscaat.people import import_words, importing, intake, queries
from lemniscaat.people.access import MemberRequest, member
from lemniscaat.people.models import Role, Upload
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.people.tables import MOST_BYTES, Fault, TableError

MOST_SHOWN = 200


@member
def import_table(request: MemberRequest) -> HttpResponse:
    """Choose a file."""
    access = request.access
    if not access.where(Verb.DO, Noun.PEOPLE):
        raise Http404
    why = ""
    if request.method == "POST":
        file = request.FILES.get("file")
        try:
            if file is None:
                raise TableError([Fault(0, "no file")])
            if file.size is None or file.size > MOST_BYTES:
                raise TableError([Fault(0, "too large")])
            upload = intake.keep_upload(access=access, name=file.name or "", raw=file.read())
            importing.preview(partnership=access.partnership, text=upload.text, access=access)
            return redirect("people:import_preview", upload.pk)
        except TableError as error:
            why = " ".join(import_words.sentence(fault) for fault in error.faults)
    context = {
        "why": why,
        "crumbs": _crumbs(),
        "roles": [queries.role_name(access.partnership, role) for role in Role.values],
    }
    return render(request, "people/import_table.html", context, status=422 if why else 200)


@member
def import_preview(request: MemberRequest, pk: int) -> HttpResponse:
    """What the file would bring, and each line that is wrong."""
    return _preview(request, intake.waiting(request.access, pk))


@member
@require_POST
def import_yes(request: MemberRequest, pk: int) -> HttpResponse:
    """Take it in: everything, or everything that is right."""
    access = request.access
    upload = intake.waiting(access, pk)
    try:
        done = intake.import_upload(access=access, upload=upload, skip_invalid="skip" in request.POST)
    except TableError:
        messages.warning(request, _("Er klopt een regel niet. Er is niets ingelezen."))
        return redirect("people:import_preview", pk)
    said = ngettext("%(n)d regel ingelezen.", "%(n)d regels ingelezen.", done.added) % {"n": done.added}
    if done.known:
        said += " " + ngettext("%(n)d kenden we al.", "%(n)d kenden we al.", done.known) % {"n": done.known}
    messages.success(request, said)
    return redirect("people:import_table")


def _crumbs() -> list[tuple[str, str]]:
    return [(_("Jij"), reverse("people:me")), (_("Mensen inlezen"), "")]


def _preview(request: MemberRequest, upload: Upload) -> HttpResponse:
    access = request.access
    found = importing.preview(partnership=access.partnership, text=upload.text, access=access)
    roles = {role: queries.role_name(access.partnership, role) for role in Role.values}
    layers = access.tree.layers
    people = [(p.row.name, p.row.email, roles[p.role], layers[p.organisation_id].name) for p in found.people]
    places = [
        (p.row.name, p.row.kind, p.row.code, p.row.parent or access.partnership.name) for p in found.places
    ]
    context = {
        "upload": upload,
        "found": found,
        "good": len(found.people) + len(found.places),
        "faults": import_words.told(found.faults[:MOST_SHOWN]),
        "more_faults": max(0, len(found.faults) - MOST_SHOWN),
        "remarks": import_words.told(found.remarks[:MOST_SHOWN]),
        "head": _people_head() if found.about_people else _places_head(),
        "rows": (people or places)[:MOST_SHOWN],
        "fault_head": [_("Regel"), _("Wat er niet klopt")],
        "remark_head": [_("Regel"), _("Kijk hier nog eens naar")],
        "crumbs": [*_crumbs()[:1], (_("Mensen inlezen"), reverse("people:import_table")), (upload.name, "")],
    }
    return render(request, "people/import_preview.html", context)


def _people_head() -> list[str]:
    return [_("Naam"), _("E-mail"), _("Rol"), _("Organisatie")]


def _places_head() -> list[str]:
    return [_("Naam"), _("Soort"), _("Code"), _("Onderdeel van")]
