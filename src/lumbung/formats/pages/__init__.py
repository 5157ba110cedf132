"""What stands on the pages of a PDF or an EPUB: words, places of lines, pictures. Files are opened in a process of its own, so that a bad
one can bring down nothing else."""

from lumbung.formats.pages.press import Press, Unprintable
from lumbung.formats.pages.shapes import Line, PageWords, Title

__all__ = ["Line", "PageWords", "Press", "Title", "Unprintable"]
