"""Reading lists of courses, as their lecturer, or a librarian, makes them; a removed list can be brought back for 30 days."""

from datetime import date
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Max, QuerySet

from lumbung.accounts.models import User
from lumbung.catalogue.models import Record
from lumbung.discovery.domain.reserves import end_reserve
from lumbung.discovery.events import (
    CourseChanged,
    CourseCopied,
    CourseMade,
    CoursePublished,
    CourseRemoved,
    CourseRestored,
    CourseWithdrawn,
)
from lumbung.discovery.models import Course, CourseItem, CourseSection, Reserve
from lumbung.discovery.queries.courses import may_teach
from lumbung.discovery.refusals import (
    CODE_EMPTY,
    COURSE_FULL,
    MAY_NOT_TEACH,
    NAME_EMPTY,
    NO_SUCH_TITLE,
    NOTHING_TO_READ,
    READING_EMPTY,
    SECTION_NOT_EMPTY,
)
from lumbung.kernel import clock, events
from lumbung.kernel.refusals import Refused
from lumbung.members.queries import folded

MOST_READINGS = 300
FACTS = frozenset({"code", "name", "term", "ends_on", "students", "note"})


@transaction.atomic
def make_course(*, by: User, **facts: Any) -> Course:
    """A new list, seen by its lecturer only until it is published. Refuses who does not teach, and no code or name."""
    if not may_teach(by):
        raise Refused(MAY_NOT_TEACH())
    course = Course(lecturer=by, created_at=clock.now())
    _write(course, facts)
    course.save(force_insert=True)
    events.record(CourseMade(course=course.pk), by=by)
    return course


@transaction.atomic
def change_course(course: Course, *, by: User, **facts: Any) -> Course:
    """Change the named facts; refuses as ``make_course`` does."""
    course = _locked(course)
    _write(course, facts)
    course.save()
    events.record(CourseChanged(course=course.pk, fields=sorted(facts)), by=by)
    return course


@transaction.atomic
def add_section(course: Course, name: str, *, by: User) -> CourseSection:
    """A week or topic, at the end."""
    course = _locked(course)
    if not (name := " ".join(name.split())[:160]):
        raise Refused(NAME_EMPTY())
    last = course.sections.aggregate(last=Max("position"))["last"] or 0
    section = CourseSection.objects.create(course=course, name=name, position=last + 1)
    events.record(CourseChanged(course=course.pk, fields=["sections"]), by=by)
    return section


@transaction.atomic
def remove_section(section: CourseSection, *, by: User) -> None:
    """Take an empty week away. Refuses one with readings: they are taken off one by one, each to be put back."""
    course = _locked(section.course)
    if section.items.exists():
        raise Refused(SECTION_NOT_EMPTY(section=section.name))
    course.sections.filter(pk=section.pk).delete()
    events.record(CourseChanged(course=course.pk, fields=["sections"]), by=by)


@transaction.atomic
def add_reading(
    section: CourseSection,
    *,
    by: User,
    record: int | None = None,
    citation: str = "",
    required: bool = True,
    chapter: str = "",
    note: str = "",
    place: int | None = None,
) -> CourseItem:
    """A title of the catalogue, or what the lecturer writes of one it has not, at the end or, counted from nought, at its ``place``.
    Refuses neither, a title that is not there, too many."""
    course = _locked(section.course)
    title = Record.objects.shown_to_public().filter(pk=record).only("title").first() if record else None
    citation = title.title if title else citation.strip()
    reasons = [NO_SUCH_TITLE(title=record)] if record and title is None else [] if citation else [READING_EMPTY()]
    if CourseItem.objects.filter(section__course=course).count() >= MOST_READINGS:
        reasons.append(COURSE_FULL(most=MOST_READINGS))
    if reasons:
        raise Refused(reasons)
    last = section.items.aggregate(last=Max("position"))["last"] or 0
    item = CourseItem.objects.create(
        section=section,
        record=title,
        citation=citation,
        weight=_weight(required),
        chapter=chapter.strip()[:120],
        note=note.strip()[:400],
        position=last + 1,
    )
    if place is not None:
        order = list(section.items.exclude(pk=item.pk))
        order.insert(place, item)
        CourseItem.objects.bulk_update(_numbered(order), ["position"])
    events.record(CourseChanged(course=course.pk, fields=["readings"]), by=by)
    return item


@transaction.atomic
def change_reading(item: CourseItem, *, by: User, required: bool, chapter: str, note: str) -> None:
    """Say anew whether it must be read, what of it, and what students should know."""
    course = _locked(item.section.course)
    CourseItem.objects.filter(pk=item.pk).update(
        weight=_weight(required), chapter=chapter.strip()[:120], note=note.strip()[:400]
    )
    events.record(CourseChanged(course=course.pk, fields=["readings"]), by=by)


@transaction.atomic
def move_section(section: CourseSection, *, up: bool, by: User) -> None:
    """Let the week change places with the one before or after it; at the end nothing happens."""
    course = _locked(section.course)
    if order := _exchanged(list(course.sections.all()), section.pk, up=up):
        CourseSection.objects.bulk_update(order, ["position"])
        events.record(CourseChanged(course=course.pk, fields=["order"]), by=by)


@transaction.atomic
def move_reading(item: CourseItem, *, up: bool, by: User) -> None:
    """Let the reading change places with the one above or below it in its week; at the end nothing happens."""
    course = _locked(item.section.course)
    if order := _exchanged(list(item.section.items.all()), item.pk, up=up):
        CourseItem.objects.bulk_update(order, ["position"])
        events.record(CourseChanged(course=course.pk, fields=["order"]), by=by)


@transaction.atomic
def remove_reading(item: CourseItem, *, by: User) -> None:
    """Take a reading off; copies set apart for it are given back."""
    course = _locked(item.section.course)
    _end_reserves(CourseItem.objects.filter(pk=item.pk), by=by)
    CourseItem.objects.filter(pk=item.pk).delete()
    events.record(CourseChanged(course=course.pk, fields=["readings"]), by=by)


@transaction.atomic
def publish(course: Course, *, by: User) -> Course:
    """Show the list to students. Refuses an empty one."""
    course = _locked(course)
    if not CourseItem.objects.filter(section__course=course).exists():
        raise Refused(NOTHING_TO_READ())
    if course.published_at is None:
        course.published_at = clock.now()
        course.save(update_fields=["published_at"])
        events.record(CoursePublished(course=course.pk), by=by)
    return course


@transaction.atomic
def withdraw(course: Course, *, by: User) -> Course:
    """Show the list to students no longer."""
    course = _locked(course)
    if course.published_at is not None:
        course.published_at = None
        course.save(update_fields=["published_at"])
        events.record(CourseWithdrawn(course=course.pk), by=by)
    return course


@transaction.atomic
def copy_course(course: Course, *, term: str, ends_on: date | None, by: User) -> Course:
    """The same list for another term: a draft, without reserves."""
    facts = {name: getattr(course, name) for name in FACTS} | {"term": term, "ends_on": ends_on}
    copy = make_course(by=by, **facts)
    for section in course.sections.prefetch_related("items"):
        items = list(section.items.all())
        section.pk, section.course = None, copy
        section._state.adding = True  # noqa: SLF001 -- Django's documented way to copy a row
        section.save()
        for item in items:
            item.pk, item.section = None, section
        CourseItem.objects.bulk_create(items)
    events.record(CourseCopied(course=copy.pk, copied_from=course.pk), by=by)
    return copy


@transaction.atomic
def remove_course(course: Course, *, by: User) -> None:
    """Take the list away; copies set apart for it are given back."""
    course = _locked(course)
    if course.removed_at is None:
        _end_reserves(CourseItem.objects.filter(section__course=course), by=by)
        course.removed_at = clock.now()
        course.save(update_fields=["removed_at"])
        events.record(CourseRemoved(course=course.pk), by=by)


@transaction.atomic
def restore_course(course: Course, *, by: User) -> None:
    course = _locked(course)
    if course.removed_at is not None:
        course.removed_at = None
        course.save(update_fields=["removed_at"])
        events.record(CourseRestored(course=course.pk), by=by)


Placed = TypeVar("Placed", CourseSection, CourseItem)


def _exchanged(rows: list[Placed], key: int, *, up: bool) -> list[Placed]:
    """The rows, numbered anew, after that one changed places with its neighbour; empty where it has none."""
    at = next((index for index, each in enumerate(rows) if each.pk == key), None)
    if at is None or not 0 <= (other := at - 1 if up else at + 1) < len(rows):
        return []
    rows[at], rows[other] = rows[other], rows[at]
    return _numbered(rows)


def _numbered(rows: list[Placed]) -> list[Placed]:
    for position, each in enumerate(rows, 1):
        each.position = position
    return rows


def _weight(required: bool) -> str:
    return CourseItem.Weights.REQUIRED if required else CourseItem.Weights.RECOMMENDED


def _end_reserves(items: "QuerySet[CourseItem]", *, by: User) -> None:
    for reserve in Reserve.objects.filter(reading__in=items, state=Reserve.States.GRANTED):
        end_reserve(reserve, by=by)


def _locked(course: Course) -> Course:
    return Course.objects.select_for_update(of=("self",)).select_related("lecturer").get(pk=course.pk)


def _write(course: Course, facts: dict[str, Any]) -> None:
    if unknown := facts.keys() - FACTS:
        raise TypeError(f"a course has no {', '.join(sorted(unknown))}")
    for name, value in facts.items():
        setattr(course, name, " ".join(value.split()) if name in {"code", "name", "term"} else value)
    reasons = [refusal() for refusal, value in ((CODE_EMPTY, course.code), (NAME_EMPTY, course.name)) if not value]
    if reasons:
        raise Refused(reasons)
    said = folded(f"{course.code} {course.name} {course.term} {course.lecturer.name} {course.code.replace(' ', '')}")
    course.search_text = "".join(f" {word}" for word in said.split())
