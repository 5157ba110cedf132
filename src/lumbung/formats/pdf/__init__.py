"""PDF files of strangers: looked at, cut, joined and marked, in a process of their own that may take neither memory nor time without end.

``inspect cut join mark`` (``apart``) are what others call; ``work`` is what the other process does, with PDFium.
"""

from lumbung.formats.pdf.apart import Inspection, Mark, Unreadable, cut, inspect, join, mark

__all__ = ["Inspection", "Mark", "Unreadable", "cut", "inspect", "join", "mark"]
