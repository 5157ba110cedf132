"""Citing a work: CSL styles in words, RIS, BibTeX and CSL-JSON for reference managers."""

from lumbung.formats.citation.bibliography import STYLES, Entry, bibliography
from lumbung.formats.citation.bibtex import bibtex, bibtex_entries, bibtex_of_all
from lumbung.formats.citation.csl import csl_json, language_tag
from lumbung.formats.citation.reading import read_style
from lumbung.formats.citation.ris import ris
from lumbung.formats.citation.style import LARGEST_STYLE, Fault, Style
from lumbung.formats.citation.work import Kind, Name, Work, name_in

__all__ = [
    "LARGEST_STYLE",
    "STYLES",
    "Entry",
    "Fault",
    "Kind",
    "Name",
    "Style",
    "Work",
    "bibliography",
    "bibtex",
    "bibtex_entries",
    "bibtex_of_all",
    "csl_json",
    "language_tag",
    "name_in",
    "read_style",
    "ris",
]
