"""Fixtures for all rooms."""

import pytest

from lemniscaat.base import clock
from tests import cast


@pytest.fixture
def world(db: None) -> cast.World:
    """De Brug and De Overkant."""
    return cast.build()


@pytest.fixture(autouse=True)
def _real_calendar() -> None:
    clock.move_to(0)
