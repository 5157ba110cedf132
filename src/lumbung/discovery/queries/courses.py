"""Reading lists of courses: who may make them, who sees them, and which readings have too few copies."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce
from operator import and_, or_

from django.db.models import Prefetch, Q, QuerySet

from lumbung.catalogue.models import Item
from lumbung.circulation.queries import Availability, availability_of
from lumbung.digital.models import File
from lumbung.digital.queries import Asker, offered_to, there_are_files
from lumbung.digital.queries.reading import reader_kind
from lumbung.discovery.models import Course, CourseItem, CourseSection, Reserve
from lumbung.discovery.permissions import COURSES
from lumbung.discovery.queries.rows import Row, rows_of
from lumbung.kernel import clock
from lumbung.kernel.drawn import Drawn, Told
from lumbung.kernel.permissions import may
from lumbung.kernel.sources import Hit
from lumbung.members.queries import categories, folded, lineage, member_of
from lumbung.organization.queries import library
from lumbung.search.analysis import forms_of
from lumbung.search.expansion import said_otherwise

STUDENTS_PER_COPY = 10
"""A required reading has too few copies when more students than this must share one."""
MOST_READ, MOST_SHORT = 5_000, 100


@dataclass(frozen=True)
class Reading:
    """One reading as a page shows it; ``row`` is None for what the catalogue has not, or no longer shows, ``file`` the first digital
    copy that the reader may have, if there is one."""

    item: CourseItem
    row: Row | None
    reserve: Reserve | None
    file: File | None = None


@dataclass(frozen=True)
class Week:
    section: CourseSection
    readings: list[Reading]


@dataclass(frozen=True)
class Shortage:
    """A required reading with too few copies for the students of its course."""

    item: CourseItem
    course: Course
    copies: Availability | None

    @property
    def total(self) -> int:
        return self.copies.total if self.copies else 0

    @property
    def missing(self) -> int:
        """How many students are without a copy; one at least reads what nobody counted."""
        return (self.course.students or 1) - self.total * STUDENTS_PER_COPY


def may_teach(user: object) -> bool:
    """Whether the user makes reading lists: members of a category that teaches, and staff who may."""
    if may(user, COURSES):
        return True
    member = member_of(user)
    teaching = {each.pk for each in categories() if each.teaches}
    return member is not None and not teaching.isdisjoint(lineage(member.category_id))


def courses_of(user: object) -> "QuerySet[Course]":
    """The lists this lecturer makes, the latest first."""
    key = getattr(user, "pk", None)
    return Course.objects.filter(lecturer=key, removed_at=None) if key else Course.objects.none()


def may_change(course: Course, user: object) -> bool:
    """Whether it is the user's own list, or any to a librarian who may."""
    return course.lecturer_id == getattr(user, "pk", None) or may(user, COURSES)


def courses_to_change(user: object) -> "QuerySet[Course]":
    """The lists that ``may_change`` says yes to."""
    changed = Course.objects.filter(removed_at=None) if may(user, COURSES) else courses_of(user)
    return changed.select_related("lecturer")


def published_courses(words: str = "") -> "QuerySet[Course]":
    """The lists students see; of which each word begins a word of code, name, term or lecturer."""
    found = Course.objects.filter(removed_at=None, published_at__isnull=False).select_related("lecturer")
    for word in folded(words).split():
        found = found.filter(search_text__contains=f" {word}")
    return found.order_by("code", "name", "-created_at")


def find_courses(words: str, limit: int) -> list[Hit]:
    """Published lists for the search box: each word, its root, or what may be said for it begins words of the list."""
    ways = _ways_to_say(words)
    begun = {
        f"word{at}_{way}_{place}": f" {word}"
        for at, each in enumerate(ways)
        for way, said in enumerate(each)
        for place, word in enumerate(said)
    }
    found = _with_words(tuple(tuple(map(len, each)) for each in ways), limit).ask(**begun) if begun else ()
    return [
        Hit(str(course), f"/courses/{course.pk}", " · ".join(filter(None, [course.lecturer.name, course.term])))
        for course in found
    ]


def _ways_to_say(words: str) -> list[list[list[str]]]:
    """For each word the ways to say it, each the words that must all be there."""
    asked = folded(words).split()
    others = said_otherwise(asked)
    return [
        [
            [word],
            *([root] for root in forms_of(word).roots if root != word),
            *(said for text in also if (said := folded(text).split())),
        ]
        for word, also in zip(asked, others, strict=True)
    ]


@lru_cache
def _with_words(ways: tuple[tuple[int, ...], ...], limit: int) -> Drawn[Course]:
    """Of so many words, each said in so many ways of so many words; every search asks it."""
    wanted = [
        reduce(
            or_, (reduce(and_, (_has(f"word{at}_{way}_{place}") for place in range(length))) for way, length in enumerate(each))
        )
        for at, each in enumerate(ways)
    ]
    return Drawn(lambda: published_courses().filter(*wanted)[:limit])


def _has(word: str) -> Q:
    return Q(search_text__contains=Told(word))


def weeks_of(course: Course, user: object, asker: Asker | None = None) -> list[Week]:
    """The list, section by section, with availability, and with what ``asker`` may read at once, in a number of statements that does
    not grow."""
    open_ones = Reserve.objects.filter(state__in=[Reserve.States.ASKED, Reserve.States.GRANTED, Reserve.States.DECLINED])
    items = CourseItem.objects.prefetch_related(Prefetch("reserves", open_ones.order_by("asked_at"), to_attr="open_reserves"))
    sections = list(course.sections.prefetch_related(Prefetch("items", items)))
    keys = [item.record_id for section in sections for item in section.items.all() if item.record_id]
    rows = {row.pk: row for row in rows_of(list(dict.fromkeys(keys)), user)}
    files = _digital_copies(list(rows), asker) if asker and there_are_files() else {}
    return [
        Week(
            section,
            [
                Reading(item, rows.get(item.record_id or 0), _last(item), files.get(item.record_id or 0))
                for item in section.items.all()
            ],
        )
        for section in sections
    ]


def _digital_copies(keys: Sequence[int], asker: Asker) -> dict[int, File]:
    """The first file of each of these titles that the asker may read, or read after borrowing."""
    files: dict[int, File] = {}
    for file in offered_to(asker).filter(record__in=keys).order_by("sequence", "pk"):
        if reader_kind(file.media_type):
            files.setdefault(file.record_id, file)
    return files


def shortages() -> list[Shortage]:
    """Required readings of the courses of this term that the library has too few copies of, the most pressing first.

    The courses published last are looked at, as far as MOST_READ of their readings; MOST_SHORT are told.
    """
    running = Q(section__course__ends_on=None) | Q(section__course__ends_on__gte=clock.today(library().zone))
    published = Q(section__course__removed_at=None, section__course__published_at__isnull=False)
    counted = Q(section__course__students__gt=0) | Q(record=None)
    items = CourseItem.objects.filter(running, published, counted, weight=CourseItem.Weights.REQUIRED)
    wanted = list(items.select_related("section__course").order_by("-section__course__published_at", "pk")[:MOST_READ])
    copies = availability_of({item.record_id for item in wanted if item.record_id})
    found = [Shortage(item, item.section.course, copies.get(item.record_id or 0)) for item in wanted]
    return sorted((each for each in found if each.missing > 0), key=lambda each: (-each.missing, each.item.pk))[:MOST_SHORT]


def asked_reserves() -> "QuerySet[Reserve]":
    """Requests and running reserves, those that wait first."""
    running = Reserve.objects.filter(
        state__in=[Reserve.States.ASKED, Reserve.States.GRANTED],
        reading__section__course__removed_at=None,
        reading__isnull=False,
    )
    return running.select_related("reading__section__course__lecturer", "reading__record").order_by("state", "asked_at")


def copies_for(reserve: Reserve) -> "QuerySet[Item]":
    """The copies that may be set apart: those of the title that the library still has."""
    record = reserve.reading.record_id if reserve.reading else None
    gone = [Item.Statuses.LOST, Item.Statuses.WITHDRAWN]
    return Item.objects.holding([record]).exclude(status__in=gone).order_by("barcode") if record else Item.objects.none()


def _last(item: CourseItem) -> Reserve | None:
    reserves: list[Reserve] = item.open_reserves  # type: ignore[attr-defined]
    return reserves[-1] if reserves else None
