"""OAI-PMH 2.0 (https://www.openarchives.org/OAI/openarchivesprotocol.html): what is asked, and how the answer is written.

Moments are whole seconds since 1970, in UTC, as everywhere in the protocol.
"""

from lumbung.formats.oai_pmh.asking import Asked, Code, Problem, Wrong, read_question
from lumbung.formats.oai_pmh.moments import as_moment, as_text
from lumbung.formats.oai_pmh.writing import Header, answer, errors, header, resumption, tag

__all__ = [
    "Asked",
    "Code",
    "Header",
    "Problem",
    "Wrong",
    "answer",
    "as_moment",
    "as_text",
    "errors",
    "header",
    "read_question",
    "resumption",
    "tag",
]
