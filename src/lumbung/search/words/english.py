"""English words: the Snowball stemmer, for words that Indonesian does not know."""

import threading

from Stemmer import Stemmer

SHORTEST = 4

_own = threading.local()


def root_of(word: str) -> str:
    """The stem of one folded word in small letters: libraries and library, learning and learned have one."""
    if len(word) < SHORTEST:
        return word
    stemmer: Stemmer | None = getattr(_own, "stemmer", None)
    if stemmer is None:  # one for each thread: a stemmer must not be used by two at once
        stemmer = _own.stemmer = Stemmer("english", 0)
    stem = str(stemmer.stemWord(word))
    return f"{stem[:-1]}y" if stem != word and stem.endswith("i") else stem  # babi, mari and studi are Indonesian, baby is not
