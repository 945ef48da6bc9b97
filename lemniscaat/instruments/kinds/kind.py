"""What an item kind can do. Each kind declares its grammar, how it is asked, cleaned, counted and told."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from typing import ClassVar, Generic, Literal, TypeVar

from lemniscaat.instruments.answers import SKIPS, CleanAnswer, Problem, Skip, Stored, Value, read_answer
from lemniscaat.instruments.asking import Choice, Line, PaperLine, Posted, Saying
from lemniscaat.instruments.items import BaseItem
from lemniscaat.instruments.language import DUTCH, Language, gettext_noop
from lemniscaat.instruments.summaries import SKIPPED, Part, Row, Summary, Tabled, frame, merge

I = TypeVar("I", bound=BaseItem)  # noqa: E741 - I for item
Cut = Literal["whole", "multi", "bound"]

SKIP_LABELS: dict[str, str] = {
    "na": gettext_noop("Past niet bij mij"),
    "cannot_judge": gettext_noop("Kan ik niet beoordelen"),
    "rather_not": gettext_noop("Zeg ik liever niet"),
}
NOT_OURS = gettext_noop("Dit antwoord hoort niet bij deze vraag. Kies opnieuw.")
BOTH = gettext_noop("Je gaf een antwoord en koos ook ‘%(skip)s’. Haal een van de twee weg.")
TABLE_LABELS: dict[str, str] = {
    "na": gettext_noop("Past niet bij mij"),
    "cannot_judge": gettext_noop("Niet te beoordelen"),
    "rather_not": gettext_noop("Liever niet"),
    "blank": gettext_noop("Leeg"),
    "kept": gettext_noop("Achtergehouden"),
}


class Kind(ABC, Generic[I]):
    """One kind of item. Stateless: every method gets the item it is about."""

    name: ClassVar[str]
    model: type[I]
    skips_are_radios: ClassVar[bool] = False
    """True where 'past niet bij mij' stands in the same group of radios as the answers."""
    ordered: ClassVar[bool] = False
    """True where the options go from little to much: a mean in an export, and all alike says something."""
    opens: ClassVar[bool] = False
    """True where an answer can open a next item."""
    drawn: ClassVar[bool] = False
    """True where one drawing of people tells the item; the others are told part by part."""
    in_classes: ClassVar[bool] = False
    """True where different answers may be counted as one: who stands in one class need not have said the same."""
    uploads: ClassVar[bool] = False
    """True where a file comes with the form; the page upstairs keeps it."""
    named_only: ClassVar[bool] = False
    """True where an answer gives its giver away, so that no anonymous round may ask it."""

    @property
    def template(self) -> str:
        return f"instruments/kinds/{self.name}.html"

    @property
    def shown_template(self) -> str:
        return f"instruments/kinds/{self.name}_shown.html"

    @property
    def paper_template(self) -> str:
        return f"instruments/kinds/{self.name}_paper.html"

    # asking

    @abstractmethod
    def seconds(self, item: I) -> int:
        """How long one person needs to answer, in seconds."""

    @abstractmethod
    def lines(self, item: I, posted: Posted, name: str, code: str) -> tuple[Line, ...]:
        """The controls, with what was filled in. Field names start with `name`; `code` is the language."""

    @abstractmethod
    def printed(self, item: I, code: str = "nl") -> tuple[PaperLine, ...]:
        """The same item on paper."""

    def skip_name(self, name: str) -> str:
        """The form name under which a skip comes in."""
        return name if self.skips_are_radios else f"{name}.skip"

    def skip_choices(
        self, item: I, posted: Posted, name: str, language: Language = DUTCH
    ) -> tuple[Choice, ...]:
        """The ways to pass this item by, as controls."""
        field = self.skip_name(name)
        given = set(posted.get(field, ()))
        return tuple(
            Choice(
                f"{name}.skip-{s}", field, f"skip:{s}", language.gettext(SKIP_LABELS[s]), f"skip:{s}" in given
            )
            for s in item.skips
        )

    # from a form to an answer and back

    @abstractmethod
    def take(self, item: I, posted: Posted, name: str) -> Value | Problem | None:
        """The value in posted data, skips left aside; None where nothing was filled in."""

    @abstractmethod
    def fill(self, item: I, value: Value, name: str) -> dict[str, list[str]]:
        """The posted data that `take` turns into this value."""

    @abstractmethod
    def readable(self, item: I, value: Value) -> bool:
        """Whether a stored value is an answer to this item."""

    def clean(self, item: I, posted: Posted, name: str | None = None) -> CleanAnswer | Problem:
        """Posted data as an answer. `name` is the prefix of the field names, the item's key by default."""
        name = name or item.key
        field = self.skip_name(name)
        given = posted.get(field, ())
        ticked = [value.removeprefix("skip:") for value in given if value.startswith("skip:")]
        rest = (
            {**posted, field: [value for value in given if not value.startswith("skip:")]}
            if ticked
            else posted
        )
        value = self.take(item, rest, name)
        if isinstance(value, Problem):
            return value
        if not ticked:
            return CleanAnswer(value=value)
        if any(skip not in item.skips for skip in ticked):
            return Problem(NOT_OURS)
        # whoever ticks more than one means the one that says least
        skip: Skip = max((one for one in SKIPS if one in ticked), key=SKIPS.index)
        if value is not None:
            return Problem(BOTH, {"skip": SKIP_LABELS[skip]})
        return CleanAnswer(skip=skip)

    def posted(self, item: I, answer: CleanAnswer, name: str | None = None) -> dict[str, list[str]]:
        """An answer as the form data it came from, to fill the card again."""
        name = name or item.key
        if answer.skip:
            return {self.skip_name(name): [f"skip:{answer.skip}"]}
        if answer.value is None or not self.readable(item, answer.value):
            return {}
        return self.fill(item, answer.value, name)

    # counting

    @abstractmethod
    def shape(self, item: I) -> tuple[Part, ...]:
        """The parts this item is counted in, each with its options in the order they were asked."""

    def cut(self, item: I) -> Cut:
        """How its parts may be released: 'whole' (each part counts all n), 'multi' (a part per option, only
        'yes' is counted) or 'bound' (the parts constrain each other)."""
        return "whole"

    @abstractmethod
    def count(self, item: I, values: Sequence[Value]) -> Summary:
        """Many readable values at once; `skipped` is not this method's."""

    def empty(self, item: I) -> Summary:
        return Summary(parts=frame(self.shape(item)))

    def add(self, summary: Summary, item: I, answer: CleanAnswer) -> Summary:
        """The summary with one more person's answer."""
        stored = answer.stored()
        return merge(summary, self.batch(item, [stored])[0])

    def merge(self, one: Summary, other: Summary) -> Summary:
        return merge(one, other)

    def batch(self, item: I, column: Iterable[Stored | None]) -> tuple[Summary, int]:
        """A column of stored answers as one summary, and how many of them could not be read.

        What cannot be read counts as blank: a damaged row may not stop a round.
        """
        values: list[Value] = []
        skipped = dict.fromkeys(SKIPPED, 0)
        unread = 0
        for stored in column:
            answer = read_answer(stored)
            if answer.value is not None:
                if self.readable(item, answer.value):
                    values.append(answer.value)
                    continue
                unread += 1
            skipped[answer.skip or "blank"] += 1
        counted = self.count(item, values)
        writers = sum(bool(self.count(item, [value]).texts) for value in values) if counted.texts else 0
        return Summary(counted.n, counted.parts, skipped, counted.texts, writers), unread

    def parts(self, summary: Summary) -> dict[str, dict[str, int]]:
        """Per part, how many chose each option."""
        return summary.parts

    # telling

    def said(self, item: I, value: Value, language: Language = DUTCH) -> tuple[Saying, ...]:
        """What one person gave, in words, as it reads on the own card: for an open table and for the giver."""
        found = []
        for line in self.lines(item, self.fill(item, value, item.key), item.key, language.code):
            for field in line.fields:
                ticked = [choice.label for choice in field.choices if choice.checked]
                words = ", ".join(ticked) if field.choices else field.value
                label = " · ".join(part for part in dict.fromkeys((line.label, field.label)) if part)
                if words:
                    found.append(Saying(label, words))
        return tuple(found)

    @abstractmethod
    def sentence(self, item: I, rows: Sequence[Row], language: Language = DUTCH) -> str:
        """One sentence about the groups in `rows`, in counts, without a verdict. Empty where nobody answered."""

    def tabled(self, item: I, rows: Sequence[Row], language: Language = DUTCH) -> Tabled:
        """The groups as a table: a row per group (and per part), a column per option."""
        shape = self.shape(item)
        whole = len(shape) == 1 and shape[0].label is None
        options = shape[0].options if shape else ()
        tails = skip_columns(rows)
        header = (
            *(("",) if whole or not shape else ("", "")),
            *(option.say(language.code) for option in options),
            *tail_header(tails, language),
        )
        body = []
        for part in shape or (Part("", None, ()),):
            for row in rows:
                counts = row.counts.parts.get(part.key, {})
                head = (row.label,) if part.label is None else (part.label.say(language.code), row.label)
                cells = tuple(str(counts.get(option.key, 0)) for option in options)
                body.append(head + cells + tail(row, tails))
        return Tabled(header, tuple(body))


def skip_columns(rows: Sequence[Row]) -> tuple[str, ...]:
    """The skips to show beside a table; 'niet te beoordelen' and 'achtergehouden' only where somebody did."""
    rare = {key for key in ("cannot_judge", "kept") if not any(row.counts.skipped.get(key) for row in rows)}
    return tuple(key for key in (*SKIPPED, "kept") if key not in rare)


def tail_header(columns: Sequence[str], language: Language) -> tuple[str, ...]:
    """The last headings of a table: n and the skips."""
    return ("n", *(language.gettext(TABLE_LABELS[key]) for key in columns))


def tail(row: Row, columns: Sequence[str]) -> tuple[str, ...]:
    """The last cells of a row: n and the skips."""
    return (str(row.counts.n), *(str(row.counts.skipped.get(key, 0)) for key in columns))


def heard(rows: Sequence[Row]) -> list[Row]:
    """The groups of which something is known."""
    return [row for row in rows if row.counts.n]
