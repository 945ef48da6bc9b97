"""How a return and an account read on the page, from their plain JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lemniscaat.accountability import compose, shared
from lemniscaat.accountability.models import Account
from lemniscaat.people.access import Access
from lemniscaat.people.policy import Noun, Verb


@dataclass(frozen=True)
class Told:
    """A return to read: its words, its four dates, and what we do, keep, or do not."""

    title: str
    month: str
    who: str
    heard: str
    meaning: str
    dissent: str
    dates: tuple[tuple[str, str], ...]
    items: tuple[tuple[str, str, str], ...]


def told(frozen: Mapping[str, Any]) -> Told:
    """A frozen return in the reader's language of dates."""
    kinds = {"do": _("Dit doen we"), "keep": _("Dit houden we"), "not": _("Dit doen we niet, want")}
    read = _day(frozen["read_on"], "j F")
    return Told(
        frozen["title"],
        _day(frozen["told_on"], "F Y"),
        f"{frozen['took_part']} {frozen['spoke']}".strip(),
        frozen["heard"],
        frozen["meaning"],
        frozen["dissent"],
        (
            (_day(frozen["asked_on"], "F"), _("jouw inbreng")),
            (read, _("samen gelezen")),
            (_day(frozen["agreed_on"], "j F") or read, _("afgesproken")),
            (_("nu"), _("jij hoort het")),
        ),
        tuple((kinds[item["kind"]], item["text"], item["because"]) for item in frozen["items"]),
    )


def _day(iso: str, form: str) -> str:
    return date_format(date.fromisoformat(iso), form) if iso else ""


def account_told(access: Access, row: Account, *, on_paper: bool = False) -> dict[str, Any]:
    """An account with its sections, as this reader may see it. Paper goes from hand to hand: what is for the own table
    alone is not on it.

    A sentence whose source was removed says so and stands; so does, once frozen, what was taken back later.
    """
    content = row.content if row.frozen_on else shared.renewed(row.content, row.organisation_id)
    missing = compose.gone(content)
    back = shared.taken_back(content)
    at_table = not on_paper and access.may(Verb.SEE, Noun.SHARED, row.organisation_id)
    sections = [
        {
            "title": section["title"],
            "sentences": [
                {
                    **sentence,
                    "gone": (sentence["noun"], sentence["noun_id"]) in missing,
                    "for_table": sentence["kind"] in shared.FOR_THE_TABLE,
                    "taken_back": sentence["noun"] == "share" and sentence["noun_id"] in back,
                }
                for sentence in section["sentences"]
                if at_table or sentence["kind"] not in shared.FOR_THE_TABLE
            ],
        }
        for section in content.get("sections", [])
    ]
    return {"account": row, "sections": [section for section in sections if section["sentences"]]}
