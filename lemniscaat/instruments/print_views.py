"""Instruments on paper: pages made for printing, and the same as PDF."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from lemniscaat.instruments import sheets, wording
from lemniscaat.instruments.grammar import Instrument
from lemniscaat.instruments.pages import entry_of, here
from lemniscaat.instruments.pdf import NoPdfError, kept, pdf_bytes
from lemniscaat.instruments.preparing import prepared, wants_points
from lemniscaat.instruments.printing import PARTS, offered
from lemniscaat.instruments.shelf import shelf
from lemniscaat.instruments.trying import role_worded
from lemniscaat.people.access import MemberRequest, member
from lemniscaat.people.queries import role_name
from lemniscaat.vision import queries as vision

ALL = "alles"


class Wish:
    """What of an instrument is to be printed, as the address says it."""

    def __init__(self, request: HttpRequest, instrument: Instrument) -> None:
        self.instrument = instrument
        self.offered = offered(instrument)
        part = request.GET.get("deel", ALL)
        self.part = part if part in self.offered else ALL
        roles = role_worded(instrument)
        role = request.GET.get("rol", "")
        self.role = role if role in roles else ""
        self.backs = request.GET.get("achterkant") == "1"

    @property
    def parts(self) -> tuple[str, ...]:
        return self.offered if self.part == ALL else (self.part,)

    def query(self, **changed: str) -> str:
        """The part of an address that asks for this, with something changed."""
        asked = {"deel": self.part, "rol": self.role, "achterkant": "1" if self.backs else "", **changed}
        given = {name: value for name, value in asked.items() if value and (name, value) != ("deel", ALL)}
        return f"?{urlencode(given)}" if given else "?"


def _wished(request: MemberRequest, key: str) -> tuple[Wish, sheets.Bundle]:
    entry = entry_of(request, key)
    layer = here(request)
    instrument = entry.instrument
    if wants_points(instrument):
        titles = [(point.title, "") for point in vision.points(request.access, layer.id)]
        instrument = prepared(instrument, points=titles)
    wish = Wish(request, instrument)
    made = sheets.bundle(
        instrument,
        wish.parts,
        role=wish.role,
        backs=wish.backs,
        partnership=request.access.partnership,
    )
    return wish, made


@member
@require_GET
def paper(request: MemberRequest, key: str) -> HttpResponse:
    """An instrument as a page that prints well from any browser."""
    return _as_page(request, key)


@member
@require_GET
def pdf(request: MemberRequest, key: str) -> HttpResponse:
    """An instrument as PDF; the page and how to save it where no PDF can be made here."""
    wish, made = _wished(request, key)
    try:
        held = pdf_bytes(sheets.page_html([made], title=_title(made.instrument)))
    except NoPdfError:
        return _as_page(request, key, no_pdf=True)
    name = key if wish.part == ALL else f"{key}-{wish.part}"
    return HttpResponse(held, content_type="application/pdf", headers=_inline(name))


def _inline(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'inline; filename="{name}.pdf"', "X-Content-Type-Options": "nosniff"}


def _title(instrument: Instrument) -> str:
    return instrument.titles.say(wording.language().code)


def _as_page(request: MemberRequest, key: str, *, no_pdf: bool = False) -> HttpResponse:
    wish, made = _wished(request, key)
    context: dict[str, Any] = {
        **sheets.paper([made], title=_title(made.instrument)),
        "no_pdf": no_pdf,
        "back_url": reverse("instruments:instrument", args=[key]),
        "pdf_url": reverse("instruments:pdf", args=[key]) + wish.query(),
        "parts": [
            (name, wish.query(deel=part), part == wish.part)
            for part, name in ((ALL, _("Alles")), *((part, _(PARTS[part])) for part in wish.offered))
        ],
        "roles": _roles(request, wish),
        "backs": _backs(wish),
    }
    return render(request, "instruments/paper/page.html", context)


def _roles(request: MemberRequest, wish: Wish) -> list[tuple[str, str, bool]]:
    """For whom the worksheet can be asked in words of their own; empty where it reads alike for everybody."""
    roles = role_worded(wish.instrument) if {ALL, "werkblad"} & {wish.part} else ()
    if not roles:
        return []
    named = [(role_name(request.access.partnership, role), role) for role in roles]
    return [(name, wish.query(rol=role), role == wish.role) for name, role in ((_("iedereen"), ""), *named)]


def _backs(wish: Wish) -> list[tuple[str, str, bool]]:
    if "kaarten" not in wish.parts:
        return []
    return [
        (_("één kant"), wish.query(achterkant=""), not wish.backs),
        (_("ook de achterkant"), wish.query(achterkant="1"), wish.backs),
    ]


@member
@require_GET
def booklet(request: MemberRequest) -> HttpResponse:
    """The whole cabinet as one page to print; the PDF is offered when it lies ready."""
    return _booklet_page(request)


def _booklet_page(request: MemberRequest, *, no_pdf: bool = False) -> HttpResponse:
    here(request)
    entries = tuple(shelf(request.access))
    ready = kept(sheets.booklet_name(entries)) is not None
    context = {
        **sheets.booklet(entries),
        "back_url": reverse("instruments:cabinet"),
        "pdf_url": reverse("instruments:booklet_pdf") if ready else "",
        "no_pdf": no_pdf,
    }
    return render(request, "instruments/paper/booklet.html", context)


@member
@require_GET
def booklet_pdf(request: MemberRequest) -> HttpResponse:
    """The booklet as PDF when it lies ready, else the page: making it takes longer than somebody waits."""
    entries = tuple(shelf(request.access))
    path = kept(sheets.booklet_name(entries))
    if path is None:
        return _booklet_page(request, no_pdf=True)
    return HttpResponse(
        path.read_bytes(), content_type="application/pdf", headers=_inline("instrumentenkast")
    )
