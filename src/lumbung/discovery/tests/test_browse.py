"""Browsing: headings with their counts, titles in order, shelves, and what keeps them."""

import pytest
from django.db import transaction

from lumbung.catalogue.domain.records import change_record, remove_record, set_suppressed
from lumbung.catalogue.events import RecordsImported
from lumbung.circulation.tests.factories import ItemFactory
from lumbung.discovery.domain.browsing import entries_of, follow, keep
from lumbung.discovery.domain.documents import documents_of
from lumbung.discovery.domain.indexing import rebuild
from lumbung.discovery.domain.labels import labels_of
from lumbung.discovery.models import BrowsedTitle, Heading, ShelfPlace
from lumbung.discovery.ordering import sort_key, title_key
from lumbung.discovery.queries.browse import around, headings, shelf, titles
from lumbung.discovery.tests.shelf import catalogued
from lumbung.kernel import events
from lumbung.kernel.jobs.worker import work_off
from lumbung.kernel.models import PendingReaction
from lumbung.kernel.tests.race import race
from lumbung.organization.tests.factories import BranchFactory

TOER = "Toer, Pramoedya Ananta"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Ḥāfiẓ, Sa’īd", "hafiz said"),
        ("“Aku” – sajak", "aku sajak"),
        ("100 puisi", "100 puisi"),
        ("ꦱꦼꦫꦠ꧀", "zzz ꦱꦼꦫꦠ"),
        ("", "zzz "),
    ],
)
def test_a_key_has_letters_without_case_and_accents(text: str, key: str) -> None:
    assert sort_key(text).startswith(key[:5])
    assert title_key("The art of war") == "art of war"
    assert title_key("A") == "a"


@pytest.mark.django_db(transaction=True)
def test_two_processes_that_follow_one_title_count_it_once() -> None:
    titles = [catalogued(title, TOER).pk for title in ("Bumi manusia", "Anak bangsa")]
    one, other = (entries_of(documents_of(keys), labels_of(keys)) for keys in (titles, titles[::-1]))
    race(lambda: keep(one, titles), lambda: keep(other, titles), lambda: keep(one, titles))
    assert [(row.label, row.records) for row in headings("creator").rows] == [(TOER, 2)]


@pytest.mark.django_db
def test_headings_count_the_titles_the_public_finds(indexed, sari) -> None:
    bumi, anak, rahasia = (catalogued(title, TOER, subject="Fiksi") for title in ("Bumi manusia", "Anak bangsa", "Rahasia"))
    indexed()
    assert [(row.label, row.records) for row in headings("creator").rows] == [(TOER, 3)]
    set_suppressed(rahasia, True, by=sari)
    remove_record(anak, by=sari)
    indexed()
    assert [(row.label, row.records) for row in headings("creator").rows] == [(TOER, 1)]
    assert [(row.label, row.records) for row in headings("subject").rows] == [("Fiksi", 1)]
    marc = bumi.marc_record
    marc.fields = [field for field in marc.fields if field.tag != "650"]
    change_record(bumi, marc, version=bumi.version, by=sari)
    indexed()
    assert headings("subject").rows == []
    assert [row.title for row in titles().rows] == ["Bumi manusia"]


@pytest.mark.django_db
def test_a_rebuild_mends_what_is_missing_and_lets_go_of_what_is_lost(indexed) -> None:
    catalogued("Bumi manusia", TOER)
    indexed()
    BrowsedTitle.objects.all().delete()
    Heading.objects.all().delete()
    BrowsedTitle.objects.create(record_id=999, title_key="hantu", shelf_key="")
    rebuild()
    rebuild()
    assert [(row.label, row.records) for row in headings("creator").rows] == [(TOER, 1)]
    assert [row.title for row in titles().rows] == ["Bumi manusia"]


@pytest.mark.django_db
def test_titles_are_turned_page_by_page_both_ways_without_counting(indexed, django_assert_num_queries) -> None:
    for letter in "gfedc":
        catalogued(f"{letter} judul")
    indexed()
    with django_assert_num_queries(2):
        first = titles(size=2)
    second = titles(after=first.after, size=2)
    assert [[row.title for row in each.rows] for each in (first, second)] == [["c judul", "d judul"], ["e judul", "f judul"]]
    assert [row.title for row in titles(before=second.before, size=2).rows] == ["c judul", "d judul"]
    assert (first.before, titles(after=second.after, size=2).after) == ("", "")
    assert [row.title for row in titles(at="f").rows] == ["f judul", "g judul"]
    assert [row.title for row in titles(after="%%%").rows] == ["c judul", "d judul", "e judul", "f judul", "g judul"]


@pytest.mark.django_db
def test_the_shelf_left_and_right_of_a_book_in_all_branches_or_one(indexed, django_assert_num_queries) -> None:
    pusat, fkip = BranchFactory(code="P"), BranchFactory(code="F")
    books = [catalogued(f"Buku {number}", classification=f"61{number}") for number in range(5)]
    for number, book in enumerate(books):
        ItemFactory(record=book, branch=fkip if number == 2 else pusat, call_number=f"61{number} ABC a")
    indexed()
    with django_assert_num_queries(4):
        near = around(books[2], branch=None, size=2)
    assert [row.record.title for row in near.rows] == ["Buku 1", "Buku 2", "Buku 3"]
    assert [row.record.title for row in shelf(branch=None, after=near.after, size=2).rows] == ["Buku 4"]
    assert [row.record.title for row in around(books[1], branch=pusat, size=2).rows] == ["Buku 0", "Buku 1", "Buku 3"]
    assert around(books[2], branch=pusat).rows == []
    assert [(row.branch, row.call_number) for row in ShelfPlace.objects.filter(record=books[2])] == [(fkip, "612 ABC a")]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/browse", "810 · Sastra"),
        ("/browse/titles", "Bumi manusia"),
        ("/browse/creators?at=t", "creator=Toer%2C+Pramoedya+Ananta"),
        ("/browse/subjects", "Fiksi"),
        ("/browse/titles?at=x", "Tidak ada yang berawal"),
        ("/browse/new", "Bumi manusia"),
        ("/browse/popular", "Belum ada peminjaman"),
        ("/browse/popular?days=365", "Setahun terakhir"),
        ("/browse/trending", "Belum ada yang cukup sering"),
        ("/browse/trending?days=30", 'days=30" aria-current="page">30 hari terakhir'),
        ("/browse/shelf", "Bumi manusia"),
        ("/browse/shelf?at=9", "Tidak ada buku"),
        ("/browse/shelf?branch=x&after=%00a", ""),
    ],
)
def test_every_way_to_browse_has_its_page_in_few_statements(
    client, indexed, path: str, said: str, django_assert_max_num_queries
) -> None:
    catalogued("Bumi manusia", TOER, subject="Fiksi", classification="813")
    indexed()
    for warm in ("/browse", "/browse/shelf"):
        client.get(warm)  # small tables are remembered
    with django_assert_max_num_queries(3):
        assert said in client.get(path).text


@pytest.mark.django_db
def test_an_unknown_way_to_browse_is_not_found(client) -> None:
    for path in ("/browse/publishers", "/browse/popular?days=7", "/browse/trending?days=365", "/records/1/shelf"):
        assert client.get(path).status_code == 404


@pytest.mark.django_db
def test_the_book_one_came_from_is_marked_on_its_shelf(client, indexed) -> None:
    book = catalogued("Bumi manusia", classification="813")
    catalogued("Anak bangsa", classification="814")
    indexed()
    page = client.get(f"/records/{book.pk}/shelf").text
    assert f'<li class="here" id="di-sini"><a href="/records/{book.pk}" aria-current="true">' in page
    assert "Anak bangsa" in page


@pytest.mark.django_db
def test_what_readers_browse_by_follows_a_title_at_once_and_many_in_time(indexed, sari) -> None:
    bumi = catalogued("Bumi manusia", TOER)
    work_off(urgent=True)
    assert [row.title for row in titles().rows] == ["Bumi manusia"]
    other = catalogued("Anak semua bangsa", TOER)
    PendingReaction.objects.all().delete()
    with transaction.atomic():
        events.record(RecordsImported(import_run=1, first=bumi.pk, last=other.pk), by=sari)
    work_off(urgent=True)
    assert [row.title for row in titles().rows] == ["Bumi manusia"]
    indexed()
    assert [row.title for row in titles().rows] == ["Anak semua bangsa", "Bumi manusia"]
    assert [(row.label, row.records) for row in headings("creator").rows] == [(TOER, 2)]


@pytest.mark.django_db(transaction=True)
def test_what_is_read_while_another_writes_is_read_after_it(sari) -> None:
    title = catalogued("Bumi manusia", TOER)
    race(lambda: follow([title.pk]), lambda: set_suppressed(title, True, by=sari), lambda: follow([title.pk]))
    follow([title.pk])
    assert titles().rows == []
    assert headings("creator").rows == []
