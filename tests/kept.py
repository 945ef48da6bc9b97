"""The world of the tests, made once by every worker: each test gets the same rows and people of its own."""

import pickle
from datetime import date
from functools import cache

from django.db import connection, transaction

from lemniscaat.base import clock
from tests import cast

_ALWAYS_FULL = {"django_content_type", "auth_permission", "django_migrations"}


def world() -> cast.World:
    """De Brug and De Overkant as `cast.build` makes them.

    Rows are written again where nothing else stands in a database of SQLite; elsewhere, where ids and counters do
    not start anew with every test, all is built.
    """
    if connection.vendor != "sqlite" or _anything():
        return cast.build()
    if clock.today() not in _made:
        built = cast.build()
        _made[clock.today()] = (pickle.dumps(built), _as_sql())
        return built
    made, statements = _made[clock.today()]
    # one whole: halfway a row may name another that comes later
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
    again: cast.World = pickle.loads(made)
    return again


_made: dict[date, tuple[bytes, list[str]]] = {}


@cache
def _tables() -> list[str]:
    names = connection.introspection.django_table_names(only_existing=True, include_views=False)
    return sorted(set(names) - _ALWAYS_FULL)


def _anything() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + " OR ".join(f'EXISTS (SELECT 1 FROM "{one}")' for one in _tables()))
        return bool(cursor.fetchone()[0])


def _as_sql() -> list[str]:
    """What stands in the database, as statements that write it: one a table."""
    found = []
    with connection.cursor() as cursor:
        for table in _tables():
            cursor.execute(f'SELECT * FROM "{table}" LIMIT 0')
            names = [f'"{one[0]}"' for one in cursor.description]
            cursor.execute(
                f'SELECT {", ".join(f"quote({one})" for one in names)} FROM "{table}" ORDER BY rowid'
            )
            rows = ", ".join(f"({', '.join(row)})" for row in cursor.fetchall())
            if rows:
                found.append(f'INSERT INTO "{table}" ({", ".join(names)}) VALUES {rows}')
    return found
