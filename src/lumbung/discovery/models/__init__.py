"""The rows of this part: what readers browse by and keep, what is counted, what librarians and lecturers choose."""

from lumbung.discovery.models.browse import BrowsedTitle, Heading, ShelfPlace
from lumbung.discovery.models.citation_style import CitationStyle
from lumbung.discovery.models.course import Course, CourseItem, CourseSection
from lumbung.discovery.models.curated_list import CuratedList, CuratedTitle
from lumbung.discovery.models.interest import BorrowedTogether, DailyInterest, Ranked, SuggestionChoice
from lumbung.discovery.models.personal_list import ListedTitle, PersonalList
from lumbung.discovery.models.purpose import Purpose, Purposes
from lumbung.discovery.models.reader_needs import ReaderNeeds
from lumbung.discovery.models.reserve import Reserve, ReservedCopy
from lumbung.discovery.models.saved_search import SavedSearch, ToldTitle
from lumbung.discovery.models.unmet_need import UnmetNeed

__all__ = [
    "BorrowedTogether",
    "BrowsedTitle",
    "CitationStyle",
    "Course",
    "CourseItem",
    "CourseSection",
    "CuratedList",
    "CuratedTitle",
    "DailyInterest",
    "Heading",
    "ListedTitle",
    "PersonalList",
    "Purpose",
    "Purposes",
    "Ranked",
    "ReaderNeeds",
    "Reserve",
    "ReservedCopy",
    "SavedSearch",
    "ShelfPlace",
    "SuggestionChoice",
    "ToldTitle",
    "UnmetNeed",
]
