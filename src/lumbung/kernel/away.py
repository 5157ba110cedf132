"""Whether the database server does not answer: nobody's fault in the program, and over when it is back."""

from django.db import DatabaseError, InterfaceError, connection

RETRY_AFTER = "5"
"""Seconds after which to ask again."""


def database_is_away(error: BaseException | None) -> bool:
    """Whether this error, seen where it was raised, is that the server cannot be reached or cut the connection."""
    if not isinstance(error, DatabaseError | InterfaceError) or connection.vendor != "postgresql":
        return False
    return connection.connection is None or bool(connection.connection.closed)
