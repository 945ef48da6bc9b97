"""What the pages of the cabinet share: where I stand, which instrument, for which layers, and the way back."""

from __future__ import annotations

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from lemniscaat.instruments import wording
from lemniscaat.instruments.grammar import Instrument
from lemniscaat.instruments.shelf import Entry, on_shelf
from lemniscaat.people.access import MemberRequest
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.people.tree import Layer


def here(request: MemberRequest) -> Layer:
    """From which of my layers I look: the one in `?plek=`, else my nearest."""
    asked = {str(layer.id): layer for layer in request.access.layers}.get(request.GET.get("plek", ""))
    found = asked or request.access.layers[0]
    request.layer_id = found.id  # type: ignore[attr-defined]  # read by the shell
    return found


def crumbs(*steps: tuple[str, str]) -> list[tuple[str, str]]:
    """The way back to the cabinet."""
    return [(_("De kast"), reverse("instruments:cabinet")), *steps]


def entry_of(request: MemberRequest, key: str) -> Entry:
    """The instrument with this key in the address, or 404."""
    found = on_shelf(request.access, key)
    if found is None:
        raise Http404
    return found


def layers_for(request: MemberRequest) -> list[tuple[str, str]]:
    """Where I may keep a copy: my own layers in which I may set out a round."""
    may = request.access.where(Verb.DO, Noun.ROUND)
    return [(str(layer.id), layer.name) for layer in request.access.layers if layer.id in may]


def trail_to(key: str, instrument: Instrument, last: str) -> list[tuple[str, str]]:
    title = instrument.titles.say(wording.language().code)
    return crumbs((title, reverse("instruments:instrument", args=[key])), (last, ""))
