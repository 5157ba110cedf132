"""A book comes back late: what that costs by which rule, paid at the desk and told to the member; and a rule seen before it is saved."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from lumbung.accounts.models import User
from lumbung.catalogue.models import ItemType
from lumbung.circulation.domain.fines import accrue_fines
from lumbung.circulation.domain.pins import set_pin
from lumbung.circulation.domain.rules import create_default_rules
from lumbung.circulation.gateways.sip2.session import Session
from lumbung.circulation.models import Fee, FeeAccount, Loan, LoanRule, Payment
from lumbung.circulation.tests.factories import ItemFactory, RecordFactory
from lumbung.circulation.tests.sip2 import Machine
from lumbung.kernel import clock
from lumbung.kernel.models import JournalEntry
from lumbung.members.models import Category, Member
from lumbung.organization.tests.factories import open_on

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # nine in the morning in Jakarta


def after(days: int) -> datetime:
    return MONDAY + timedelta(days=days)


@pytest.fixture
def student(ani: Member, sari: User) -> Member:
    """Ani, a student under the rules a new library begins with, to which the library added a fine by its own page."""
    open_on(ani.branch)
    create_default_rules(by=sari)
    ani.category = Category.objects.get(code="student")
    ani.save()
    return ani


def a_book(member: Member, barcode: str, title: str, kind: str = "textbook"):
    of_kind = ItemType.objects.get(code=kind)
    return ItemFactory(barcode=barcode, branch=member.branch, item_type=of_kind, record=RecordFactory(title=title))


def fields_of(page: str) -> dict[str, str]:
    """What stands in the form of a rule, as the browser would send it back: the chosen of each list, the values of each box."""
    form = page[page.index('<form method="post" class="stack"') :]
    said = dict(re.findall(r'<input type="(?:text|number|date)" name="(\w+)"[^>]*? value="([^"]*)"', form))
    for name, options in re.findall(r'<select name="(\w+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', options)
        said[name] = chosen[1] if chosen else ""
    return said


def change_rule(client: Client, rule: LoanRule, **terms: str) -> None:
    """Change the rule on its page: look at what it would do, then save."""
    address = f"/staff/rules/{rule.pk}"
    given = fields_of(client.get(address).content.decode()) | terms
    client.post(address, given)
    assert client.post(address, given | {"seen": "yes"}).status_code == 302


@pytest.mark.requirement("R301", "R317", "R318")
def test_one_loan_from_desk_to_telephone_to_machine_is_one_history_with_every_door(client: Client, student: Member, sari: User):
    set_pin(student, "2580", by=student.user)
    a_book(student, "B1", "Bumi manusia")
    client.force_login(sari)
    powers = {"lends": "on", "takes_back": "on", "needs_pin": "on", "is_active": "on"}
    lobby = {"name": "Lobi", "login": "lobi", "branch": student.branch.pk, "account": sari.pk, "encoding": "utf-8"}
    secret = re.search(
        r'id="secret">(\w+)<', client.post("/staff/terminals/new", lobby | powers | {"language": "id"}).content.decode()
    )[1]
    with clock.stopped_at(MONDAY):
        client.post("/staff/desk", {"code": "B1", "member": student.pk})
    loan = Loan.objects.get()
    was_due = loan.due_at
    client.force_login(student.user)
    with clock.stopped_at(after(4)):
        client.post(f"/my/loans/{loan.pk}/renewal")
    loan.refresh_from_db()
    assert loan.due_at - was_due == timedelta(days=4)
    kept = loan.renewals.get()
    assert (kept.was_due_at, kept.due_at) == (was_due, loan.due_at)
    machine = Machine(Session("192.0.2.1"))
    machine.sign_in("lobi", secret)
    with clock.stopped_at(after(6)):
        assert machine.say("09", AP="", AO="", AB="B1", AC="")["ok"] == "1"

    told = JournalEntry.objects.filter(name__in=["CheckedOut", "Renewed", "CheckedIn"]).order_by("pk")
    doors = [(entry.name, entry.channel) for entry in told]
    assert doors == [("CheckedOut", "desk"), ("Renewed", "web"), ("CheckedIn", "sip2")]
    client.force_login(sari)
    page = client.get(f"/staff/loans/{loan.pk}").content.decode()
    assert all(said in page for said in ("Bumi manusia", "halaman petugas"))
    assert Loan.objects.count() == 1
    assert not Loan.objects.open().exists()


@pytest.mark.requirement("R106", "R318")
def test_a_refusal_tells_all_its_reasons_and_which_rule_said_it(client: Client, student: Member, sari: User):
    client.force_login(sari)
    a_book(student, "B1", "Bumi manusia")
    a_book(student, "R1", "Kamus besar", "dictionary")
    a_book(student, "T1", "Kalkulus", "reserve")
    reserve = LoanRule.objects.get(item_type__code="reserve")
    change_rule(client, reserve, name="Tandon selama ujian", may_borrow="false", loan_days="")
    with clock.stopped_at(MONDAY):
        client.post("/staff/desk", {"code": "B1", "member": student.pk})
    with clock.stopped_at(after(20)):
        dictionary = client.post("/staff/desk", {"code": "R1", "member": student.pk}, follow=True).content.decode()
        kept = client.post("/staff/desk", {"code": "T1", "member": student.pk}, follow=True).content.decode()
        asked = {"member": student.barcode, "item": "T1", "branch": student.branch.pk, "kind": "normal", "day": ""}
        tester = client.get("/staff/rules/tester", asked).content.decode()
        renewed = client.post(f"/staff/loans/{Loan.objects.get().pk}/renewal", follow=True).content.decode()
    assert "Pinjaman ini sudah lewat jatuh tempo 30 November 2026 (ketentuan umum)." in renewed
    late = "Masih ada pinjaman yang terlambat: 1 (ketentuan umum)."
    assert all(said in dictionary for said in ("Kamus hanya dibaca di tempat (ketentuan jenis eksemplar).", late))
    assert all(said in kept for said in ("Menurut aturan “Tandon selama ujian” ini tidak dipinjamkan.", late))
    assert all(said in tester for said in ("Tidak dipinjamkan, menurut aturan “Tandon selama ujian”.", late))
    assert (Loan.objects.count(), Loan.objects.get().renewal_count) == (1, 0)


@pytest.mark.requirement("R105")
def test_a_rule_is_seen_against_the_loans_that_run_before_it_is_saved(client: Client, student: Member, sari: User):
    client.force_login(sari)
    a_book(student, "B1", "Bumi manusia")
    with clock.stopped_at(MONDAY):
        client.post("/staff/desk", {"code": "B1", "member": student.pk})
        rule = LoanRule.objects.get(category__code="student")
        address = f"/staff/rules/{rule.pk}"
        given = fields_of(client.get(address).content.decode()) | {"fine": "500", "grace_days": "1"}
        preview = client.post(address, given).content.decode()
    rule.refresh_from_db()
    assert rule.fine is None
    assert "1 akan diputuskan lain" in preview
    assert "Rp500 per hari, tenggang 1 hari" in preview
    client.post(address, given | {"seen": "yes"})
    rule.refresh_from_db()
    assert (rule.fine, rule.grace_days) == (500, 1)
    assert "fine" not in Loan.objects.get().policy  # what runs keeps the terms it was made under


def test_a_late_book_is_fined_once_paid_at_the_desk_with_a_receipt_and_told_to_its_member_alone(
    client: Client, student: Member, budi: Member, sari: User
):
    client.force_login(sari)
    change_rule(client, LoanRule.objects.get(category__code="student"), fine="500", grace_days="1")
    a_book(student, "B1", "Bumi manusia")
    with clock.stopped_at(MONDAY):
        client.post("/staff/desk", {"code": "B1", "member": student.pk})
    with clock.stopped_at(after(9)):
        accrue_fines()
    with clock.stopped_at(after(10)):
        accrue_fines()
        client.post("/staff/desk", {"code": "B1"}, follow=True)
        client.post("/staff/desk", {"code": "B1"}, follow=True)
        fee = Fee.objects.get()
        assert (fee.amount, FeeAccount.objects.get().owed) == (1500, 1500)
        client.force_login(student.user)
        assert "Rp1.500" in client.get("/my/fees").content.decode()
        client.force_login(budi.user)
        assert "Rp1.500" not in client.get("/my/fees").content.decode()
        assert client.get(f"/staff/members/{student.pk}/fees").status_code == 403

        client.force_login(sari)
        page = client.get(f"/staff/members/{student.pk}/fees").content.decode()
        assert 'data-key="F9"' in page
        once = re.search(r'name="once" value="([^"]+)"', page)[1]
        given = {"amount": "1.500", "method": "cash", "reference": "", "once": once, "fee": [fee.pk]}
        for _ in range(2):  # the key pressed twice
            receipt = client.post(f"/staff/members/{student.pk}/fees", given, follow=True).content.decode()
    payment = Payment.objects.get()
    assert all(said in receipt for said in (payment.receipt_number, "Bumi manusia", "Rp1.500", 'data-key="F8"'))
    client.force_login(student.user)
    mine = client.get("/my/fees").content.decode()
    assert all(said in mine for said in ("Tidak ada yang harus dibayar", payment.receipt_number))
    assert FeeAccount.objects.get().owed == 0
