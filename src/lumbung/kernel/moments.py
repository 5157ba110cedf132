"""The order of readings among processes on several machines, whose clocks differ: told by the one database they share."""

import time

from django.db import connection


def moment() -> int:
    """The microsecond it is for the database; on SQLite, which is on this machine, for the machine."""
    if connection.vendor != "postgresql":
        return time.time_ns() // 1000
    with connection.cursor() as cursor:
        cursor.execute("SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint")
        [microseconds] = cursor.fetchone()
    return int(microseconds)
