"""EPUB 2 and 3 as they are found: the package, its reading order and contents, and the text of each part. Nothing in one is trusted."""

from lumbung.formats.epub.archive import Archive, Unreadable
from lumbung.formats.epub.publication import Defect, Heading, Part, Publication, package_path, plain_by_nature, publication_of
from lumbung.formats.epub.text import Stretch, stretches_of, text_of

__all__ = [
    "Archive",
    "Defect",
    "Heading",
    "Part",
    "Publication",
    "Stretch",
    "Unreadable",
    "package_path",
    "plain_by_nature",
    "publication_of",
    "stretches_of",
    "text_of",
]
