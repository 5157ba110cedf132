"""The family a word belongs to."""

from lumbung.search.words.lists import word_list

FUNCTION_WORDS = word_list("function_words")
"""Words that say little about what a text is about. They are never left out, they only weigh little."""


def is_function_word(word: str) -> bool:
    return word in FUNCTION_WORDS


def root_of(word: str) -> str:
    """The root that stands for the family of one folded word."""
    return word
