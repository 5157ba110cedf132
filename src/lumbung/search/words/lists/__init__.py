"""Lists of words, one file each; a line that begins with ``#`` is a comment. Where each comes from: its first lines."""

from collections.abc import Iterator
from pathlib import Path


def word_lines(name: str) -> Iterator[str]:
    """The lines of one list."""
    with (Path(__file__).parent / f"{name}.txt").open(encoding="utf-8") as file:
        for line in file:
            if line.strip() and not line.startswith("#"):
                yield line.strip()


def word_list(name: str) -> frozenset[str]:
    """The words of one list."""
    return frozenset(word for line in word_lines(name) for word in line.split())
