"""Compounds that are written as one word and as two: *budidaya* and *budi daya*, *kerjasama* and *kerja sama*."""

from functools import lru_cache

from lumbung.search.words.indonesian import roots

SHORTEST, SHORTEST_PART = 7, 3


@lru_cache(maxsize=8192)
def parted(word: str) -> tuple[tuple[str, str], ...]:
    """The pairs of Indonesian roots that the word may be written as; most words have none."""
    if len(word) < SHORTEST or not word.isascii() or not word.isalpha():
        return ()
    known = roots()
    ends = range(SHORTEST_PART, len(word) - SHORTEST_PART + 1)
    return tuple((word[:end], word[end:]) for end in ends if word[:end] in known and word[end:] in known)
