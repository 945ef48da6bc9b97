"""Where people stand, as dots over the phases: now, and where they want to go. The span in words, nobody marked."""

from __future__ import annotations

from collections.abc import Sequence

from lemniscaat.base.drawings.dots import Image, Stack
from lemniscaat.instruments.answers import read_answer
from lemniscaat.instruments.items import Option, Text
from lemniscaat.instruments.kinds.placement import AT, EVENT, NOW_WORDS, OPEN, STEP, WISH, PlacementItem
from lemniscaat.instruments.kinds.registry import kind_of
from lemniscaat.instruments.language import Language, gettext_noop, quoted
from lemniscaat.meetings.places import Place, Said, Voice

NUMBERS = (
    gettext_noop("nul"),
    gettext_noop("één"),
    gettext_noop("twee"),
    gettext_noop("drie"),
    gettext_noop("vier"),
    gettext_noop("vijf"),
    gettext_noop("zes"),
    gettext_noop("zeven"),
    gettext_noop("acht"),
    gettext_noop("negen"),
    gettext_noop("tien"),
    gettext_noop("elf"),
    gettext_noop("twaalf"),
)
APART = {
    AT: gettext_noop("Jullie staan %(steps)s uit elkaar: van %(first)s tot %(last)s."),
    WISH: gettext_noop("Wat jullie willen, ligt %(steps)s uit elkaar: van %(first)s tot %(last)s."),
}
ALIKE = {
    AT: gettext_noop("Jullie herkennen je op dezelfde plek: %(first)s."),
    WISH: gettext_noop("Jullie kiezen dezelfde plek: %(first)s."),
}


def standing(item: PlacementItem, voices: Sequence[Voice], language: Language) -> tuple[Place, ...]:
    """Now, the event, the wish and the first step, as far as somebody gave them."""
    asks: tuple[tuple[str, Text | None], ...] = (
        (AT, NOW_WORDS),
        (EVENT, item.event),
        (WISH, item.wish),
        (STEP, item.step),
    )
    given = [(voice, _value(item, voice)) for voice in voices]
    found = []
    for key, question in asks:
        told = [(voice, value[key]) for voice, value in given if key in value]
        if not told or question is None:
            continue
        label = question.say(language.code)
        if key in APART:
            found.append(_stood(item, key, label, told, language))
        else:
            said = tuple(Said(voice, (("", words),)) for voice, words in told)
            found.append(Place(label, said=said))
    return tuple(found)


def _value(item: PlacementItem, voice: Voice) -> dict[str, str]:
    value = read_answer(voice.answers.get(item.key)).value
    if value is None or not kind_of(item).readable(item, value):
        return {}
    return dict(value)


def _stood(
    item: PlacementItem, key: str, label: str, told: Sequence[tuple[Voice, str]], language: Language
) -> Place:
    """One stack, with the names in words at the places that were chosen."""
    options = (*item.places, OPEN) if key == WISH else item.places
    names = {one.key: tuple(voice.name for voice, at in told if at == one.key) for one in options}
    counts = tuple(len(names[place.key]) for place in item.places)
    span, sentence = _span(item, key, counts, language)
    images = tuple(Image(phase.say(language.code)) for phase in item.phases)
    return Place(
        label,
        chosen=tuple((one.say(language.code), names[one.key]) for one in options if names[one.key]),
        sentence=sentence,
        stack=Stack(images, counts, span) if any(counts) else None,
    )


def _span(item: PlacementItem, key: str, counts: Sequence[int], language: Language) -> tuple[str, str]:
    """How far people are apart, short and in a sentence; nothing where one person chose."""
    taken = [place for place, count in enumerate(counts) if count]
    if sum(counts) < 2:
        return "", ""
    first, last = (_named(item, item.places[place], language) for place in (taken[0], taken[-1]))
    n = taken[-1] - taken[0]
    if not n:
        return "", language.gettext(ALIKE[key]) % {"first": first}
    steps = language.ngettext("%(n)s stap", "%(n)s stappen", n) % {"n": language.gettext(NUMBERS[n])}
    return steps, language.gettext(APART[key]) % {"steps": steps, "first": first, "last": last}


def _named(item: PlacementItem, place: Option, language: Language) -> str:
    label = place.say(language.code)
    return quoted(label) if place in item.phases else label[:1].lower() + label[1:]
