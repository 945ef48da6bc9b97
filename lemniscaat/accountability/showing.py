"""How a return and an account read on the page, from their plain JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lemniscaat.accountability import compose, one_page, shared
from lemniscaat.accountability.models import Account
from lemniscaat.accountability.one_page import Line
from lemniscaat.people.access import Access

LABELS = {
    "heard": gettext_lazy("Gevraagd"),
    "returned": gettext_lazy("Verteld"),
    "not": gettext_lazy("Niet gedaan"),
    "meaning": gettext_lazy("Betekenis"),
    "assumption": gettext_lazy("Aanname"),
    "decision": gettext_lazy("Besluit"),
    "agreement": gettext_lazy("Afspraak"),
    "weighed": gettext_lazy("Meegewogen"),
    "became": gettext_lazy("Kwam terug"),
    "shared": gettext_lazy("Gedeeld"),
    "received": gettext_lazy("Met ons gedeeld"),
    "answered": gettext_lazy("Antwoord"),
}
"""What stands beside a sentence on the one page, by its kind."""


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


def sheet_told(lines: Sequence[Line]) -> list[dict[str, Any]]:
    """The lines of the one page under the names of their vision points, each with what it tells of."""
    return [
        {"title": title, "lines": [(LABELS[line.kind], line) for line in here]}
        for title, here in one_page.sections(lines)
    ]


def account_told(access: Access, row: Account, *, on_paper: bool = False) -> dict[str, Any]:
    """An account with its sections, as this reader may see it, or as it is on paper.

    A sentence whose source was removed says so and stands; so does, once frozen, what was taken back later.
    """
    content = shared.readable(access, row, on_paper=on_paper)
    missing = compose.gone(content)
    keys = iter(one_page.every(content))
    sections = [
        {
            "title": section["title"],
            "sentences": [
                {
                    **sentence,
                    "key": next(keys).key,
                    "gone": (sentence["noun"], sentence["noun_id"]) in missing,
                    "for_table": sentence["kind"] in shared.FOR_THE_TABLE,
                }
                for sentence in section["sentences"]
            ],
        }
        for section in content.get("sections", [])
    ]
    return {"account": row, "sections": sections}
