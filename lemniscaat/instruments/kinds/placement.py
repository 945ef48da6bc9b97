"""Placement: where do we recognise ourselves? Phases in words, also between two; an event, a wish, a first step.

Stored: `{"at": place, "event": words, "wish": place or "open", "step": words}`, all but `at` only where given. The
spread is told, never a middle: a phase is no mark.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from lemniscaat.instruments.answers import Problem, Value
from lemniscaat.instruments.asking import Field as FormField
from lemniscaat.instruments.asking import Line, PaperLine, Posted, Saying, choice_field, one
from lemniscaat.instruments.items import BaseItem, Option, Text, Words, unique
from lemniscaat.instruments.kinds.kind import NOT_OURS, Kind, heard, skip_columns, tail, tail_header
from lemniscaat.instruments.kinds.text import TOO_LONG, tidy
from lemniscaat.instruments.language import DUTCH, Language, gettext_noop, quoted
from lemniscaat.instruments.summaries import Part, Row, Summary, Tabled

MOST = 500
LONGEST_KEY = 29
AT, EVENT, WISH, STEP = "at", "event", "wish", "step"
OPEN = Option(key="open", nl="Weet ik nog niet", en="I do not know yet")
LEFT_OPEN = Option(key="open", nl="Weet ik nog niet, of leeg", en="Do not know yet, or left open")
NOW_WORDS = Text(nl="Waar we nu staan", en="Where we are now")
WISH_WORDS = Text(nl="Waar we heen willen", en="Where we want to go")
DEFAULT_EVENT = Text(nl="Geef één voorval waaraan je dat zag.", en="Give one event in which you saw that.")
NOWHERE = gettext_noop("Kies ook de plek waar je ons nu herkent. Tussen twee in mag.")


class Phase(Option):
    """One phase: its title, and in `words` what it looks like."""

    words: Words


def written(posted: Posted, field: str, most: int = MOST) -> str | Problem:
    """What was typed in a field, tidied; a sentence where it is too long."""
    words = tidy((posted.get(field) or ("",))[-1])
    return Problem(TOO_LONG, {"n": len(words), "most": most}) if len(words) > most else words


def under(question: Text, words: str) -> str:
    """What somebody wrote, behind the question it answers."""
    asked = question.nl.rstrip(".: ")
    return f"{asked} {words}" if asked.endswith("?") else f"{asked}: {words}"


class PlacementItem(BaseItem):
    """Phases in order. `wish` and `step` are questions that are asked only where they are given."""

    kind: Literal["placement"]
    phases: Annotated[tuple[Phase, ...], Field(min_length=2, max_length=7), AfterValidator(unique)]
    between: bool = True
    event: Words = DEFAULT_EVENT
    wish: Words | None = None
    step: Words | None = None

    @model_validator(mode="after")
    def _clear_keys(self) -> PlacementItem:
        if any(len(phase.key) > LONGEST_KEY for phase in self.phases):
            raise PydanticCustomError(
                "long_key", "Geef elke fase een sleutel van ten hoogste {most} tekens.", {"most": LONGEST_KEY}
            )
        keys = [place.key for place in self.places] + [OPEN.key]
        if len(set(keys)) < len(keys):
            raise PydanticCustomError(
                "mixed_key",
                "Deze sleutels van fasen zijn niet uit elkaar te houden van 'open' en van de plekken ertussen, "
                "zoals '{between}'. Kies kortere, zonder streepje.",
                {"between": f"{self.phases[0].key}-{self.phases[1].key}"},
            )
        return self

    @cached_property
    def places(self) -> tuple[Option, ...]:
        """Every place to choose: the phases, and where allowed those between two, in order."""
        found: list[Option] = [self.phases[0]]
        for one_, other in pairwise(self.phases):
            found += [_between(one_, other), other] if self.between else [other]
        return tuple(found)

    @property
    def asks(self) -> Iterator[tuple[str, Text]]:
        """What may be written, as question under a key."""
        yield EVENT, self.event
        if self.step is not None:
            yield STEP, self.step


def _between(one_: Phase, other: Phase) -> Option:
    english = f"Between {quoted(one_.en)} and {quoted(other.en)}" if one_.en and other.en else None
    dutch = f"Tussen {quoted(one_.nl)} en {quoted(other.nl)}"
    return Option(key=f"{one_.key}-{other.key}", nl=dutch, en=english)


class PlacementKind(Kind[PlacementItem]):
    name = "placement"
    model = PlacementItem

    def seconds(self, item: PlacementItem) -> int:
        return 15 * len(item.phases) + 40 + 20 * bool(item.wish) + 40 * bool(item.step)

    # asking

    def lines(self, item: PlacementItem, posted: Posted, name: str, code: str) -> tuple[Line, ...]:
        """A line per place with its one choice (a phase has its words as hint), then event, wish and step."""
        words = {phase.key: phase.words.say(code) for phase in item.phases}
        lines = [
            Line(
                place.say(code),
                (choice_field(f"{name}.{AT}", (place,), posted, code),),
                (words[place.key],) if place.key in words else (),
            )
            for place in item.places
        ]
        asks = dict(item.asks)
        lines.append(_words_line(f"{name}.{EVENT}", asks[EVENT].say(code), posted))
        if item.wish:
            wish = choice_field(f"{name}.{WISH}", (*item.places, OPEN), posted, code)
            lines.append(Line(item.wish.say(code), (wish,)))
        if STEP in asks:
            lines.append(_words_line(f"{name}.{STEP}", asks[STEP].say(code), posted))
        return tuple(lines)

    def printed(self, item: PlacementItem, code: str = "nl") -> tuple[PaperLine, ...]:
        words = {phase.key: (phase.words.say(code),) for phase in item.phases}
        cells = (NOW_WORDS.say(code), item.wish.say(code)) if item.wish else ()
        places = [
            PaperLine("row" if cells else "box", place.say(code), cells, words.get(place.key, ()))
            for place in item.places
        ]
        rules = [PaperLine("rules", question.say(code), ("",) * 3) for _, question in item.asks]
        return (*places, *rules)

    # from a form to an answer and back

    def take(self, item: PlacementItem, posted: Posted, name: str) -> Value | Problem | None:
        value: dict[str, str] = {}
        for key in (AT, WISH):
            given = one(posted, f"{name}.{key}")
            if given and not self._stands(item, key, given):
                return Problem(NOT_OURS)
            if given:
                value[key] = given
        for key, _question in item.asks:
            words = written(posted, f"{name}.{key}")
            if isinstance(words, Problem):
                return words
            if words:
                value[key] = words
        if value and AT not in value:
            return Problem(NOWHERE)
        return value or None

    def fill(self, item: PlacementItem, value: Value, name: str) -> dict[str, list[str]]:
        return {f"{name}.{key}": [given] for key, given in value.items()}

    def readable(self, item: PlacementItem, value: Value) -> bool:
        if not isinstance(value, dict) or AT not in value:
            return False
        asks = dict(item.asks)
        return all(
            isinstance(given, str)
            and (0 < len(given) <= MOST if key in asks else self._stands(item, key, given))
            for key, given in value.items()
        )

    def _stands(self, item: PlacementItem, key: str, given: str) -> bool:
        places = {place.key for place in item.places}
        if key == WISH:
            return item.wish is not None and given in places | {OPEN.key}
        return key == AT and given in places

    # counting

    def shape(self, item: PlacementItem) -> tuple[Part, ...]:
        now = Part(AT, NOW_WORDS, item.places)
        return (now, Part(WISH, WISH_WORDS, (*item.places, LEFT_OPEN))) if item.wish else (now,)

    def count(self, item: PlacementItem, values: Sequence[Value]) -> Summary:
        given = Counter((part, value.get(part, OPEN.key)) for value in values for part in (AT, WISH))
        parts = {p.key: {o.key: given[p.key, o.key] for o in p.options} for p in self.shape(item)}
        texts = (
            under(question, value[key]) for value in values for key, question in item.asks if key in value
        )
        return Summary(len(values), parts, texts=tuple(sorted(texts)))

    # telling

    def said(self, item: PlacementItem, value: Value, language: Language = DUTCH) -> tuple[Saying, ...]:
        code = language.code
        labels = {place.key: place.say(code) for place in (*item.places, OPEN)}
        questions = {AT: NOW_WORDS, EVENT: item.event, WISH: item.wish, STEP: item.step}
        return tuple(
            Saying(question.say(code), labels[value[key]] if key in (AT, WISH) else value[key])
            for key, question in questions.items()
            if question is not None and key in value
        )

    def sentence(self, item: PlacementItem, rows: Sequence[Row], language: Language = DUTCH) -> str:
        """How far each group is apart: in how many places, from which to which."""
        return " ".join(_spread(item, row, language) for row in heard(rows))

    def tabled(self, item: PlacementItem, rows: Sequence[Row], language: Language = DUTCH) -> Tabled:
        """A row per group for now, and for the wish, which alone may be left open."""
        if not item.wish:
            return super().tabled(item, rows, language)
        tails = skip_columns(rows)
        options = (*item.places, LEFT_OPEN)
        header = ("", "", *(o.say(language.code) for o in options), *tail_header(tails, language))
        body = []
        for part in self.shape(item):
            known = {option.key for option in part.options}
            for row in rows:
                counts = row.counts.parts.get(part.key, {})
                cells = (str(counts.get(o.key, 0)) if o.key in known else "–" for o in options)
                head = (part.label.say(language.code) if part.label else "", row.label)
                body.append((*head, *cells, *tail(row, tails)))
        return Tabled(header, tuple(body))


def _words_line(field: str, question: str, posted: Posted) -> Line:
    return Line(question, (FormField(field, field, question, (posted.get(field) or ("",))[-1]),))


def _spread(item: PlacementItem, row: Row, language: Language) -> str:
    """'12 studenten herkennen zich op 3 plekken: van ‘ieder voor zich’ (2) tot ‘vanzelf samen’ (4).'"""
    counts = row.counts.parts.get(AT, {})
    n = row.counts.n
    found = [place for place in item.places if counts.get(place.key)]
    values: dict[str, object] = {"n": n, "group": row.label, "places": len(found)}
    if not found:
        return language.gettext("%(n)d %(group)s: per plek zijn het er te weinig om te tonen.") % values
    told = [(_named(item, place, language.code), counts[place.key]) for place in (found[0], found[-1])]
    values |= {"first": told[0][0], "one": told[0][1], "last": told[1][0], "other": told[1][1]}
    if sum(counts.values()) < n:
        # some answers are kept back, so these places may not be read as all there are
        said = language.gettext("%(n)d %(group)s. Te tonen is onder meer: %(first)s (%(one)d).")
    elif len(found) == 1:
        said = language.ngettext(
            "%(n)d %(group)s herkent zich op één plek: %(first)s.",
            "%(n)d %(group)s herkennen zich op dezelfde plek: %(first)s.",
            n,
        )
    else:
        said = language.gettext(
            "%(n)d %(group)s herkennen zich op %(places)d plekken: van %(first)s (%(one)d) tot %(last)s (%(other)d)."
        )
    return said % values


def _named(item: PlacementItem, place: Option, code: str) -> str:
    """A place inside a sentence; one between two names both, in quotes already."""
    label = place.say(code)
    return quoted(label) if place in item.phases else label[:1].lower() + label[1:]


KIND = PlacementKind()
