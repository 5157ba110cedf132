"""Z39.50 version 3 (ANSI/NISO Z39.50-1995, ISO 23950): what a client says, and what it hears. Bytes in, bytes out; no sockets.

Init, Search with type-1 queries (Bib-1), Present and Close.
"""

from lumbung.formats.z3950.answers import (
    Answer,
    Closed,
    Diagnostic,
    Found,
    Initialized,
    Presented,
    Received,
    read_answer,
)
from lumbung.formats.z3950.requests import Syntax, close, init, present, search
from lumbung.formats.z3950.rpn import And, Attributes, Or, Query, Term, Use, all_of, any_of

__all__ = [
    "And",
    "Answer",
    "Attributes",
    "Closed",
    "Diagnostic",
    "Found",
    "Initialized",
    "Or",
    "Presented",
    "Query",
    "Received",
    "Syntax",
    "Term",
    "Use",
    "all_of",
    "any_of",
    "close",
    "init",
    "present",
    "read_answer",
    "search",
]
