"""The account of a year, composed from what was recorded: every sentence knows what it rests on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lemniscaat.accountability.models import Return, ReturnItem, ReturnKind
from lemniscaat.accountability.sentence import Sentence, ended
from lemniscaat.accountability.shared import of_sharing
from lemniscaat.agenda.decisions.frozen import RestedOn
from lemniscaat.agenda.decisions.rich_words import whom_and_how
from lemniscaat.agenda.models import Agreement, AgreementReturn, Decision
from lemniscaat.collection.models import Round
from lemniscaat.collection.outcome import SHOWN, WHOLE, opened
from lemniscaat.interpretation.models import Assumption, DissentingVoice, Interpretation, Verdict
from lemniscaat.people.models import Partnership, Share
from lemniscaat.vision.models import Criterion, Period
from lemniscaat.year.coverage import Ear

LOOSE = 0
"""The section of what hangs on no vision point."""


def gather(partnership: Partnership, layer_id: int, period: Period) -> dict[str, Any]:
    """The content of an account as plain JSON: sections by vision point, each with its sentences in order."""
    points: dict[int, str] = {}
    sections: defaultdict[int, list[Sentence]] = defaultdict(list)
    criteria = {c.pk: c for c in Criterion.objects.filter(partnership=partnership).select_related("point")}
    for criterion_id, sentence in _sentences(partnership, layer_id, period):
        point = criteria[criterion_id].point if criterion_id in criteria else None
        points[point.pk if point else LOOSE] = point.title if point else _("Wat verder nog ter tafel kwam")
        sections[point.pk if point else LOOSE].append(sentence)
    order = sorted(sections, key=lambda pk: (pk == LOOSE, pk))
    return {
        "schema_version": 1,
        "sections": [
            {"point": pk, "title": points[pk], "sentences": [asdict(s) for s in sections[pk]]} for pk in order
        ],
    }


def _sentences(
    partnership: Partnership, layer_id: int, period: Period
) -> Iterator[tuple[int | None, Sentence]]:
    year = (period.starts_on, period.ends_on)
    here = Q(partnership=partnership, organisation_id=layer_id)
    yield from _rounds(here, period)
    yield from _meanings(here, year)
    yield from _assumptions(here, year)
    yield from _decisions(here, year)
    yield from _agreements(here, year)
    yield from of_sharing(partnership, layer_id, year)


def _rounds(here: Q, period: Period) -> Iterator[tuple[int | None, Sentence]]:
    # of a talk in a hall the first step stands for all
    asked = Round.objects.filter(here, period=period, state__in=SHOWN, comes_back_with__isnull=True)
    for row in asked.order_by("stopped_on", "id"):
        book = opened(row, [])
        number = book.took_part(book.group(WHOLE, "")).n
        month = date_format(row.opened_on or period.starts_on, "F")
        told = (
            _("In %(month)s vroegen we ‘%(title)s’. %(n)d mensen gaven antwoord.")
            % {"month": month, "title": row.title, "n": number}
            if number
            else _("In %(month)s vroegen we ‘%(title)s’.") % {"month": month, "title": row.title}
        )
        yield (
            row.criterion_id,
            Sentence("heard", told, "round", row.pk, reverse("collection:outcome", args=[row.pk])),
        )
        yield from _returned(row)


def _returned(round_: Round) -> Iterator[tuple[int | None, Sentence]]:
    given = Return.objects.filter(round=round_, published_on__isnull=False).first()
    if given is None:
        return
    url = reverse("returning:page", args=[round_.return_code]) if round_.return_code else ""
    day = date_format(given.published_on, "j F") if given.published_on else ""
    told = _("Op %(day)s vertelden we aan wie meedeed wat we ermee doen.") % {"day": day}
    if given.changed:
        told += " " + _("Later veranderde er dit: %(what)s") % {"what": ended(given.changed)}
    yield round_.criterion_id, Sentence("returned", told, "return", given.pk, url)
    for item in ReturnItem.objects.filter(of=given, kind=ReturnKind.NOT):
        text = _("Dit deden we niet: %(text)s Want: %(because)s") % {
            "text": ended(item.text),
            "because": ended(item.because),
        }
        yield round_.criterion_id, Sentence("not", text, "return", given.pk, url)


def _meanings(here: Q, year: tuple[date, date]) -> Iterator[tuple[int | None, Sentence]]:
    rows = list(Interpretation.objects.filter(here, written_on__range=year).order_by("written_on", "id"))
    other: defaultdict[int, list[str]] = defaultdict(list)
    for voice in DissentingVoice.objects.filter(interpretation__in=rows).order_by("id"):
        other[voice.interpretation_id].append(voice.text)
    for row in rows:
        url = reverse("interpretation:meaning", args=[row.pk])
        dissent = " ".join(other[row.pk])
        yield row.criterion_id, Sentence("meaning", row.text, "interpretation", row.pk, url, dissent)


def _assumptions(here: Q, year: tuple[date, date]) -> Iterator[tuple[int | None, Sentence]]:
    rows = Assumption.objects.filter(here, tested_on__range=year).exclude(verdict=Verdict.OPEN)
    for row in rows.order_by("tested_on", "id"):
        text = _("We dachten: ‘%(what)s’") % {"what": ended(row.text)}
        text += " " + _("Toen we het toetsten, bleek: %(verdict)s.") % {"verdict": row.get_verdict_display()}
        if row.verdict_text:
            text += " " + ended(row.verdict_text)
        url = reverse("interpretation:assumption", args=[row.pk])
        yield row.criterion_id, Sentence("assumption", text, "assumption", row.pk, url)


def _decisions(here: Q, year: tuple[date, date]) -> Iterator[tuple[int | None, Sentence]]:
    rows = Decision.objects.filter(here, decided_on__range=year).exclude(rested_on={})
    for row in rows.order_by("decided_on", "id"):
        kept = RestedOn.read(row.rested_on)
        text = _("We besloten: %(what)s") % {"what": ended(row.text)}
        heard = [one.voice for one in kept.voices if one.ear in {Ear.HEARD, Ear.TOGETHER}]
        kinds = frozenset([*(one.kind for one in kept.grounds), *kept.together])
        text = f"{text} {whom_and_how(heard, kinds)}".strip()
        if kept.lacking and row.because:
            text += " " + _("Er miste nog iets. Toch besloten we, want: %(why)s") % {
                "why": ended(row.because)
            }
        url = reverse("deciding:decision", args=[row.pk])
        yield row.criterion_id, Sentence("decision", text, "decision", row.pk, url)
        if row.weighed:
            text = _("Wiens bezwaar of wens we daarbij wogen: %(what)s") % {"what": ended(row.weighed)}
            yield row.criterion_id, Sentence("weighed", text, "decision", row.pk, url)


def _agreements(here: Q, year: tuple[date, date]) -> Iterator[tuple[int | None, Sentence]]:
    ours = Agreement.objects.filter(here, body__isnull=True, agreed_on__range=year)
    rows = list(ours.select_related("decision").order_by("agreed_on", "id"))
    came_back: defaultdict[int, list[AgreementReturn]] = defaultdict(list)
    for back in AgreementReturn.objects.filter(agreement__in=rows).order_by("looked_on", "id"):
        came_back[back.agreement_id].append(back)
    for row in rows:
        url = reverse("agenda:agreement", args=[row.pk])
        on = (row.decision.interpretation_id if row.decision else None) or 0
        told = {"agreement": f"{row.get_course_display()}: {ended(row.sentence)}"}
        if row.weighed:
            words = _("Wiens bezwaar of wens we daarbij wogen: %(what)s")
            told["weighed"] = words % {"what": ended(row.weighed)}
        if became := _became(row, came_back[row.pk]):
            told["became"] = became
        for kind, text in told.items():
            yield row.criterion_id, Sentence(kind, text, "agreement", row.pk, url, on=on)


def _became(row: Agreement, came_back: list[AgreementReturn]) -> str:
    """What came of an agreement: each time it returned, and how it ended."""
    text: list[str] = []
    for back in came_back:
        text.append(_("Op %(day)s kwam de afspraak terug.") % {"day": date_format(back.looked_on, "j F")})
        if back.helped:
            text.append(_("Wat hielp: %(what)s") % {"what": ended(back.helped)})
        if back.hindered:
            text.append(_("Wat hinderde: %(what)s") % {"what": ended(back.hindered)})
    if row.difference:
        text.append(_("Merken we verschil? %(answer)s.") % {"answer": row.get_difference_display()})
    if row.closing_because:
        text.append(_("We sloten de afspraak, want: %(why)s") % {"why": ended(row.closing_because)})
    return " ".join(text)


SOURCES: dict[str, Any] = {
    "round": Round,
    "return": Return,
    "interpretation": Interpretation,
    "assumption": Assumption,
    "decision": Decision,
    "agreement": Agreement,
    "share": Share,
}


def gone(content: dict[str, Any]) -> set[tuple[str, int]]:
    """The sources of an account that are no longer there; its sentences stand nevertheless."""
    wanted: defaultdict[str, set[int]] = defaultdict(set)
    for section in content.get("sections", []):
        for sentence in section["sentences"]:
            wanted[sentence["noun"]].add(sentence["noun_id"])
    missing = set()
    for noun, ids in wanted.items():
        there = set(SOURCES[noun].objects.filter(pk__in=ids).values_list("pk", flat=True))
        missing |= {(noun, pk) for pk in ids - there}
    return missing
