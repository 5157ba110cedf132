"""Noticing that the cluster lost the index or a part of it: by whoever asks and finds none, and by a look now and then."""

import logging
import time
from collections.abc import Callable

from lumbung.search.interface import NotReady

logger = logging.getLogger(__name__)

LOOK_EVERY = 2.0
"""Seconds between two looks: a worker wants to know several times a second, and the cluster shall not notice."""


class Presence:
    """Whether the cluster has the whole index, as of the last look. Any number of threads may ask."""

    def __init__(self, look: Callable[[], bool], name: str) -> None:
        self._look = look
        self._name = name
        self._is_there = True
        self._looks_at = 0.0

    def is_there(self) -> bool:
        """A cluster that does not answer has lost nothing since, as far as is known, and got nothing back."""
        if time.monotonic() >= self._looks_at:
            self._looks_at = time.monotonic() + LOOK_EVERY
            self._note(self._as_seen())
        return self._is_there

    def doubt(self) -> None:
        """Look again when next asked, because an index was missed, or made."""
        self._looks_at = 0.0

    def _as_seen(self) -> bool:
        try:
            return self._look()
        except NotReady:
            return self._is_there

    def _note(self, is_there: bool) -> None:
        if self._is_there and not is_there:
            logger.warning("the search cluster has no index %s, or not all of it; it is to be built anew", self._name)
        self._is_there = is_there
