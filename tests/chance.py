"""How often a property is tried: a few times in the run of every day, all of them in the deep one."""

import os
from collections.abc import Sequence
from typing import Any

import pytest

DEEP = "LEMNISCAAT_DEEP" in os.environ


def tries(every_day: int, deep: int) -> int:
    """The number of examples for `settings(max_examples=...)`."""
    return deep if DEEP else every_day


def some(of: Sequence[Any]) -> list[Any]:
    """Every third of these for `parametrize`; the others are for the deep run."""
    return [one if n % 3 == 0 else pytest.param(one, marks=pytest.mark.deep) for n, one in enumerate(of)]
