"""Holdings statements of MARC 21 (852 with 841–844, 853–855, 863–868): read, told as ISO 10324 and ANSI/NISO Z39.71 tell them, written.

``holdings_in`` reads them out of a record, ``lines_of`` and ``standard_lines_of`` tell one, ``written`` and ``replaced`` put one back.
"""

from lumbung.formats.holdings.parts import Captions, Holding, Kind, Part, Point, Run
from lumbung.formats.holdings.reading import TAGS, designations_in, holdings_in
from lumbung.formats.holdings.telling import Words, lines_of, run_told, standard_lines_of
from lumbung.formats.holdings.writing import behind_holdings, embedded, removed, replaced

__all__ = [
    "TAGS",
    "Captions",
    "Holding",
    "Kind",
    "Part",
    "Point",
    "Run",
    "Words",
    "behind_holdings",
    "designations_in",
    "embedded",
    "holdings_in",
    "lines_of",
    "removed",
    "replaced",
    "run_told",
    "standard_lines_of",
]
