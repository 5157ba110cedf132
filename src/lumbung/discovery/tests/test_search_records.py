import pytest

from lumbung.accounts.models import Role
from lumbung.accounts.tests.factories import UserFactory
from lumbung.catalogue.domain.records import change_record, remove_record, set_suppressed
from lumbung.catalogue.tests.factories import a_record, an_import
from lumbung.circulation.domain.loans import check_in, check_out
from lumbung.circulation.tests.factories import ItemFactory, ItemTypeFactory, LoanRuleFactory
from lumbung.discovery.queries import FacetValue, search_records
from lumbung.discovery.tests.shelf import catalogued
from lumbung.formats.marc import Field, Record
from lumbung.kernel.jobs.worker import work_off
from lumbung.members.tests.factories import MemberFactory
from lumbung.organization.tests.factories import BranchFactory
from lumbung.search.documents import Query

pytestmark = pytest.mark.django_db


@pytest.fixture
def titles(visitor):
    """The titles that answer, as Ani sees them."""

    def found(words: str = "", user: object = None, **rest) -> list[str]:
        return [row.title for row in search_records(Query(words, **rest), user or visitor).rows]

    return found


def test_until_the_index_is_built_the_page_says_so(visitor):
    assert search_records(Query("apa saja"), visitor).ready is False


def test_the_edition_asked_for_is_found(titles, indexed):
    for number in (11, 12):
        catalogued(f"Akuntansi keuangan menengah {number % 2}", "Kieso, Donald", edition=f"Edisi {number}")
    indexed()
    assert titles("akuntansi keuangan menengah edisi 12") == ["Akuntansi keuangan menengah 0"]


def test_a_record_is_found_by_what_its_marc_says(titles, indexed):
    catalogued(
        "Metode penelitian kuantitatif",
        "Sugiyono",
        isbn="978-602-289-533-6",
        subject="Penelitian",
        classification="001.42",
        note="Edisi baru",
    )
    catalogued("Bumi manusia", "Toer, Pramoedya Ananta")
    indexed()
    for words in ("metode sugiyono", "SUGIYONO", "6022895332", "subjek:penelitian", "001.42", "edisi baru"):
        assert titles(words) == ["Metode penelitian kuantitatif"]
    assert titles("pramoedya ananta TOER") == ["Bumi manusia"]


def test_a_row_tells_what_a_reader_chooses_by(visitor, indexed):
    record = catalogued("Bumi manusia", "Toer, Pramoedya Ananta", year="1980", classification="899.221")
    pusat, teknik = BranchFactory(code="PUSAT", name="Pusat"), BranchFactory(code="FT", name="Teknik")
    for branch in (pusat, pusat, teknik):
        ItemFactory(record=record, branch=branch, call_number="899.221 TOE b")
    indexed()
    [row] = search_records(Query("bumi"), visitor).rows
    assert (row.pk, row.title, row.creator, row.year) == (record.pk, "Bumi manusia", "Toer, Pramoedya Ananta", 1980)
    assert (row.call_number, row.state, row.available, row.total) == ("899.221 TOE b", "available", 3, 3)
    assert [(copies.branch, copies.total, copies.available) for copies in row.copies] == [(pusat, 2, 2), (teknik, 1, 1)]


def test_a_changed_record_is_found_by_its_new_words_only(titles, indexed):
    record = catalogued("Padi gogo")
    indexed()
    changed = record.marc_record
    changed.first("245").subfields[0] = ("a", "Padi rawa")
    change_record(record, changed, version=record.version, by=None)
    indexed()
    assert titles("gogo") == []
    assert titles("rawa") == ["Padi rawa"]


def test_a_removed_record_is_found_no_more(titles, indexed):
    record = catalogued("Padi gogo")
    indexed()
    remove_record(record, by=None)
    indexed()
    assert titles() == []


def test_between_removal_and_index_a_removed_record_is_left_out_of_the_page(titles, indexed):
    record = catalogued("Padi gogo")
    indexed()
    remove_record(record, by=None)
    assert titles("padi") == []


def test_a_hidden_record_is_found_by_sari_and_not_by_ani(titles, indexed):
    set_suppressed(catalogued("Naskah ujian"), True, by=None)
    indexed()
    sari, ani = UserFactory(roles=[Role.LIBRARIAN]), UserFactory()
    assert titles("naskah", sari) == ["Naskah ujian"]
    assert titles("naskah", ani) == []


def availability(indexed, visitor) -> list[FacetValue]:
    indexed()
    facets = {facet.name: facet for facet in search_records(Query(), visitor).facets}
    return facets["availability"].values


def test_a_copy_that_a_holdings_record_brings_to_a_title_is_found_as_available(visitor, indexed):
    numbers = [Field("001", value="17"), Field("003", value="ID-Ju")]
    a_record("Prisma", *numbers)
    indexed()
    named = [numbers[1], Field("004", value="17"), Field("852", subfields=[("b", "PUSAT"), ("p", "B-9")])]
    an_import([Record("00000ny  a2200000n  4500", named)])
    assert availability(indexed, visitor) == [FacetValue("available", "Dapat dipinjam sekarang", 1, chosen=False)]


def test_the_availability_facet_follows_a_loan_and_a_return(visitor, indexed):
    member = MemberFactory()
    LoanRuleFactory(category=member.category)
    item = ItemFactory(record=catalogued("Bumi manusia"))
    sari = UserFactory(roles=[Role.LIBRARIAN])
    available = FacetValue("available", "Dapat dipinjam sekarang", 1, chosen=False)
    assert availability(indexed, visitor) == [available]
    check_out(item, to=member, at=item.branch, by=sari)
    assert availability(indexed, visitor) == [FacetValue("on_loan", "Sedang dipinjam", 1, chosen=False)]
    check_in(item, at=item.branch, by=sari)
    assert availability(indexed, visitor) == [available]


def test_a_title_that_may_only_be_read_in_the_library_says_so(visitor, indexed):
    reference = ItemTypeFactory(code="reference", lendable=False)
    ItemFactory(record=catalogued("Kamus besar"), item_type=reference)
    assert availability(indexed, visitor) == [FacetValue("reference", "Baca di tempat", 1, chosen=False)]


def test_facets_are_told_in_words(visitor, indexed):
    record = catalogued("Bumi manusia", "Toer, Pramoedya Ananta", year="1980", subject="Fiksi")
    ItemFactory(record=record, branch=BranchFactory(name="Pusat"))
    indexed()
    results = search_records(Query(chosen={"material": ["book"]}), visitor)
    told = {facet.label: [(value.label, value.count, value.chosen) for value in facet.values] for facet in results.facets}
    assert told == {
        "Jenis": [("Buku", 1, True)],
        "Ketersediaan": [("Dapat dipinjam sekarang", 1, False)],
        "Cabang": [("Pusat", 1, False)],
        "Bahasa": [("Indonesia", 1, False)],
        "Cara membaca": [("Tercetak", 1, False)],
        "Tahun terbit": [("1980", 1, False)],
        "Subjek": [("Fiksi", 1, False)],
        "Pengarang": [("Toer, Pramoedya Ananta", 1, False)],
    }


@pytest.mark.parametrize("rows", [1, 3])
def test_a_page_of_results_takes_eight_statements_at_most(visitor, indexed, django_assert_max_num_queries, rows):
    for number in range(rows):
        ItemFactory(record=catalogued(f"Padi {number}"))
    work_off()
    with django_assert_max_num_queries(8):
        assert len(search_records(Query("padi"), visitor).rows) == rows


@pytest.mark.parametrize("typed", ["297.5 RAH m", "297.5 RAH", "297.5 RAH m c.1"])
def test_a_title_is_found_by_the_call_number_on_its_spine(visitor, indexed, typed):
    ItemFactory(record=catalogued("Metodologi studi Islam"), call_number="297.5 RAH m c.1")
    indexed()
    assert [row.title for row in search_records(Query(typed), visitor).rows] == ["Metodologi studi Islam"]
