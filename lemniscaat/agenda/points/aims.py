"""From where a point begins: a meaning, a criterion, an agreement, an assumption, or what lies on the table in a talk."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _

from lemniscaat.agenda import queries
from lemniscaat.agenda.models import Agreement, Course, Goal
from lemniscaat.base.numbers import number_in
from lemniscaat.collection.forms import ASKABLE
from lemniscaat.interpretation import queries as interpretation
from lemniscaat.interpretation.models import Interpretation
from lemniscaat.people.access import Access
from lemniscaat.people.models import Body
from lemniscaat.vision import queries as vision

Asked = Mapping[str, str]
TYPED = {
    "zin": ("sentence", 300),
    "nu": ("now", 1000),
    "straks": ("wanted", 1000),
    "waarom": ("why", 2000),
    "merkbaar": ("noticeable", 300),
    "meetbaar": ("measurable", 300),
}
"""What a page of another room may fill in beforehand: the name in the address, the field, the most of it."""
COURSES = {"houden": Course.SUSTAIN.value, "verleggen": Course.ADJUST.value}


@dataclass
class Beginning:
    """What stands in the form already; `source`: what it begins from, in words, with every voice that
    differs. `agreement`: it then hangs under it;
    `body`: it is of these people alone."""

    initial: dict[str, Any] = field(default_factory=dict)
    around: frozenset[int] = frozenset()
    source: str = ""
    dissent: tuple[str, ...] = ()
    interpretation: Interpretation | None = None
    agreement: Agreement | None = None
    body: Body | None = None

    def need_around(self, organisation_id: int) -> None:
        """404 unless it is of the layer itself or of one above it."""
        if organisation_id not in self.around:
            raise Http404


def begun(access: Access, layer_id: int, asked: Asked) -> Beginning:
    """What the address asks to begin from; 404 for what I may not see, and for what a layer below said: that goes up by
    sharing it, and not by being copied into a point."""
    found = Beginning(around=frozenset({layer_id, *access.tree.above(layer_id)}))
    for name, start in STARTS.items():
        if number := number_in(asked.get(name, "")):
            start(access, number, found)
    for name, (where, most) in TYPED.items():
        if words := asked.get(name, "").strip():
            found.initial[where] = words[:most]
    if course := COURSES.get(asked.get("koers", "")):
        found.initial["course"] = course
    roles = [role for role in asked.get("rollen", "").split(",") if role in ASKABLE]
    if roles:
        found.initial["raised_by"] = roles
    return found


def _meaning(access: Access, number: int, found: Beginning) -> None:
    meant = interpretation.meaning(access, number)
    found.need_around(meant.row.organisation_id)
    found.interpretation = meant.row
    found.source = _("Dit komt uit een betekenis: ‘%(words)s’") % {"words": meant.row.text}
    found.initial |= {
        "why": meant.row.text,
        "criterion": meant.row.criterion_id,
        "raised_by": meant.row.roles,
    }
    found.dissent = meant.dissent


def _criterion(access: Access, number: int, found: Beginning) -> None:
    row = vision.criterion(access, number)
    found.source = found.source or _("Dit hoort bij onze lat: ‘%(words)s’") % {"words": row.sentence}
    found.initial |= {
        "criterion": row.pk,
        "measurable": row.measurable,
        "noticeable": row.noticeable or row.good_enough,
    }


def _point(access: Access, number: int, found: Beginning) -> None:
    found.initial["point"] = vision.point(access, number).pk


def _agreement(access: Access, number: int, found: Beginning) -> None:
    row = queries.agreement(access, number)
    found.need_around(row.organisation_id)
    found.agreement, found.body = row, row.body
    found.source = _("Dit komt uit een afspraak: ‘%(words)s’") % {"words": row.sentence}
    meaning = row.decision.interpretation if row.decision else None
    found.interpretation = found.interpretation or meaning
    found.initial |= {
        "course": row.course,
        "sentence": row.sentence[:300],
        "why": row.because or (meaning.text if meaning else ""),
        "criterion": row.criterion_id,
        "owner": row.owner_id,
        "owner_text": row.owner_text,
        "noticeable": row.notice[:300],
        "weighed": row.weighed,
    }


def _decision(access: Access, number: int, found: Beginning) -> None:
    row = queries.decision(access, number)
    found.need_around(row.organisation_id)
    found.source = _("Dit volgt uit het besluit: ‘%(text)s’") % {"text": row.text}
    found.interpretation = found.interpretation or row.interpretation
    found.initial |= {
        "course": row.course,
        "sentence": row.text[:300],
        "why": row.because,
        "criterion": row.criterion_id,
        "weighed": row.weighed,
    }


def _assumption(access: Access, number: int, found: Beginning) -> None:
    row = interpretation.assumption(access, number)
    found.need_around(row.organisation_id)
    found.source = _("Dit komt uit een aanname: ‘%(words)s’") % {"words": row.text}
    found.initial |= {
        "why": _thought(row.text),
        "criterion": row.criterion_id,
    }
    if row.test:
        found.initial["noticeable"] = row.test[:300]


def _thought(text: str) -> str:
    """As a sentence; many write its beginning themselves."""
    begins = _("We denken dat %(words)s") % {"words": ""}
    return text if text.lower().startswith(begins.strip().lower()) else begins + text


def _within(access: Access, number: int, found: Beginning) -> None:
    row = queries.goal(access, number)
    found.need_around(row.organisation_id)
    found.source = _("Dit hoort bij een meerjarendoel: ‘%(words)s’") % {"words": row.sentence}
    found.initial |= {"within": row.pk, "criterion": row.criterion_id, "course": row.course}


def _body(access: Access, number: int, found: Beginning) -> None:
    """A body in which I sit: what was meant for these people alone never becomes a point of the whole layer."""
    mine = Body.objects.filter(pk=number, partnership=access.partnership, people=access.person)
    found.body = mine.first()
    if found.body is None:
        raise Http404


STARTS: dict[str, Callable[[Access, int, Beginning], None]] = {
    "lat": _criterion,
    "visiepunt": _point,
    "betekenis": _meaning,
    "aanname": _assumption,
    "besluit": _decision,
    "binnen": _within,
    "afspraak": _agreement,
    "overleg": _body,
}


def of_goal(row: Goal) -> dict[str, Any]:
    """A point as it stands, to change it."""
    plain = {name: getattr(row, name) for name in FIELDS}
    linked = {name: getattr(row, f"{name}_id") for name in LINKS}
    return {**plain, **linked}


FIELDS = (
    "sentence",
    "course",
    "span",
    "until",
    "why",
    "now",
    "wanted",
    "weighed",
    "raised_by",
    "owner_role",
    "owner_text",
    "measurable",
    "noticeable",
    "no_return_because",
    "anchors",
    "anchor_text",
    "more_because",
)
LINKS = ("within", "period", "point", "criterion", "owner", "returns_at")
