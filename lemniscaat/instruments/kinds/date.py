"""Date: one day. Counted by month, in the order of a school year; the day itself stays with who gave it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Literal

from lemniscaat.instruments.answers import Problem, Value
from lemniscaat.instruments.asking import Field as FormField
from lemniscaat.instruments.asking import Line, PaperLine, Posted, Saying, one
from lemniscaat.instruments.items import BaseItem, Option, Text
from lemniscaat.instruments.kinds.kind import Kind, heard
from lemniscaat.instruments.kinds.telling import others, widest_pair
from lemniscaat.instruments.language import DUTCH, Language, gettext_noop
from lemniscaat.instruments.summaries import Part, Row, Summary

FIRST_YEAR, LAST_YEAR = 1950, 2099
ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
DUTCH_ORDER = re.compile(r"([0-9]{1,2})[-/. ]([0-9]{1,2})[-/. ]([0-9]{4})")
NO_DAY = gettext_noop("Deze dag kennen we niet. Schrijf dag, maand en jaar, zoals 22-11-2026.")
MONTHS = (
    Option(key="aug", nl="augustus", en="August"),
    Option(key="sep", nl="september", en="September"),
    Option(key="oct", nl="oktober", en="October"),
    Option(key="nov", nl="november", en="November"),
    Option(key="dec", nl="december", en="December"),
    Option(key="jan", nl="januari", en="January"),
    Option(key="feb", nl="februari", en="February"),
    Option(key="mar", nl="maart", en="March"),
    Option(key="apr", nl="april", en="April"),
    Option(key="may", nl="mei", en="May"),
    Option(key="jun", nl="juni", en="June"),
    Option(key="jul", nl="juli", en="July"),
)
"""From the start of a school year to its end."""
ON_PAPER = (Text(nl="dag", en="day"), Text(nl="maand", en="month"), Text(nl="jaar", en="year"))


def month_of(day: date) -> Option:
    """The month of a day, in its place in the school year."""
    return MONTHS[(day.month - 8) % 12]


def day_in(typed: str) -> date | None:
    """The day in '2026-11-22' or '22-11-2026'; None where it says none."""
    if found := ISO.fullmatch(typed):
        year, month, day = map(int, found.groups())
    elif found := DUTCH_ORDER.fullmatch(typed):
        day, month, year = map(int, found.groups())
    else:
        return None
    try:
        return date(year, month, day) if FIRST_YEAR <= year <= LAST_YEAR else None
    except ValueError:
        return None


class DateItem(BaseItem):
    """A day."""

    kind: Literal["date"]


class DateKind(Kind[DateItem]):
    name = "date"
    model = DateItem
    drawn = True
    in_classes = True

    def seconds(self, item: DateItem) -> int:
        return 15

    def lines(self, item: DateItem, posted: Posted, name: str, code: str) -> tuple[Line, ...]:
        # a date field is only filled by its own notation; what is no day is shown as it was typed
        typed = one(posted, name)
        day = day_in(typed)
        return (Line("", (FormField(name, name, "", day.isoformat() if day else typed),)),)

    def printed(self, item: DateItem, code: str = "nl") -> tuple[PaperLine, ...]:
        return tuple(PaperLine("number", words.say(code)) for words in ON_PAPER)

    def take(self, item: DateItem, posted: Posted, name: str) -> Value | Problem | None:
        typed = one(posted, name)
        if not typed:
            return None
        day = day_in(typed)
        return day.isoformat() if day else Problem(NO_DAY)

    def fill(self, item: DateItem, value: Value, name: str) -> dict[str, list[str]]:
        return {name: [value]}

    def readable(self, item: DateItem, value: Value) -> bool:
        return isinstance(value, str) and bool(ISO.fullmatch(value)) and day_in(value) is not None

    def shape(self, item: DateItem) -> tuple[Part, ...]:
        return (Part("", None, MONTHS),)

    def count(self, item: DateItem, values: Sequence[Value]) -> Summary:
        counted = Counter(month_of(date.fromisoformat(value)).key for value in values)
        return Summary(len(values), {"": {month.key: counted[month.key] for month in MONTHS}})

    def said(self, item: DateItem, value: Value, language: Language = DUTCH) -> tuple[Saying, ...]:
        """'22 november 2026'."""
        day = date.fromisoformat(value)
        return (Saying("", f"{day.day} {month_of(day).say(language.code)} {day.year}"),)

    def sentence(self, item: DateItem, rows: Sequence[Row], language: Language = DUTCH) -> str:
        """The two months in a row that most people of the first group name."""
        groups = heard(rows)
        if not groups:
            return ""
        first = groups[0]
        counts = dict(first.counts.parts.get("", {}))
        chosen = [month for month in widest_pair(MONTHS, counts) if counts.get(month.key)] or [MONTHS[0]]
        words = [month.say(language.code) for month in chosen]
        when = words[0]
        if len(words) > 1:
            when = language.gettext("%(one)s of %(other)s") % {"one": words[0], "other": words[1]}
        keys = [month.key for month in chosen]
        k = sum(counts.get(key, 0) for key in keys)
        opening = language.ngettext(
            "%(k)d van de %(n)d %(group)s noemt een dag in %(when)s.",
            "%(k)d van de %(n)d %(group)s noemen een dag in %(when)s.",
            k,
        ) % {"k": k, "n": first.counts.n, "group": first.label, "when": when}
        return " ".join([opening, *(others(row, "", keys, language) for row in groups[1:])])


KIND = DateKind()
