"""Physical anonymity: where a row lies, and when it was put there, tells nothing.

Rows have random keys, but a database keeps more than rows: pages in the order of writing, a log of what was
written together, on PostgreSQL the number of the transaction in every row (`xmin`) and its place (`ctid`).
Called when a round stops and before every backup. What one submit changes between two copies of the files, made
while a round is open, cannot be hidden; docs/privacy.md says so.
"""

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

# Every table in which asking or answering leaves a trace.
TRACED = (
    "collection.Segment",
    "collection.Invitation",
    "collection.Response",
    "collection.Draft",
    "collection.Receipt",
    "collection.Block",
    "collection.FreeText",
    "collection.NoMail",
    "people.OutgoingMail",
)


class InsideTransactionError(Exception):
    """Files can only be rewritten when nothing is half-written."""


def scrub_all(using: str = DEFAULT_DB_ALIAS) -> None:
    """Rewrite what is on the disk in the order of its keys. Raises InsideTransactionError in a transaction."""
    connection = connections[using]
    if connection.in_atomic_block:
        raise InsideTransactionError
    if connection.vendor == "sqlite":
        _rewrite_file(connection)
    elif connection.vendor == "postgresql":
        _rewrite_tables(connection, using)


def scrub_after_commit(using: str = DEFAULT_DB_ALIAS) -> None:
    """`scrub_all` as soon as the running transaction is in; where that fails it is logged, and done before a backup."""
    transaction.on_commit(lambda: scrub_all(using), using=using, robust=True)


def _rewrite_file(connection: BaseDatabaseWrapper) -> None:
    """Every table and index anew, in key order, without free pages; then no log of how it came about."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _rewrite_tables(connection: BaseDatabaseWrapper, using: str) -> None:
    """One transaction touches every row, so that all carry the same number; then each table is put in key order."""
    quote = connection.ops.quote_name
    tables = [apps.get_model(name)._meta for name in TRACED]
    with transaction.atomic(using=using), connection.cursor() as cursor:
        for table in tables:
            key = quote(table.pk.column)
            cursor.execute(f"UPDATE {quote(table.db_table)} SET {key} = {key}")
    with connection.cursor() as cursor:
        for table in tables:
            # a transaction of its own: only then the rows from before the touch can be left behind
            cursor.execute(f"CLUSTER {quote(table.db_table)} USING {quote(table.db_table + '_pkey')}")
