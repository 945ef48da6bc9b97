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


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever touches the database is run on PostgreSQL as well: `-m db`. `once`: pages that take long to draw and
    ask the database nothing that others do not."""
    for item in items:
        if item.get_closest_marker("once"):
            continue
        fixtures = set(getattr(item, "fixturenames", ()))
        if item.get_closest_marker("django_db") or fixtures & {"db", "transactional_db", "world"}:
            item.add_marker(pytest.mark.db)
