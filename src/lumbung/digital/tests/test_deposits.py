"""Deposits: kept as drafts, handed in when nothing is missing, sent back, approved, published."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.db import IntegrityError, transaction

from lumbung.catalogue.models import Record
from lumbung.digital.domain import arrivals, fixity, store
from lumbung.digital.domain.arrivals import ArrivingFile
from lumbung.digital.domain.deposits import clearance
from lumbung.digital.domain.deposits.cutting import Cut
from lumbung.digital.domain.deposits.drafts import Person, change_deposit, discard_deposit
from lumbung.digital.domain.deposits.files import add_deposit_file, cut_deposit_file, remove_deposit_file
from lumbung.digital.domain.deposits.looking import said_of
from lumbung.digital.domain.deposits.naming import is_pattern
from lumbung.digital.domain.deposits.publishing import publish, with_check, years_after
from lumbung.digital.domain.deposits.reviewing import approve, send_back, take_up
from lumbung.digital.domain.deposits.rules import set_rule
from lumbung.digital.domain.deposits.submitting import lacks_of, submit_deposit, working_day_after
from lumbung.digital.domain.letting_go import let_go
from lumbung.digital.models import Deposit, DepositFile, DepositStates, KeptContent, Parts, PermanentIdentifier
from lumbung.digital.queries import files_of
from lumbung.digital.queries.deposits import rubric
from lumbung.digital.tests.books import an_epub, with_member
from lumbung.digital.tests.factories import a_content, a_deposit, a_pdf, a_record, a_whole_deposit, a_zip
from lumbung.kernel import clock
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.refusals import Refused
from lumbung.kernel.tests.race import race
from lumbung.members.domain.privacy.holdings import registered
from lumbung.organization.models import StudyProgramme
from lumbung.organization.tests.factories import LibraryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme(db) -> StudyProgramme:
    LibraryFactory()
    return StudyProgramme.objects.create(code="55201", name="Informatika", level="S1")


def ticked() -> list[str]:
    return [each.text for each in rubric()]


def approved(deposit: Deposit, sari) -> Deposit:
    submit_deposit(deposit, version=deposit.version, by=deposit.member.user)
    return approve(deposit, ticked=ticked(), by=sari)


def test_an_empty_draft_says_everything_that_is_missing_step_by_step(ani, programme):
    deposit = a_deposit(ani, title="", title_english="", abstract="", keywords="")
    assert [(each.step, each.reason.code) for each in lacks_of(deposit)] == [
        ("work", "lacks_title"),
        ("work", "lacks_title_english"),
        ("work", "lacks_abstract"),
        ("work", "lacks_keywords"),
        ("work", "lacks_programme"),
        ("people", "lacks_supervisors"),
        ("files", "lacks_files"),
        ("files", "lacks_approval"),
        ("rights", "lacks_licence"),
        ("statements", "lacks_similarity"),
        ("statements", "lacks_originality"),
        ("statements", "lacks_consent"),
    ]


def test_numbers_of_people_are_checked_by_the_form_of_their_kind(ani, programme):
    deposit = a_deposit(ani)
    people = [
        Person("supervisor", "Dr. Wayan", "nidn", "12345"),
        Person("examiner", "Prof. Made", "orcid", "0000-0002-1825-0098"),
        Person("examiner", "", "nuptk", "1234567890123456"),
    ]
    with pytest.raises(Refused) as refusal:
        change_deposit(deposit, version=deposit.version, people=people, by=ani.user)
    assert refusal.value.codes == ["nidn_wrong", "orcid_wrong", "person_without_name"]
    people = [
        Person("supervisor", " Dr.  Wayan ", "nidn", "00.1203.7801"),
        Person("examiner", "Josiah", "orcid", "https://orcid.org/0000000218250097"),
    ]
    changed = change_deposit(deposit, version=deposit.version, people=people, by=ani.user)
    assert [(each.name, each.number) for each in changed.people.all()] == [
        ("Dr. Wayan", "0012037801"),
        ("Josiah", "0000-0002-1825-0097"),
    ]


def test_a_second_tab_does_not_overwrite_what_the_first_saved(ani, programme):
    deposit = a_deposit(ani)
    change_deposit(deposit, version=deposit.version, title="Dari tab pertama", by=ani.user)
    with pytest.raises(Refused) as refusal:
        change_deposit(deposit, version=deposit.version, title="Dari tab kedua", by=ani.user)
    assert refusal.value.codes == ["deposit_stale"]
    assert Deposit.objects.get().title == "Dari tab pertama"


def test_two_tabs_hand_the_same_deposit_in_once(ani, programme):
    deposit = a_whole_deposit(ani, programme)
    submit_deposit(deposit, version=deposit.version, by=ani.user)
    with pytest.raises(Refused) as refusal:
        submit_deposit(deposit, version=deposit.version, by=ani.user)
    assert refusal.value.codes == ["deposit_elsewhere"]
    assert JournalEntry.objects.filter(name="DepositSubmitted").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_tabs_that_finish_in_the_same_moment_hand_in_once(ani, programme):
    deposit = a_whole_deposit(ani, programme)
    results, refusals = race(*[lambda: submit_deposit(deposit, version=deposit.version, by=ani.user)] * 4)
    assert (len(results), refusals) == (1, [["deposit_elsewhere"]] * 3)
    assert JournalEntry.objects.filter(name="DepositSubmitted").count() == 1


def test_a_pdf_without_a_page_is_told_in_words_and_stops_the_deposit(ani, programme):
    deposit = a_whole_deposit(ani, programme)
    blank = a_pdf("x").replace(b"/Count 1 /Kids [4 0 R]", b"/Count 0 /Kids [     ]")
    file = add_deposit_file(deposit, a_content(blank, "kosong.pdf"), name="kosong.pdf", by=ani.user)
    assert [said for said, stops in said_of(file.findings) if stops] == [
        "Berkas ini tidak dapat dibuka: mungkin rusak. Simpan ulang dari pengolah kata sebagai PDF."
    ]
    assert [str(each.reason) for each in lacks_of(deposit)] == ["Berkas ini tidak dapat diterima, ganti dahulu: kosong.pdf."]


def test_one_pdf_becomes_the_parts_of_the_campus(ani, programme):
    set_rule(None, name_pattern="T1_{nim}_{bagian}", closed_level="members", opens_first_chapter=True, by=None)
    deposit = a_whole_deposit(ani, programme, author_number="20210001")
    pieces = DepositFile.objects.filter(cut_from__isnull=False)
    assert [(each.part, each.name, each.pages, each.level) for each in pieces] == [
        ("cover", "T1_20210001_Sampul.pdf", 1, "public"),
        ("approval", "T1_20210001_Lembar_pengesahan.pdf", 1, "public"),
        ("abstract", "T1_20210001_Abstrak.pdf", 1, "public"),
        ("contents", "T1_20210001_Daftar_isi.pdf", 1, "public"),
        ("chapter", "T1_20210001_Bab_I_Pendahuluan.pdf", 2, "public"),
        ("chapter", "T1_20210001_Bab_II_Tinjauan_Pustaka.pdf", 1, "members"),
        ("references", "T1_20210001_Daftar_pustaka.pdf", 1, "public"),
        ("appendix", "T1_20210001_Lampiran.pdf", 1, "members"),
    ]
    assert lacks_of(deposit) == []


@pytest.mark.parametrize(("first", "last"), [(0, 1), (2, 1), (1, 99)])
def test_pages_that_are_not_there_are_refused(ani, programme, first: int, last: int):
    file = add_deposit_file(a_deposit(ani), a_content(a_pdf("a", "b")), name="a.pdf", by=ani.user)
    with pytest.raises(Refused) as refusal:
        cut_deposit_file(file, [Cut(Parts.CHAPTER, "Bab 1", first, last)], by=ani.user)
    assert refusal.value.codes == ["cuts_overlap"]


def test_a_locked_and_a_broken_pdf_are_told_in_words_and_stop_the_deposit(ani, programme, shared_data):
    deposit = a_whole_deposit(ani, programme)
    for name in ("005-libreoffice-writer-password-libreoffice-writer-password", "017-unreadable-meta-data-unreadablemetadata"):
        content = (shared_data / "pdf" / f"pypdf-{name}.pdf").read_bytes()
        add_deposit_file(deposit, a_content(content, f"{name[:3]}.pdf"), name=f"{name[:3]}.pdf", by=ani.user)
    assert [each.findings for each in deposit.files.filter(name__in=["005.pdf", "017.pdf"])] == [
        [{"code": "locked"}],
        [{"code": "unreadable"}],
    ]
    assert [str(each.reason) for each in lacks_of(deposit)] == [
        "Berkas ini tidak dapat diterima, ganti dahulu: 005.pdf, 017.pdf."
    ]


def test_a_book_with_scripts_is_taken_and_told_that_they_never_run_and_a_locked_or_broken_one_stops(ani, programme):
    deposit = a_whole_deposit(ani, programme)
    scripted = an_epub("Satu. <script>alert(1)</script>")
    locked = with_member(an_epub("Terkunci."), "META-INF/rights.xml", "<rights/>")
    broken = a_zip(mimetype="application/epub+zip", bab__xhtml="<p>Tanpa paket</p>")
    for name, content in (("a.epub", scripted), ("b.epub", locked), ("c.epub", broken), ("d.epub", an_epub("Biasa."))):
        add_deposit_file(deposit, a_content(content, name), name=name, by=ani.user)
    found = deposit.files.filter(name__endswith=".epub").order_by("name")
    assert [[each["code"] for each in file.findings] for file in found] == [
        ["book_scripts"],
        ["book_locked"],
        ["book_unreadable"],
        [],
    ]
    assert "Di sini skrip tidak pernah dijalankan" in said_of(found[0].findings)[0][0]
    assert [str(each.reason) for each in lacks_of(deposit)] == [
        "Berkas ini tidak dapat diterima, ganti dahulu: b.epub, c.epub."
    ]


def test_a_deposit_has_a_quota_and_each_content_once(ani, programme):
    deposit = a_deposit(ani)
    add_deposit_file(deposit, a_content(), name="a.pdf", by=ani.user)
    with pytest.raises(Refused) as refusal:
        add_deposit_file(deposit, a_content(), name="b.pdf", by=ani.user)
    assert refusal.value.codes == ["deposit_file_twice"]
    set_rule(None, largest_mb=1, by=None)
    with pytest.raises(Refused) as refusal:
        add_deposit_file(deposit, a_content(b"%PDF-" + b"x" * (2 << 20)), name="c.pdf", by=ani.user)
    assert refusal.value.codes == ["quota_full"]


def test_the_rule_of_the_programme_goes_before_the_one_for_all(ani, programme):
    deposit = a_whole_deposit(ani, programme)
    set_rule(programme, similarity_limit=15, by=None)
    assert [str(each.reason) for each in lacks_of(deposit)] == ["Kemiripan 18,5 % melebihi batas program studi 15 %."]
    set_rule(programme, similarity_limit=None, by=None)
    assert lacks_of(deposit) == []


def test_a_review_is_due_on_a_working_day(ani, programme):
    deposit = a_whole_deposit(ani, programme)
    with clock.stopped_at(datetime(2026, 11, 26, 3, tzinfo=UTC)):  # a Thursday
        assert submit_deposit(deposit, version=deposit.version, by=ani.user).due_on == date(2026, 12, 1)
    assert working_day_after(date(2026, 11, 27), 1) == date(2026, 11, 30)


def test_a_deposit_goes_back_and_forth_and_is_published(ani, sari, programme):
    deposit = a_whole_deposit(ani, programme)
    assert clearance.thesis_against([ani.pk]) == {ani.pk: ["Tugas akhir masih berupa draf dan belum diajukan."]}
    submit_deposit(deposit, version=deposit.version, text="Mohon diperiksa", by=ani.user)
    take_up(deposit, by=sari)
    with pytest.raises(Refused) as refusal:
        send_back(deposit, reasons=[], text=" ", ticked=[], by=sari)
    assert refusal.value.codes == ["return_without_reason"]
    send_back(deposit, reasons=["Lembar pengesahan belum ditandatangani lengkap."], text="", ticked=ticked()[:2], by=sari)
    deposit.refresh_from_db()
    assert clearance.thesis_against([ani.pk]) == {ani.pk: ["Tugas akhir Anda perlu direvisi; lihat catatan pemeriksa."]}
    submit_deposit(deposit, version=deposit.version, by=ani.user)
    with pytest.raises(Refused) as refusal:
        approve(deposit, ticked=ticked()[1:], by=sari)
    assert refusal.value.codes == ["rubric_not_met"]
    approve(deposit, ticked=ticked(), by=sari)
    published = publish(deposit, site="https://perpus.example", by=sari)
    assert clearance.thesis_against([ani.pk]) == {}
    assert [each.state for each in published.remarks.all()] == [
        "submitted",
        "needs_revision",
        "submitted",
        "approved",
        "published",
    ]


def test_a_published_thesis_is_a_title_with_the_numbers_of_the_registers(ani, sari, programme):
    deposit = approved(a_whole_deposit(ani, programme, author_number="20210001"), sari)
    record = publish(deposit, site="https://perpus.example", by=sari).record
    marc, code = record.marc_record, PermanentIdentifier.objects.get().code
    assert (record.material, record.title, record.creator, record.year) == (
        "thesis",
        "Perpustakaan digital: studi di kampus",
        "Ani",
        2026,
    )
    assert [(each.get("a"), each.get("e"), each.get("0")) for each in marc.all("700")] == [
        ("Dr. Wayan Suarta, M.Kom.", "pembimbing", "(NIDN)0012037801")
    ]
    assert marc.first("100").get("0") == "(NIM)20210001"
    assert marc.first("710").get("0") == "(PDDikti)55201"
    assert [each.get("a") for each in marc.all("520")] == [deposit.abstract, deposit.abstract_english]
    assert marc.first("024").get("a") == marc.first("856").get("u") == f"https://perpus.example/id/{code}"
    assert marc.first("540").get("a") == "CC BY 4.0"
    assert [(each.part, each.level, each.licence) for each in files_of(record)][:2] == [
        ("cover", "public", "cc-by-4.0"),
        ("approval", "public", "cc-by-4.0"),
    ]
    assert "whole" not in {each.part for each in files_of(record)}


def test_an_embargo_begins_when_the_work_is_published(ani, sari, programme):
    deposit = a_whole_deposit(ani, programme, embargo_years=2, embargo_reason="Menunggu paten")
    with clock.stopped_at(datetime(2026, 11, 29, 3, tzinfo=UTC)):
        record = publish(approved(deposit, sari), site="", by=sari).record
    assert {(each.embargo_until, each.embargo_reason) for each in files_of(record)} == {(date(2028, 11, 29), "Menunggu paten")}
    assert years_after(date(2028, 2, 29), 1) == date(2029, 3, 1)


def test_only_what_is_approved_is_published(ani, sari, programme):
    deposit = a_whole_deposit(ani, programme)
    with pytest.raises(Refused) as refusal:
        publish(deposit, site="", by=sari)
    assert refusal.value.codes == ["deposit_elsewhere"]
    assert Record.objects.count() == 0


def test_a_permanent_address_leads_to_the_title_and_notices_a_wrong_sign(client, ani, sari, programme):
    published = publish(approved(a_whole_deposit(ani, programme), sari), site="", by=sari)
    code = PermanentIdentifier.objects.get().code
    assert with_check(code[:-1]) == code
    assert client.get(f"/id/{code.upper()}").url == f"/records/{published.record_id}"
    assert client.get(f"/id/{code[:-1]}?").status_code == 404
    PermanentIdentifier.objects.update(record=None)
    assert client.get(f"/id/{code}").status_code == 410


def test_a_draft_given_up_lets_its_contents_go_after_thirty_days_and_no_others(
    ani, programme, django_capture_on_commit_callbacks
):
    deposit, other = a_deposit(ani), a_deposit(ani)
    own, shared = a_content(a_pdf("hanya di sini")), a_content(a_pdf("di dua karya"))
    for content in (own, shared):
        add_deposit_file(deposit, content, name="a.pdf", by=ani.user)
    add_deposit_file(other, shared, name="a.pdf", by=ani.user)
    discard_deposit(deposit, by=ani.user)
    assert let_go() == 0
    with clock.stopped_at(clock.now() + timedelta(days=31)), django_capture_on_commit_callbacks(execute=True):
        assert let_go() == 1
    assert (store.exists(own.sha256), store.exists(shared.sha256)) == (False, True)


def test_files_of_a_move_that_is_undone_leave_what_a_deposit_has_too(ani, sari, django_capture_on_commit_callbacks):
    record, both, own = a_record(), a_pdf("juga di karya ini"), a_pdf("hanya dari sistem lama")
    keys = [
        arrivals.bring_in(ArrivingFile(record=record, name="a.pdf", label="", level="public"), BytesIO(each), by=sari)
        for each in (both, own)
    ]
    shared, alone = a_content(both), a_content(own)
    fixity.register(keys)
    add_deposit_file(a_deposit(ani), shared, name="a.pdf", by=ani.user)
    with django_capture_on_commit_callbacks(execute=True):
        arrivals.take_out(keys, by=sari)
    assert (store.exists(shared.sha256), store.exists(alone.sha256)) == (True, False)
    assert list(KeptContent.objects.values_list("sha256", flat=True)) == [shared.sha256]


def test_taking_a_file_out_takes_its_pieces_along(ani, programme):
    deposit = a_whole_deposit(ani, programme)
    remove_deposit_file(deposit.files.get(name="skripsi.pdf"), by=ani.user)
    assert [each.use for each in deposit.files.all()] == ["similarity"]


@pytest.mark.parametrize(
    ("pattern", "good"),
    [
        ("{nim}_{bagian}", True),
        ("{nomor}", True),
        ("{nim}", False),
        ("{sandi}_{bagian}", False),
        ("{bagian", False),
        ("{bagian.x}", False),
    ],
)
def test_a_pattern_of_names_tells_files_apart(pattern: str, good: bool):
    assert is_pattern(pattern) is good


def test_the_database_knows_the_state_of_a_deposit(ani, programme):
    deposit = a_deposit(ani)
    for wrong in ({"state": "lost"}, {"state": DepositStates.PUBLISHED}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Deposit.objects.filter(pk=deposit.pk).update(**wrong)


def test_a_member_is_told_of_their_deposits_and_forgotten_in_them(ani, sari, programme):
    (holding,) = [each for each in registered() if each.code == "digital"]
    published = publish(approved(a_whole_deposit(ani, programme), sari), site="", by=sari)
    waiting = a_whole_deposit(ani, programme, title="Karya kedua")
    submit_deposit(waiting, version=waiting.version, by=ani.user)
    assert [each["title"] for each in holding.told(ani)["deposits"]] == ["Perpustakaan digital: studi di kampus", "Karya kedua"]
    assert [each.code for each in holding.against(ani)] == ["deposit_under_way"]
    holding.erase(ani)
    assert [(each.pk, each.member) for each in Deposit.objects.all()] == [(published.pk, None)]


@pytest.mark.parametrize("similarity", [Decimal(-1), Decimal("100.5")])
def test_a_similarity_is_a_percentage(ani, programme, similarity: Decimal):
    deposit = a_deposit(ani)
    with pytest.raises(Refused) as refusal:
        change_deposit(deposit, version=deposit.version, similarity=similarity, year=1800, by=ani.user)
    assert refusal.value.codes == ["year_unlikely", "similarity_out_of_range"]


def test_a_similarity_over_the_limit_is_told_as_it_was_written(ani, programme):
    deposit = a_whole_deposit(ani, programme)
    deposit = change_deposit(deposit, version=deposit.version, similarity=Decimal("41.0"), by=ani.user)
    [lack] = lacks_of(deposit)
    assert str(lack.reason) == "Kemiripan 41 % melebihi batas program studi 30 %."


def test_a_proof_for_the_library_is_not_judged_by_its_fonts(ani, programme):
    deposit = a_deposit(ani)
    content = a_content(a_pdf("18 %"))
    proof = add_deposit_file(deposit, content, name="a.pdf", use=DepositFile.Uses.SIMILARITY, by=ani.user)
    other = add_deposit_file(a_deposit(ani), content, name="a.pdf", by=ani.user)
    assert ([each["code"] for each in proof.findings], [each["code"] for each in other.findings]) == ([], ["fonts"])
