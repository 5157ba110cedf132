"""What librarians say about words."""

from lumbung.search.models.word_group import WordChange, WordGroup

__all__ = ["WordChange", "WordGroup"]
