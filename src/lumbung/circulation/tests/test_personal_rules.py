"""What one member may borrow beside, or instead of, what the rules say: at the desk, in holds, explained, and gone with the member."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from lumbung.catalogue.domain.item_types import remove_item_type
from lumbung.catalogue.models import Item
from lumbung.circulation.domain.holds import place_hold, set_aside
from lumbung.circulation.domain.loans import check_in, check_out
from lumbung.circulation.domain.own_data import HOLDING
from lumbung.circulation.domain.personal_rules import add_personal_rule, change_personal_rule, remove_personal_rule
from lumbung.circulation.domain.rules import add_rule
from lumbung.circulation.models import Hold, LoanRule, PersonalRule
from lumbung.circulation.queries import (
    blocks_to_check_out,
    decision,
    expected_on,
    explanation,
    loan_words,
    may_book,
    personal_lines,
    pull_list,
)
from lumbung.circulation.queries.booking_blocks import Answer, Wish
from lumbung.circulation.queries.hold_blocks import blocks_to_place_hold
from lumbung.circulation.queries.previewing import preview, rules_with
from lumbung.circulation.refusals import (
    BORROWS_ONLY,
    NO_RULE,
    NOT_FOR_LOAN,
    NOT_LENT_BY_RULE,
    NOTHING_TO_BOOK,
    NOTHING_TO_HOLD,
    PERSONAL_DAYS_WRONG,
    PERSONAL_REASON_EMPTY,
    PERSONAL_RULE_OF_NOTHING,
    PERSONAL_RULE_OVER,
)
from lumbung.circulation.tests.factories import ItemFactory, ItemTypeFactory, LoanFactory, MemberFactory
from lumbung.circulation.tests.test_joined_members import merge, undo
from lumbung.kernel import clock
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.refusals import Refused
from lumbung.members.models import Member
from lumbung.organization.tests.factories import BranchFactory, LocationFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 3, tzinfo=UTC)


@pytest.fixture
def rujukan():
    """Reference works: read in the house."""
    kind = ItemTypeFactory(code="rujukan")
    kind.lendable = False
    kind.save()
    return kind


def codes(item, member, at) -> list[str]:
    return [each.code for each in blocks_to_check_out(item, again(member), at=at)]


def again(member: Member) -> Member:
    return Member.objects.select_related("category", "branch").get(pk=member.pk)


def test_a_member_may_borrow_what_the_rules_keep_from_their_category(ani, budi, pusat, rujukan):
    novel = ItemTypeFactory(code="novel")
    add_rule(loan_days=7, loan_limit=5, by=None)
    add_rule(category=ani.category, item_type=novel, may_borrow=False, by=None)
    closed, reference = ItemFactory(item_type=novel), ItemFactory(item_type=rujukan)
    assert (codes(closed, ani, pusat), codes(reference, ani, pusat)) == ([NOT_LENT_BY_RULE.code], [NOT_FOR_LOAN.code])
    said = {"kind": "allowed", "loan_days": 3, "reason": "Penelitian", "by": None}
    add_personal_rule(ani, item_types=[novel, rujukan], **said)
    assert (codes(closed, ani, pusat), codes(reference, ani, pusat)) == ([], [])
    assert (codes(closed, budi, pusat), codes(reference, budi, pusat)) == ([NOT_LENT_BY_RULE.code], [NOT_FOR_LOAN.code])
    loan = check_out(reference, to=again(ani), at=pusat, by=None)
    assert (loan.terms.loan_days, loan_words(loan)[-1]) == (3, "aturan “ketentuan khusus anggota”")


def test_it_lends_where_no_rule_fits_at_all(ani, pusat):
    book = ItemFactory()
    assert codes(book, ani, pusat) == [NO_RULE.code]
    add_personal_rule(ani, item_types=[book.item_type], kind="allowed", loan_days=3, reason="Tamu", by=None)
    assert codes(book, ani, pusat) == []


def test_a_member_may_borrow_some_types_and_places_alone(ani, budi, pusat, teknik):
    add_rule(loan_days=7, loan_limit=5, hold_limit=5, by=None)
    shelf, kind = LocationFactory(branch=pusat, name="Tandon"), ItemTypeFactory(code="kamus", name="Kamus")
    both, elsewhere = ItemFactory(item_type=kind, location=shelf), ItemFactory(item_type=kind, branch=teknik)
    other, part = ItemFactory(location=shelf), ItemFactory(branch=BranchFactory(code="SIPIL", parent=teknik))
    add_personal_rule(ani, item_types=[kind], locations=[shelf], kind="only", reason="Sering merusak", by=None)
    assert [codes(each, ani, pusat) for each in (both, elsewhere, other, part)] == [[], *[[BORROWS_ONLY.code]] * 3]
    add_personal_rule(ani, branches=[teknik], kind="only", reason="Magang", by=None)
    assert [codes(each, ani, pusat) for each in (both, elsewhere, other, part)] == [[], [], [BORROWS_ONLY.code], []]
    assert codes(other, budi, pusat) == []
    assert str(blocks_to_check_out(other, again(ani), at=pusat)[0]) == (
        "Ketentuan khusus anggota: hanya boleh meminjam Kamus di Tandon (Perpustakaan Pusat); koleksi Perpustakaan TEKNIK."
    )
    assert [each.code for each in blocks_to_place_hold(other.record, again(ani), pusat)] == [BORROWS_ONLY.code]
    assert blocks_to_place_hold(both.record, again(ani), pusat) == []
    assert [each.code for each in blocks_to_check_out(other, again(ani), at=pusat, kind="on_site")] == []


def test_a_member_books_for_a_day_only_what_they_may_borrow(ani, pusat):
    add_rule(loan_days=7, booking_limit=2, by=None)
    book, kind = ItemFactory(), ItemTypeFactory(code="kamus")
    day = clock.today(pusat.zone) + timedelta(days=10)
    wish = {"member": ani, "at": pusat, "first_day": day, "last_day": day}
    assert Answer(Wish(record=book.record, **wish)).blocks() == []
    add_personal_rule(ani, item_types=[kind], kind="only", reason="Magang", by=None)
    blocks = Answer(Wish(record=book.record, **{**wish, "member": again(ani)})).blocks()
    assert [each.code for each in blocks] == [BORROWS_ONLY.code]


def test_what_is_read_in_the_house_is_waited_for_by_whom_it_is_lent_to_and_by_nobody_else(sari, ani, budi, pusat, rujukan):
    add_rule(loan_days=7, loan_limit=5, hold_limit=5, by=None)
    atlas = ItemFactory(item_type=rujukan, volume="2")
    assert [each.code for each in blocks_to_place_hold(atlas.record, again(ani), pusat)] == [NOTHING_TO_HOLD.code]
    add_personal_rule(ani, item_types=[rujukan], kind="allowed", loan_days=3, reason="Penelitian", by=None)
    hold = place_hold(atlas.record, member=again(ani), pickup_branch=pusat, volume="2", by=None)
    with pytest.raises(Refused) as caught:
        place_hold(atlas.record, member=again(budi), pickup_branch=pusat, by=None)
    assert [each.code for each in caught.value.reasons] == [NOTHING_TO_HOLD.code]
    assert [(each.hold, each.item) for each in pull_list(pusat)] == [(hold, atlas)]
    assert expected_on(hold) is not None
    set_aside(hold, atlas, at=pusat, by=sari)
    assert codes(atlas, ani, pusat) == []
    check_out(atlas, to=again(ani), at=pusat, by=sari)
    assert Hold.objects.get(pk=hold.pk).state == Hold.States.FILLED


def test_a_copy_read_in_the_house_that_comes_back_passes_over_who_may_not_have_it(sari, ani, budi, pusat, rujukan):
    add_rule(loan_days=7, loan_limit=5, hold_limit=5, by=None)
    atlas = ItemFactory(item_type=rujukan)
    add_personal_rule(ani, item_types=[rujukan], kind="allowed", loan_days=3, reason="Penelitian", by=None)
    check_out(atlas, to=again(ani), at=pusat, by=sari)
    novel = ItemFactory(record=atlas.record, item_type=ItemTypeFactory(code="novel"))
    waiting = place_hold(atlas.record, member=again(budi), pickup_branch=pusat, by=None)
    check_in(atlas, at=pusat, by=sari)
    assert Hold.objects.get(pk=waiting.pk).state == Hold.States.WAITING
    assert [each.item for each in pull_list(pusat)] == [novel]
    with pytest.raises(Refused) as caught:
        set_aside(waiting, atlas, at=pusat, by=sari)
    assert [each.code for each in caught.value.reasons] == [NOT_FOR_LOAN.code]


def test_a_copy_read_in_the_house_that_comes_back_goes_to_the_first_who_may_have_it(sari, ani, budi, pusat, rujukan):
    add_rule(loan_days=7, loan_limit=5, hold_limit=5, by=None)
    atlas, third = ItemFactory(item_type=rujukan), MemberFactory()
    ItemFactory(record=atlas.record, status=Item.Statuses.IN_REPAIR)
    for member in (ani, third):
        add_personal_rule(member, item_types=[rujukan], kind="allowed", loan_days=3, reason="Penelitian", by=None)
    check_out(atlas, to=again(third), at=pusat, by=sari)
    first, second = (place_hold(atlas.record, member=again(each), pickup_branch=pusat, by=None) for each in (budi, ani))
    check_in(atlas, at=pusat, by=sari)
    states = [Hold.objects.get(pk=each.pk).state for each in (first, second)]
    assert states == [Hold.States.WAITING, Hold.States.READY]


def test_a_hold_by_who_may_borrow_some_things_alone_is_not_filled_with_another(sari, ani, pusat, teknik):
    add_rule(loan_days=7, loan_limit=5, hold_limit=5, by=None)
    theirs = ItemFactory(branch=teknik, held_at=pusat)
    other = ItemFactory(record=theirs.record, item_type=theirs.item_type, branch=pusat)
    add_personal_rule(ani, branches=[teknik], kind="only", reason="Magang", by=None)
    hold = place_hold(theirs.record, member=again(ani), pickup_branch=pusat, by=None)
    assert [each.item for each in pull_list(pusat)] == [theirs]
    with pytest.raises(Refused) as caught:
        set_aside(hold, other, at=pusat, by=sari)
    assert [each.code for each in caught.value.reasons] == [BORROWS_ONLY.code]


def test_what_is_read_in_the_house_is_booked_by_whom_it_is_lent_to(ani, budi, pusat, rujukan):
    add_rule(loan_days=7, booking_limit=2, by=None)
    atlas, day = ItemFactory(item_type=rujukan), clock.today(pusat.zone) + timedelta(days=10)
    add_personal_rule(ani, item_types=[rujukan], kind="allowed", loan_days=3, reason="Penelitian", by=None)

    def blocks(member: Member, **which: object) -> list[str]:
        wish = Wish(record=atlas.record, member=again(member), at=pusat, first_day=day, last_day=day, **which)
        return [each.code for each in Answer(wish).blocks()]

    assert (blocks(ani), blocks(ani, item=atlas), may_book(atlas.record, again(ani))) == ([], [], [pusat])
    assert (blocks(budi), may_book(atlas.record, again(budi))) == ([NOTHING_TO_BOOK.code], [])
    assert NOT_FOR_LOAN.code in blocks(budi, item=atlas)


def test_the_page_of_a_title_offers_the_hold_to_whom_it_is_lent_to(ani, budi, client, signed_in, rujukan):
    add_rule(loan_days=7, hold_limit=5, by=None)
    atlas = ItemFactory(item_type=rujukan)
    add_personal_rule(ani, item_types=[rujukan], kind="allowed", loan_days=3, reason="Penelitian", by=None)
    offered = ['id="pesan"' in signed_in(client, each.user).get(f"/records/{atlas.record_id}").text for each in (ani, budi)]
    assert offered == [True, False]


def test_a_pull_list_asks_as_much_for_three_who_have_rules_of_their_own_as_for_one(ani, budi, pusat, rujukan):
    add_rule(loan_days=7, hold_limit=5, by=None)
    counts = []
    for member in (ani, budi, MemberFactory()):
        add_personal_rule(member, item_types=[rujukan], kind="allowed", loan_days=3, reason="x", by=None)
        place_hold(ItemFactory(item_type=rujukan).record, member=again(member), pickup_branch=pusat, by=None)
        pull_list(pusat)  # what is remembered, anew
        with CaptureQueriesContext(connection) as seen:
            assert len(pull_list(pusat)) == len(counts) + 1
        counts.append(len(seen))
    assert len(set(counts)) == 1


def test_it_ends_after_its_last_day(ani, pusat):
    add_rule(loan_days=7, loan_limit=5, by=None)
    kind, book = ItemTypeFactory(code="kamus"), ItemFactory()
    with clock.stopped_at(NOW):
        add_personal_rule(ani, item_types=[kind], kind="only", reason="Skorsing", until=date(2026, 3, 3), by=None)
    for days, stands in ((0, [BORROWS_ONLY.code]), (1, [BORROWS_ONLY.code]), (2, [])):
        with clock.stopped_at(NOW + timedelta(days=days)):
            found = decision(book, again(ani), pusat)
            assert ([] if found.policy.may_borrow else [BORROWS_ONLY.code]) == stands
            assert bool(personal_lines(again(ani))) == bool(stands)


def test_the_preview_of_a_rule_says_what_is_decided_for_members_with_rules_of_their_own(ani, budi, pusat):
    add_rule(loan_days=7, fine=500, by=None)
    novel, kamus = ItemTypeFactory(code="novel"), ItemTypeFactory(code="kamus")
    add_personal_rule(ani, item_types=[novel], kind="allowed", loan_days=30, reason="Penelitian", by=None)
    for kind, member in ((novel, ani), (kamus, ani), (novel, budi)):
        LoanFactory(item__item_type=kind, member=member)
    assert preview(rules_with(LoanRule(item_type=novel, loan_days=3))).changed == 1  # Budi's; Ani's stays at 30 days
    costly = preview(rules_with(LoanRule(item_type=novel, fine=1000)))
    assert costly.changed == 2
    [fine] = costly.effects[0].changes
    assert (fine.label, fine.before, fine.after) == ("Denda", "Rp500 per hari", "Rp1.000 per hari")
    closed = preview(rules_with(LoanRule(item_type=novel, may_borrow=False)))
    assert [(each.loans, each.is_lost) for each in closed.effects] == [(1, True)]


def test_the_preview_loses_nobody_what_their_own_rules_keep_from_them_already(ani, budi, pusat):
    add_rule(loan_days=7, by=None)
    book, kind = ItemFactory(), ItemTypeFactory(code="kamus")
    LoanFactory(item=book, member=ani)
    LoanFactory(item__item_type=kind, member=ani)
    LoanFactory(item=ItemFactory(item_type=book.item_type), member=ani, kind="on_site")
    add_personal_rule(ani, item_types=[kind], kind="only", reason="Magang", by=None)
    seen = preview(rules_with(LoanRule(category=ani.category, loan_days=3)))
    assert [(each.item_type, each.loans, each.is_lost) for each in seen.effects if each.item_type == kind.name] == [
        (kind.name, 1, False)
    ]
    assert not any(each.is_lost for each in seen.effects)


def test_the_preview_asks_as_much_for_three_members_with_rules_as_for_one(ani, budi, pusat):
    add_rule(loan_days=7, by=None)
    kind = ItemTypeFactory(code="kamus")

    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            preview(rules_with(LoanRule(item_type=kind, loan_days=3)))
        return len(seen)

    counts = []
    for member in (ani, budi, MemberFactory()):
        LoanFactory(item__item_type=kind, member=member)
        add_personal_rule(member, item_types=[kind], kind="allowed", loan_days=9, reason="x", by=None)
        asked()  # what is remembered, anew
        counts.append(asked())
    assert (len(set(counts)), counts[0] <= 10) == (1, True)


def test_the_decision_tells_that_it_was_the_member_alone(ani, pusat):
    add_rule(name="Umum", loan_days=7, by=None)
    book = ItemFactory()
    add_personal_rule(ani, item_types=[book.item_type], kind="allowed", loan_days=30, reason="Penelitian", by=None)
    told = next(each for each in explanation(decision(book, again(ani), pusat)) if each.name == "loan_days")
    assert (told.words, told.because, told.runner_up.title) == (
        "30 hari",
        "Ketentuan khusus seorang anggota mendahului semua aturan.",
        "Umum",
    )


def test_every_reason_against_it_is_told_at_once(ani):
    with clock.stopped_at(NOW), pytest.raises(Refused) as caught:
        add_personal_rule(ani, kind="allowed", reason="  ", until=date(2026, 3, 1), by=None)
    assert [each.code for each in caught.value.reasons] == [
        PERSONAL_REASON_EMPTY.code,
        PERSONAL_RULE_OF_NOTHING.code,
        PERSONAL_DAYS_WRONG.code,
        PERSONAL_RULE_OVER.code,
    ]


def test_a_rule_whose_type_is_gone_is_not_one_for_everything(ani, pusat):
    add_rule(loan_days=7, may_borrow=False, by=None)
    kind, book = ItemTypeFactory(code="kamus"), ItemFactory()
    add_personal_rule(ani, item_types=[kind], kind="allowed", loan_days=3, reason="Penelitian", by=None)
    remove_item_type(kind, by=None)
    assert codes(book, ani, pusat) == [NOT_LENT_BY_RULE.code]
    assert personal_lines(again(ani)) == [("boleh meminjam juga – selama 3 hari", "Penelitian")]


def test_the_database_keeps_a_reason_and_a_time(ani):
    for said in (
        {"kind": "allowed", "reason": "x"},
        {"kind": "only", "loan_days": 3, "reason": "x"},
        {"kind": "only", "reason": ""},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            PersonalRule.objects.create(member=ani, added_at=NOW, **said)


def test_nothing_is_asked_where_nobody_has_one_and_as_much_for_three_copies_as_for_one(
    ani, budi, pusat, django_assert_num_queries
):
    add_rule(loan_days=7, by=None)
    books = [ItemFactory() for _ in range(3)]
    decision(books[0], again(ani), pusat)
    member = again(ani)
    with django_assert_num_queries(0):
        decision(books[0], member, pusat)
    add_personal_rule(budi, item_types=[books[0].item_type], kind="only", reason="x", by=None)
    decision(books[0], again(ani), pusat)
    member, other = again(ani), again(budi)
    with django_assert_num_queries(1):
        for book in books:
            decision(book, member, pusat)
    with django_assert_num_queries(4):
        for book in books:
            decision(book, other, pusat)


def test_what_changes_is_journalled_and_an_end_gives_the_rules_back(sari, ani, pusat):
    add_rule(loan_days=7, by=None)
    kind, book = ItemTypeFactory(code="kamus"), ItemFactory()
    rule = add_personal_rule(ani, item_types=[kind], kind="only", reason="Magang", by=sari)
    change_personal_rule(rule, kind="allowed", loan_days=5, item_types=[book.item_type], by=sari)
    assert decision(book, again(ani), pusat).policy.loan_days == 5
    remove_personal_rule(rule, by=sari)
    assert decision(book, again(ani), pusat).policy.loan_days == 7
    told = JournalEntry.objects.filter(name__startswith="PersonalRule").order_by("pk")
    assert [(each.name, each.member, each.actor_id) for each in told] == [
        ("PersonalRuleAdded", ani.pk, sari.pk),
        ("PersonalRuleChanged", ani.pk, sari.pk),
        ("PersonalRuleRemoved", ani.pk, sari.pk),
    ]
    assert told[1].data["fields"] == ["item_types", "kind", "loan_days"]


def test_staff_write_it_on_the_members_page_and_it_stands_at_the_desk_and_on_the_members_own_page(
    sari, ani, client, signed_in, pusat
):
    signed_in(client, sari)
    kind = ItemTypeFactory(code="kamus", name="Kamus")
    assert "Berlaku aturan untuk kategorinya." in client.get(f"/staff/members/{ani.pk}").text
    given = {"kind": "allowed", "item_types": [kind.pk], "loan_days": 3, "reason": "Penelitian skripsi"}
    refused = client.post(f"/staff/members/{ani.pk}/personal-rules/new", {**given, "reason": ""})
    assert (refused.status_code, "Tuliskan alasan" in refused.text) == (422, True)
    client.post(f"/staff/members/{ani.pk}/personal-rules/new", given)
    rule = PersonalRule.objects.get()
    page = client.get(f"/staff/members/{ani.pk}").text
    assert ("Boleh meminjam juga Kamus selama 3 hari" in page, "Penelitian skripsi" in page) == (True, True)
    assert "boleh meminjam juga Kamus selama 3 hari" in client.get(f"/staff/desk?member={ani.pk}").text
    assert [each[0] for each in client.get("/staff/rules/personal?q=skripsi").context["lines"]] == [rule]
    own = signed_in(client, ani.user).get("/my").text
    assert ("Anda boleh meminjam juga Kamus selama 3 hari." in own, "Penelitian skripsi" in own) == (True, True)
    assert client.get(f"/staff/rules/personal/{rule.pk}").status_code == 403
    assert signed_in(client, sari).post(f"/staff/rules/personal/{rule.pk}", {"_method": "DELETE"}).status_code == 302
    assert not PersonalRule.objects.exists()


def test_circulation_staff_see_it_and_do_not_change_it(ani, client, with_role):
    rule = add_personal_rule(ani, item_types=[ItemTypeFactory()], kind="only", reason="Magang", by=None)
    client.force_login(with_role("circulation"))
    assert "Hanya boleh meminjam Buku teks" in client.get(f"/staff/members/{ani.pk}").text
    assert client.get(f"/staff/rules/personal/{rule.pk}").status_code == 403
    assert client.get(f"/staff/members/{ani.pk}/personal-rules/new").status_code == 403


def test_it_follows_a_member_whose_registrations_become_one_and_goes_back(sari, ani, budi):
    rule = add_personal_rule(budi, item_types=[ItemTypeFactory()], kind="only", reason="Magang", by=None)
    done = merge(budi, ani, sari)
    assert PersonalRule.objects.get().member == ani
    undo(done, sari)
    assert PersonalRule.objects.get(pk=rule.pk).member.barcode == budi.barcode


def test_it_is_among_what_the_library_knows_of_the_member(ani):
    add_personal_rule(ani, item_types=[ItemTypeFactory()], kind="only", reason="Magang", by=None)
    told = HOLDING.told(ani)["personal_rules"]
    assert [(each["says"], each["reason"]) for each in told] == [("hanya boleh meminjam Buku teks", "Magang")]
    HOLDING.erase(ani)
    assert not PersonalRule.objects.exists()
    assert not JournalEntry.objects.filter(name="PersonalRuleAdded").exclude(member=None).exists()


def test_programs_read_and_write_it_and_a_members_own_program_reads_it(sari, ani, budi, calling):
    ItemTypeFactory(code="kamus", name="Kamus")
    desk = calling(sari, "loans:read", "loans:write")
    given = {"member": ani.barcode, "kind": "only", "item_types": ["kamus"], "reason": "Magang"}
    made = desk.post("/api/v1/personal-rules", given, content_type="application/json")
    assert (made.status_code, made.json()["says"]) == (201, "hanya boleh meminjam Kamus")
    unknown = desk.post("/api/v1/personal-rules", {**given, "item_types": ["x"]}, content_type="application/json")
    assert unknown.status_code == 422
    listed = desk.get(f"/api/v1/personal-rules?member={ani.barcode}").json()
    assert [each["reason"] for each in listed["rows"]] == ["Magang"]
    assert [each["says"] for each in calling(ani.user, "me").get("/api/v1/me/personal-rules").json()] == [
        "hanya boleh meminjam Kamus"
    ]
    assert calling(budi.user, "me").get("/api/v1/me/personal-rules").json() == []
    assert desk.delete(f"/api/v1/personal-rules/{made.json()['id']}").status_code == 204
    assert not PersonalRule.objects.exists()


def test_programs_name_rooms_and_change_and_end_one_by_its_key(sari, ani, calling, with_role, pusat):
    ItemTypeFactory(code="kamus", name="Kamus")
    LocationFactory(branch=pusat, code="R3", name="Tandon")
    desk, address = calling(sari, "loans:read", "loans:write"), "/api/v1/personal-rules"
    room = f"{pusat.code}/R3"
    given = {"member": ani.barcode, "kind": "allowed", "loan_days": 3, "locations": [room], "reason": "Penelitian"}
    made = desk.post(address, {**given, "until": "2030-01-31"}, content_type="application/json")
    assert (made.status_code, made.json()["locations"], made.json()["item_types"]) == (201, [room], [])
    one = f"{address}/{made.json()['id']}"
    assert desk.get(one).json() == made.json()
    said = {"loan_days": 5, "item_types": ["kamus"], "until": None}
    changed = desk.patch(one, said, content_type="application/json")
    assert changed.json() == {
        **made.json(),
        **said,
        "says": "boleh meminjam juga Kamus di Tandon (Perpustakaan Pusat) selama 5 hari",
    }
    for wrong, status in (
        ({"locations": ["X/R3"]}, 422),
        ({"member": "x"}, 422),
        ({"reason": " "}, 409),
        ({"kind": "no"}, 422),
    ):
        refused = desk.patch(one, wrong, content_type="application/json")
        assert (refused.status_code, refused["Content-Type"]) == (status, "application/problem+json")
    assert desk.get(one).json() == changed.json()
    assert calling(sari, "loans:read").patch(one, said, content_type="application/json").status_code == 403
    clerk = calling(with_role("circulation"), "loans:read", "loans:write")
    assert (clerk.get(one).status_code, clerk.delete(one).status_code) == (200, 403)
    assert calling(ani.user, "me").get(one).status_code == 403
    assert (desk.delete(one).status_code, desk.get(one).status_code) == (204, 404)
    assert desk.patch(one, said, content_type="application/json").status_code == 404


def test_they_are_listed_in_as_many_statements_for_three_members_as_for_one(sari, ani, budi, client, calling, signed_in):
    desk, kind, counts = calling(sari, "loans:read"), ItemTypeFactory(code="kamus"), list[tuple[int, ...]]()
    signed_in(client, sari)
    for member in (ani, budi, MemberFactory(branch=BranchFactory(code="SIPIL"))):
        add_personal_rule(member, item_types=[kind], kind="only", reason="x", by=sari)
        asked = []
        for read in (lambda: desk.get("/api/v1/personal-rules"), lambda: client.get("/staff/rules/personal")):
            read()  # what is remembered, anew
            with CaptureQueriesContext(connection) as seen:
                assert read().status_code == 200
            asked.append(len(seen))
        counts.append(tuple(asked))
    assert len(set(counts)) == 1


def test_the_description_of_the_api_tells_of_it(client):
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    assert set(paths["/api/v1/personal-rules/{key}"]) == {"get", "patch", "delete"}
