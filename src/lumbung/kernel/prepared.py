"""A cursor of psycopg that has PostgreSQL parse and plan each statement once for a connection."""

from typing import Any

from django.db.backends.postgresql.base import ServerBindingCursor


class _Preparing(ServerBindingCursor):
    def execute(self, query: Any, params: Any = None, **options: Any) -> Any:
        parent: Any = super()
        return parent.execute(query, params, **{**options, "prepare": True})


def preparing_cursor(connection: Any) -> Any:
    """Django's own cursor writes the values into each statement, so that PostgreSQL never meets the same one twice; this one does not.

    ``connection`` is psycopg's.
    """
    made: Any = _Preparing
    return made(connection)
