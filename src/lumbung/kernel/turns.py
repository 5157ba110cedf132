"""Taking turns: for work that reads what it is going to add to, where there is no row to lock yet."""

from django.db import connection


def wait_for_turn(name: str) -> None:
    """To be called in a transaction: wait until every other transaction that took a turn of this name has ended.

    On SQLite one transaction writes at a time anyway.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("a turn lasts as long as a transaction, and there is none")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
