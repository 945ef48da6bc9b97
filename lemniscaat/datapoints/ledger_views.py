"""The ledger as one list, and one data point: where it came from, where it went, what it may serve for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from lemniscaat.collection.models import PermittedUse
from lemniscaat.datapoints import queries
from lemniscaat.datapoints.addressing import NAMES, pairs_of, query_of, sought_in
from lemniscaat.datapoints.listing import ABOVE, BELOW, HERE, Found, Sought, elsewhere, look_up
from lemniscaat.datapoints.models import DataPoint, EvidenceKind, SourceKind
from lemniscaat.datapoints.origins import origin_of, use_of, whose
from lemniscaat.datapoints.words import Piece, Term, around, pieces
from lemniscaat.people.access import Access, MemberRequest, member
from lemniscaat.people.models import Role
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.vision import queries as vision
from lemniscaat.vision.models import Period

TITLE, TEXT = 160, 240
FIRST_SOURCES = 5


@dataclass(frozen=True)
class Line:
    """A data point as it stands in the list."""

    row: DataPoint
    title: list[Piece]
    text: list[Piece]
    who: str


@dataclass(frozen=True)
class Chip:
    """One filter as a link."""

    label: str
    count: int | None
    url: str
    on: bool


@dataclass(frozen=True)
class Choice:
    """One filter as a list to choose from."""

    name: str
    label: str
    any: str
    options: list[tuple[str, str, bool]]

    @property
    def chosen(self) -> str:
        """What is chosen in it, in words, without how many there are."""
        return next((label.rpartition(" (")[0] or label for _value, label, on in self.options if on), "")


@member
@require_GET
def ledger(request: MemberRequest, layer: int) -> HttpResponse:
    """Everything known at a layer, with a search and filters; each view of it has an address of its own."""
    access = request.access
    place = access.layer(layer)
    request.layer_id = layer  # type: ignore[attr-defined]  # read by the shell
    sought = sought_in(request.GET, layer)
    found = look_up(access, sought)
    choices = _choices(access, sought, found)
    context = {
        "layer": place,
        "sought": sought,
        "found": found,
        "lines": [_line(access, row, found.terms) for row in found.rows],
        "heading": _heading(found, sought),
        "reaches": _reaches(access, sought),
        "kinds": _chips(sought, found.counts["evidence"], "evidence", EvidenceKind.choices, _("Alles")),
        "sources": _chips(sought, found.counts["source"], "source", SourceKind.choices, _("Elke bron")),
        "choices": choices,
        "narrowed": _narrowed(sought, choices),
        "texts": found.counts["source"][SourceKind.TEXT] if sought.without_texts else 0,
        "texts_url": query_of(sought, source=SourceKind.TEXT.value),
        "fresh_count": found.counts["fresh"][1],
        "kept": list(pairs_of(sought, without=_IN_FORM)),
        "clear": query_of(Sought(layer, reach=sought.reach)) if sought.chosen or sought.words else "",
        "newer": query_of(sought, page=found.page - 1) if found.page > 1 else "",
        "older": query_of(sought, page=found.page + 1) if found.page < found.pages else "",
        "hints": _hints(access, sought) if not found.total else [],
        "may_report": access.may(Verb.DO, Noun.FIGURE, layer),
        "may_ask": access.may(Verb.DO, Noun.ROUND, layer),
    }
    return render(request, "datapoints/ledger.html", context)


_OFF: dict[str, Any] = {name: getattr(Sought(0), name) for name in NAMES}
_IN_FORM = frozenset(
    {"words", "page", "perspective", "point_id", "criterion_id", "node", "year", "permitted_use", "fresh"}
)


def _line(access: Access, row: DataPoint, wanted: tuple[Term, ...]) -> Line:
    title = around(row.title or row.text, wanted, TITLE if row.title else TEXT)
    text = around(row.text, wanted, TEXT) if row.title else ""
    return Line(row, pieces(title, wanted), pieces(text, wanted), whose(access, row))


def _heading(found: Found, sought: Sought) -> str:
    told = ngettext("%(n)d datapunt", "%(n)d datapunten", found.total) % {"n": found.total}
    return _("%(told)s met ‘%(words)s’") % {"told": told, "words": sought.words} if sought.words else told


def _reaches(access: Access, sought: Sought) -> list[Chip]:
    """This layer alone, or with what lies below or above it."""
    layer = access.tree.layers[sought.layer_id]
    options = [(HERE, _("Alleen %(place)s") % {"place": layer.name})]
    if access.tree.below(layer.id):
        options.append((BELOW, _("En alles daaronder")))
    if access.tree.above(layer.id):
        options.append((ABOVE, _("En alles daarboven")))
    if len(options) == 1:
        return []
    return [Chip(label, None, query_of(sought, reach=key), key == sought.reach) for key, label in options]


def _chips(
    sought: Sought, counts: Counter[Any], field: str, options: Iterable[tuple[str, Any]], every: str
) -> list[Chip]:
    """One chip per value that there is, and one for all of them."""
    now = getattr(sought, field)
    some = [
        Chip(str(label).capitalize(), counts[key], query_of(sought, **{field: key}), key == now)
        for key, label in options
        if counts[key] or key == now
    ]
    whole = sum(counts.values())
    if field == "source" and replace(sought, source="").without_texts:
        whole -= counts[SourceKind.TEXT]
    return [Chip(every, whole, query_of(sought, **{field: ""}), not now), *some]


def _choices(access: Access, sought: Sought, found: Found) -> list[Choice]:
    """The filters of the form: who told it, what it hangs on, the lens, the school year, the permitted use."""
    labels = {**dict(Role.choices), **access.partnership.role_labels}
    points = vision.points(access, sought.layer_id).values_list("pk", "title")
    criteria = vision.criteria(access, sought.layer_id).values_list("pk", "sentence")
    years = Period.objects.filter(partnership=access.partnership).order_by("-starts_on")
    lens = vision.chosen(vision.frameworks(), "")
    nodes = [(node.pk, node.name) for node in vision.lens_nodes(lens)] if lens else []
    told: list[tuple[str, str, Iterable[tuple[Any, Any]], str]] = [
        ("perspective", _("Wiens stem?"), labels.items(), _("Iedereen")),
        ("point_id", _("Bij welk visiepunt?"), points, _("Elk visiepunt")),
        ("criterion_id", _("Bij welke lat?"), criteria, _("Elke lat")),
        ("node", _("Door welke lens?"), nodes, _("Zonder lens")),
        ("year", _("Welk schooljaar?"), years.values_list("pk", "name"), _("Elk jaar")),
        ("permitted_use", _("Waarvoor gegeven?"), PermittedUse.choices, _("Alles")),
    ]
    made = [_choice(sought, found, *one) for one in told]
    return [choice for choice in made if choice.options]


def _narrowed(sought: Sought, choices: list[Choice]) -> list[Chip]:
    """The filters of the form that are on, each as the way to take it off."""
    fields = {name: field for field, name in NAMES.items()}
    on = [
        Chip(one.chosen, None, query_of(sought, **{fields[one.name]: _OFF[fields[one.name]]}), True)
        for one in choices
        if one.chosen
    ]
    if sought.fresh:
        on.append(Chip(_("Nog nergens besproken"), None, query_of(sought, fresh=False), True))
    return on


def _choice(
    sought: Sought, found: Found, field: str, label: str, options: Iterable[tuple[Any, Any]], every: str
) -> Choice:
    counts, now = found.counts.get(field), getattr(sought, field)
    listed = [
        (str(key), _with_number(str(text), counts[key] if counts else None), key == now)
        for key, text in options
        if counts is None or counts[key] or key == now
    ]
    return Choice(NAMES[field], label, every, listed)


def _with_number(text: str, number: int | None) -> str:
    short = text if len(text) <= 60 else f"{text[:57]}..."
    return f"{short[:1].upper()}{short[1:]}" + (f" ({number})" if number is not None else "")


def _hints(access: Access, sought: Sought) -> list[tuple[str, str]]:
    """Where nothing was found: what to try, with how much there is then."""
    more = elsewhere(access, sought)
    told = [
        (
            "filters",
            _("Zonder filters: %(n)d"),
            query_of(Sought(sought.layer_id, sought.words, sought.reach)),
        ),
        (BELOW, _("Met alles daaronder: %(n)d"), query_of(sought, reach=BELOW)),
        (ABOVE, _("Met alles daarboven: %(n)d"), query_of(sought, reach=ABOVE)),
    ]
    return [(label % {"n": more[key]}, url) for key, label, url in told if more.get(key)]


@member
@require_GET
def data_point(request: MemberRequest, pk: int) -> HttpResponse:
    """One data point: what it is, where it came from, what it may serve for, and where it went."""
    return render_point(request, queries.data_point(request.access, pk))


def render_point(
    request: MemberRequest, row: DataPoint, *, problem: str = "", status: int = 200
) -> HttpResponse:
    """The page of a data point; `problem`: what was wrong with what was asked of it."""
    access = request.access
    mine = [layer.id for layer in access.layers]
    request.layer_id = row.organisation_id if row.organisation_id in mine else mine[0]  # type: ignore[attr-defined]  # read by the shell
    context = {
        "row": row,
        "whose": whose(access, row),
        "origin": origin_of(access, row),
        "use": use_of(access, row),
        "attached": queries.attachments([row]).get(row.pk, []),
        "own": row.author_id == access.person.pk,
        "problem": problem,
    }
    return render(request, "datapoints/data_point.html", context, status=status)
