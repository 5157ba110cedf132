"""What happens in this part."""

from dataclasses import dataclass

from lumbung.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class IndexCompared(Event):
    """The index was compared with the database, and made right where it was ``missing`` records, had some too many (``extra``), or
    held them as they no longer are (``stale``)."""

    records: int
    missing: int
    extra: int
    stale: int


@dataclass(frozen=True, kw_only=True)
class CitationStyleAdded(Event):
    style: int


@dataclass(frozen=True, kw_only=True)
class CitationStyleRemoved(Event):
    style: int


@dataclass(frozen=True, kw_only=True)
class CitationStyleRestored(Event):
    style: int


@dataclass(frozen=True, kw_only=True)
class ListMade(Event):
    """Events of lists name the list alone: what somebody reads does not enter the journal."""

    personal_list: int


@dataclass(frozen=True, kw_only=True)
class ListChanged(Event):
    personal_list: int
    fields: list[str]


@dataclass(frozen=True, kw_only=True)
class ListShared(Event):
    personal_list: int


@dataclass(frozen=True, kw_only=True)
class ListUnshared(Event):
    personal_list: int


@dataclass(frozen=True, kw_only=True)
class ListMailed(Event):
    personal_list: int


@dataclass(frozen=True, kw_only=True)
class ListRemoved(Event):
    personal_list: int


@dataclass(frozen=True, kw_only=True)
class ListRestored(Event):
    personal_list: int


@dataclass(frozen=True, kw_only=True)
class RemovedListsForgotten(Event):
    """Lists, searches and courses removed long ago are gone for good."""

    count: int


@dataclass(frozen=True, kw_only=True)
class SearchSaved(Event):
    """Events of saved searches name the search alone: what somebody looks for does not enter the journal."""

    search: int


@dataclass(frozen=True, kw_only=True)
class SavedSearchChanged(Event):
    search: int
    fields: list[str]


@dataclass(frozen=True, kw_only=True)
class SavedSearchRemoved(Event):
    search: int


@dataclass(frozen=True, kw_only=True)
class SavedSearchRestored(Event):
    search: int


@dataclass(frozen=True, kw_only=True)
class AlertsStopped(Event):
    """Somebody followed the link in a digest and wants no more of them."""

    user: int


@dataclass(frozen=True, kw_only=True)
class CourseMade(Event):
    course: int


@dataclass(frozen=True, kw_only=True)
class CourseChanged(Event):
    course: int
    fields: list[str]


@dataclass(frozen=True, kw_only=True)
class CoursePublished(Event):
    course: int


@dataclass(frozen=True, kw_only=True)
class CourseWithdrawn(Event):
    """The list is no longer shown to students."""

    course: int


@dataclass(frozen=True, kw_only=True)
class CourseCopied(Event):
    course: int
    copied_from: int


@dataclass(frozen=True, kw_only=True)
class CourseRemoved(Event):
    course: int


@dataclass(frozen=True, kw_only=True)
class CourseRestored(Event):
    course: int


@dataclass(frozen=True, kw_only=True)
class ReserveAsked(Event):
    course: int
    reserve: int
    record: int
    copies: int


@dataclass(frozen=True, kw_only=True)
class ReserveGranted(Event):
    reserve: int
    items: list[int]


@dataclass(frozen=True, kw_only=True)
class ReserveDeclined(Event):
    reserve: int


@dataclass(frozen=True, kw_only=True)
class ReserveEnded(Event):
    reserve: int
    items: list[int]


@dataclass(frozen=True, kw_only=True)
class UnmetNeedDismissed(Event):
    """A librarian set aside what readers looked for in vain. The words themselves stay out of the journal."""

    need: int


@dataclass(frozen=True, kw_only=True)
class UnmetNeedsForgotten(Event):
    """``count`` daily counts of searches without results became too old to keep."""

    count: int


@dataclass(frozen=True, kw_only=True)
class CuratedListMade(Event):
    curated_list: int


@dataclass(frozen=True, kw_only=True)
class CuratedListChanged(Event):
    curated_list: int
    fields: list[str]


@dataclass(frozen=True, kw_only=True)
class CuratedListRemoved(Event):
    curated_list: int


@dataclass(frozen=True, kw_only=True)
class CuratedListRestored(Event):
    curated_list: int


@dataclass(frozen=True, kw_only=True)
class CuratedTitlePut(Event):
    curated_list: int
    record: int


@dataclass(frozen=True, kw_only=True)
class CuratedTitleNoted(Event):
    curated_list: int
    record: int


@dataclass(frozen=True, kw_only=True)
class CuratedTitleMoved(Event):
    curated_list: int
    record: int
    place: int


@dataclass(frozen=True, kw_only=True)
class CuratedTitleTaken(Event):
    curated_list: int
    record: int


@dataclass(frozen=True, kw_only=True)
class SuggestionsChosen(Event):
    """The member turned suggestions from their loans on (``wanted``) or off."""

    member: int
    wanted: bool


@dataclass(frozen=True, kw_only=True)
class PurposeChanged(Event):
    """What the library says of a purpose that readers come for; ``fields`` were changed."""

    purpose: str
    fields: list[str]
