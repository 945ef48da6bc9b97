"""Where a data point came from and what it may serve for, in words: a role, never a name unless it is one's own."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lemniscaat.collection.figures import plural
from lemniscaat.collection.models import PermittedUse
from lemniscaat.datapoints.models import DataPoint, Figure, Passage, Report, SourceKind, UseAnswer, UseRequest
from lemniscaat.datapoints.permitting import OTHERS_SPOKE, narrower, wider
from lemniscaat.datapoints.queries import ledger
from lemniscaat.datapoints.sorts import sorts
from lemniscaat.people.access import Access

TOGETHER = frozenset({SourceKind.REPORT, SourceKind.PANEL})


@dataclass(frozen=True)
class Part:
    """What stands under one heading."""

    heading: str
    text: str


@dataclass(frozen=True)
class Origin:
    """What is told of how a data point came about."""

    parts: list[Part]
    figure: Figure | None
    report: Report | None
    present: str
    siblings: list[DataPoint]
    readers: str


@dataclass(frozen=True)
class Use:
    """What a data point may serve for, and what I can do about that."""

    sentence: str
    wider: list[tuple[str, str, str]]
    narrower: list[tuple[str, str, str]]
    others_spoke: bool
    rests: bool
    asks: list[UseRequest]
    """Open questions, for the giver alone."""
    mine: UseRequest | None
    """What I asked myself."""
    may_ask: list[tuple[str, str, str]]
    allowed: list[UseRequest]


def whose(access: Access, row: DataPoint) -> str:
    """The voice in it: 'van jou', 'een van de studenten', 'studenten'; empty where it is nobody's."""
    if row.author_id == access.person.pk and row.source not in TOGETHER and row.source != SourceKind.FIGURE:
        return _("van jou")
    if not row.perspective:
        return ""
    who = plural(row.perspective)
    return who if row.source in TOGETHER else _("een van de %(who)s") % {"who": who}


def origin_of(access: Access, row: DataPoint) -> Origin:
    """How it came about: its headings, its figure, its report with who was there, and what hangs together with it."""
    report = row.report
    siblings = ledger(access).filter(report=report).exclude(pk=row.pk).order_by("pk") if report else []
    return Origin(
        parts_of(row),
        Figure.objects.filter(data_point=row).select_related("indicator").first(),
        report,
        ", ".join(plural(role) for role in report.present) if report else "",
        list(siblings),
        _("alleen jij") if row.circle == "me" else row.organisation.name,
    )


def parts_of(row: DataPoint) -> list[Part]:
    """A report under its headings, in the language of the page."""
    tongue = get_language() or "nl"
    sort = sorts().get(row.report.template if row.report else "")
    names = {one.key: one.name.say(tongue) for one in sort.headings} if sort else {}
    passages = Passage.objects.filter(data_point=row)
    return [Part(names.get(one.key, ""), one.text) for one in passages]


def use_sentence(use: str) -> str:
    """What somebody may do with it who reads it, as one sentence."""
    return {
        PermittedUse.LEARN: _("Om van te leren en samen te bespreken. Niet als bewijs bij een besluit."),
        PermittedUse.POOL: _("Om van te leren, en om later met andere jaren naast elkaar te leggen."),
        PermittedUse.DECIDE: _("Om van te leren, en er mag ook een besluit op rusten."),
    }[PermittedUse(use)]


def use_of(access: Access, row: DataPoint) -> Use:
    """What it may serve for, and, for its giver, what was asked of him."""
    own = row.author_id == access.person.pk
    requests = list(UseRequest.objects.filter(data_point=row).select_related("asked_by"))
    giver = row.author is not None and row.author.erased_on is None
    mine = next((one for one in requests if one.asked_by_id == access.person.pk and not own), None)
    open_now = any(one.answer == UseAnswer.OPEN for one in requests)
    may_ask = [] if own or not giver or open_now or mine else named(wider(row))
    return Use(
        use_sentence(row.permitted_use),
        named(wider(row)) if own else [],
        named(narrower(row)) if own else [],
        row.source in OTHERS_SPOKE,
        row.decided_on is not None,
        [one for one in requests if own and one.answer == UseAnswer.OPEN],
        mine,
        may_ask,
        [one for one in requests if one.answer == UseAnswer.YES and one.answered_on],
    )


def named(uses: tuple[str, ...]) -> list[tuple[str, str, str]]:
    """Uses to choose from, each with its words and a sentence of what it means."""
    return [(use, str(PermittedUse(use).label).capitalize(), use_sentence(use)) for use in uses]
