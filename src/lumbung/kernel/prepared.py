"""A cursor of psycopg that has PostgreSQL parse and plan each statement once for a connection. The connection must allow it: Django's
``OPTIONS`` need a ``prepare_threshold``."""

from typing import Any

from django.db.backends.postgresql.base import ServerBindingCursor


class _Preparing(ServerBindingCursor):
    def execute(self, query: Any, params: Any = None, **options: Any) -> Any:
        parent: Any = super()
        return parent.execute(query, params, **{**options, "prepare": True})

    def _send_query_prepared(self, name: bytes, pgq: Any, **options: Any) -> None:
        self._query = pgq  # Django tells by it what was asked; psycopg forgets it for what is prepared already
        parent: Any = super()
        parent._send_query_prepared(name, pgq, **options)  # noqa: SLF001 -- of the same object


def preparing_cursor(connection: Any) -> Any:
    """Django's own cursor writes the values into each statement, so that PostgreSQL never meets the same one twice; this one does not.

    ``connection`` is psycopg's.
    """
    made: Any = _Preparing
    return made(connection)
