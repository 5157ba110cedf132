"""Reading lists of courses, as their lecturer, or a librarian, makes them; a removed list can be brought back for 30 days."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max

from lumbung.accounts.models import User
from lumbung.catalogue.models import Record
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
from lumbung.kernel.places import exchanged, numbered
from lumbung.kernel.refusals import Refused
from lumbung.members.queries import folded
from lumbung.search.analysis import forms_of

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
        CourseItem.objects.bulk_update(numbered(order), ["position"])
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
    if order := exchanged(course.sections.all(), section, up=up):
        CourseSection.objects.bulk_update(order, ["position"])
        events.record(CourseChanged(course=course.pk, fields=["order"]), by=by)


@transaction.atomic
def move_reading(item: CourseItem, *, up: bool, by: User) -> None:
    """Let the reading change places with the one above or below it in its week; at the end nothing happens."""
    course = _locked(item.section.course)
    if order := exchanged(item.section.items.all(), item, up=up):
        CourseItem.objects.bulk_update(order, ["position"])
        events.record(CourseChanged(course=course.pk, fields=["order"]), by=by)


@transaction.atomic
def remove_reading(item: CourseItem, *, by: User) -> list[int]:
    """Take a reading off; the keys of its reserves. They wait for ``put_back`` until the night, in which ``end_reserves`` gives copies
    set apart for it back."""
    course = _locked(item.section.course)
    waiting = list(item.reserves.values_list("pk", flat=True))
    CourseItem.objects.filter(pk=item.pk).delete()
    events.record(CourseChanged(course=course.pk, fields=["readings"]), by=by)
    return waiting


@transaction.atomic
def put_back(section: CourseSection, *, reserves: Collection[int], by: User, **said: Any) -> CourseItem:
    """Add what was taken off just now again, ``said`` as in ``add_reading``, with those of its reserves that no night has ended."""
    item = add_reading(section, by=by, **said)
    Reserve.objects.filter(pk__in=reserves, reading=None).update(reading=item)
    return item


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
    """Take the list away; copies set apart for it are given back in the night, unless it was restored before."""
    course = _locked(course)
    if course.removed_at is None:
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


def _weight(required: bool) -> str:
    return CourseItem.Weights.REQUIRED if required else CourseItem.Weights.RECOMMENDED


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
    roots = (root for word in said.split() for root in forms_of(word).roots)
    course.search_text = "".join(f" {word}" for word in dict.fromkeys([*said.split(), *roots]))
