"""The map of the loop: threads per voice, four doors, the vision in the middle; and its small relatives."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import cos, pi, sin

from lemniscaat.base.drawings.curve import ACTIVITIES, Curve, Point, short
from lemniscaat.base.drawings.voices import look_of

MOST_VOICES = 5


@dataclass(frozen=True)
class Voice:
    """A perspective and the core activities in which it was heard this school year (by five or more)."""

    slug: str
    label: str
    heard: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Door:
    """A place on the loop where one can start. `state` is short: at most some 22 characters."""

    name: str
    state: str
    url: str


@dataclass(frozen=True)
class Sun:
    """The vision point in the middle: at most two lines, and where it leads."""

    above: str
    lines: tuple[str, ...]
    more: str
    url: str


@dataclass(frozen=True)
class Home:
    """Everything the map tells; `doors` by activity, `sentence` names one absent voice."""

    voices: tuple[Voice, ...]
    doors: Mapping[str, Door]
    sun: Sun
    factors: tuple[str, ...] = ()
    sides: tuple[str, str] = ("", "")
    sentence: str = ""
    invite_label: str = ""
    invite_url: str = ""


@dataclass(frozen=True)
class Thread:
    voice: str
    heard: bool
    path: str


@dataclass(frozen=True)
class DrawnDoor:
    activity: str
    door: Door
    x: str
    y: str


@dataclass(frozen=True)
class Line:
    text: str
    y: str


@dataclass(frozen=True)
class Factor:
    """A key factor on the upper or the lower arc, at a share of its length."""

    text: str
    arc: str
    at: str


@dataclass(frozen=True)
class Map:
    """One drawing (wide or phone) in SVG units."""

    kind: str
    view_box: str
    threads: tuple[Thread, ...]
    gaps: tuple[tuple[str, str, str, str], ...]
    chevrons: tuple[str, ...]
    doors: tuple[DrawnDoor, ...]
    door_width: int
    door_height: int
    radius: int
    sun_lines: tuple[Line, ...]
    sun_size: int
    sides: tuple[tuple[str, str, str], ...]
    factors: tuple[Factor, ...] = ()
    orbit: tuple[str, ...] = ()


@dataclass(frozen=True)
class Shape:
    """Measures of one variant; `inward` moves the doors to the middle so that they stay in view."""

    kind: str
    curve: Curve
    view_box: str
    spacing: float
    door: tuple[int, int]
    inward: float
    radius: int


WIDE = Shape("wide", Curve(364, 1.16), "-412 -266 824 532", 8.5, (196, 66), 0, 84)
PHONE = Shape("phone", Curve(228, 1.42, upright=True), "-175 -250 350 500", 6.5, (154, 64), 18, 72)


def draw(home: Home) -> tuple[Map, Map]:
    """The wide and the phone map. Raises ValueError with more than five voices: pool them into families first."""
    if len(home.voices) > MOST_VOICES:
        raise ValueError(
            f"the loop holds {MOST_VOICES} voices, not {len(home.voices)}; pool them into families"
        )
    return _map(home, WIDE), _map(home, PHONE)


def _map(home: Home, shape: Shape) -> Map:
    lines, size = _sun_lines(home.sun.lines)
    wide = shape.kind == "wide"
    words = home.factors if wide else ()
    return Map(
        kind=shape.kind,
        view_box=shape.view_box,
        threads=tuple(_threads(home.voices, shape)),
        gaps=tuple(_gaps(len(home.voices), shape)),
        chevrons=tuple(_chevrons(shape)),
        doors=tuple(_doors(home.doors, shape)),
        door_width=shape.door[0],
        door_height=shape.door[1],
        radius=shape.radius,
        sun_lines=lines,
        sun_size=size if wide else min(size, 19),
        sides=tuple(
            (word, *(("0", short(y)) if shape.curve.upright else (short(y), "5")))
            for word, y in zip(home.sides, _side_places(shape), strict=True)
            if word
        ),
        factors=tuple(
            Factor(text, arc, at)
            for text, (arc, at) in zip(
                words, (("up", "33%"), ("up", "67%"), ("down", "33%"), ("down", "67%")), strict=False
            )
        ),
        orbit=tuple(_orbit()) if words else (),
    )


def _threads(voices: tuple[Voice, ...], shape: Shape) -> Iterable[Thread]:
    middle = (len(voices) - 1) / 2
    for i, voice in enumerate(voices):
        for activity in ACTIVITIES:
            path = shape.curve.quarter(activity, (i - middle) * shape.spacing)
            yield Thread(look_of(voice.slug) or "leader", activity in voice.heard, path)


def _side_places(shape: Shape) -> tuple[float, float]:
    return (-191, 196) if shape.curve.upright else (-236, 236)


def _gaps(count: int, shape: Shape) -> Iterable[tuple[str, str, str, str]]:
    across, along = max(count, 1) * shape.spacing + 12, 36.0
    for side in (-shape.curve.a, shape.curve.a):
        x, y, w, h = side - across / 2, -along / 2, across, along
        if shape.curve.upright:
            x, y, w, h = y, x, h, w
        yield short(x), short(y), short(w), short(h)


def _chevrons(shape: Shape) -> Iterable[str]:
    for side in (-shape.curve.a, shape.curve.a):
        corners: tuple[Point, ...] = ((side - 8, -4), (side, 5), (side + 8, -4))
        if shape.curve.upright:
            corners = tuple((y, x) for x, y in corners)
        yield "M" + "L".join(f"{short(x)} {short(y)}" for x, y in corners)


def _doors(doors: Mapping[str, Door], shape: Shape) -> Iterable[DrawnDoor]:
    x, y = shape.curve.extreme()
    x -= shape.inward
    # the phone turns the loop: what stood below now stands right
    corners = {"inform": (-x, -y), "mean": (-x, y), "direct": (x, -y), "account": (x, y)}
    if shape.curve.upright:
        corners["mean"], corners["direct"] = corners["direct"], corners["mean"]
    for activity in ACTIVITIES:
        if activity in doors:
            across, down = corners[activity]
            yield DrawnDoor(activity, doors[activity], short(across), short(down))


def _sun_lines(lines: tuple[str, ...]) -> tuple[tuple[Line, ...], int]:
    shown = lines[:2]
    longest = max((len(line) for line in shown), default=0)
    size = 21 if longest <= 14 else 18 if longest <= 17 else 15
    places = ("7",) if len(shown) == 1 else ("-7", "18")
    return tuple(Line(text, y) for text, y in zip(shown, places, strict=False)), size


def _orbit() -> Iterable[str]:
    for start, end in ((165, 142), (99, 81), (38, 15)):
        for sign in (-1, 1):
            x0, y0 = 408 * cos(start * pi / 180), sign * 258 * sin(start * pi / 180)
            x1, y1 = 408 * cos(end * pi / 180), sign * 258 * sin(end * pi / 180)
            sweep = 1 if sign < 0 else 0
            yield f"M{short(x0)} {short(y0)}A408 258 0 0 {sweep} {short(x1)} {short(y1)}"


def split_point(text: str, most: int = 20) -> tuple[str, ...]:
    """A vision point in one or two lines of about equal length, each at most `most` characters (… when cut)."""
    words = text.split()
    if len(text) <= 11 or len(words) < 2:
        return (_cut(text, most),)
    splits = [(" ".join(words[:i]), " ".join(words[i:])) for i in range(1, len(words))]
    best = min(splits, key=lambda pair: max(len(pair[0]), len(pair[1])))
    return _cut(best[0], most), _cut(best[1], most)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


@dataclass(frozen=True)
class Small:
    """A small loop: the whole line in grey, one quarter lit."""

    rest: str
    lit: str


@lru_cache(maxsize=32)
def small(activity: str, a: float = 17.0, k: float = 1.5) -> Small:
    """Icon or dated loop; an unknown or empty activity lights nothing."""
    curve = Curve(a, k)
    lit = curve.quarter(activity) if activity in ACTIVITIES else ""
    return Small(curve.whole(), lit)


@dataclass(frozen=True)
class Arrivals:
    """Who is here, on a lemniscate; no places for who is absent."""

    line: str
    dots: tuple[tuple[str, str], ...]
    radius: str


def arrivals(count: int) -> Arrivals:
    """Equally spaced dots, smaller when there are many; at most 240 are drawn."""
    curve = Curve(300, 0.5)
    drawn = min(max(count, 0), 240)
    radius = 12.0 if drawn <= 40 else max(3.5, 12.0 * 40 / drawn)
    return Arrivals(curve.whole(), tuple((short(x), short(y)) for x, y in curve.spaced(drawn)), short(radius))
