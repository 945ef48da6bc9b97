"""From one sentence of an account back to what it rests on: the agreement, the meaning, and the notes and figures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.http import Http404
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lemniscaat.accountability import compose, one_page
from lemniscaat.accountability.models import Account
from lemniscaat.accountability.one_page import Chosen, Line
from lemniscaat.accountability.shared import readable
from lemniscaat.agenda import queries as agenda
from lemniscaat.agenda.models import Agreement
from lemniscaat.collection.models import Round
from lemniscaat.datapoints.models import DataPoint, EvidenceKind
from lemniscaat.datapoints.queries import Voice
from lemniscaat.datapoints.telling import voices_of
from lemniscaat.interpretation import queries as interpretation
from lemniscaat.interpretation.models import Evidence
from lemniscaat.interpretation.queries import Meaning
from lemniscaat.people.access import Access
from lemniscaat.people.models import Share


@dataclass(frozen=True)
class Counted:
    """A figure or an outcome under a meaning, in words."""

    words: str
    said: str
    url: str


@dataclass(frozen=True)
class Traced:
    """One sentence with all it rests on, as far as who looks may read it."""

    line: Line
    source: tuple[str, str] | None = None
    """Where else it comes from, with its address: an outcome, a return, what was shared."""
    agreement: Agreement | None = None
    meaning: Meaning | None = None
    soft: tuple[Voice, ...] = ()
    hard: tuple[Counted, ...] = ()
    told_only: bool = False
    """Whether the meaning rests on nothing but what people at the table told."""
    more: bool = False
    """Whether there is more under it, in the circle of who gave it."""
    gone: bool = False
    around: tuple[Line | None, Line | None] = field(default=(None, None))
    """The sentence before it on the page, and the one after it."""


def page_of(access: Access, row: Account, *, on_paper: bool = False) -> tuple[list[Line], Chosen]:
    """The sentences that stand on the one page of an account, as this reader may see them, and how they were chosen."""
    content = readable(access, row, on_paper=on_paper)
    chosen = Chosen.read(row.page, content, one_page.around(row.foreword, row.lessons))
    return one_page.on_page(content, chosen), chosen


def trace(access: Access, row: Account, key: str) -> Traced:
    """Follow one sentence of an account back; 404 when it has no such sentence."""
    lines, _chosen = page_of(access, row)
    every = one_page.every(readable(access, row))
    line = next((one for one in [*lines, *every] if one.key == key), None)
    if line is None:
        raise Http404
    agreed, meant = _rests(access, line)
    found = _grounds(access, meant) if meant else _Grounds()
    return Traced(
        line,
        _source(line),
        agreed,
        meant,
        found.soft,
        found.hard,
        found.told_only,
        found.more,
        (line.noun, line.noun_id) in compose.gone(row.content),
        _around(lines, key),
    )


def _around(lines: list[Line], key: str) -> tuple[Line | None, Line | None]:
    keys = [line.key for line in lines]
    if key not in keys:
        return None, None
    at = keys.index(key)
    return lines[at - 1] if at else None, lines[at + 1] if at + 1 < len(lines) else None


def _rests(access: Access, line: Line) -> tuple[Agreement | None, Meaning | None]:
    """The agreement and the meaning behind a sentence, where I may read these."""
    noun, pk = line.noun, line.noun_id
    if noun == "share":
        shared = Share.objects.filter(pk=pk).values_list("noun", "noun_id").first()
        noun, pk = shared or ("", 0)
    if noun != "agreement":
        return None, _meaning(access, pk if noun in {"interpretation", "meaning"} else 0)
    agreed = agenda.agreements(access).select_related("decision").filter(pk=pk).first()
    decided = agreed.decision if agreed else None
    return agreed, _meaning(access, (decided.interpretation_id if decided else 0) or 0)


def _meaning(access: Access, pk: int) -> Meaning | None:
    found = interpretation.told(interpretation.meanings(access).filter(pk=pk)) if pk else []
    return found[0] if found else None


def _source(line: Line) -> tuple[str, str] | None:
    """Of what is no agreement and no meaning: its own place."""
    if line.noun in {"agreement", "interpretation"} or not line.url:
        return None
    names = {
        "round": _("De uitkomst van deze ronde"),
        "return": _("Wat we teruggaven aan wie meedeed"),
        "assumption": _("De aanname en hoe we die toetsten"),
        "share": _("Wat we deelden, met het antwoord"),
        "decision": _("Het besluit, met wat toen op tafel lag"),
    }
    return names[line.noun], line.url


@dataclass(frozen=True)
class _Grounds:
    soft: tuple[Voice, ...] = ()
    hard: tuple[Counted, ...] = ()
    told_only: bool = False
    more: bool = False


def _grounds(access: Access, of: Meaning) -> _Grounds:
    """What a meaning rests on: what was told and what was counted."""
    seen = interpretation.evidence(access, of.row)
    points = [one.data_point for one in seen if one.data_point]
    kept = Evidence.objects.filter(interpretation=of.row).count()
    return _Grounds(
        tuple(voices_of([one for one in points if one.evidence == EvidenceKind.SOFT], [])),
        (*_rounds(seen), *_figures(one for one in points if one.evidence == EvidenceKind.HARD)),
        told_only=not kept,
        more=kept > len(seen),
    )


def _rounds(seen: Iterable[Evidence]) -> list[Counted]:
    found: dict[tuple[int, str], Counted] = {}
    for one in seen:
        if isinstance(one.round, Round):
            url = reverse("collection:outcome", args=[one.round.pk])
            told = Counted(one.words or one.round.title, _("Uitkomst van ‘%s’") % one.round.title, url)
            found.setdefault((one.round.pk, one.item), told)
    return list(found.values())


def _figures(points: Iterable[DataPoint]) -> list[Counted]:
    return [
        Counted(
            one.title or one.text,
            ", ".join(part for part in (one.source_text, date_format(one.happened_on, "j F Y")) if part),
            reverse("datapoints:data_point", args=[one.pk]),
        )
        for one in points
    ]
