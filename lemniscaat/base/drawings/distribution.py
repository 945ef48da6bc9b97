"""Distributions made of people: one square is one person, rows equally wide, counts in figures below."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from lemniscaat.base.drawings.curve import short

BETWEEN_PEOPLE = 1.5
BETWEEN_ANSWERS = 7.0
MOST_SQUARES = 60
NARROWEST = 7.0
CORNER = 3.0

# Steps from little to much: the name of the fill per option, for a number of options.
STEPS: dict[int, tuple[str, ...]] = {
    1: ("5",),
    2: ("1", "5"),
    3: ("1", "3", "5"),
    4: ("1", "2", "4", "5"),
    5: ("1", "2", "3", "4", "5"),
    6: ("1", "2", "2b", "3", "4", "5"),
    7: ("1", "2", "2b", "3", "3b", "4", "5"),
}


@dataclass(frozen=True)
class Option:
    """A possible answer; `step` overrides the fill (1 to 5, 2b, 3b), for instance when the first is the most."""

    key: str
    label: str
    step: str = ""


@dataclass(frozen=True)
class Road:
    """Another way to hear a hidden group."""

    label: str
    url: str


@dataclass(frozen=True)
class Row:
    """One group. `counts` is None when hidden: too few and none look the same."""

    voice: str
    label: str
    counts: Mapping[str, int] | None = None
    n: int = 0
    skipped: Mapping[str, int] | None = None
    kept_back: int = 0
    covers: str = ""
    hidden_reason: str = ""
    roads: tuple[Road, ...] = ()
    first: bool = False
    together: bool = False
    """Counts groups above once more: a total, drawn under a line and without a marker."""
    counted: str = ""
    """What stands under the label where nobody gave an answer: 'van 23 studenten'."""


@dataclass(frozen=True)
class Figure:
    """A question with its answers per group; `table_*` are made from the rows when left empty."""

    question: str
    options: tuple[Option, ...]
    rows: tuple[Row, ...]
    note: str = ""
    sentence: str = ""
    table_head: tuple[str, ...] = ()
    table_rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Size:
    """A drawing for one width; it is never scaled down to another."""

    kind: str
    width: int
    height: int
    text: int = 15


WIDE, MID, PHONE = Size("wide", 560, 34), Size("mid", 400, 30), Size("phone", 306, 30)
# nobody scrolls a wall: many rows stand lower there
MANY_ROWS, LOW = 4, (Size("projector", 720, 24, 19),)
ROOMS: dict[str, tuple[Size, ...]] = {
    "page": (WIDE, MID, PHONE),
    "talk": (MID, PHONE),
    "projector": (Size("projector", 720, 42, 19),),
    "print": (Size("print", 490, 28),),
}


@dataclass(frozen=True)
class Group:
    """Everybody who gave one answer: one path of squares and the figure below."""

    path: str
    step: str
    count: int
    label_x: str


@dataclass(frozen=True)
class Bar:
    kind: str
    width: int
    height: int
    full_height: int
    label_y: int
    groups: tuple[Group, ...]
    held: str
    closed: bool


@dataclass(frozen=True)
class DrawnRow:
    row: Row
    bars: tuple[Bar, ...]
    spoken: str
    skipped: tuple[tuple[str, int], ...]
    everybody: bool


@dataclass(frozen=True)
class LegendItem:
    label: str
    step: str


@dataclass(frozen=True)
class Drawing:
    figure: Figure
    room: str
    legend: tuple[LegendItem, ...]
    rows: tuple[DrawnRow, ...]
    table_head: tuple[str, ...] = field(default=())
    table_rows: tuple[tuple[str, ...], ...] = field(default=())


def steps_for(options: tuple[Option, ...]) -> dict[str, str]:
    """The fill of each option by key, from little to much in the order asked."""
    given = STEPS.get(len(options)) or tuple(STEPS[7][i % 7] for i in range(len(options)))
    return {option.key: option.step or step for option, step in zip(options, given, strict=True)}


def draw(figure: Figure, room: str = "page", total_word: str = "", who_word: str = "") -> Drawing:
    """The figure for a room (page, talk, projector, print); the two words head the table made from the rows."""
    steps = steps_for(figure.options)
    sizes = LOW if room == "projector" and len(figure.rows) > MANY_ROWS else ROOMS[room]
    rows = tuple(_drawn(row, figure, steps, sizes) for row in figure.rows)
    head, body = figure.table_head, figure.table_rows
    if not head:
        head, body = _table(figure, who_word, total_word)
    legend = tuple(LegendItem(option.label, steps[option.key]) for option in figure.options)
    return Drawing(figure, room, legend, rows, head, body)


def _drawn(row: Row, figure: Figure, steps: Mapping[str, str], sizes: tuple[Size, ...]) -> DrawnRow:
    skipped = tuple((label, count) for label, count in (row.skipped or {}).items() if count)
    if row.counts is None:
        return DrawnRow(row, (), "", (), False)
    counts = [(option, row.counts.get(option.key, 0)) for option in figure.options]
    spoken = ", ".join(f"{option.label} {count}" for option, count in counts)
    parts = [(steps[option.key], count) for option, count in counts if count]
    bars = tuple(bar(parts, size, row.kept_back) for size in sizes)
    return DrawnRow(row, bars, spoken, skipped, row.skipped is not None and not skipped)


def bar(parts: list[tuple[str, int]], size: Size, kept_back: int = 0) -> Bar:
    """Squares for (step, count) pairs, all counts above zero; kept-back answers stand apart at the end."""
    people = sum(count for _, count in parts) + kept_back
    present = len(parts) + (1 if kept_back else 0)
    width = person_width(size.width, people, present)
    closed = people > MOST_SQUARES or width < NARROWEST
    groups: list[tuple[str, str, int, float]] = []
    x = 1.0
    for step, count in parts:
        groups.append((_squares(x, width, count, size.height, closed), step, count, x + width * count / 2))
        x += width * count + BETWEEN_ANSWERS
    held = _squares(x, width, kept_back, size.height, closed) if kept_back else ""
    places = _apart([(centre, count) for _, _, count, centre in groups], size)
    return Bar(
        kind=size.kind,
        width=size.width,
        height=size.height,
        full_height=size.height + size.text + 7,
        label_y=size.height + size.text + 2,
        groups=tuple(
            Group(path, step, count, short(at))
            for (path, step, count, _), at in zip(groups, places, strict=True)
        ),
        held=held,
        closed=closed,
    )


def person_width(width: float, people: int, groups: int) -> float:
    """How wide one person stands when `people` in `groups` fill the row."""
    return (width - BETWEEN_ANSWERS * (groups - 1) - 2) / people if people else 0.0


def _squares(x: float, width: float, count: int, height: float, closed: bool) -> str:
    if closed:
        return box(x, max(width * count, 2.0), height)
    return "".join(box(x + i * width, width - BETWEEN_PEOPLE, height) for i in range(count))


def box(x: float, width: float, height: float) -> str:
    """The path of one square with round corners."""
    r = min(CORNER, width / 2)
    w, h = width - 2 * r, height - 1.5 - 2 * r
    corner = f"a{short(r)} {short(r)} 0 0 1 "
    return (
        f"M{short(x + r)} .75h{short(w)}{corner}{short(r)} {short(r)}v{short(h)}{corner}-{short(r)} {short(r)}"
        f"h-{short(w)}{corner}-{short(r)} -{short(r)}v-{short(h)}{corner}{short(r)} -{short(r)}z"
    )


def _apart(labels: list[tuple[float, int]], size: Size) -> list[float]:
    """Keep the figures below from touching: push right, then back from the edge."""
    half = [len(str(count)) * size.text * 0.3 + 3 for _, count in labels]
    at = [centre for centre, _ in labels]
    for i in range(1, len(at)):
        at[i] = max(at[i], at[i - 1] + half[i - 1] + half[i])
    if at and at[-1] > size.width - half[-1] + 3:
        at[-1] = size.width - half[-1] + 3
        for i in range(len(at) - 2, -1, -1):
            at[i] = min(at[i], at[i + 1] - half[i] - half[i + 1])
    return at


def _table(figure: Figure, who: str, total: str) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    apart = list(dict.fromkeys(label for row in figure.rows for label in (row.skipped or {})))
    head = (who, *(option.label for option in figure.options), total, *apart)
    return head, tuple(_table_row(row, figure.options, apart) for row in figure.rows)


def _table_row(row: Row, options: tuple[Option, ...], apart: list[str]) -> tuple[str, ...]:
    if row.counts is None:
        return (row.label, *("–" for _ in options), "–", *("–" for _ in apart))
    given: Iterable[str] = (str(row.counts.get(option.key, 0)) for option in options)
    skipped = row.skipped or {}
    return (row.label, *given, str(row.n), *(str(skipped.get(label, 0)) for label in apart))
