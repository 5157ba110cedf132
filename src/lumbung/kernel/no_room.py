"""Whether there was no room to keep something: the disk of the data is full, or that of the database server."""

import errno

from django.db import DatabaseError

FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
DISK_FULL = "53100"
"""As PostgreSQL tells it (SQLSTATE)."""
BY_THE_INDEX = ("(os error 28)", "StorageFull")
"""As Tantivy tells it, in the text of an error that may be any."""


def there_is_no_room(error: BaseException | None) -> bool:
    """Whether this error, or one that brought it about, says so."""
    while error is not None:
        if isinstance(error, OSError) and error.errno in FULL:
            return True
        if any(said in str(error) for said in BY_THE_INDEX):
            return True
        if getattr(error, "sqlstate", None) == DISK_FULL or (isinstance(error, DatabaseError) and "disk is full" in str(error)):
            return True
        error = error.__cause__ or error.__context__
    return False
