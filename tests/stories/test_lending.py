"""Lending as members, clerks and programs meet it: through the desk's page, the member's own page, and the API."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from lumbung.accounts.models import User
from lumbung.accounts.tests.factories import UserFactory
from lumbung.catalogue.models import ItemType
from lumbung.catalogue.tests.factories import a_record
from lumbung.circulation.domain.rules import create_default_rules
from lumbung.circulation.models import Loan
from lumbung.circulation.tests.factories import ItemFactory
from lumbung.digital.models import Levels
from lumbung.digital.tests.factories import a_file
from lumbung.kernel import clock
from lumbung.kernel.models import JournalEntry
from lumbung.members.models import Category, Member
from lumbung.members.tests.factories import MemberFactory
from lumbung.organization.models import Branch
from lumbung.organization.tests.factories import BranchFactory, open_on

pytestmark = pytest.mark.django_db
Calling = Callable[..., Client]

MONDAY_MORNING = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # 09.00 in Jakarta


@pytest.fixture
def branch(sari: User) -> Branch:
    branch = open_on(BranchFactory(code="PUSAT", name="Perpustakaan Pusat"))
    create_default_rules(by=sari)
    return branch


def a_book(branch: Branch, kind: str = "textbook", **facts: str):
    return ItemFactory(branch=branch, item_type=ItemType.objects.get(code=kind), **facts)


def a_member(category: str, **facts: object) -> Member:
    return MemberFactory(category=Category.objects.get(code=category), **facts)


def lend(desk: Client, item: str, member: str):
    body = {"item": item, "member": member, "branch": "PUSAT"}
    return desk.post("/api/v1/loans", body, content_type="application/json")


@pytest.mark.requirement("R105", "R352")
@pytest.mark.parametrize(
    ("category", "due_on", "limit"),
    [
        ("pupil", "2026-11-30", 2),
        ("student", "2026-11-30", 3),
        ("final-year", "2026-12-07", 5),
        ("teacher", "2026-12-07", 5),
        ("lecturer", "2026-12-23", 5),
        ("staff", "2026-12-07", 3),
        ("public", "2026-11-30", 2),
    ],
)
def test_each_kind_of_member_borrows_by_rules_of_its_own(
    branch: Branch, sari: User, calling: Calling, category: str, due_on: str, limit: int
):
    desk = calling(sari, "loans:write")
    member = a_member(category, barcode="K1")
    books = [a_book(branch) for _ in range(limit + 1)]
    with clock.stopped_at(MONDAY_MORNING):
        lent = [lend(desk, book.barcode, "K1") for book in books]
    assert [answer.status_code for answer in lent] == [201] * limit + [409]
    due_at = datetime.fromisoformat(lent[0].json()["due_at"]).astimezone(branch.zone)
    assert due_at.date().isoformat() == due_on
    assert [reason["code"] for reason in lent[-1].json()["reasons"]] == ["loan_limit_reached"]
    assert Loan.objects.open().filter(member=member).count() == limit


@pytest.mark.requirement("R105", missing="layanan yang berbeda menurut kategori di halaman anggota")
@pytest.mark.parametrize(
    ("category", "terms"),
    [
        (
            "student",
            "Mahasiswa: paling banyak 3, 7 hari Pinjaman sekaligus: paling banyak 3 7 hari 2 kali diperpanjang Semua layanan",
        ),
        (
            "lecturer",
            "Dosen: paling banyak 5, 30 hari Pinjaman sekaligus: paling banyak 5 30 hari 2 kali diperpanjang Semua layanan",
        ),
        (
            "public",
            "Masyarakat umum: paling banyak 2, 7 hari Pinjaman sekaligus: paling banyak 2 7 hari 1 kali diperpanjang Semua layanan",
        ),
    ],
)
def test_each_kind_of_member_finds_the_rules_of_its_own_when_signed_in(
    branch: Branch, client: Client, category: str, terms: str
):
    member = a_member(category, branch=branch, user=UserFactory())
    client.force_login(member.user)
    page = client.get("/my").text
    card = re.sub(r"<[^>]+>", " ", page[page.index('id="ketentuan">') + 15 :].partition("</details>")[0])
    assert " ".join(card.split()) == f"Ketentuan Anda sebagai {terms}"


@pytest.mark.requirement("R105")
def test_what_is_kept_for_lecturers_is_read_by_lecturers_alone(branch: Branch, client: Client):
    record = a_record("Pedoman pengajaran")
    file = a_file(record, level=Levels.GROUP, categories=[Category.objects.get(code="lecturer")])
    answers = {}
    for category in ("lecturer", "student", "public"):
        member = a_member(category, branch=branch, user=UserFactory())
        client.force_login(member.user)
        shown = client.get(f"/records/{record.pk}").text
        answers[category] = (client.get(f"/files/{file.pk}/read").status_code, f"/files/{file.pk}/read" in shown)
    assert answers == {"lecturer": (200, True), "student": (302, False), "public": (302, False)}


@pytest.mark.requirement("R352")
def test_the_kinds_of_member_are_there_from_the_first_day_and_can_be_edited(
    branch: Branch, client: Client, with_role: Callable[..., User]
):
    client.force_login(with_role("head"))
    page = client.get("/staff/members/categories").content.decode()
    for name in ("Siswa", "Mahasiswa", "Guru", "Dosen", "Tenaga kependidikan", "Masyarakat umum"):
        assert name in page
    lecturer = Category.objects.get(code="lecturer")
    answer = client.post(
        f"/staff/members/categories/{lecturer.pk}",
        {"code": "lecturer", "name": "Dosen tetap", "parent": "", "membership_months": 36},
    )
    assert answer.status_code == 302
    lecturer.refresh_from_db()
    assert (lecturer.name, lecturer.membership_months) == ("Dosen tetap", 36)


@pytest.mark.requirement("R106")
@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("reference", "Buku referensi hanya dibaca di tempat (ketentuan jenis eksemplar)."),
        ("dictionary", "Kamus hanya dibaca di tempat (ketentuan jenis eksemplar)."),
        ("encyclopaedia", "Ensiklopedia hanya dibaca di tempat (ketentuan jenis eksemplar)."),
    ],
)
def test_reference_works_stay_in_the_house_and_the_reason_is_told(
    branch: Branch, sari: User, calling: Calling, kind: str, sentence: str
):
    a_member("lecturer", barcode="K1")
    a_book(branch, kind, barcode="R1")
    refused = lend(calling(sari, "loans:write"), "R1", "K1")
    assert refused.status_code == 409
    assert refused.headers["Content-Type"] == "application/problem+json"
    assert [reason["detail"] for reason in refused.json()["reasons"]] == [sentence]
    assert not Loan.objects.exists()


@pytest.mark.requirement("R106")
def test_a_reference_work_is_read_in_the_house_and_the_desk_counts_it(branch: Branch, sari: User, client: Client):
    client.force_login(sari)
    budi = a_member("student", barcode="K2")
    dictionary = a_book(branch, "dictionary", barcode="R1")
    refused = client.post("/staff/desk", {"code": "R1", "member": budi.pk}, follow=True).content.decode()
    assert "Kamus hanya dibaca di tempat (ketentuan jenis eksemplar)." in refused
    assert "Catat baca di tempat" in refused
    counted = client.post("/staff/items/R1/in-house-use", {"member": budi.pk}, follow=True)
    assert "Tercatat dibaca di tempat:" in counted.content.decode()
    assert not Loan.objects.exists()
    entry = JournalEntry.objects.get(name="UsedInHouse")
    assert (entry.data["item"], entry.data["branch"], entry.actor_id) == (dictionary.pk, branch.pk, sari.pk)


@pytest.mark.requirement("R106")
def test_textbooks_and_reading_books_go_out_audiovisual_ones_for_shorter(branch: Branch, sari: User, calling: Calling):
    desk = calling(sari, "loans:write")
    a_member("lecturer", barcode="K1")
    with clock.stopped_at(MONDAY_MORNING):
        due = {
            kind: datetime.fromisoformat(lend(desk, a_book(branch, kind).barcode, "K1").json()["due_at"]).astimezone(
                branch.zone
            )
            for kind in ("textbook", "reading", "audiovisual")
        }
    assert {kind: moment.date().isoformat() for kind, moment in due.items()} == {
        "textbook": "2026-12-23",
        "reading": "2026-12-23",
        "audiovisual": "2026-11-26",
    }


@pytest.mark.requirement("R317", "R318")
def test_a_loan_is_renewed_with_a_new_date_the_old_one_kept_and_taken_back(branch: Branch, sari: User, calling: Calling):
    desk = calling(sari, "loans:write", "loans:read")
    a_member("student", barcode="K1")
    a_book(branch, barcode="B1")
    with clock.stopped_at(MONDAY_MORNING):
        loan = lend(desk, "B1", "K1").json()
    with clock.stopped_at(MONDAY_MORNING + timedelta(days=4)):
        renewed = desk.post(f"/api/v1/loans/{loan['id']}/renewal", content_type="application/json").json()
    assert renewed["was_due_at"] == loan["due_at"]
    assert renewed["due_at"] > loan["due_at"]
    assert renewed["renewals"] == 1
    kept = Loan.objects.get(pk=loan["id"]).renewals.get()
    assert (kept.was_due_at, kept.due_at) == (
        datetime.fromisoformat(loan["due_at"]),
        datetime.fromisoformat(renewed["due_at"]),
    )
    returned = desk.post("/api/v1/items/B1/return", {"branch": "PUSAT"}, content_type="application/json").json()
    assert returned["loan"]["id"] == loan["id"]
    assert returned["loan"]["returned_at"] is not None


@pytest.mark.requirement("R318")
def test_a_loan_somebody_else_waits_for_is_not_renewed(branch: Branch, sari: User, calling: Calling):
    desk = calling(sari, "loans:write", "holds:write")
    a_member("student", barcode="K1")
    budi = a_member("student", barcode="K2")
    book = a_book(branch, barcode="B1")
    with clock.stopped_at(MONDAY_MORNING):
        loan = lend(desk, "B1", "K1").json()
        waits = {"record": book.record_id, "member": budi.barcode, "branch": "PUSAT"}
        assert desk.post("/api/v1/holds", waits, content_type="application/json").status_code == 201
    with clock.stopped_at(MONDAY_MORNING + timedelta(days=4)):
        refused = desk.post(f"/api/v1/loans/{loan['id']}/renewal", content_type="application/json")
    assert refused.status_code == 409
    assert [reason["code"] for reason in refused.json()["reasons"]] == ["wanted_by_others"]
    assert Loan.objects.get(pk=loan["id"]).due_at == datetime.fromisoformat(loan["due_at"])


@pytest.mark.requirement("R317")
def test_a_clerk_lends_renews_and_takes_back_at_the_desk_without_javascript(branch: Branch, sari: User, client: Client):
    client.force_login(sari)
    ani = a_member("student", name="Ani Saraswati", barcode="K1")
    a_book(branch, barcode="B1")
    with clock.stopped_at(MONDAY_MORNING):
        opened = client.post("/staff/desk", {"code": "K1"}, follow=True)
        assert "Ani Saraswati" in opened.content.decode()
        client.post("/staff/desk", {"code": "B1", "member": ani.pk}, follow=True)
    loan = Loan.objects.get(item__barcode="B1", member=ani)
    due_at = loan.due_at
    with clock.stopped_at(MONDAY_MORNING + timedelta(days=4)):
        client.post(f"/staff/loans/{loan.pk}/renewal", follow=True)
        loan.refresh_from_db()
        assert loan.due_at > due_at
        client.post("/staff/desk", {"code": "B1"}, follow=True)
    loan.refresh_from_db()
    assert loan.returned_to == branch
