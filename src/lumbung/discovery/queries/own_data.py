"""Everything this part keeps of a person, as they may take it along (UU 27/2022: a copy of one's data)."""

from typing import Any

from lumbung.discovery.models import Course, CourseItem, ReaderNeeds, SavedSearch
from lumbung.discovery.queries.courses import courses_of
from lumbung.discovery.queries.interests import needs_of
from lumbung.discovery.queries.lists import lists_of
from lumbung.discovery.queries.saved_searches import saved_searches_of
from lumbung.discovery.queries.suggestions import wants_suggestions
from lumbung.members.queries import member_of


def everything_of(user: object) -> dict[str, Any]:
    """Lists, saved searches and interests, courses, needs, and whether suggestions are made; the number of statements does not grow."""
    member = member_of(user)
    lists = [
        {
            "name": kept.name,
            "note": kept.note,
            "made": kept.created_at,
            "titles": [{"title": each.title, "record": each.record_id, "note": each.note} for each in kept.titles.all()],
        }
        for kept in lists_of(user).prefetch_related("titles")
    ]
    return {
        "lists": lists,
        "saved_searches": [_search(each) for each in saved_searches_of(user)],
        "courses": [_course(each) for each in courses_of(user).prefetch_related("sections__items__reserves")],
        "suggestions": member is not None and wants_suggestions(member),
        "needs": _needs(needs_of(member)) if member is not None else {},
    }


def _search(saved: SavedSearch) -> dict[str, Any]:
    facts = {name: getattr(saved, name) for name in ("name", "source", "frequency")}
    return {**facts, "search": saved.address, "saved": saved.created_at}


def _needs(needs: ReaderNeeds) -> dict[str, Any]:
    return {"text": needs.text, "declined_interests": needs.declined}


def _course(course: Course) -> dict[str, Any]:
    facts = {name: getattr(course, name) for name in ("code", "name", "term", "ends_on", "students", "note")}
    sections = [
        {"name": section.name, "readings": [_reading(item) for item in section.items.all()]}
        for section in course.sections.all()
    ]
    return {**facts, "made": course.created_at, "published": course.published_at, "sections": sections}


def _reading(item: CourseItem) -> dict[str, Any]:
    facts = {name: getattr(item, name) for name in ("citation", "weight", "chapter", "note")}
    asked = [{"copies": each.copies, "until": each.until, "state": each.state} for each in item.reserves.all()]
    return {**facts, "record": item.record_id, "reserves": asked}
