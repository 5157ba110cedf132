"""The desk's one scan box, through HTTP as a plain form and as htmx sends it."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from lumbung.accounts.models import Role, User
from lumbung.accounts.tests.factories import UserFactory
from lumbung.circulation.domain.holds import place_hold, set_aside
from lumbung.circulation.domain.loans import check_out
from lumbung.circulation.models import Hold, Loan
from lumbung.circulation.tests.factories import ItemFactory, LoanRuleFactory
from lumbung.kernel import clock
from lumbung.kernel.models import JournalEntry
from lumbung.members.domain.members import register
from lumbung.members.models import Member
from lumbung.members.tests.factories import CategoryFactory
from lumbung.organization.models import Branch
from lumbung.organization.tests.factories import BranchFactory, LibraryFactory

pytestmark = pytest.mark.django_db

DESK = "/staff/desk"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def branch() -> Branch:
    return BranchFactory(code="PUSAT", name="Pusat")


@pytest.fixture
def sari() -> User:
    """Sari, librarian."""
    return UserFactory(name="Sari", roles=[Role.LIBRARIAN])


@pytest.fixture
def desk(client: Client, sari: User, branch: Branch) -> Client:
    """The desk with Sari at it; there is one branch, so she works there."""
    client.force_login(sari)
    return client


def a_member(branch: Branch, name: str, **facts: object) -> Member:
    spell = {"joined_on": date(2020, 1, 1), "expires_on": date(2099, 1, 1)}
    return register(name=name, category=CategoryFactory(), branch=branch, by=None, **spell, **facts)


@pytest.fixture
def ani(branch: Branch) -> Member:
    LoanRuleFactory(category=CategoryFactory())
    return a_member(branch, "Ani Saraswati", barcode="K1", identifiers=[("nim", "2311040087")])


@pytest.fixture
def budi(branch: Branch, ani: Member) -> Member:
    return a_member(branch, "Budi", barcode="K2")


def scan(desk: Client, code: str, *, member: Member | None = None, **sent: str):
    """What the page is after this code was scanned with this member open."""
    return desk.post(DESK, {"code": code, "member": member.pk if member else "", **sent}, follow=True)


@pytest.mark.parametrize("role", [Role.MEMBER, Role.CATALOGUER])
@pytest.mark.parametrize("name", ["desk", "receipt", "loans", "overdue", "holds", "pull_list", "shelf", "rules", "tester"])
def test_members_and_cataloguers_are_kept_out(client: Client, role: Role, name: str):
    client.force_login(UserFactory(name="Ani", roles=[role]))
    assert client.get(reverse(f"circulation:{name}")).status_code == 403


def test_ani_may_not_lend_to_herself_nor_see_the_loan_of_budi(
    client: Client, ani: Member, budi: Member, branch: Branch, sari: User
):
    loan = check_out(ItemFactory(branch=branch, barcode="B1"), to=budi, at=branch, by=sari)
    client.force_login(UserFactory(name="Ani", roles=[Role.MEMBER]))
    assert client.post("/staff/items/B1/loan", {"member": ani.pk}).status_code == 403
    assert client.post("/staff/items/B1/loan", {"_method": "DELETE"}).status_code == 403
    assert client.post("/staff/items/B1/in-house-use").status_code == 403
    assert client.post("/staff/items/B1/hold", {"member": ani.pk}).status_code == 403
    assert client.get(f"/staff/loans/{loan.pk}").status_code == 403
    assert client.post(f"/staff/loans/{loan.pk}/renewal").status_code == 403
    assert client.post(f"/staff/loans/{loan.pk}", {"_method": "DELETE"}).status_code == 403


@pytest.mark.parametrize("code", ["K1", " k1\r\n", "2311040087", "*K1*", "\tK1\t"])
def test_a_card_or_a_number_opens_the_member(desk: Client, ani: Member, code: str):
    assert scan(desk, code).context["member"] == ani


def test_an_item_is_lent_to_the_open_member_and_the_due_date_is_told(desk: Client, ani: Member, branch: Branch):
    ItemFactory(branch=branch, barcode="B1", record__title="Bumi Manusia")
    response = scan(desk, "B1", member=ani)
    loan = Loan.objects.get()
    assert (loan.item.barcode, loan.member) == ("B1", ani)
    assert response.redirect_chain == [(f"{DESK}?member={ani.pk}&done=lent&loan={loan.pk}", 302)]
    outcome = response.context["outcome"]
    assert (outcome.deed, outcome.tone) == ("lent", "ok")
    page = response.content.decode()
    assert "Dipinjamkan:" in page
    assert "Bumi Manusia" in page
    assert "7 hari" in page


def test_htmx_gets_only_what_changes(desk: Client, ani: Member):
    page = desk.post(DESK, {"code": "K1"}, headers=HTMX, follow=True).content.decode()
    assert page.lstrip().startswith('<div id="desk"')
    assert f'name="member" value="{ani.pk}"' in page


def test_with_nobody_open_an_item_comes_back(desk: Client, ani: Member, branch: Branch, sari: User):
    loan = check_out(ItemFactory(branch=branch, barcode="B1"), to=ani, at=branch, by=sari)
    response = scan(desk, "B1")
    loan.refresh_from_db()
    assert loan.returned_to == branch
    assert response.context["outcome"].deed == "returned"
    assert [line.loan for line in response.context["taken_back"]] == [loan]


def test_an_item_that_nobody_has_is_received_and_the_desk_says_so(desk: Client, branch: Branch, ani: Member):
    ItemFactory(branch=branch, barcode="B1")
    response = scan(desk, "B1")
    assert (response.context["outcome"].deed, response.context["outcome"].tone) == ("seen", "attention")
    assert "Tidak sedang dipinjam" in response.content.decode()


def test_in_return_mode_an_item_comes_back_though_a_member_is_open(
    desk: Client, ani: Member, budi: Member, branch: Branch, sari: User
):
    loan = check_out(ItemFactory(branch=branch, barcode="B1"), to=budi, at=branch, by=sari)
    response = scan(desk, "B1", member=ani, mode="return")
    loan.refresh_from_db()
    assert loan.returned_at is not None
    assert (response.context["member"], response.context["mode"]) == (ani, "return")


def test_an_item_the_open_member_has_is_offered_to_renew_or_take_back(desk: Client, ani: Member, branch: Branch, sari: User):
    with clock.stopped_at(clock.now() - timedelta(days=3)):
        loan = check_out(ItemFactory(branch=branch, barcode="B1"), to=ani, at=branch, by=sari)
    in_hand = scan(desk, "B1", member=ani).context["in_hand"]
    assert (in_hand.is_own, in_hand.loan, list(in_hand.blocks)) == (True, loan, [])
    response = desk.post(f"/staff/loans/{loan.pk}/renewal", {"at": "desk", "member": ani.pk}, follow=True)
    assert response.context["outcome"].deed == "renewed"
    loan.refresh_from_db()
    assert loan.renewal_count == 1


def test_an_item_another_member_has_stays_with_that_member(desk: Client, ani: Member, budi: Member, branch: Branch, sari: User):
    loan = check_out(ItemFactory(branch=branch, barcode="B1"), to=budi, at=branch, by=sari)
    response = scan(desk, "B1", member=ani)
    loan.refresh_from_db()
    assert loan.returned_at is None
    assert (response.context["in_hand"].is_own, response.context["in_hand"].blocks) == (False, [])
    assert "Sedang dipinjam Budi" in response.content.decode()


def test_the_open_member_is_put_on_the_list_for_what_another_has(
    desk: Client, ani: Member, budi: Member, branch: Branch, sari: User
):
    item = ItemFactory(branch=branch, barcode="B1")
    check_out(item, to=budi, at=branch, by=sari)
    assert "Pesan untuk Ani Saraswati" in scan(desk, "B1", member=ani).content.decode()
    response = desk.post("/staff/items/B1/hold", {"member": ani.pk}, follow=True)
    hold = Hold.objects.get()
    assert (hold.record, hold.member, hold.pickup_branch) == (item.record, ani, branch)
    assert (response.context["member"], response.context["outcome"].deed) == (ani, "held")
    assert "urutan ke-1 dalam antrean, diambil di Pusat" in response.content.decode()


def test_what_stands_against_a_hold_is_told_instead_of_offering_it(
    desk: Client, ani: Member, budi: Member, branch: Branch, sari: User
):
    item = ItemFactory(branch=branch, barcode="B1")
    check_out(item, to=budi, at=branch, by=sari)
    place_hold(item.record, member=ani, pickup_branch=branch, by=sari)
    refused = desk.post("/staff/items/B1/hold", {"member": ani.pk}, follow=True)
    for response in (refused, scan(desk, "B1", member=ani)):
        assert [block.code for block in response.context["in_hand"].blocks] == ["hold_exists"]
        page = response.content.decode()
        assert "Judul ini sudah dipesan." in page
        assert "Pesan untuk" not in page
    assert Hold.objects.count() == 1
    assert desk.post("/staff/items/B1/hold", {}, follow=True).context["in_hand"].item == item


def test_an_item_that_nobody_has_is_counted_as_read_in_the_house(desk: Client, branch: Branch):
    item = ItemFactory(branch=branch, barcode="B1")
    assert "Catat baca di tempat" in scan(desk, "B1").content.decode()
    response = desk.post("/staff/items/B1/in-house-use", follow=True)
    assert (response.context["outcome"].deed, response.context["outcome"].tone) == ("read", "ok")
    page = response.content.decode()
    assert "Tercatat dibaca di tempat:" in page
    assert "Catat baca di tempat" not in page
    assert JournalEntry.objects.get(name="UsedInHouse").data == {
        "item": item.pk,
        "record": item.record_id,
        "branch": branch.pk,
    }


def test_what_is_on_loan_was_not_read_in_the_house(desk: Client, ani: Member, branch: Branch, sari: User):
    loan = check_out(ItemFactory(branch=branch, barcode="B1"), to=ani, at=branch, by=sari)
    assert desk.post("/staff/items/B1/in-house-use", follow=True).context["in_hand"].loan == loan
    assert desk.post("/staff/items/B2/in-house-use").status_code == 404
    assert not JournalEntry.objects.filter(name="UsedInHouse").exists()


def limit_reached(ani: Member, branch: Branch, sari: User) -> None:
    for _ in range(3):
        check_out(ItemFactory(branch=branch), to=ani, at=branch, by=sari)


def test_every_block_is_shown_at_once_and_those_that_may_be_are_waived_with_a_reason(
    desk: Client, ani: Member, branch: Branch, sari: User
):
    limit_reached(ani, branch, sari)
    ItemFactory(branch=branch, barcode="B9", status="damaged")
    response = scan(desk, "B9", member=ani)
    assert [block.code for block in response.context["in_hand"].blocks] == ["item_damaged", "loan_limit_reached"]
    page = response.content.decode()
    assert page.count('type="checkbox" name="waive"') == 2

    sent = {"member": ani.pk, "waive": ["item_damaged", "loan_limit_reached"], "reason": "Ujian besok"}
    assert desk.post("/staff/items/B9/loan", sent, follow=True).context["outcome"].deed == "lent"
    entry = JournalEntry.objects.filter(name="CheckedOut").latest("pk")
    assert entry.data["waived"] == ["item_damaged", "loan_limit_reached"]
    assert "Ujian besok" in desk.get(reverse("circulation:loan", args=[entry.data["loan"]])).content.decode()


def test_waiving_one_of_two_blocks_lends_nothing(desk: Client, ani: Member, branch: Branch, sari: User):
    limit_reached(ani, branch, sari)
    ItemFactory(branch=branch, barcode="B9", status="damaged")
    response = desk.post("/staff/items/B9/loan", {"member": ani.pk, "waive": ["item_damaged"]}, follow=True)
    assert [block.code for block in response.context["in_hand"].blocks] == ["item_damaged", "loan_limit_reached"]
    assert Loan.objects.filter(item__barcode="B9").count() == 0
    for sent in ({"waive": ["item_damaged"], "reason": "Ujian"}, {"reason": "Ujian"}):
        assert "Belum dicatat: centang" in desk.post("/staff/items/B9/loan", {"member": ani.pk, **sent}, follow=True).text
    assert "Belum dicatat" not in scan(desk, "B9", member=ani).content.decode()


def test_a_clerk_without_the_permission_waives_nothing(client: Client, ani: Member, branch: Branch, sari: User):
    limit_reached(ani, branch, sari)
    ItemFactory(branch=branch, barcode="B9")
    client.force_login(UserFactory(roles=[Role.CIRCULATION]))
    assert 'type="checkbox"' not in scan(client, "B9", member=ani).content.decode()
    client.post("/staff/items/B9/loan", {"member": ani.pk, "waive": ["loan_limit_reached"]})
    assert Loan.objects.filter(item__barcode="B9").count() == 0


def test_a_slip_of_the_desk_is_undone(desk: Client, ani: Member, branch: Branch):
    ItemFactory(branch=branch, barcode="B1")
    scan(desk, "B1", member=ani)
    loan = Loan.objects.get()
    response = desk.post(f"/staff/loans/{loan.pk}", {"_method": "DELETE", "member": ani.pk}, follow=True)
    assert response.context["outcome"].deed == "undone"
    assert response.context["account"].lines == []
    assert Loan.objects.count() == 0


def test_what_can_no_longer_be_undone_is_told_at_the_desk(desk: Client, ani: Member, branch: Branch, sari: User):
    with clock.stopped_at(clock.now() - timedelta(hours=1)):
        loan = check_out(ItemFactory(branch=branch), to=ani, at=branch, by=sari)
    response = desk.post(f"/staff/loans/{loan.pk}", {"_method": "DELETE", "member": ani.pk}, headers=HTMX, follow=True)
    page = response.content.decode()
    assert response.context["member"] == ani
    assert "10 menit terakhir" in page
    assert 'data-tone="error"' in page
    assert Loan.objects.count() == 1


def test_a_membership_that_ended_is_renewed_from_the_desk(desk: Client, ani: Member):
    words, page = "Perpanjang keanggotaan", f'href="{reverse("members:member", args=[ani.pk])}" data-key="F10"'
    assert words not in desk.get(DESK, {"member": ani.pk}).text
    Member.objects.filter(pk=ani.pk).update(expires_on=date(2026, 3, 2))
    shown = desk.get(DESK, {"member": ani.pk}).text
    assert (words in shown, page in shown, "Pindai eksemplar untuk meminjamkannya" in shown) == (True, True, False)


def test_a_hold_caught_at_check_in_is_shown_large_with_a_slip(
    desk: Client, ani: Member, budi: Member, branch: Branch, sari: User
):
    item = ItemFactory(branch=branch, barcode="B1")
    check_out(item, to=ani, at=branch, by=sari)
    hold = place_hold(item.record, member=budi, pickup_branch=branch, by=sari)
    response = scan(desk, "B1")
    assert (response.context["outcome"].hold, response.context["outcome"].tone) == (hold, "attention")
    assert "taruh di rak pesanan" in response.content.decode()
    slip = desk.get(reverse("circulation:slip", args=[hold.pk])).content.decode()
    assert "PESANAN" in slip
    assert "Budi" in slip


@pytest.mark.parametrize(("how", "shown"), [("whole", "Budi Santoso"), ("short", "Budi S."), ("letters", "B. S.")])
def test_a_slip_on_the_shelf_names_the_member_as_the_library_chose(
    desk: Client, budi: Member, sari: User, branch: Branch, how, shown
):
    LibraryFactory(shown_names=how)
    Member.objects.filter(pk=budi.pk).update(name="Budi Santoso")
    hold = place_hold(ItemFactory(branch=branch).record, member=budi, pickup_branch=branch, by=sari)
    set_aside(hold, hold.record.items.get(), at=branch, by=sari)
    slip = desk.get(reverse("circulation:slip", args=[hold.pk])).content.decode()
    assert f'<p class="who">{shown}</p>' in slip


def test_an_item_of_another_branch_is_to_be_sent_home(client: Client, ani: Member, branch: Branch, sari: User):
    faculty = BranchFactory(code="FT", name="Fakultas Teknik")
    check_out(ItemFactory(branch=faculty, barcode="B1"), to=ani, at=branch, by=sari)
    client.force_login(sari)
    client.post(reverse("circulation:working_branch"), {"branch": branch.pk})
    response = scan(client, "B1")
    assert response.context["outcome"].send_to == faculty
    assert "Milik Fakultas Teknik" in response.content.decode()


def test_where_there_are_branches_to_choose_from_the_desk_asks_once(client: Client, branch: Branch, sari: User):
    faculty = BranchFactory(code="FT", name="Fakultas Teknik")
    client.force_login(sari)
    assert "Anda bekerja di mana?" in client.get(DESK).content.decode()
    response = client.post(reverse("circulation:working_branch"), {"branch": faculty.pk, "next": f"{DESK}?mode=return"})
    assert response["Location"] == f"{DESK}?mode=return"
    assert client.get(DESK).context["branch"] == faculty
    assert (
        client.post(reverse("circulation:working_branch"), {"branch": faculty.pk, "next": "https://jahat.example/"})["Location"]
        == DESK
    )


def test_words_list_the_members_they_fit(desk: Client, ani: Member, budi: Member):
    response = scan(desk, "saras")
    assert response.context["matches"] == [ani]
    assert f'href="{DESK}?member={ani.pk}"' in response.content.decode()


def test_an_unknown_code_helps_on_and_keeps_the_member_open(desk: Client, ani: Member):
    response = scan(desk, "X-99", member=ani)
    page = response.content.decode()
    assert response.context["member"] == ani
    assert "“X-99” tidak dikenal" in page
    assert 'href="/search?q=X-99"' in page


def test_a_number_that_is_both_a_member_and_an_item_is_asked_about(desk: Client, ani: Member, branch: Branch):
    ItemFactory(branch=branch, barcode="2311040087")
    response = scan(desk, "2311040087")
    assert response.context["found"].is_ambiguous
    assert JournalEntry.objects.filter(name="ItemSeen").count() == 0


@pytest.mark.parametrize("code", ["", "   ", "\x00", "*", "<script>", "x" * 500, "' OR 1=1 --"])
def test_odd_scans_are_harmless(desk: Client, ani: Member, code: str):
    response = scan(desk, code, member=ani)
    assert response.status_code == 200
    assert "<script>" not in response.content.decode()


@pytest.mark.parametrize(
    "asked", ["member=x", "member=99999", "done=lent&loan=99999", "done=lent&loan=x", "done=seen&item=X", "item=X", "mode=x"]
)
def test_an_address_that_makes_no_sense_shows_an_empty_desk(desk: Client, asked: str):
    assert desk.get(f"{DESK}?{asked}").status_code == 200


def test_finishing_empties_the_desk(desk: Client, ani: Member, branch: Branch):
    ItemFactory(branch=branch, barcode="B1")
    scan(desk, "B1", member=ani)
    assert desk.post(reverse("circulation:finish"), {"member": ani.pk}, follow=True).context["member"] is None
    assert desk.get(reverse("circulation:receipt"), {"member": ani.pk}).context["lines"] == []


@pytest.mark.parametrize("loans", [1, 3])
def test_the_desk_asks_the_same_number_of_questions_however_much_is_lent(
    desk: Client, ani: Member, branch: Branch, sari: User, loans: int, django_assert_num_queries
):
    for _ in range(loans):
        check_out(ItemFactory(branch=branch), to=ani, at=branch, by=sari)
    desk.get(DESK, {"member": ani.pk})
    with django_assert_num_queries(6):
        assert len(desk.get(DESK, {"member": ani.pk}).context["account"].lines) == loans


def test_the_next_copy_waits_for_the_hold_it_was_fetched_for(desk: Client, ani: Member, branch: Branch, sari: User):
    item = ItemFactory(branch=branch, barcode="B1")
    hold = place_hold(item.record, member=ani, pickup_branch=branch, by=sari)
    assert [pull.hold for pull in desk.get(reverse("circulation:pull_list")).context["pulls"]] == [hold]
    assert desk.post(reverse("circulation:copy", args=[hold.pk]), {"item": "B1"})["Location"] == reverse(
        "circulation:slip", args=[hold.pk]
    )
    hold.refresh_from_db()
    assert hold.state == Hold.States.READY
    assert list(desk.get(reverse("circulation:shelf")).context["page"]) == [hold]
