"""What one member may borrow beside, or instead of, what the rules say: at the desk, in holds, explained, and gone with the member."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from lumbung.catalogue.domain.item_types import remove_item_type
from lumbung.catalogue.models import Item
from lumbung.circulation.domain.holds import place_hold, set_aside
from lumbung.circulation.domain.loans import check_in, check_out
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
from lumbung.kernel import clock
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.refusals import Refused
from lumbung.members.models import Member
from lumbung.organization.tests.factories import BranchFactory, LocationFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 3, tzinfo=UTC)


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
