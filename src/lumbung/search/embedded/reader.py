"""Asking the index. It is looked at anew whenever a commit or a rebuild changed it, so answers lag no commit."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import tantivy

from lumbung.search.embedded.faults import is_for_good, is_of_the_disk, is_panic
from lumbung.search.embedded.store import Store
from lumbung.search.interface import Condition, NotReady

LEAST_AGE = 3600.0
"""Seconds that an index serves before a panic has it built anew: should a question bring one about, it must not do so each time."""

Generation = tuple[str, int, int]
"""Tells the states of the index apart: the folder, and what changes with each commit."""


@dataclass(frozen=True)
class View:
    """The index as of one commit; ``generation`` differs between any two."""

    index: tantivy.Index
    searcher: tantivy.Searcher
    generation: Generation

    def count(self, query: tantivy.Query) -> int:
        """How many documents the query matches, without asking how well."""
        counted: Any = self.searcher.search(tantivy.Query.const_score_query(query, 0.0), limit=1, count=True)
        return int(counted.count)


class Reader:
    """Any number of threads may ask one reader."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._view: View | None = None

    def view(self) -> View:
        """The index as it is now. Raises ``NotReady`` when there is none fit for use."""
        generation = self._generation()
        view = self._view
        if view is not None and view.generation == generation:
            return view
        with self._lock:
            return self._look_again()

    def condition(self) -> Condition:
        folder = self._store.current()
        if folder is None:
            return Condition.MISSING
        if not self._store.is_of_this_version(folder):
            return Condition.OUTDATED
        if self._store.is_spoilt(folder):
            return Condition.CORRUPT
        try:
            self.view()
        except NotReady:
            return Condition.CORRUPT
        return Condition.READY

    def _look_again(self) -> View:
        generation = self._generation()
        old = self._view
        try:
            if old is not None and old.generation[0] == generation[0]:
                old.index.reload()
                index = old.index
            else:
                index = tantivy.Index.open(str(self._store.root / generation[0]))
                index.config_reader("manual")
                index.reload()
            self._view = View(index, index.searcher(), generation)
        except (ValueError, OSError) as error:
            raise self.not_ready(error, generation[0]) from error
        return self._view

    @contextmanager
    def asking(self) -> Iterator[None]:
        """What is asked within meets ``NotReady`` where the disk fails, even if the index could be opened."""
        try:
            yield
        except BaseException as error:
            if not is_of_the_disk(error):
                raise
            raise self.not_ready(error) from error

    def not_ready(self, error: BaseException, folder: str | None = None) -> NotReady:
        """What to raise for a fault of the disk, noted where only building anew helps."""
        name = folder or (self._view.generation[0] if self._view else "")
        if is_for_good(error) or (is_panic(error) and self._store.is_older_than(LEAST_AGE)):
            self._store.note_spoilt(name)
        return NotReady(str(error))

    def _generation(self) -> Generation:
        folder = self._store.current()
        if folder is None or not self._store.is_of_this_version(folder):
            raise NotReady("there is no index of this version")
        try:
            stat = (folder / "meta.json").stat()
        except OSError as error:
            raise NotReady(str(error)) from error
        return folder.name, stat.st_mtime_ns, stat.st_ino
