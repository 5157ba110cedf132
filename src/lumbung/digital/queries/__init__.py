"""What others may ask: the files of titles, who may read them (``access``), what is lent, what is read."""

from lumbung.digital.queries.access import Access, Asker, WayOn, access_to
from lumbung.digital.queries.conditions import terms
from lumbung.digital.queries.files import files_of, files_of_records, there_are_files, versions_of
from lumbung.digital.queries.inside import PageHit, find_inside
from lumbung.digital.queries.lending import (
    LendingState,
    lending_state,
    lending_states,
    open_e_holds,
    open_e_loans,
    reading_until,
)
from lumbung.digital.queries.offered import offered_to, reads_or_may_borrow
from lumbung.digital.queries.reading import being_read

__all__ = [
    "Access",
    "Asker",
    "LendingState",
    "PageHit",
    "WayOn",
    "access_to",
    "being_read",
    "files_of",
    "files_of_records",
    "find_inside",
    "lending_state",
    "lending_states",
    "offered_to",
    "open_e_holds",
    "open_e_loans",
    "reading_until",
    "reads_or_may_borrow",
    "terms",
    "there_are_files",
    "versions_of",
]
