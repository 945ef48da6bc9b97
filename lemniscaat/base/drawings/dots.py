"""A scale with images: everybody is one dot in a stack, and the span stands below in words."""

from dataclasses import dataclass

from lemniscaat.base.drawings.curve import short

LEFT, STEP, WIDTH = 125.0, 150.3, 1152
STACK = 380.0


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


@dataclass(frozen=True)
class Tick:
    path: str
    x: str
    image: Image | None
    number: int


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
    span: str


def draw(stack: Stack) -> tuple[Drawing, Drawing]:
    """The drawing for a wide screen and the one for a phone (there the images are a numbered list below)."""
    return _drawing(stack, "wide", LEFT, STEP), _drawing(stack, "phone", 22.0, 49.0)


def _drawing(stack: Stack, kind: str, left: float, step: float) -> Drawing:
    wide = kind == "wide"
    high = max([*stack.counts, 1])
    pitch = min(42.0 if wide else 20.0, (STACK if wide else 200.0) / high)
    radius = pitch * 18 / 42
    places = [left + step * i for i in range(len(stack.counts))]
    dots = tuple(
        (short(x), short(-radius - 6 - pitch * i))
        for x, count in zip(places, stack.counts, strict=True)
        for i in range(count)
    )
    above = pitch * max(high, 4) + 16
    below = (156 if stack.span else 84) if wide else (90 if stack.span else 40)
    width = WIDTH if wide else 338
    taken = [x for x, count in zip(places, stack.counts, strict=True) if count]
    bracket, middle = "", 0.0
    if stack.span and len(taken) > 1:
        y = 112 if wide else 58
        bracket = f"M{short(taken[0])} {y - 12}V{y}H{short(taken[-1])}V{y - 12}"
        middle = (taken[0] + taken[-1]) / 2
    return Drawing(
        kind=kind,
        view_box=f"0 {short(-above)} {width} {short(above + below)}",
        dots=dots,
        radius=short(radius),
        axis=f"M{short(places[0])} 0H{short(places[-1])}" if places else "",
        ticks=tuple(_tick(stack, i, x) for i, x in enumerate(places)),
        bracket=bracket,
        span_x=short(middle),
        span=stack.span if bracket else "",
    )


def _tick(stack: Stack, i: int, x: float) -> Tick:
    every = (len(stack.counts) - 1) // max(len(stack.images) - 1, 1) or 1
    at_image = i % every == 0 and i // every < len(stack.images)
    image = stack.images[i // every] if at_image else None
    path = f"M{short(x)} -5V{'12' if at_image else '6'}"
    return Tick(path, short(x), image, i // every + 1)
