"""What the public face reads."""

from lumbung.discovery.queries.rows import Copies, Row, rows_of
from lumbung.discovery.queries.searching import Facet, FacetValue, Results, search_records
from lumbung.discovery.queries.shelves import most_borrowed, new_titles, shelf_neighbours

__all__ = [
    "Copies",
    "Facet",
    "FacetValue",
    "Results",
    "Row",
    "most_borrowed",
    "new_titles",
    "rows_of",
    "search_records",
    "shelf_neighbours",
]
