"""What is shared of a chapter follows the record of its book, which comes, changes, is hidden, has another number or goes."""

import pytest

from lumbung.catalogue.domain.records import add_record, change_record, remove_record, set_suppressed
from lumbung.catalogue.models import Record
from lumbung.cooperation.domain.named_hosts import parts_of
from lumbung.cooperation.models import NamedHost
from lumbung.cooperation.tests.asking import asked, number
from lumbung.formats.marc import Field
from lumbung.formats.marc import Record as Marc
from lumbung.kernel.jobs.worker import work_off

pytestmark = pytest.mark.django_db
KERNEL = "{http://datacite.org/schema/kernel-4}"
UNKNOWN = ("article", ":unav")


def a_chapter(*, of: str, title: str = "Membaca Pramoedya") -> Record:
    host = Field("773", "0", " ", [("w", f"(ID-LMB){of}"), ("t", "Bunga rampai")])
    return add_record(Marc("00000naa a2200000 i 4500", [Field("245", "0", "0", [("a", title)]), host]), by=None)


def of_book(control: str, publisher: str) -> Marc:
    numbers = [Field("001", value=control), Field("003", value="ID-LMB")]
    published = Field("264", " ", "1", [("a", "Jakarta"), ("b", publisher), ("c", "1998")])
    return Marc("00000nam a2200000 i 4500", [*numbers, Field("245", "0", "0", [("a", "Bunga rampai")]), published])


def told_of(record: Record) -> tuple[str, str]:
    """The kind and the publisher that harvesters are told, once the background work is done."""
    work_off()
    root = asked(verb="GetRecord", identifier=number(record), metadataPrefix="oai_datacite")
    return tuple(root.findtext(f".//{KERNEL}{name}") for name in ("resourceType", "publisher"))


def test_what_is_shared_of_a_chapter_follows_its_book() -> None:
    chapter = a_chapter(of="77")
    assert told_of(chapter) == UNKNOWN
    book = add_record(of_book("77", "Pustaka Jaya"), by=None)
    assert told_of(chapter) == ("chapter", "Pustaka Jaya")
    book = change_record(book, of_book("77", "Balai Pustaka"), version=book.version, by=None)
    assert told_of(chapter) == ("chapter", "Balai Pustaka")
    book = set_suppressed(book, True, by=None)
    assert told_of(chapter) == UNKNOWN
    book = set_suppressed(book, False, by=None)
    assert told_of(chapter) == ("chapter", "Balai Pustaka")


def test_a_chapter_forgets_a_book_that_has_another_number_or_is_gone() -> None:
    chapter, other = a_chapter(of="77"), a_chapter(of="78")
    book = add_record(of_book("77", "Pustaka Jaya"), by=None)
    assert (told_of(chapter), told_of(other)) == (("chapter", "Pustaka Jaya"), UNKNOWN)
    book = change_record(book, of_book("78", "Pustaka Jaya"), version=book.version, by=None)
    assert (told_of(chapter), told_of(other)) == (UNKNOWN, ("chapter", "Pustaka Jaya"))
    remove_record(book, by=None)
    assert told_of(other) == UNKNOWN


def test_a_part_that_names_another_host_or_is_gone_is_no_part_of_the_first() -> None:
    book = add_record(of_book("77", "Pustaka Jaya"), by=None)
    chapter, gone = a_chapter(of="77"), a_chapter(of="77", title="Lain")
    work_off()
    assert parts_of([book.pk]) == {chapter.pk, gone.pk}
    change_record(chapter, a_chapter(of="78").marc_record, version=chapter.version, by=None)
    remove_record(gone, by=None)
    work_off()
    assert parts_of([book.pk]) == set()


def test_the_parts_of_many_records_are_asked_for_in_one_statement(django_assert_num_queries) -> None:
    books = [add_record(of_book(control, "Pustaka Jaya"), by=None).pk for control in ("71", "72", "73", "74")]
    chapters = {a_chapter(of=control).pk for control in ("71", "72", "74", "74")}
    work_off()
    assert NamedHost.objects.count() == len(chapters)
    for some in (books[:1], [*books[:2], books[3]], books):
        with django_assert_num_queries(1):
            parts_of(some)
    assert parts_of(books) == chapters
