"""What happens in this part."""

from lumbung.kernel.events import Event, event


@event
class IndexCompared(Event):
    """The index was compared with the database, and made right where it was ``missing`` records, had some too many (``extra``), or
    held them as they no longer are (``stale``)."""

    records: int
    missing: int
    extra: int
    stale: int


@event
class CitationStyleAdded(Event):
    style: int


@event
class CitationStyleRemoved(Event):
    style: int


@event
class CitationStyleRestored(Event):
    style: int


@event
class ListMade(Event):
    """Events of lists name the list alone: what somebody reads does not enter the journal."""

    personal_list: int


@event
class ListChanged(Event):
    personal_list: int
    fields: list[str]


@event
class ListShared(Event):
    personal_list: int


@event
class ListUnshared(Event):
    personal_list: int


@event
class ListMailed(Event):
    personal_list: int


@event
class ListRemoved(Event):
    personal_list: int


@event
class ListRestored(Event):
    personal_list: int


@event
class RemovedListsForgotten(Event):
    """Lists, searches and courses removed long ago are gone for good."""

    count: int


@event
class SearchSaved(Event):
    """Events of saved searches name the search alone: what somebody looks for does not enter the journal."""

    search: int


@event
class SavedSearchChanged(Event):
    search: int
    fields: list[str]


@event
class SavedSearchRemoved(Event):
    search: int


@event
class SavedSearchRestored(Event):
    search: int


@event
class AlertsStopped(Event):
    """Somebody followed the link in a digest and wants no more of them."""

    user: int


@event
class CourseMade(Event):
    course: int


@event
class CourseChanged(Event):
    course: int
    fields: list[str]


@event
class CoursePublished(Event):
    course: int


@event
class CourseWithdrawn(Event):
    """The list is no longer shown to students."""

    course: int


@event
class CourseCopied(Event):
    course: int
    copied_from: int


@event
class CourseRemoved(Event):
    course: int


@event
class CourseRestored(Event):
    course: int


@event
class ReserveAsked(Event):
    course: int
    reserve: int
    record: int
    copies: int


@event
class ReserveGranted(Event):
    reserve: int
    items: list[int]


@event
class ReserveDeclined(Event):
    reserve: int


@event
class ReserveEnded(Event):
    reserve: int
    items: list[int]


@event
class UnmetNeedDismissed(Event):
    """A librarian set aside what readers looked for in vain. The words themselves stay out of the journal."""

    need: int


@event
class UnmetNeedsForgotten(Event):
    """``count`` daily counts of searches without results became too old to keep."""

    count: int


@event
class CuratedListMade(Event):
    curated_list: int


@event
class CuratedListChanged(Event):
    curated_list: int
    fields: list[str]


@event
class CuratedListRemoved(Event):
    curated_list: int


@event
class CuratedListRestored(Event):
    curated_list: int


@event
class CuratedTitlePut(Event):
    curated_list: int
    record: int


@event
class CuratedTitleNoted(Event):
    curated_list: int
    record: int


@event
class CuratedTitleMoved(Event):
    curated_list: int
    record: int
    place: int


@event
class CuratedTitleTaken(Event):
    curated_list: int
    record: int


@event
class SuggestionsChosen(Event):
    """The member turned suggestions from their loans on (``wanted``) or off."""

    member: int
    wanted: bool


@event
class PurposeChanged(Event):
    """What the library says of a purpose that readers come for; ``fields`` were changed."""

    purpose: str
    fields: list[str]


@event
class NeedsSaid(Event):
    """The member wrote anew what they need. Events of interests and needs never say which."""

    member: int


@event
class LikelyInterestDeclined(Event):
    """The member does not want an interest that their loans or searches made likely; it is not proposed again."""

    member: int


@event
class LikelyInterestsForgotten(Event):
    """The member took their consent back: ``count`` interests that came from loans and searches are gone."""

    member: int
    count: int
