"""Lists of words, one file each: words with blanks between, ``#`` begins a comment."""

from pathlib import Path


def word_list(name: str) -> frozenset[str]:
    """The words of one list."""
    text = (Path(__file__).parent / f"{name}.txt").read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())
