"""Changing the index: documents go in bulk, no more than the cluster takes; an older reading never overwrites a newer one."""

import random
import time
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from lumbung.search.documents import Document, Written
from lumbung.search.fields import facet_field, fields_of
from lumbung.search.interface import NotReady
from lumbung.search.opensearch import vocabulary
from lumbung.search.opensearch.client import BUSY, LONGEST_WAIT, Client, line_of

MOST_BYTES = 4_000_000
MOST_ACTIONS = 1_000
TRIES = 8
FIRST_WAIT = 0.2
SLOW = 120.0
NEWER_THERE, NOT_THERE = 409, 404
OK = 300

Action = bytes
"""One or two lines of a bulk request."""


class Writer:
    """Writes to one index or alias; ``must_be_alias`` so that no index is made by a slip."""

    def __init__(self, client: Client, name: str, *, must_be_alias: bool) -> None:
        self._client = client
        self._path = (
            f"{name}/_bulk?require_alias={'true' if must_be_alias else 'false'}&filter_path=errors,items.*.status,items.*.error"
        )
        self._name = name

    def index(self, documents: Iterable[Document | Written]) -> None:
        self._send_all(_action(document) for document in documents)

    def remove(self, keys: Collection[int], read_at: int) -> None:
        self._send_all(line_of({"delete": _place(key, read_at)}) for key in keys)

    def refresh(self) -> None:
        """Make what was sent seen by whoever asks next."""
        self._client.ask("POST", f"{self._name}/_refresh", patience=SLOW)

    def _send_all(self, actions: Iterable[Action]) -> None:
        for stretch in _stretches(actions):
            self._send(stretch)

    def _send(self, actions: list[Action]) -> None:
        """Send until all are taken; what the cluster has no room for now comes again, later and later."""
        wait = FIRST_WAIT
        for _ in range(TRIES):
            actions = self._not_taken(actions)
            if not actions:
                return
            time.sleep(wait * random.uniform(0.5, 1.0))  # noqa: S311 -- so that not all come again at once
            wait = min(LONGEST_WAIT, wait * 2)
        raise NotReady(f"the search cluster did not take {len(actions)} documents")

    def _not_taken(self, actions: list[Action]) -> list[Action]:
        answer = self._client.ask_lines(self._path, b"".join(actions), patience=SLOW)
        if not answer["errors"]:
            return []
        again = []
        for action, item in zip(actions, answer["items"], strict=True):
            [outcome] = item.values()
            if outcome["status"] in BUSY:
                again.append(action)
            elif outcome["status"] >= OK and outcome["status"] not in {NEWER_THERE, NOT_THERE}:
                raise NotReady(f"the search cluster declines a document: {outcome.get('error')}")
            elif outcome["status"] == NOT_THERE and "error" in outcome:
                raise NotReady(f"there is no index to write to: {outcome['error']}")
        return again


def put(document: Document) -> Action:
    """What asks the cluster to take the document in."""
    fields: dict[str, Any] = fields_of(document)
    fields[vocabulary.FIELD] = vocabulary.words_in(fields)
    fields |= {facet_field(name): list(values) for name, values in document.facets.items()}
    return line_of({"index": _place(document.key, document.read_at)}) + line_of(fields)


def _action(document: Document | Written) -> Action:
    body = document.body if isinstance(document, Written) else put(document)
    return body if isinstance(body, bytes) else body.encode()


def _place(key: int, read_at: int) -> dict[str, Any]:
    return {"_id": str(key), "version": read_at, "version_type": "external_gte"}


def _stretches(actions: Iterable[Action]) -> Iterator[list[Action]]:
    stretch: list[Action] = []
    size = 0
    for action in actions:
        if stretch and (size + len(action) > MOST_BYTES or len(stretch) == MOST_ACTIONS):
            yield stretch
            stretch, size = [], 0
        stretch.append(action)
        size += len(action)
    if stretch:
        yield stretch
