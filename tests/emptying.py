"""How the database is emptied after a test that committed."""

from functools import cache

from django.apps import apps
from django.db import connection, transaction


def empty_what_was_filled(_test: object) -> None:
    """Empty the tables that have rows.

    Django empties every table, and writes down the name of every model anew, which nothing here reads: slower than most tests.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"LOCK TABLE {', '.join(_tables())}")  # whoever still writes is waited for
            cursor.execute("SET LOCAL session_replication_role = replica")  # all goes, so nobody need ask what refers to what
        has_rows = "SELECT '{0}' WHERE EXISTS (SELECT 1 FROM {0})"
        cursor.execute(" UNION ALL ".join(map(has_rows.format, _tables())))
        for (name,) in cursor.fetchall():
            cursor.execute(f"DELETE FROM {name}")  # noqa: S608 -- our own name


@cache
def _tables() -> tuple[str, ...]:
    kinds = apps.get_models(include_auto_created=True)
    return tuple(sorted({kind._meta.db_table for kind in kinds if kind._meta.managed and not kind._meta.proxy}))
