"""The small demo, loaded once for all tests of this room."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from lemniscaat.base import clock
from lemniscaat.demo.loading import play
from lemniscaat.demo.stage import Stage


@pytest.fixture(scope="package")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[Stage]:
    """Six schools as they stand today, rolled back at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield play(today=clock.today(), small=True)
        transaction.set_rollback(True)


@pytest.fixture
def stage(loaded: Stage, db: None) -> Stage:
    """The small demo; what a test changes is undone. Its tests are marked `django_db`."""
    return loaded
