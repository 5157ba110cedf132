"""Citing a work: APA (7th edition) in words, RIS and BibTeX for reference managers."""

from lumbung.formats.citation.apa import apa
from lumbung.formats.citation.bibtex import bibtex
from lumbung.formats.citation.ris import ris
from lumbung.formats.citation.work import Kind, Name, Work

__all__ = ["Kind", "Name", "Work", "apa", "bibtex", "ris"]
