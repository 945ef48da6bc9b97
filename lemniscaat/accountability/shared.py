"""What an account says of sharing: what we let others read, what others let us read, and what was said to it.

A draft follows what was taken back or put in other words since; what is frozen stands, and says when it was taken back.
What others shared with us, and what they answered us, is for our own table: who reads the account from elsewhere does
not find it there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from lemniscaat.accountability.models import Account
from lemniscaat.accountability.sentence import Sentence, ended
from lemniscaat.agenda.models import Agreement, Goal
from lemniscaat.interpretation.models import Interpretation
from lemniscaat.people.access import Access
from lemniscaat.people.models import Partnership, Share
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.people.queries import revoked

GIVEN, RECEIVED, ANSWERED = "shared", "received", "answered"
FOR_THE_TABLE = (RECEIVED, ANSWERED)
ON: dict[str, Any] = {"agreement": Agreement, "goal": Goal, "interpretation": Interpretation}


def of_sharing(
    partnership: Partnership, layer_id: int, year: tuple[date, date]
) -> Iterator[tuple[int | None, Sentence]]:
    """The sentences of a year, each with its criterion: what a layer shared, and what was shared with it."""
    ours = Q(source_id=layer_id) | Q(target_id=layer_id)
    rows = Share.objects.filter(ours, partnership=partnership, shared_on__range=year, revoked_on__isnull=True)
    for row in rows.select_related("source", "target").order_by("shared_on", "id"):
        model = ON.get(row.noun)
        found = model.objects.filter(pk=row.noun_id).values_list("criterion_id", flat=True) if model else None
        criterion = found.first() if found is not None else None
        yield from ((criterion, sentence) for sentence in _told(row, layer_id))


def _told(row: Share, layer_id: int) -> list[Sentence]:
    url = reverse("people:shared", args=[layer_id])
    answer = ended(row.answer_told) if row.answered_on else ""
    if row.source_id != layer_id:
        text = _("%(who)s deelde met ons: %(what)s") % {"who": row.source.name, "what": ended(row.words)}
        if answer:
            text += " " + _("Wij antwoordden: %(answer)s") % {"answer": answer}
        return [Sentence(RECEIVED, text, "share", row.pk, url, row.dissent)]
    words = {"who": row.target.name, "title": ended(row.title)}
    text = (
        _("We maakten bekend voor alle lagen onder ons: %(title)s")
        if row.for_all_below
        else _("We deelden met %(who)s: %(title)s")
    ) % words
    found = [Sentence(GIVEN, text, "share", row.pk, url)]
    if answer:
        text = _("%(who)s antwoordde: %(answer)s") % {**words, "answer": answer}
        found.append(Sentence(ANSWERED, text, "share", row.pk, url))
    return found


def renewed(content: Mapping[str, Any], layer_id: int) -> dict[str, Any]:
    """The content of a draft as it is with the shares of today: what was taken back is gone."""
    ids = _shares_in(content)
    rows = Share.objects.filter(pk__in=ids, revoked_on__isnull=True).select_related("source", "target")
    now = {row.pk: [asdict(sentence) for sentence in _told(row, layer_id)] for row in rows}
    sections = []
    for section in content.get("sections", []):
        told: list[dict[str, Any]] = []
        for one in section["sentences"]:
            # the first sentence of a share brings all it says today
            told += now.pop(one["noun_id"], []) if one["noun"] == "share" else [one]
        if told:
            sections.append({**section, "sentences": told})
    return {**content, "sections": sections}


def readable(access: Access, row: Account, *, on_paper: bool = False) -> dict[str, Any]:
    """The content of an account as this reader may see it: a draft with the shares of today; of a frozen one each
    sentence says whether it was taken back later. What is for the table alone is only for who sits there, and not on
    paper, which goes from hand to hand."""
    content = row.content if row.frozen_on else renewed(row.content, row.organisation_id)
    back = taken_back(content)
    at_table = not on_paper and access.may(Verb.SEE, Noun.SHARED, row.organisation_id)
    sections = []
    for section in content.get("sections", []):
        told = [
            {**one, "taken_back": one["noun"] == "share" and one["noun_id"] in back}
            for one in section["sentences"]
            if at_table or one["kind"] not in FOR_THE_TABLE
        ]
        if told:
            sections.append({**section, "sentences": told})
    return {**content, "sections": sections}


def taken_back(content: Mapping[str, Any]) -> frozenset[int]:
    """Which shares in a frozen account were taken back later."""
    return revoked(_shares_in(content))


def _shares_in(content: Mapping[str, Any]) -> set[int]:
    sections = content.get("sections", [])
    return {one["noun_id"] for section in sections for one in section["sentences"] if one["noun"] == "share"}
