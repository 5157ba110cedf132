"""Whether a text has what somebody asked for. What a word is, and which words are as good, ``search`` tells at start-up: so every part
that is looked through in the one box meets a question as titles do."""

from collections.abc import Callable
from typing import Protocol

Meets = Callable[[str], bool]
"""Whether a text has every word that was asked for."""


class Reader(Protocol):
    """Reads a question; ``of_names``: the texts are names of people, which are spelt in many ways."""

    def __call__(self, words: str, *, of_names: bool = False) -> Meets: ...


_readers: list[Reader] = []


def read_by(reader: Reader) -> None:
    """Let this read what is asked."""
    _readers[:] = [reader]


def asked_for(words: str, *, of_names: bool = False) -> Meets:
    """What was asked for, to be held against texts. A question without a word is met by none."""
    return _readers[0](words, of_names=of_names)
