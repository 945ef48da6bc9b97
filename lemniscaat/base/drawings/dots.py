"""A scale with images: everybody is one dot in a stack, and the span stands below in words."""

from dataclasses import dataclass
from textwrap import wrap

from lemniscaat.base.drawings.curve import short

WIDTH, MARGIN = 1152, 125.1
PHONE_WIDTH, PHONE_MARGIN = 338, 22.0
STACK = 380.0
WIDEST = 1 / 3
"""How much of the axis one step may take: two positions stand near each other, not each at an edge."""
NAMED_BELOW = 5
"""Up to so many images have their name under the axis; with more a number, and the names in a list."""
LETTERS = 19
"""Letters on one line under an image when there are four; with more images, fewer."""
MOST_LINES = 4
FIRST_LINE, LINE = 42, 32


@dataclass(frozen=True)
class Image:
    """What a position on the scale looks like, in a few words."""

    name: str
    under: str = ""


@dataclass(frozen=True)
class Stack:
    """`counts` for the positions, images and the places between them (seven for four images)."""

    images: tuple[Image, ...]
    counts: tuple[int, ...]
    span: str = ""

    @property
    def listed(self) -> bool:
        """Whether there are too many images for names under the axis, so that a list names them at every width."""
        return len(self.images) > NAMED_BELOW


@dataclass(frozen=True)
class Tick:
    path: str
    x: str
    image: Image | None
    number: int
    lines: tuple[tuple[str, int], ...] = ()
    """The name in pieces that fit between its neighbours, each with its y; none where a number stands."""
    under_y: int = 72


@dataclass(frozen=True)
class Drawing:
    kind: str
    view_box: str
    dots: tuple[tuple[str, str], ...]
    radius: str
    axis: str
    ticks: tuple[Tick, ...]
    bracket: str
    span_x: str
    span_y: int
    span: str


def draw(stack: Stack) -> tuple[Drawing, Drawing]:
    """The drawing for a wide screen and the one for a phone (there the images are a numbered list below)."""
    return _drawing(stack, "wide"), _drawing(stack, "phone")


def _drawing(stack: Stack, kind: str) -> Drawing:
    wide = kind == "wide"
    width, margin = (WIDTH, MARGIN) if wide else (PHONE_WIDTH, PHONE_MARGIN)
    high = max([*stack.counts, 1])
    pitch = min(42.0 if wide else 20.0, (STACK if wide else 200.0) / high)
    radius = pitch * 18 / 42
    places = _places(len(stack.counts), width, margin)
    ticks = tuple(_tick(stack, i, x, named=wide and not stack.listed) for i, x in enumerate(places))
    dots = tuple(
        (short(x), short(-radius - 6 - pitch * i))
        for x, count in zip(places, stack.counts, strict=True)
        for i in range(count)
    )
    above = pitch * max(high, 2) + 16
    more = max((len(tick.lines) - 1 for tick in ticks if tick.lines), default=0) * LINE
    below = (156 if stack.span else 84) + more if wide else (90 if stack.span else 40)
    taken = [x for x, count in zip(places, stack.counts, strict=True) if count]
    bracket, middle, span_y = "", 0.0, 142 + more if wide else 80
    if stack.span and len(taken) > 1:
        y = 112 + more if wide else 58
        bracket = f"M{short(taken[0])} {y - 12}V{y}H{short(taken[-1])}V{y - 12}"
        middle = (taken[0] + taken[-1]) / 2
    return Drawing(
        kind=kind,
        view_box=f"0 {short(-above)} {width} {short(above + below)}",
        dots=dots,
        radius=short(radius),
        axis=f"M{short(places[0])} 0H{short(places[-1])}" if places else "",
        ticks=ticks,
        bracket=bracket,
        span_x=short(middle),
        span_y=span_y,
        span=stack.span if bracket else "",
    )


def _places(count: int, width: int, margin: float) -> list[float]:
    """Where the positions stand: evenly over the axis, a few of them close together in its middle."""
    room = width - 2 * margin
    step = min(room / max(count - 1, 1), room * WIDEST)
    left = (width - step * (count - 1)) / 2
    return [left + step * i for i in range(count)]


def _tick(stack: Stack, i: int, x: float, *, named: bool) -> Tick:
    every = (len(stack.counts) - 1) // max(len(stack.images) - 1, 1) or 1
    at_image = i % every == 0 and i // every < len(stack.images)
    image = stack.images[i // every] if at_image else None
    path = f"M{short(x)} -5V{'12' if at_image else '6'}"
    if image is None or not named:
        return Tick(path, short(x), image, i // every + 1)
    pieces = _pieces(image.name, LETTERS * 4 // max(len(stack.images), 4))
    lines = tuple((words, FIRST_LINE + LINE * place) for place, words in enumerate(pieces))
    return Tick(path, short(x), image, i // every + 1, lines, lines[-1][1] + 30 if lines else 72)


def _pieces(name: str, letters: int) -> list[str]:
    """A name in lines of about so many letters, broken between words."""
    return wrap(name, letters, break_long_words=False, max_lines=MOST_LINES, placeholder="…")
