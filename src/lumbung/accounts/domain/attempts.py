"""Where attempts to sign in are counted: Django's cache in a table of the database."""

import errno
import os
import shutil
from typing import Any

from django.conf import settings
from django.core.cache.backends.db import DatabaseCache

LEAST_ROOM = 1 << 20
"""Bytes without which nothing more is written."""


class Attempts(DatabaseCache):
    """Takes no failed write for a key that is there: on a full disk everybody would be told that they tried too often."""

    def add(self, key: Any, *given: Any, **named: Any) -> bool:
        """As Django's. Raises ``OSError`` (ENOSPC) where nothing was added and the data folder has no room."""
        added = bool(super().add(key, *given, **named))
        if not added and shutil.disk_usage(settings.DATA).free < LEAST_ROOM:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(settings.DATA))
        return added
