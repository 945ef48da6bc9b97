"""From a silent voice the shortest road to hearing it: each way with what it is good and bad at, in one line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lemniscaat.collection.models import CriterionItem
from lemniscaat.figures.waiting import may_bring
from lemniscaat.instruments.methods import chooser
from lemniscaat.instruments.shelf import on_shelf
from lemniscaat.people.access import Access
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.people.tree import Layer
from lemniscaat.vision.models import Criterion
from lemniscaat.year.models import Intent, Way

PANEL = "werkplekleren-panel"


@dataclass(frozen=True)
class Start:
    """One way to begin: what it is good and bad at, and where it begins."""

    key: str
    title: str
    strong: str
    weak: str
    label: str
    url: str


def starts(access: Access, layer: Layer, criterion: Criterion, roles: tuple[str, ...]) -> list[Start]:
    """The ways that are open to me at a layer, the nearest first: what one can do alone comes last."""
    lat = {"lat": str(criterion.pk)}
    found = []
    if access.may(Verb.DO, Noun.MEETING, layer.id):
        talk = reverse("meetings:plan", args=[layer.id])
        found.append(_talk(_url(talk, lat)))
        panel = {**lat, "instrument": PANEL}
        found.append(_start("panel", _("Een panel"), _("Nodig een panel uit"), talk, panel))
    if access.may(Verb.DO, Noun.ROUND, layer.id):
        asked = {**lat, **_instrument(criterion), "rollen": ",".join(roles), "titel": criterion.point.title}
        url = reverse("collection:new", args=[layer.id])
        found.append(_start("ronde", _("Een ronde"), _("Begin een ronde"), url, asked))
    if access.may(Verb.DO, Noun.FIGURE, layer.id):
        here = {"laag": str(layer.id)}
        url = _url(reverse("figures:by_hand", args=[criterion.pk]), here)
        found.append(_start("register", _("Cijfers die er al zijn"), _("Voeg een cijfer toe"), url, {}))
        report = _url(reverse("datapoints:report", args=[criterion.pk]), here)
        found.append(
            Start(
                "verslag",
                _("Zij vertelden het al"),
                _("Een panel of gesprek dat er al was."),
                "",
                _("Leg het vast"),
                report,
            )
        )
    note = f"{reverse('datapoints:note')}?{urlencode(lat)}"
    found.append(
        Start(
            "geeltje",
            _("Een geeltje"),
            _("Je zag of hoorde zelf iets. Eén zin is genoeg."),
            "",
            _("Plak een geeltje"),
            note,
        )
    )
    return found


def _talk(url: str) -> Start:
    strong = _("Twintig minuten aan tafel: samen kijken wat het betekent, en iets afspreken.")
    weak = _("Wie van een ander afhangt, zegt aan tafel minder.")
    return Start("gesprek", _("Een gesprek"), strong, weak, _("Plan een gesprek"), url)


def _start(key: str, title: str, label: str, url: str, asked: Mapping[str, str]) -> Start:
    strong, weak = pros_and_cons(key)
    return Start(key, title, strong, weak, label, f"{url}?{urlencode(asked)}" if asked else url)


def pros_and_cons(key: str) -> tuple[str, str]:
    """What a way of asking is good and bad at, the first sentence of each."""
    tongue = (get_language() or "nl")[:2]
    methods = chooser()
    for method in methods.methods if methods else ():
        if method.key == key:
            return _first(method.strong_when.say(tongue)), _first(method.weak_when.say(tongue))
    return "", ""


def _first(words: str) -> str:
    head, stop, _rest = words.partition(". ")
    return head + "." if stop else words


def _instrument(criterion: Criterion) -> dict[str, str]:
    """The instrument that asked about this criterion before, if any did."""
    link = CriterionItem.objects.filter(criterion=criterion).order_by("-id").first()
    return {"instrument": link.instrument_key} if link else {}


def start_of(access: Access, row: Intent) -> tuple[str, str]:
    """Where a planned line begins, and what the button says; empty where I may not begin it."""
    criterion = row.criteria.order_by("id").first()
    lat = {"lat": str(criterion.pk)} if criterion else {}
    layer = row.organisation_id
    if row.way == Way.ROUND and access.may(Verb.DO, Noun.ROUND, layer):
        return _url(reverse("collection:new", args=[layer]), {**lat, **_round_of(row)}), _("Begin deze ronde")
    if row.way == Way.FIGURES and layer in may_bring(access):
        return reverse("figures:choose"), _("Lees een bestand in")
    writes = {
        Way.REPORT: ("datapoints:report", _("Leg het verslag vast")),
    }
    if row.way in writes and criterion and access.may(Verb.DO, Noun.FIGURE, layer):
        page, label = writes[Way(row.way)]
        return _url(reverse(page, args=[criterion.pk]), {"laag": str(layer)}), label
    if access.may(Verb.DO, Noun.MEETING, layer):
        shelved = on_shelf(access, row.instrument) if row.instrument else None
        asked = {**lat, "instrument": shelved.key if shelved else "", "moment": str(row.appointment_id or "")}
        asked["plan"] = str(row.pk)
        return _url(reverse("meetings:plan", args=[layer]), asked), _("Plan het gesprek")
    return "", ""


def _round_of(row: Intent) -> dict[str, str]:
    return {
        "instrument": row.instrument,
        "rollen": ",".join(row.roles),
        "titel": row.title,
        "moment": str(row.appointment_id or ""),
        "tot": row.ends_on.isoformat(),
        "terug": row.return_by.isoformat() if row.return_by else "",
        "plan": str(row.pk),
    }


def _url(path: str, asked: Mapping[str, str]) -> str:
    given = {name: value for name, value in asked.items() if value}
    return f"{path}?{urlencode(given)}" if given else path
