"""Changing the index. One process writes at a time; Tantivy's lock file, freed by the system when a process ends, sees to it."""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import tantivy

from lumbung.kernel import memory
from lumbung.search.documents import Document, Written
from lumbung.search.embedded.faults import is_for_good, is_of_the_disk
from lumbung.search.embedded.schema import schema, written
from lumbung.search.embedded.store import Store
from lumbung.search.interface import NotReady

HEAP = 48_000_000
LEAST_TO_BUILD, MOST_TO_BUILD, A_PART = 4 * HEAP, 9 * HEAP, 8
"""An index is built in as few segments as this much memory allows, an eighth of the machine's: those need not be merged, and are asked
faster. It is taken up only as documents come."""


class Writer:
    """The right to write, taken with the first change and given back by ``rest``."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._folder: Path | None = None
        self._writer: tantivy.IndexWriter | None = None
        self._highest = 0
        """No document of a higher key was ever added: nothing is looked for to be taken out before one is."""

    def index(self, documents: Iterable[Document | Written]) -> None:
        with self._writing() as writer:
            for document in documents:
                if document.key <= self._highest:
                    writer.delete_documents_by_term("key", document.key)
                self._highest = max(self._highest, document.key)
                writer.add_json(_body(document))

    def remove(self, keys: Collection[int]) -> None:
        with self._writing() as writer:
            for key in keys:
                writer.delete_documents_by_term("key", key)

    def commit(self) -> None:
        if self._writer is not None:
            with self._writing() as writer:
                writer.commit()

    def rest(self) -> None:
        """Give the right back, once merges under way are done."""
        if self._writer is not None:
            self._writer.wait_merging_threads()
        self._writer = self._folder = None

    @contextmanager
    def _writing(self) -> Iterator[tantivy.IndexWriter]:
        """Where the disk fails, what was not committed is lost and the next change opens a writer anew: one that met a fault is dead."""
        try:
            yield self._open()
        except BaseException as error:
            if not is_of_the_disk(error):
                raise
            if is_for_good(error) and self._folder:
                self._store.note_spoilt(self._folder.name)
            self._writer = self._folder = None
            raise NotReady(f"the index cannot be written now: {error}") from error

    def _open(self) -> tantivy.IndexWriter:
        """The open writer; a new one after a rebuild put another folder in use."""
        folder = self._store.current()
        if folder is None or not self._store.is_of_this_version(folder):
            raise NotReady("there is no index of this version to write to")
        if self._writer is None or folder != self._folder:
            try:
                held = tantivy.Index.open(str(folder))
                self._writer, self._folder = held.writer(HEAP, 1), folder
            except (ValueError, OSError) as error:
                raise NotReady(f"the index cannot be written now: {error}") from error
            self._highest = highest_key(held.searcher())
        return self._writer


class Builder:
    """Fills a new folder."""

    def __init__(self, folder: Path) -> None:
        heap = min(MOST_TO_BUILD, max(LEAST_TO_BUILD, memory.installed() // A_PART))
        self._writer = tantivy.Index(schema(), str(folder)).writer(heap, 1)

    def add(self, documents: Iterable[Document | Written]) -> None:
        for document in documents:
            self._writer.add_json(_body(document))

    def abandon(self) -> None:
        """Stop, so that nothing is written to the folder any more."""
        self._writer.rollback()
        self._writer.wait_merging_threads()

    def finish(self) -> None:
        self._writer.commit()
        self._writer.wait_merging_threads()


def highest_key(searcher: tantivy.Searcher) -> int:
    """The highest key in the index; 0 when it is empty."""
    answer = searcher.search(tantivy.Query.all_query(), limit=1, count=False, order_by_field="key")
    return int(answer.hits[0][0]) if answer.hits else 0


def _body(document: Document | Written) -> str:
    body = (document if isinstance(document, Written) else written(document)).body
    return body if isinstance(body, str) else body.decode()
