"""How work at the desk begins: the branch is chosen, somebody is registered, and what stands in the way is set aside with a reason."""

import pytest
from django.test import Client
from django.urls import reverse

from lumbung.accounts.models import Role
from lumbung.accounts.tests.factories import UserFactory
from lumbung.circulation.models import Loan
from lumbung.circulation.queries import loan_words
from lumbung.circulation.tests.factories import ItemFactory, ItemTypeFactory, LoanRuleFactory
from lumbung.members.models import Member
from lumbung.members.tests.factories import CategoryFactory, MemberFactory
from lumbung.organization.models import Branch
from lumbung.organization.tests.factories import BranchFactory

pytestmark = pytest.mark.django_db

DESK = "/staff/desk"


@pytest.fixture
def branch() -> Branch:
    return BranchFactory(code="PUSAT", name="Pusat")


@pytest.fixture
def desk(client: Client, branch: Branch) -> Client:
    """The desk with Sari, a librarian, at it."""
    client.force_login(UserFactory(name="Sari", roles=[Role.LIBRARIAN]))
    return client


@pytest.fixture
def ani(branch: Branch) -> Member:
    LoanRuleFactory(category=CategoryFactory())
    return MemberFactory(name="Ani", category=CategoryFactory(), branch=branch)


def test_waiving_without_a_reason_lends_nothing_and_the_desk_asks_for_it(desk: Client, ani: Member, branch: Branch):
    ItemFactory(branch=branch, barcode="B9", status="damaged")
    page = desk.post("/staff/items/B9/loan", {"member": ani.pk, "waive": ["item_damaged"]}, follow=True)
    assert "Tuliskan mengapa halangannya dikesampingkan." in page.content.decode()
    assert [block.code for block in page.context["in_hand"].blocks] == ["item_damaged"]
    assert not Loan.objects.exists()


def test_a_scan_before_the_branch_is_chosen_chooses_none(desk: Client, branch: Branch):
    BranchFactory(code="FIK", name="Fakultas Ilmu Kesehatan")
    asked = desk.get(DESK).content.decode()
    assert '<h1 tabindex="-1" autofocus>Anda bekerja di mana?</h1>' in asked
    assert asked.count("autofocus") == 1
    desk.post(reverse("circulation:working_branch"), {"branch": branch.pk})
    changing = desk.get(reverse("circulation:working_branch")).content.decode()
    assert f'value="{branch.pk}" autofocus' in changing


def test_whoever_registers_somebody_from_the_desk_begins_with_the_name_at_the_branch_of_the_desk(desk: Client, branch: Branch):
    BranchFactory(code="FIK", name="Fakultas Ilmu Kesehatan")
    desk.post(reverse("circulation:working_branch"), {"branch": branch.pk})
    way = f"{reverse('members:new')}?branch={branch.pk}&next={DESK}"
    assert way.replace("&", "&amp;") in desk.get(DESK).content.decode()
    form = desk.get(way).context["form"]
    assert (form.initial["branch"], form.fields["name"].widget.attrs["autofocus"]) == (branch.pk, True)


def test_what_is_only_read_here_is_lent_to_the_open_member_until_closing_time(desk: Client, ani: Member, branch: Branch):
    ItemFactory(branch=branch, barcode="R1", item_type=ItemTypeFactory(code="dictionary", name="Kamus", lendable=False))
    page = desk.post(DESK, {"code": "R1", "member": ani.pk}, follow=True).content.decode()
    assert "Pinjamkan untuk dibaca di tempat" in page
    desk.post("/staff/items/R1/loan", {"member": ani.pk, "kind": "normal"})
    assert not Loan.objects.exists()
    desk.post("/staff/items/R1/loan", {"member": ani.pk, "kind": "on_site"})
    loan = Loan.objects.get()
    assert (loan.member, loan.kind) == (ani, "on_site")
    assert loan.due_at.astimezone(branch.zone).date() == loan.lent_at.astimezone(branch.zone).date()
    assert loan_words(loan)[0] == "dibaca di tempat, sampai tutup"
    assert "diperpanjang" not in " ".join(loan_words(loan))
    assert desk.get(f"/staff/loans/{loan.pk}").context["terms"][0] == "dibaca di tempat, sampai tutup"


def test_why_no_more_is_lent_to_be_read_here_is_said(desk: Client, ani: Member, branch: Branch):
    LoanRuleFactory(category=None, loan_kind="on_site", loan_limit=1, name="Baca di tempat")
    kind = ItemTypeFactory(code="dictionary", name="Kamus", lendable=False)
    for barcode in ("R1", "R2"):
        ItemFactory(branch=branch, barcode=barcode, item_type=kind)
        page = desk.post(f"/staff/items/{barcode}/loan", {"member": ani.pk, "kind": "on_site"}, follow=True)
    assert [loan.item.barcode for loan in Loan.objects.all()] == ["R1"]
    assert [str(each).split(" (")[0] for each in page.context["messages"]] == ["Sudah mencapai batas 1 pinjaman"]
