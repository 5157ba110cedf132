"""Reading lists of courses: who may make them, what becomes of copies set apart, in how many statements."""

from datetime import timedelta

import pytest
from django.test import Client

from lumbung.circulation.tests.factories import ItemFactory, ItemTypeFactory
from lumbung.discovery.domain import courses, reserves
from lumbung.discovery.models import Course, Reserve
from lumbung.discovery.queries.courses import asked_reserves, shortages
from lumbung.discovery.tests.shelf import catalogued
from lumbung.kernel import clock
from lumbung.kernel.refusals import Refused
from lumbung.members.models import Category
from lumbung.members.queries import categories
from lumbung.organization.queries import library

pytestmark = pytest.mark.django_db


@pytest.fixture
def lecturer(ani):
    Category.objects.filter(pk=ani.category_id).update(teaches=True)
    categories.forget()
    return ani.user


@pytest.fixture
def course(lecturer) -> Course:
    made = courses.make_course(code="MET 101", name="Metodologi", students=40, by=lecturer)
    courses.add_section(made, "Minggu 1", by=lecturer)
    return made


def _reading(course: Course, lecturer, title="Metode penelitian"):
    return courses.add_reading(course.sections.get(), record=catalogued(title, "Sugiyono", year="2019").pk, by=lecturer)


def _until():
    return clock.today(library().zone) + timedelta(days=10)


def test_only_who_teaches_makes_lists(ani) -> None:
    with pytest.raises(Refused) as refused:
        courses.make_course(code="A", name="B", by=ani.user)
    assert refused.value.codes == ["may_not_teach"]


def test_an_empty_list_is_not_published_and_a_title_must_be_there(course: Course, lecturer) -> None:
    with pytest.raises(Refused) as empty:
        courses.publish(course, by=lecturer)
    assert empty.value.codes == ["nothing_to_read"]
    with pytest.raises(Refused) as unknown:
        courses.add_reading(course.sections.get(), record=999_999, by=lecturer)
    assert unknown.value.codes == ["no_such_title"]
    with pytest.raises(Refused) as nothing:
        courses.add_reading(course.sections.get(), citation=" ", by=lecturer)
    assert nothing.value.codes == ["reading_empty"]


def test_a_copy_for_the_next_term_is_a_draft_with_the_same_readings(course: Course, lecturer) -> None:
    _reading(course, lecturer)
    courses.publish(course, by=lecturer)
    copy = courses.copy_course(course, term="Genap", ends_on=None, by=lecturer)
    assert (copy.term, copy.published_at) == ("Genap", None)
    assert [item.citation for item in copy.sections.get().items.all()] == ["Metode penelitian"]
    assert course.sections.get().items.count() == 1


def test_a_reading_taken_off_gives_its_copies_back(course: Course, lecturer, sari) -> None:
    reading = _reading(course, lecturer)
    item, usual = (made := ItemFactory(record=reading.record)), made.item_type
    asked = reserves.ask_reserve(reading, copies=1, until=_until(), by=lecturer)
    reserves.grant_reserve(asked, [item], item_type=ItemTypeFactory(code="tandon"), location=None, by=sari)
    courses.remove_reading(reading, by=lecturer)
    item.refresh_from_db()
    assert item.item_type == usual


def test_copies_are_given_back_the_night_after_their_lecturers_account_went(course: Course, lecturer, sari) -> None:
    reading = _reading(course, lecturer)
    item, usual = (made := ItemFactory(record=reading.record)), made.item_type
    asked = reserves.ask_reserve(reading, copies=1, until=_until(), by=lecturer)
    reserves.grant_reserve(asked, [item], item_type=ItemTypeFactory(code="tandon"), location=None, by=sari)
    lecturer.delete()
    assert list(asked_reserves()) == []
    assert reserves.end_reserves() == 1
    item.refresh_from_db()
    assert item.item_type == usual
    assert reserves.end_reserves() == 0
    assert not Reserve.objects.exists()


def test_a_request_for_a_removed_list_waits_for_nobody(course: Course, lecturer) -> None:
    asked = reserves.ask_reserve(_reading(course, lecturer), copies=1, until=_until(), by=lecturer)
    assert list(asked_reserves()) == [asked]
    courses.remove_course(course, by=lecturer)
    assert list(asked_reserves()) == []
    courses.restore_course(course, by=lecturer)
    assert list(asked_reserves()) == [asked]


def test_what_somebody_changed_at_a_copy_meanwhile_stays(course: Course, lecturer, sari) -> None:
    reading = _reading(course, lecturer)
    item = ItemFactory(record=reading.record)
    asked = reserves.ask_reserve(reading, copies=1, until=_until(), by=lecturer)
    reserves.grant_reserve(asked, [item], item_type=ItemTypeFactory(code="tandon"), location=None, by=sari)
    item.item_type = other = ItemTypeFactory(code="lain")
    item.save()
    reserves.end_reserve(asked, by=sari)
    item.refresh_from_db()
    assert item.item_type == other


def test_requests_that_make_no_sense_are_refused(course: Course, lecturer, sari) -> None:
    reading = _reading(course, lecturer)
    words = courses.add_reading(course.sections.get(), citation="Creswell", by=lecturer)
    with pytest.raises(Refused) as wrong:
        reserves.ask_reserve(words, copies=0, until=_until() - timedelta(days=20), by=lecturer)
    assert wrong.value.codes == ["not_in_catalogue", "reserve_count_wrong", "reserve_in_the_past"]
    asked = reserves.ask_reserve(reading, copies=1, until=_until(), by=lecturer)
    with pytest.raises(Refused) as twice:
        reserves.ask_reserve(reading, copies=1, until=_until(), by=lecturer)
    assert twice.value.codes == ["reserve_open"]
    with pytest.raises(Refused) as other:
        reserves.grant_reserve(asked, [ItemFactory()], item_type=ItemTypeFactory(code="t"), location=None, by=sari)
    assert other.value.codes == ["item_of_another_title"]
    reserves.decline_reserve(asked, answer="Hanya satu eksemplar", by=sari)
    assert Reserve.objects.get().state == "declined"


def test_a_copy_is_set_apart_for_one_course(course: Course, lecturer, sari) -> None:
    reading = _reading(course, lecturer)
    again = courses.add_reading(course.sections.get(), record=reading.record_id, by=lecturer)
    item, kind = ItemFactory(record=reading.record), ItemTypeFactory(code="tandon")
    first, second = (reserves.ask_reserve(each, copies=1, until=_until(), by=lecturer) for each in (reading, again))
    reserves.grant_reserve(first, [item], item_type=kind, location=None, by=sari)
    with pytest.raises(Refused) as refused:
        reserves.grant_reserve(second, [item], item_type=kind, location=None, by=sari)
    assert refused.value.codes == ["copy_set_apart"]


def test_required_readings_with_too_few_copies_are_told(course: Course, lecturer) -> None:
    reading = _reading(course, lecturer)
    courses.publish(course, by=lecturer)
    for _ in range(3):
        ItemFactory(record=reading.record)
    assert [(each.item, each.total) for each in shortages()] == [(reading, 3)]
    copy = ItemFactory(record=reading.record)
    assert shortages() == []
    copy.delete()
    courses.change_course(course, ends_on=clock.today(library().zone) - timedelta(days=1), by=lecturer)
    assert shortages() == []


def test_a_removed_list_comes_back(signed_in, course: Course, lecturer) -> None:
    client = signed_in(Client(), lecturer)
    answer = client.post(f"/my/courses/{course.pk}", {"_method": "DELETE"}, follow=True)
    assert "Daftar bacaan “Metodologi” dihapus." in answer.text
    client.post(f"/my/courses/{course.pk}/restoration")
    assert Course.objects.get().removed_at is None


@pytest.mark.parametrize("size", [1, 3])
def test_a_list_is_read_in_a_fixed_number_of_statements(
    client: Client, course, lecturer, size, django_assert_num_queries
) -> None:
    for number in range(size):
        _reading(course, lecturer, title=f"Judul {number}")
    courses.publish(course, by=lecturer)
    client.get(f"/courses/{course.pk}")
    with django_assert_num_queries(8):
        client.get(f"/courses/{course.pk}")


def test_a_lecturer_takes_her_courses_along(signed_in, course: Course, lecturer) -> None:
    reading = _reading(course, lecturer)
    reserves.ask_reserve(reading, copies=2, until=_until(), by=lecturer)
    [kept] = signed_in(Client(), lecturer).get("/my/lists.json").json()["courses"]
    [section] = kept["sections"]
    [said] = section["readings"]
    assert (kept["code"], kept["students"], section["name"]) == ("MET 101", 40, "Minggu 1")
    assert (said["citation"], said["record"], said["weight"]) == ("Metode penelitian", reading.record_id, "required")
    assert said["reserves"] == [{"copies": 2, "until": _until().isoformat(), "state": "asked"}]


def test_an_address_that_names_no_row_is_no_error(signed_in, lecturer) -> None:
    client = signed_in(Client(), lecturer)
    for page in ("/my/lists", "/my/courses", "/my/searches"):
        for removed in ("x", "9" * 19, "9" * 5_000):
            assert client.get(f"{page}?removed={removed}").status_code == 200
