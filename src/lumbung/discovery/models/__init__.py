"""The rows of this part: what readers browse by, what is counted, and what librarians choose."""

from lumbung.discovery.models.browse import BrowsedTitle, Heading, ShelfPlace
from lumbung.discovery.models.curated_list import CuratedList, CuratedTitle
from lumbung.discovery.models.interest import BorrowedTogether, DailyInterest, Ranked, SuggestionChoice

__all__ = [
    "BorrowedTogether",
    "BrowsedTitle",
    "CuratedList",
    "CuratedTitle",
    "DailyInterest",
    "Heading",
    "Ranked",
    "ShelfPlace",
    "SuggestionChoice",
]
