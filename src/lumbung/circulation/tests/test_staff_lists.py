"""Lists and rules of circulation, through HTTP, with Sari (librarian) before the screen."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from lumbung.accounts.models import Role, User
from lumbung.accounts.tests.factories import UserFactory
from lumbung.circulation.domain.holds import place_hold
from lumbung.circulation.domain.loans import check_out, renew
from lumbung.circulation.models import CRITERIA, Hold, Loan, LoanRule, RuleBook
from lumbung.circulation.queries import decision
from lumbung.circulation.tests.factories import HoldFactory, ItemFactory, LoanFactory, LoanRuleFactory
from lumbung.kernel import clock
from lumbung.kernel.models import JournalEntry
from lumbung.members.domain.members import register
from lumbung.members.models import Member
from lumbung.members.tests.factories import CategoryFactory, MemberFactory
from lumbung.organization.models import Branch
from lumbung.organization.tests.factories import BranchFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def branch() -> Branch:
    return BranchFactory(code="PUSAT")


@pytest.fixture
def sari(client: Client) -> User:
    """Sari, librarian, signed in."""
    user = UserFactory(name="Sari", roles=[Role.LIBRARIAN])
    client.force_login(user)
    return user


@pytest.fixture
def ani(branch: Branch) -> Member:
    LoanRuleFactory(category=CategoryFactory())
    spell = {"joined_on": date(2020, 1, 1), "expires_on": date(2099, 1, 1)}
    return register(
        name="Ani", category=CategoryFactory(), branch=branch, barcode="K1", phone="0812 3456 7890", by=None, **spell
    )


def overdue_loan(member: Member, days: int, **facts: object) -> Loan:
    due = clock.now() - timedelta(days=days)
    return LoanFactory(member=member, lent_at=due - timedelta(days=7), due_at=due, **facts)


@pytest.mark.parametrize("listed", ["loans", "overdue"])
def test_a_category_takes_in_those_under_it_in_both_lists(client: Client, sari: User, ani: Member, listed: str):
    above = CategoryFactory(code="civitas", name="Civitas")
    ani.category.parent = above
    ani.category.save()
    late = overdue_loan(ani, 2)
    assert list(client.get(reverse(f"circulation:{listed}"), {"category": above.pk}).context["page"]) == [late]


def test_the_overdue_list_is_narrowed_by_branch_category_and_days(client: Client, sari: User, ani: Member, branch: Branch):
    long, short = overdue_loan(ani, 10), overdue_loan(ani, 2)
    LoanFactory(member=ani)

    def shown(**asked: object) -> list[Loan]:
        return list(client.get(reverse("circulation:overdue"), asked).context["page"])

    assert shown() == [long, short]
    assert shown(days=5) == [long]
    assert shown(branch=branch.pk) == [long, short]
    assert shown(branch=BranchFactory(code="FT").pk) == []
    assert shown(category=CategoryFactory(code="dosen", name="Dosen").pk) == []
    assert shown(days="x") == [long, short]


def test_the_overdue_table_opens_in_a_spreadsheet_without_a_formula(client: Client, sari: User, ani: Member):
    overdue_loan(ani, 3, item=ItemFactory(barcode="B1", record__title="=cmd|'/c calc'!A1"))
    table = b"".join(client.post(reverse("circulation:overdue_csv")).streaming_content).decode().splitlines()
    assert table[0] == "\ufeffnomor kartu,nama,kategori,telepon,barcode,judul,dipinjam dari,jatuh tempo"
    assert table[1].startswith("K1,Ani,Mahasiswa,'+6281234567890,B1,'=cmd|'/c calc'!A1,Perpustakaan Pusat,")


def test_the_journal_keeps_who_took_the_overdue_table_away(client: Client, sari: User, ani: Member):
    overdue_loan(ani, 3)
    assert "overdue.csv" in client.get(reverse("circulation:overdue")).content.decode()
    client.post(reverse("circulation:overdue_csv"))
    entry = JournalEntry.objects.get(name="OverdueExported")
    assert (entry.actor_id, entry.data) == (sari.pk, {"count": 1})


def test_the_desk_sees_the_overdue_list_but_may_not_take_it_away(client: Client):
    client.force_login(UserFactory(name="Dewi", roles=[Role.CIRCULATION]))
    assert "overdue.csv" not in client.get(reverse("circulation:overdue")).content.decode()
    assert client.post(reverse("circulation:overdue_csv")).status_code == 403


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("name", "questions"), [("overdue", 7), ("loans", 7), ("holds", 6), ("shelf", 9), ("pull_list", 5)])
def test_a_list_asks_the_same_number_of_questions_however_long_it_is(
    client: Client, sari: User, branch: Branch, name: str, questions: int, rows: int, django_assert_num_queries
):
    for _ in range(rows):
        overdue_loan(MemberFactory(), 3)
        HoldFactory(state=Hold.States.READY, item=ItemFactory(), ready_until=date(2099, 1, 1), pickup_branch=branch)
        HoldFactory(record=ItemFactory().record, pickup_branch=branch)
    client.get(reverse(f"circulation:{name}"))
    with django_assert_num_queries(questions):
        client.get(reverse(f"circulation:{name}"))


def test_a_loan_tells_each_renewal_with_the_old_due_date_and_the_new(client: Client, sari: User, ani: Member, branch: Branch):
    with clock.stopped_at(clock.now() - timedelta(days=3)):
        loan = check_out(ItemFactory(branch=branch), to=ani, at=branch, by=sari)
    renew(loan, by=sari)
    (renewal,) = client.get(reverse("circulation:loan", args=[loan.pk])).context["renewals"]
    assert (renewal.was_due_at, renewal.renewed_by) == (loan.due_at, sari)
    assert renewal.due_at - renewal.was_due_at == timedelta(days=3)


def test_what_cannot_be_renewed_is_told_on_the_page_of_the_loan(client: Client, sari: User, ani: Member, branch: Branch):
    loan = check_out(ItemFactory(branch=branch), to=ani, at=branch, by=sari)
    page = f"http://testserver{reverse('circulation:loan', args=[loan.pk])}"
    response = client.post(reverse("circulation:renewal", args=[loan.pk]), headers={"referer": page}, follow=True)
    assert "Belum perlu diperpanjang" in response.content.decode()


def test_a_hold_is_cancelled_and_the_clerk_comes_back_to_the_list(client: Client, sari: User, ani: Member, branch: Branch):
    hold = place_hold(ItemFactory(branch=branch).record, member=ani, pickup_branch=branch, by=sari)
    sent = {"_method": "DELETE", "next": "/staff/holds?state=waiting"}
    assert client.post(reverse("circulation:hold", args=[hold.pk]), sent)["Location"] == "/staff/holds?state=waiting"
    hold.refresh_from_db()
    assert hold.state == Hold.States.CANCELLED


def test_only_those_who_set_the_rules_see_them(client: Client):
    client.force_login(UserFactory(roles=[Role.CIRCULATION]))
    assert client.get(reverse("circulation:rules")).status_code == 403
    assert client.post(reverse("circulation:new_rule"), {"loan_days": 999}).status_code == 403


def test_a_rule_is_added_changed_and_removed_and_a_second_for_the_same_case_is_refused(
    client: Client, sari: User, branch: Branch
):
    terms = {"loan_days": 14, "loan_limit": 5, "renewal_limit": 2, "hold_limit": 3, "hold_days": 3}
    LoanFactory(item__branch=branch)
    looked = client.post(reverse("circulation:new_rule"), terms)
    [effect] = looked.context["preview"].effects
    assert (looked.status_code, LoanRule.objects.count(), effect.loans) == (200, 0, 1)
    assert [(change.label, change.before, change.after) for change in effect.changes][:2] == [
        ("Lama pinjam", "tidak dipinjamkan", "14 hari"),
        ("Batas pinjaman", "", "paling banyak 5"),
    ]
    terms["seen"] = "yes"
    assert client.post(reverse("circulation:new_rule"), terms).status_code == 302
    twice = client.post(reverse("circulation:new_rule"), terms)
    assert twice.status_code == 422
    assert "Sudah ada aturan" in twice.content.decode()
    rule = LoanRule.objects.get()
    address = reverse("circulation:rule", args=[rule.pk])
    client.post(address, {**terms, "loan_days": 7})
    rule.refresh_from_db()
    assert rule.loan_days == 7
    lost = client.get(reverse("circulation:rule_removal", args=[rule.pk])).context["preview"]
    assert (lost.open_loans, lost.changed, lost.effects[0].is_lost) == (1, 1, True)
    client.post(address, {"_method": "DELETE"})
    assert LoanRule.objects.count() == 0


def test_loans_that_would_change_alike_stand_in_one_row_whatever_the_units_of_their_members(
    client: Client, sari: User, branch: Branch
):
    category = CategoryFactory()
    LoanRuleFactory(category=category)
    for unit in ("Teknik", "Hukum", "Hukum"):
        LoanFactory(item__branch=branch, member__category=category, member__unit=unit)
    rule = LoanRule.objects.get()
    terms = {"category": category.pk, "loan_days": 9, "loan_limit": 3, "renewal_limit": 2, "hold_limit": 3, "hold_days": 3}
    [effect] = client.post(reverse("circulation:rule", args=[rule.pk]), terms).context["preview"].effects
    assert (effect.loans, [(change.before, change.after) for change in effect.changes]) == (3, [("7 hari", "9 hari")])


def test_the_tester_tells_which_rule_holds_and_what_stands_against_lending(
    client: Client, sari: User, ani: Member, branch: Branch
):
    item = ItemFactory(branch=branch, barcode="B1", status="damaged")
    special = LoanRuleFactory(category=None, item_type=item.item_type, loan_days=1)
    answer = client.get(reverse("circulation:tester"), {"member": "K1", "item": "B1", "branch": branch.pk}).context["answer"]
    assert answer.decision.rule.pk == special.pk
    assert [block.code for block in answer.blocks] == ["item_damaged"]
    assert (answer.told[0].words, answer.told[0].because) == (
        "1 hari",
        "Lebih khusus: menyebut jenis eksemplar (bobot 128, berikutnya 1).",
    )
    unknown = client.get(reverse("circulation:tester"), {"member": "X", "item": "B1", "branch": branch.pk})
    assert "Tidak ada anggota dengan nomor ini." in unknown.content.decode()


def test_the_tester_begins_at_the_branch_where_one_works(client: Client, sari: User, branch: Branch):
    for each in (BranchFactory(code="AAA"), BranchFactory(code="ZZZ"), branch):
        client.post(reverse("circulation:working_branch"), {"branch": each.pk})
        assert f'<option value="{each.pk}" selected>' in client.get(reverse("circulation:tester")).text


def test_a_rule_form_reads_days_and_steps_as_people_write_them_and_says_what_is_wrong(client: Client, sari: User):
    address = reverse("circulation:new_rule")
    given = {"loan_days": 3, "fine_steps": "1: 500; 8: Rp1.000", "weekdays": ["4", "0"], "seen": "yes", "may_borrow": "true"}
    client.post(address, given)
    rule = LoanRule.objects.get()
    assert (rule.fine_steps, rule.weekdays, rule.may_borrow) == ([[1, 500], [8, 1000]], "04", True)
    page = client.get(reverse("circulation:rule", args=[rule.pk])).content.decode()
    assert 'value="1: 500; 8: 1000"' in page
    wrong = client.post(address, {"loan_days": 3, "loan_hours": 2, "fine_steps": "8: 500; 1: 100", "seen": "yes"})
    said = " ".join(map(str, wrong.context["form"].non_field_errors()))
    assert (wrong.status_code, "dalam hari atau dalam jam" in said, "Denda bertingkat" in said) == (422, True, True)
    assert client.post(address, {"fine_steps": "lima ratus"}).status_code == 422
    assert "tidak mengatur apa pun" in client.post(address, {"seen": "yes"}).content.decode()


def test_weights_are_looked_at_and_then_saved(client: Client, sari: User, branch: Branch):
    address = reverse("circulation:rule_weights")
    loan = LoanFactory(item__branch=branch)
    LoanRuleFactory(category=loan.member.category, loan_days=7)
    LoanRuleFactory(category=None, item_type=loan.item.item_type, loan_days=1)
    given = {**CRITERIA, "category": 5000}
    looked = client.post(address, given)
    [change] = looked.context["preview"].effects[0].changes
    assert (change.label, change.before, change.after) == ("Lama pinjam", "1 hari", "7 hari")
    client.post(address, {**given, "seen": "yes"})
    assert RuleBook.objects.get().weights == {"category": 5000}
    assert decision(loan.item, loan.member, branch).policy.loan_days == 7


@pytest.mark.parametrize("rows", [1, 3])
def test_the_table_of_rules_asks_as_much_for_three_rows_as_for_one(
    client: Client, sari: User, rows: int, django_assert_num_queries
):
    for days in range(rows):
        LoanRuleFactory(category=None, unit=f"Prodi {days}")
    with django_assert_num_queries(6):
        page = client.get(reverse("circulation:rules"))
    assert len(page.context["lines"]) == rows


def test_the_page_of_a_member_shows_loans_and_holds(client: Client, sari: User, ani: Member, branch: Branch):
    check_out(ItemFactory(branch=branch, record__title="Bumi Manusia"), to=ani, at=branch, by=sari)
    place_hold(ItemFactory(branch=branch, record__title="Laskar Pelangi").record, member=ani, pickup_branch=branch, by=sari)
    page = client.get(reverse("members:member", args=[ani.pk])).content.decode()
    assert "Bumi Manusia" in page
    assert "Laskar Pelangi" in page
    assert f'href="/staff/desk?member={ani.pk}"' in page
