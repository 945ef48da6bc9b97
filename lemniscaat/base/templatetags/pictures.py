"""Tags that draw; loaded together with the components by `{% load ui %}`."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from django import template
from django.utils.translation import gettext as _

from lemniscaat.base.drawings import distribution as distributions
from lemniscaat.base.drawings import dots as stacks
from lemniscaat.base.drawings import lemniscate as loops
from lemniscaat.base.drawings import squared as paper
from lemniscaat.base.drawings.curve import ACTIVITIES, short
from lemniscaat.base.drawings.voices import HOLLOW, MARKERS, look_of

register = template.Library()

Context = dict[str, Any]


@register.inclusion_tag("base/drawings/lemniscate.html")
def lemniscate(home: loops.Home) -> Context:
    """The map of the loop, wide and for a phone, with its legend, sentence and equivalent list."""
    if not any(home.sides):
        home = replace(home, sides=(_("begrijpen"), _("handelen")))
    listed = [
        {
            "door": home.doors[activity],
            "heard": [voice.label for voice in home.voices if activity in voice.heard],
            "unheard": [voice.label for voice in home.voices if activity not in voice.heard],
        }
        for activity in ACTIVITIES
        if activity in home.doors
    ]
    return {"home": home, "maps": loops.draw(home), "listed": listed}


@register.inclusion_tag("base/drawings/loop_icon.svg")
def loop_icon(activity: str = "") -> Context:
    """A small loop with one quarter lit; decoration beside words."""
    return {"loop": loops.small(activity, 17.0, 1.42)}


@register.inclusion_tag("base/drawings/loop_dates.svg")
def loop_dates(dates: Iterable[tuple[str, str]], now: str = "") -> Context:
    """Where we are, with (when, what) for each of the four activities in their order."""
    places = (("-77.5", "-75"), ("-77.5", "66"), ("77.5", "-75"), ("77.5", "66"))
    labels = [
        {"when": when, "what": what, "x": x, "y": y, "y2": short(float(y) + 19)}
        for (when, what), (x, y) in zip(dates, places, strict=False)
    ]
    return {"loop": loops.small(now, 127.0, 0.92), "labels": labels}


@register.inclusion_tag("base/drawings/distribution.html")
def distribution(
    figure: distributions.Figure,
    room: str = "page",
    level: int = 2,
    legend: bool = True,
    table: bool = True,
    heading: bool = True,
) -> Context:
    """A distribution for one room: page, talk, projector or print. `level` is the level of its heading.

    Drawings under each other of one question need `legend` only once, and no `table` where one stands below them;
    no `heading` where the question already stands above.
    """
    drawing = distributions.draw(figure, room, total_word=_("samen"), who_word=_("groep"))
    return {
        "d": drawing,
        "figure": figure,
        "room": room,
        "level": level,
        "legend": legend,
        "table": table,
        "heading": heading,
    }


@register.inclusion_tag("base/drawings/squared.html")
def squared(figure: paper.Squared) -> Context:
    """Numbers under each other on squared paper, with the same as a table."""
    rows = [(row, paper.strips(row, figure)) for row in figure.rows]
    head = [_("Periode"), _("Cijfer")]
    return {"figure": figure, "rows": rows, "head": head, "body": [(r.label, r.words) for r in figure.rows]}


@register.inclusion_tag("base/drawings/part.html")
def part_of(part: int, whole: int) -> Context:
    """So many of so many: filled squares and open ones, counts below."""
    pairs = [pair for pair in (("5", part), ("1", whole - part)) if pair[1] > 0]
    sizes = [
        distributions.Size(kind, width, 30) for kind, width in (("wide", 460), ("mid", 340), ("phone", 246))
    ]
    return {"bars": [distributions.bar(pairs, size) for size in sizes], "part": part, "whole": whole}


@register.inclusion_tag("base/drawings/dots.html")
def dots(stack: stacks.Stack) -> Context:
    """Everybody as a dot on a scale of images."""
    pictures = stacks.draw(stack)
    return {"pictures": pictures, "stack": stack, "rows": pictures[0].ticks, "counts": stack.counts}


@register.inclusion_tag("base/drawings/arrivals.svg")
def arrivals(count: int) -> Context:
    """Who is here, as dots on the loop."""
    return {"picture": loops.arrivals(count), "count": count}


@register.inclusion_tag("base/drawings/patterns.svg")
def patterns() -> Context:
    """The fills of all distributions; the layouts place them once a page."""
    return {}


@register.inclusion_tag("base/drawings/voice_line.svg")
def voice_line(slug: str) -> Context:
    """A piece of thread with the marker of its voice, for a legend."""
    voice = look_of(slug) or "leader"
    return {"voice": voice, "path": MARKERS[voice], "hollow": voice in HOLLOW}


@register.filter
def at(values: Sequence[object], index: int) -> object:
    """The value at a place."""
    return values[index]
