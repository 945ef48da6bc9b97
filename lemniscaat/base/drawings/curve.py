"""The curve under every drawing of the loop: Bernoulli's lemniscate, stretched by k, with threads beside it."""

import itertools
from dataclasses import dataclass
from math import cos, hypot, pi, sin

Point = tuple[float, float]

ACTIVITIES = ("inform", "mean", "direct", "account")

# Travelled with decreasing t, so that reading order (left to right, top to bottom) is walking order.
QUARTERS: dict[str, tuple[float, float]] = {
    "inform": (1.5 * pi, pi),
    "mean": (pi, 0.5 * pi),
    "direct": (0.5 * pi, 0.0),
    "account": (2.0 * pi, 1.5 * pi),
}
STEP = 1e-4


@dataclass(frozen=True)
class Curve:
    """A lemniscate of half-width `a`, stretched by `k`; `upright` swaps x and y (top loop first, for a phone)."""

    a: float
    k: float
    upright: bool = False

    def _flat(self, t: float) -> Point:
        below = 1 + sin(t) ** 2
        return self.a * cos(t) / below, -self.k * self.a * sin(t) * cos(t) / below

    def point(self, t: float, offset: float = 0.0) -> Point:
        """The point at `t`, moved `offset` along the normal; SVG axes, y down."""
        x, y = self._flat(t)
        if offset:
            before, after = self._flat(t - STEP), self._flat(t + STEP)
            dx, dy = after[0] - before[0], after[1] - before[1]
            length = hypot(dx, dy)
            x, y = x - offset * dy / length, y + offset * dx / length
        return (y, x) if self.upright else (x, y)

    def path(self, start: float, end: float, offset: float = 0.0, pieces: int = 7) -> str:
        """SVG path data from `start` to `end` as smooth cubic pieces (under 0.2 units from the true curve)."""
        step = (end - start) / pieces
        here = self.point(start, offset)
        parts = [f"M{_xy(here)}"]
        for i in range(pieces):
            t, u = start + i * step, start + (i + 1) * step
            there = self.point(u, offset)
            out, back = self._slope(t, offset), self._slope(u, offset)
            first = (here[0] + out[0] * step / 3, here[1] + out[1] * step / 3)
            second = (there[0] - back[0] * step / 3, there[1] - back[1] * step / 3)
            parts.append(f"C{_xy(first)} {_xy(second)} {_xy(there)}")
            here = there
        return "".join(parts)

    def _slope(self, t: float, offset: float) -> Point:
        before, after = self.point(t - STEP, offset), self.point(t + STEP, offset)
        return (after[0] - before[0]) / (2 * STEP), (after[1] - before[1]) / (2 * STEP)

    def quarter(self, activity: str, offset: float = 0.0) -> str:
        """Path data of the quarter that belongs to one core activity."""
        start, end = QUARTERS[activity]
        return self.path(start, end, offset)

    def whole(self) -> str:
        """Path data of the whole eight."""
        return self.path(1.5 * pi, -0.5 * pi, pieces=24)

    def spaced(self, count: int) -> tuple[Point, ...]:
        """`count` points equally far apart along the line, the first at the far left."""
        samples = 720
        turn = [self.point(pi + 2 * pi * i / samples) for i in range(samples + 1)]
        run = [0.0]
        for before, after in itertools.pairwise(turn):
            run.append(run[-1] + hypot(after[0] - before[0], after[1] - before[1]))
        found: list[Point] = []
        at = 0
        for i in range(count):
            goal = run[-1] * i / count
            while run[at + 1] < goal:
                at += 1
            share = (goal - run[at]) / (run[at + 1] - run[at])
            (x0, y0), (x1, y1) = turn[at], turn[at + 1]
            found.append((x0 + share * (x1 - x0), y0 + share * (y1 - y0)))
        return tuple(found)

    def extreme(self) -> Point:
        """Where a loop is highest: (x, y) of the lower right quarter, both positive."""
        x, y = self.a * 6**0.5 / 4, self.k * self.a * 2**0.5 / 4
        return (y, x) if self.upright else (x, y)


def short(value: float) -> str:
    """A number for an attribute: at most one decimal, never '-0'."""
    text = f"{value:.1f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _xy(point: Point) -> str:
    return f"{short(point[0])} {short(point[1])}"
