"""What the public face reads."""

from lumbung.discovery.queries.answering import AS_TYPED, Answer, answer
from lumbung.discovery.queries.facets import Bar, Facet, FacetValue, Histogram, every_value, histogram_of, with_297
from lumbung.discovery.queries.rows import Copies, Row, rows_of
from lumbung.discovery.queries.searching import Results, search_records
from lumbung.discovery.queries.shelves import most_borrowed, new_titles

__all__ = [
    "AS_TYPED",
    "Answer",
    "Bar",
    "Copies",
    "Facet",
    "FacetValue",
    "Histogram",
    "Results",
    "Row",
    "answer",
    "every_value",
    "histogram_of",
    "most_borrowed",
    "new_titles",
    "rows_of",
    "search_records",
    "with_297",
]
