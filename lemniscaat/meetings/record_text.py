"""The record of a talk as plain text, for a mail: short lines, no marks, and one address, of the page where every line
leads to its source."""

from __future__ import annotations

from textwrap import fill

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lemniscaat.meetings.record import Agreed, Back, Meant, Record, Thought

WIDTH = 72


def address(path: str) -> str:
    """A path on this site as it stands in a mail or a document; empty stays empty."""
    return settings.SITE_URL.rstrip("/") + path if path else ""


def heading(record: Record) -> str:
    """'Teamoverleg onderbouw, 2 december 2025, Het Waterrad'."""
    day = date_format(record.day, "j F Y") if record.day else ""
    return ", ".join(part for part in (record.body, day, record.place) if part)


def at_table(record: Record) -> str:
    """'1 student, 2 werkplekbegeleiders'."""
    return ", ".join(f"{number} {label}" for _role, label, number in record.roles)


def missed(record: Record) -> str:
    """'We misten: de opleiding.', or nothing."""
    return _("We misten: %(who)s.") % {"who": ", ".join(record.missing)} if record.missing else ""


def facts(agreed: Agreed) -> list[tuple[str, str]]:
    """What belongs to an agreement, each with its label."""
    pairs = (
        (_("Omdat"), agreed.because),
        (_("Wie let erop"), agreed.who),
        (_("We merken het"), agreed.notice),
        (_("Komt terug"), agreed.where),
        (_("Zorg die meewoog"), agreed.weighed),
    )
    return [(label, words) for label, words in pairs if words]


def as_text(record: Record) -> str:
    """The whole record, in the language that is on."""
    parts = [
        [record.title, heading(record)],
        _vision(record),
        _part(_("Aan tafel"), at_table(record), missed(record)),
        _part(_("Dit kwam terug"), *(line for back in record.returned for line in _back(back))),
        _part(_("Wat we zagen"), *(f"- {' '.join(filter(None, (s.words, s.source)))}" for s in record.seen)),
        *(_meaning(one) for one in record.meanings),
        *(_thought(one) for one in record.assumptions),
        _part(
            _("Wat we afspraken"),
            *(line for one in record.agreements for line in _agreed(one)),
            "" if record.agreements else record.nothing_agreed,
        ),
        _part(
            _("Dit is voortaan onze lat"),
            *(_("Goed genoeg, als:") + " " + words for words, _url in record.from_now_on),
        ),
        _part(_("Over het gesprek zelf"), record.reflection),
        [_("Het hele verslag, met waar alles vandaan komt:"), address(record.url)],
    ]
    return "\n\n".join("\n".join(_wrapped(line) for line in part if line) for part in parts if part)


def _vision(record: Record) -> list[str]:
    if not record.point:
        return []
    bar = _("Onze lat:") + " " + record.criterion if record.criterion else ""
    return [record.point, record.what, bar]


def _part(title: str, *lines: str) -> list[str]:
    told = [line for line in lines if line]
    return [title.upper(), *told] if told else []


def _back(back: Back) -> list[str]:
    return [back.sentence, *(f"{label}: {words}" for label, words in back.told)]


def _meaning(one: Meant) -> list[str]:
    said = [_("Het andere geluid") + ": " + voice for voice in one.dissent]
    certainty = _("Hoe zeker:") + " " + one.certainty if one.certainty else ""
    return _part(_("Wat het voor ons betekent"), one.text, certainty, *said)


def _thought(one: Thought) -> list[str]:
    test = _("Zo toetsen we het:") + " " + one.test if one.test else ""
    return _part(_("We denken, en gaan het na"), one.text, test)


def _agreed(one: Agreed) -> list[str]:
    return [
        f"{one.label}: {one.sentence}",
        *(f"{label}: {words}" for label, words in facts(one)),
    ]


def _wrapped(line: str) -> str:
    """Lines of at most 72 signs; an address stays whole, what somebody wrote on a line of its own stays there."""
    return "\n".join(
        fill(one, WIDTH, break_long_words=False, break_on_hyphens=False) for one in line.splitlines()
    )
