"""The index follows what librarians say about words: titles with these words are indexed anew, the others are left alone."""

from collections.abc import Iterable, Sequence

from lumbung.discovery.domain.indexing import CHUNK, rebuild, refresh
from lumbung.search.documents import REACH, Query
from lumbung.search.domain.words import follow
from lumbung.search.models import WordChange
from lumbung.search.queries import find

PAGE = 500


def follow_word_changes() -> None:
    """Index anew what the changes concern that the index does not follow yet, and note how far it got. Raises ``NotReady``."""
    changes = list(WordChange.objects.filter(followed=False).order_by("pk"))
    if not changes:
        return
    keys = _titles_with(_words_of(changes))
    if keys is None:
        total = rebuild(lambda done, titles: _note(changes, done, titles))
    else:
        total = len(keys)
        _note(changes, 0, total)
        for first in range(0, total, CHUNK):
            refresh(keys[first : first + CHUNK])
            _note(changes, min(first + CHUNK, total), total)
    for change in changes:
        follow(change, done=total, titles=total, finished=True)


def _note(changes: Iterable[WordChange], done: int, titles: int) -> None:
    for change in changes:
        follow(change, done=done, titles=titles)


def _words_of(changes: Iterable[WordChange]) -> list[str]:
    held = [each for change in changes for each in (change.before, change.after) if each]
    return sorted({term.casefold() for each in held for term in each["terms"]})


def _titles_with(words: Sequence[str]) -> list[int] | None:
    """The records that any of the words stands in, in any form; None when they are more than can be listed."""
    keys: set[int] = set()
    for word in words:
        page, pages = 1, 1
        while page <= pages:
            found = find(Query(words=word, page=page, size=PAGE, facets=(), hidden=True))
            if found.total > REACH:
                return None
            if not found.relaxed:
                keys.update(found.keys)
            page, pages = page + 1, found.pages
    return sorted(keys)
