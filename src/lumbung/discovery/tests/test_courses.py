"""Reading lists of courses: who may make them, what becomes of copies set apart, in how many statements."""

from datetime import timedelta

import pytest
from django.test import Client

from lumbung.circulation.tests.factories import ItemFactory, ItemTypeFactory
from lumbung.discovery.domain import courses, reserves
from lumbung.discovery.models import Course, Reserve
from lumbung.discovery.queries.courses import asked_reserves, find_courses, shortages
from lumbung.discovery.tests.shelf import catalogued
from lumbung.kernel import clock
from lumbung.kernel.refusals import Refused
from lumbung.members.models import Category
from lumbung.members.queries import categories
from lumbung.organization.queries import library
from lumbung.search.domain.words import bring_in_built_in

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


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("met", 1),
        ("metodologi 101", 1),
        ("logi", 0),
        ("met 102", 0),
        ("%", 0),
        ("m_t", 0),
        ("", 0),
        (" ".join(["met"] * 40), 1),
    ],
)
def test_a_published_list_is_found_by_the_beginnings_of_its_words(course: Course, lecturer, words: str, found: int) -> None:
    _reading(course, lecturer)
    assert find_courses(words, 5) == []
    courses.publish(course, by=lecturer)
    assert [hit.url for hit in find_courses(words, 5)] == [f"/courses/{course.pk}"] * found


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("meneliti", "Metode penelitian"),
        ("SDM", "Manajemen sumber daya manusia"),
        ("sumber daya manusia", "SDM lanjutan"),
        ("machine learning", "Pembelajaran mesin"),
    ],
)
def test_a_published_list_is_found_by_family_and_by_what_may_be_said_for_it(
    client, course: Course, lecturer, indexed, words: str, name: str
) -> None:
    bring_in_built_in()
    indexed()
    courses.change_course(course, name=name, by=lecturer)
    _reading(course, lecturer)
    courses.publish(course, by=lecturer)
    found = [hit.url for group in client.get("/search", {"q": words}).context["groups"] for hit in group.hits]
    assert found == [f"/courses/{course.pk}"]


def test_a_copy_for_the_next_term_is_a_draft_with_the_same_readings(course: Course, lecturer) -> None:
    _reading(course, lecturer)
    courses.publish(course, by=lecturer)
    copy = courses.copy_course(course, term="Genap", ends_on=None, by=lecturer)
    assert (copy.term, copy.published_at) == ("Genap", None)
    assert [item.citation for item in copy.sections.get().items.all()] == ["Metode penelitian"]
    assert course.sections.get().items.count() == 1


@pytest.mark.parametrize("of_all", [False, True])
def test_the_copies_of_a_reading_or_list_taken_away_are_given_back_in_the_night(course, lecturer, sari, of_all) -> None:
    reading = _reading(course, lecturer)
    item, usual = (made := ItemFactory(record=reading.record)), made.item_type
    asked = reserves.ask_reserve(reading, copies=1, until=_until(), by=lecturer)
    reserves.grant_reserve(asked, [item], item_type=ItemTypeFactory(code="tandon"), location=None, by=sari)
    if of_all:
        courses.remove_course(course, by=lecturer)
    else:
        courses.remove_reading(reading, by=lecturer)
    assert list(asked_reserves()) == []
    assert reserves.end_reserves() == 1
    item.refresh_from_db()
    assert item.item_type == usual


def test_a_list_restored_before_the_night_keeps_its_copies(course: Course, lecturer, sari) -> None:
    reading = _reading(course, lecturer)
    asked = reserves.ask_reserve(reading, copies=1, until=_until(), by=lecturer)
    kind = ItemTypeFactory(code="tandon")
    reserves.grant_reserve(asked, [ItemFactory(record=reading.record)], item_type=kind, location=None, by=sari)
    courses.remove_course(course, by=lecturer)
    courses.restore_course(course, by=lecturer)
    assert reserves.end_reserves() == 0
    assert [each.state for each in asked_reserves()] == ["granted"]


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


def test_a_title_is_found_from_the_list_and_added_with_one_click(signed_in, indexed, course: Course, lecturer) -> None:
    book = catalogued("Metode penelitian", "Sugiyono", year="2019")
    indexed()
    client, section = signed_in(Client(), lecturer), course.sections.get()
    mine = f"/my/courses/{course.pk}"
    add = f'name="record" value="{book.pk}"'
    page = client.get(mine, {"section": section.pk, "q": "metode"}).text
    assert add in page
    answer = client.post(f"{mine}/sections/{section.pk}", {"record": book.pk, "required": "on", "q": "metode"})
    assert answer["Location"] == f"{mine}?section={section.pk}&q=metode#bagian-{section.pk}"
    assert section.items.get().record_id == book.pk
    page = client.get(answer["Location"].partition("#")[0]).text
    assert add not in page
    assert "Sudah di daftar ini" in page
    assert "Tidak ada judul yang cocok" in client.get(mine, {"section": section.pk, "q": "zzzz"}).text


def test_readings_and_weeks_change_places_and_say_anew_what_to_read(signed_in, course: Course, lecturer) -> None:
    first, second = (courses.add_reading(course.sections.get(), citation=each, by=lecturer) for each in ("Satu", "Dua"))
    courses.add_section(course, "Minggu 2", by=lecturer)
    client, mine = signed_in(Client(), lecturer), f"/my/courses/{course.pk}"
    client.post(f"{mine}/readings/{second.pk}", {"move": "up"})
    assert [each.citation for each in first.section.items.all()] == ["Dua", "Satu"]
    client.post(f"{mine}/readings/{second.pk}", {"move": "up"})
    assert [each.citation for each in first.section.items.all()] == ["Dua", "Satu"]
    client.post(f"{mine}/sections/{first.section_id}", {"move": "down"})
    assert [each.name for each in course.sections.all()] == ["Minggu 2", "Minggu 1"]
    client.post(f"{mine}/readings/{first.pk}", {"chapter": "Bab 3", "note": "Baca dua kali"})
    first.refresh_from_db()
    assert (first.chapter, first.note, first.weight) == ("Bab 3", "Baca dua kali", "recommended")


@pytest.mark.parametrize("citation", ["", "Creswell, Research design"])
def test_a_reading_taken_off_is_put_back_where_it_stood_with_what_was_said_of_it(
    signed_in, course: Course, lecturer, citation: str
) -> None:
    section = course.sections.get()
    record = None if citation else catalogued("Metode penelitian").pk
    reading = courses.add_reading(
        section, record=record, citation=citation, required=False, chapter="Bab 2", note="Untuk Senin", by=lecturer
    )
    after = courses.add_reading(section, citation="Dua", by=lecturer)
    client, mine = signed_in(Client(), lecturer), f"/my/courses/{course.pk}"
    told = f"“{citation or 'Metode penelitian'}” dikeluarkan."
    assert told in client.post(f"{mine}/readings/{reading.pk}", {"_method": "DELETE"}, follow=True).text
    for page in ("/my/courses", "/search", mine):
        client.get(page)
    assert told in client.get(mine).text, "opening pages does not spend the offer"
    client.post(f"{mine}/readings")
    back, other = section.items.all()
    assert other == after
    assert (back.record_id, back.citation, back.chapter, back.note, back.weight) == (
        record,
        citation or "Metode penelitian",
        "Bab 2",
        "Untuk Senin",
        "recommended",
    )
    assert "dikeluarkan" not in client.get(mine).text
    assert "tidak dapat dikembalikan lagi" in client.post(f"{mine}/readings", follow=True).text
    assert section.items.count() == 2


def test_a_reading_put_back_has_its_reserve_again_with_the_copies(signed_in, course: Course, lecturer, sari) -> None:
    reading = _reading(course, lecturer)
    item, kind = ItemFactory(record=reading.record), ItemTypeFactory(code="tandon")
    asked = reserves.ask_reserve(reading, copies=1, until=_until(), by=lecturer)
    reserves.grant_reserve(asked, [item], item_type=kind, location=None, by=sari)
    client, mine = signed_in(Client(), lecturer), f"/my/courses/{course.pk}"
    client.post(f"{mine}/readings/{reading.pk}", {"_method": "DELETE"})
    client.post(f"{mine}/readings")
    assert reserves.end_reserves() == 0
    assert [(each.pk, each.reading.citation, each.state) for each in asked_reserves()] == [
        (asked.pk, "Metode penelitian", "granted")
    ]
    item.refresh_from_db()
    assert item.item_type == kind
    assert "Tandon: Ditandon" in client.get(mine).text


def test_what_was_taken_off_is_offered_for_an_hour_on_its_list_and_while_its_week_is_there(
    signed_in, course: Course, lecturer
) -> None:
    reading, other = _reading(course, lecturer), courses.make_course(code="B", name="Lain", by=lecturer)
    client, mine = signed_in(Client(), lecturer), f"/my/courses/{course.pk}"
    client.post(f"{mine}/readings/{reading.pk}", {"_method": "DELETE"})
    assert "dikeluarkan" not in client.get(f"/my/courses/{other.pk}").text
    assert "dikeluarkan" in client.get(mine).text
    with clock.stopped_at(clock.now() + timedelta(minutes=61)):
        assert "dikeluarkan" not in client.get(mine).text
    courses.remove_section(reading.section, by=lecturer)
    assert "dikeluarkan" not in client.get(mine).text


def test_a_week_with_readings_is_not_taken_away_in_one_click(signed_in, course: Course, lecturer) -> None:
    reading = _reading(course, lecturer)
    client, week = signed_in(Client(), lecturer), f"/my/courses/{course.pk}/sections/{reading.section_id}"
    assert "Hapus bagian" not in client.get(f"/my/courses/{course.pk}").text
    client.post(week, {"_method": "DELETE"})
    assert course.sections.count() == 1
    courses.remove_reading(reading, by=lecturer)
    client.post(week, {"_method": "DELETE"})
    assert course.sections.count() == 0


def test_a_librarian_changes_any_list_another_lecturer_none_and_only_its_lecturer_removes_it(
    signed_in, course: Course, lecturer, budi, sari
) -> None:
    Category.objects.filter(pk=budi.category_id).update(teaches=True)
    categories.forget()
    _reading(course, lecturer)
    courses.publish(course, by=lecturer)
    mine, public = f"/my/courses/{course.pk}", f"/courses/{course.pk}"
    other, librarian = signed_in(Client(), budi.user), signed_in(Client(), sari)
    assert other.get(mine).status_code == 404
    assert other.post(f"{mine}/sections", {"name": "Minggu 2"}).status_code == 404
    assert mine not in other.get(public).text
    assert f'href="{mine}"' in librarian.get(public).text
    assert f"Daftar bacaan {lecturer.name}: yang Anda ubah" in librarian.get(mine).text
    librarian.post(f"{mine}/sections", {"name": "Minggu 2"})
    assert course.sections.count() == 2
    assert librarian.post(mine, {"_method": "DELETE"}).status_code == 404
    assert Course.objects.get().removed_at is None


def test_copies_are_asked_for_until_the_end_of_the_term_or_for_a_usual_one(signed_in, course: Course, lecturer) -> None:
    _reading(course, lecturer)
    client, mine = signed_in(Client(), lecturer), f"/my/courses/{course.pk}"
    usual = clock.today(library().zone) + timedelta(weeks=16)
    assert f'name="until" value="{usual.isoformat()}"' in client.get(mine).text
    courses.change_course(course, ends_on=_until(), by=lecturer)
    assert f'name="until" value="{_until().isoformat()}"' in client.get(mine).text


def test_what_is_wrong_with_a_reading_is_said(signed_in, course: Course, lecturer) -> None:
    client, section = signed_in(Client(), lecturer), course.sections.get()
    where = f"/my/courses/{course.pk}/sections/{section.pk}"
    assert "Alamat judulnya tidak dapat dibaca." in client.post(where, {"record": "bukan alamat"}, follow=True).text
    too_long = client.post(where, {"citation": "x", "note": "y" * 401}, follow=True).text
    assert "400" in too_long
    assert "Alamat judulnya" not in too_long


def test_an_address_that_names_no_row_is_no_error(signed_in, lecturer) -> None:
    client = signed_in(Client(), lecturer)
    for page in ("/my/lists", "/my/courses", "/my/searches"):
        for removed in ("x", "9" * 19, "9" * 5_000):
            assert client.get(f"{page}?removed={removed}").status_code == 200
