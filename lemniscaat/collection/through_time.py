"""One question over the years: each round its own row, and a break where the words or the answers changed.

Every row is a released table of its own round. Nothing is added up or subtracted between rounds.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lemniscaat.base import clock
from lemniscaat.base.drawings.distribution import STEPS, Figure, Option, Row
from lemniscaat.collection.chosen import Chosen
from lemniscaat.collection.figures import plural
from lemniscaat.collection.models import Round
from lemniscaat.collection.outcome import WHOLE, Group, Opened, opened_all, released_rounds, voice_of
from lemniscaat.collection.sheets import instrument_of
from lemniscaat.instruments.difference import break_of
from lemniscaat.instruments.items import BaseItem, asked
from lemniscaat.instruments.kinds.registry import kind_of
from lemniscaat.instruments.summaries import Part
from lemniscaat.instruments.wording import language
from lemniscaat.people.access import Access

MOST_ROUNDS = 8


@dataclass(frozen=True)
class Stretch:
    """Rounds that asked the same, newest first. `broken`: the words of before, where an older stretch comes next."""

    figure: Figure
    broken: str = ""
    days: tuple[date, ...] = ()
    """The day on which the round of each row stopped."""


@dataclass(frozen=True)
class Line:
    """One question, or one part of it, through the years."""

    question: str
    stretches: tuple[Stretch, ...]


def before(access: Access, round_: Round) -> list[Round]:
    """The released rounds of the same layer with the same instrument or a copy of it, newest first, this one
    included; those that came after it are left out."""
    root = round_.instrument.root or round_.instrument.key
    same = [
        row
        for row in released_rounds(access)
        if row.organisation_id == round_.organisation_id
        and (row.instrument.root or row.instrument.key) == root
        and (row.stopped_on, row.pk) <= (round_.stopped_on, round_.pk)
    ]
    return [row for row in same if _asks_the_same(row, round_)][:MOST_ROUNDS]


def _asks_the_same(row: Round, now: Round) -> bool:
    """Whether a round asks something of what is asked now; only of steps in a hall that is not said beforehand."""
    if Chosen.read(row.chosen).only is None and Chosen.read(now.chosen).only is None:
        return True
    return not instrument_of(now).by_key.keys().isdisjoint(instrument_of(row).by_key)


def voices(rounds: Sequence[Round]) -> tuple[Group, ...]:
    """The roles that the newest round can tell apart, for a choice on the page."""
    newest = opened_all(rounds[:1], [])[rounds[0].pk]
    return newest.voices()


def through_time(
    rounds: Sequence[Round], voice: tuple[str, str] = (WHOLE, ""), *, items: Collection[str] | None = None
) -> tuple[Line, ...]:
    """Every counted question of the newest round with the answers of before, or only these `items`. `voice`: the kind
    and key of a group.

    `rounds`: what `before` gave. Two queries.
    """
    books = opened_all(rounds, items)
    newest = instrument_of(rounds[0])
    lines = []
    for item in newest.items:
        if items is not None and item.key not in items:
            continue
        parts = [part for part in kind_of(item).shape(item) if len(part.answers) in STEPS]
        lines += [found for part in parts if (found := _line(rounds, books, item, part, voice))]
    return tuple(lines)


def _line(
    rounds: Sequence[Round], books: dict[int, Opened], item: BaseItem, part: Part, voice: tuple[str, str]
) -> Line | None:
    code = language().code
    label = part.label.say(code) if part.label else ""
    question = " · ".join(words for words in (asked(item, "", code), label) if words)
    now = instrument_of(rounds[0])
    stretches: list[Stretch] = []
    rows: list[tuple[date, Row]] = []
    for round_ in rounds:
        then = instrument_of(round_)
        if item.key not in then.by_key:
            continue
        broken = break_of(then, now, item.key)
        if broken:
            if rows:
                stretches.append(_stretch(now.item(item.key), part, rows, broken))
            now, rows = then, []
        known = {one.key for one in kind_of(then.item(item.key)).shape(then.item(item.key))}
        if part.key in known:
            rows.append((_day(round_), _row(books[round_.pk], round_, item.key, part, voice)))
    if rows:
        stretches.append(_stretch(now.item(item.key), part, rows))
    told = [stretch for stretch in stretches if any(row.counts is not None for row in stretch.figure.rows)]
    return Line(question, tuple(stretches)) if told else None


def _day(round_: Round) -> date:
    return round_.stopped_on or round_.opened_on or clock.today()


def _stretch(item: BaseItem, part: Part, rows: Sequence[tuple[date, Row]], broken: str = "") -> Stretch:
    days = tuple(day for day, _row_of in rows)
    return Stretch(_figure(item, part, [row for _day_of, row in rows]), broken, days)


def _figure(item: BaseItem, part: Part, rows: Sequence[Row]) -> Figure:
    tongue = language()
    here = next((one for one in kind_of(item).shape(item) if one.key == part.key), part)
    options = tuple(Option(option.key, option.say(tongue.code)) for option in here.answers)
    if len(options) == 1:
        options = (Option("", _("Niet gekozen")), *options)
    return Figure(
        question=asked(item, "", tongue.code),
        note=_("Eén vakje is één mens. Elke rij is een ronde."),
        options=options,
        rows=tuple(rows),
    )


def _row(book: Opened, round_: Round, item: str, part: Part, voice: tuple[str, str]) -> Row:
    group = book.group(*voice)
    table = book.tell(item, group).table
    name = round_.title
    if round_.stopped_on:
        name = _("%(month)s: %(title)s") % {"month": date_format(round_.stopped_on, "F Y"), "title": name}
    name = name[:1].upper() + name[1:]
    if table is None or 0 < table.n <= table.kept_back.get(part.key, 0):
        reason = _("Te weinig antwoorden om te tonen. Zo herkent niemand iemand.")
        return Row(voice_of(group), name, hidden_reason=reason)
    counts, kept = dict(table.parts.get(part.key, {})), table.kept_back.get(part.key, 0)
    if len(part.options) == 1:
        counts[""] = max(0, table.n - sum(counts.values()) - kept)
    nobody = part.left_open
    left = counts.pop(nobody.key, 0) if nobody else 0
    apart = {nobody.say(language().code).lower(): left} if nobody and left else None
    covers = "" if table.whole else _("Hier telt een deel van de groep mee.")
    return Row(voice_of(group), name, counts, table.n - left, apart, kept_back=kept, covers=covers)


def named(group: Group) -> str:
    """A group as a choice: 'Studenten'."""
    name = plural(group.key)
    return name[:1].upper() + name[1:]
