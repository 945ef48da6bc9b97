"""A key drawn at random that is also the row's place in the file, so that rows lie in no order of arrival."""

from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper


class RandomKeyField(models.BigIntegerField):  # type: ignore[type-arg]  # the field is generic only for mypy
    """A 62-bit number given by the program, never by the database.

    On SQLite the column is called `integer`: only then is it the key under which the row is stored. With any
    other name SQLite adds a hidden counter of its own, and that counter tells who came first.
    """

    def db_type(self, connection: BaseDatabaseWrapper) -> str | None:
        if connection.vendor == "sqlite":
            return "integer"
        return super().db_type(connection)

    def cast_db_type(self, connection: BaseDatabaseWrapper) -> Any:
        return self.db_type(connection)
