"""Lending an item to a member."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lumbung.catalogue.models import Item
from lumbung.circulation.domain.fees import charge
from lumbung.circulation.domain.loans import check_in, check_out
from lumbung.circulation.models import Hold, Loan
from lumbung.circulation.queries import blocks_to_check_out
from lumbung.circulation.tests.factories import (
    HoldFactory,
    ItemFactory,
    ItemTypeFactory,
    LoanFactory,
    LoanRuleFactory,
    RecordFactory,
)
from lumbung.kernel import channel, clock
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.refusals import Refused
from lumbung.members.domain.members import block
from lumbung.members.tests.factories import CategoryFactory, MemberFactory
from lumbung.organization.domain.calendar import announce_closure
from lumbung.organization.tests.factories import FRIDAY, BranchFactory, open_on

pytestmark = pytest.mark.django_db

JAKARTA = ZoneInfo("Asia/Jakarta")
MONDAY_MORNING = datetime(2026, 3, 2, 9, 0, tzinfo=JAKARTA)


def end_of(day: date, zone: ZoneInfo = JAKARTA) -> datetime:
    return datetime.combine(day, time(23, 59, 59), zone)


def test_a_loan_is_due_at_the_end_of_the_due_day_and_keeps_the_policy_it_was_made_under(sari, ani, pusat, rule):
    item = ItemFactory()
    with clock.stopped_at(MONDAY_MORNING), channel.through("desk"):
        loan = check_out(item, to=ani, at=pusat, by=sari)

    loan.refresh_from_db()
    assert (loan.item, loan.member, loan.lent_from, loan.lent_by, loan.channel) == (item, ani, pusat, sari, "desk")
    assert loan.lent_at == MONDAY_MORNING
    assert loan.due_at == end_of(date(2026, 3, 9))
    assert loan.policy == {"rule": rule.pk, "loan_days": 7, "renewal_limit": 2, "category": ani.category_id}


def test_the_journal_says_who_lent_what_through_which_door(sari, ani, pusat, rule):
    item = ItemFactory()
    with clock.stopped_at(MONDAY_MORNING), channel.through("api"):
        loan = check_out(item, to=ani, at=pusat, by=sari)

    entry = JournalEntry.objects.get(name="CheckedOut")
    assert (entry.actor_id, entry.channel) == (sari.pk, "api")
    assert entry.data == {
        "loan": loan.pk,
        "item": item.pk,
        "record": item.record_id,
        "member": ani.pk,
        "branch": pusat.pk,
        "due_at": "2026-03-09T23:59:59+07:00",
        "waived": [],
    }


def test_the_due_day_is_a_day_of_the_branch_even_when_the_server_stands_in_another_zone(sari, ani, rule):
    ambon = BranchFactory(code="AMBON", time_zone="Asia/Jayapura")
    after_midnight_in_ambon = datetime(2026, 3, 1, 15, 30, tzinfo=UTC)
    with clock.stopped_at(after_midnight_in_ambon):
        loan = check_out(ItemFactory(branch=ambon), to=ani, at=ambon, by=sari)
    assert loan.due_at == end_of(date(2026, 3, 9), ZoneInfo("Asia/Jayapura"))


def test_a_due_day_on_which_the_branch_is_closed_moves_to_the_next_open_day(sari, ani, pusat, rule):
    open_on(pusat)
    with clock.stopped_at(MONDAY_MORNING):
        announce_closure(first_day=date(2026, 3, 9), last_day=date(2026, 3, 13), reason="Libur Nyepi", by=sari, branch=pusat)
        loan = check_out(ItemFactory(), to=ani, at=pusat, by=sari)
    assert loan.due_at == end_of(date(2026, 3, 16))


def test_a_branch_without_opening_hours_leaves_the_due_day_where_it_falls(sari, ani, pusat, rule):
    with clock.stopped_at(datetime(2026, 3, 1, 9, tzinfo=JAKARTA)):
        loan = check_out(ItemFactory(), to=ani, at=pusat, by=sari)
    assert loan.due_at == end_of(date(2026, 3, 8))


def test_no_loan_outlasts_the_membership_even_when_its_last_day_is_a_closed_day(sari, pusat, rule, ani):
    open_on(pusat, [FRIDAY])
    leaving = MemberFactory(category=ani.category, expires_on=date(2026, 3, 5))
    with clock.stopped_at(MONDAY_MORNING):
        loan = check_out(ItemFactory(), to=leaving, at=pusat, by=sari)
    assert loan.due_at == end_of(date(2026, 3, 5))


def test_a_loan_made_in_the_last_half_second_of_its_due_day_is_accepted(sari, ani, pusat, rule):
    rule.loan_days = 0
    rule.save()
    with clock.stopped_at(datetime(2026, 3, 2, 23, 59, 59, 500_000, tzinfo=JAKARTA)):
        loan = check_out(ItemFactory(), to=ani, at=pusat, by=sari)
    assert loan.lent_at == loan.due_at == end_of(date(2026, 3, 2))


def test_every_standing_block_is_named_at_once(sari, budi, pusat, ani, rule):
    LoanRuleFactory(category=None, loan_limit=9)
    block(ani, reason="Kartu dipinjamkan", by=sari)
    ani.refresh_from_db()
    ani.expires_on = date(2026, 3, 1)
    ani.save()
    kamus = ItemFactory(
        item_type=ItemTypeFactory(code="dictionary", name="Kamus", lendable=False), status=Item.Statuses.IN_REPAIR
    )
    with clock.stopped_at(MONDAY_MORNING):
        LoanFactory(item=kamus, member=budi)
        LoanFactory.create_batch(3, member=ani, lent_at=MONDAY_MORNING - timedelta(days=30))
        with pytest.raises(Refused) as refused:
            check_out(kamus, to=ani, at=pusat, by=sari, waive={"has_overdue_loans"})

    assert [str(reason) for reason in refused.value.reasons] == [
        "Eksemplar ini sedang diperbaiki.",
        "Kamus hanya dibaca di tempat (ketentuan jenis eksemplar).",
        "Eksemplar ini sedang dipinjam sampai 9 Maret 2026.",
        "Keanggotaan berakhir pada 1 Maret 2026. Perpanjang keanggotaannya dahulu.",
        "Anggota ini diblokir: Kartu dipinjamkan",
        "Sudah mencapai batas 3 pinjaman (aturan “Mahasiswa, semua jenis”).",
    ]
    assert not Loan.objects.filter(item=kamus, member=ani).exists()
    assert not JournalEntry.objects.filter(name="CheckedOut").exists()


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (Item.Statuses.LOST, "item_lost"),
        (Item.Statuses.WITHDRAWN, "item_withdrawn"),
        (Item.Statuses.IN_REPAIR, "item_in_repair"),
        (Item.Statuses.IN_PROCESS, "item_in_process"),
        (Item.Statuses.DAMAGED, "item_damaged"),
    ],
)
def test_an_item_out_of_order_is_refused_by_the_name_of_its_status(sari, ani, pusat, rule, status, code):
    with pytest.raises(Refused) as refused:
        check_out(ItemFactory(status=status), to=ani, at=pusat, by=sari)
    assert refused.value.codes == [code]


def test_a_member_who_has_the_item_is_told_to_renew(sari, ani, pusat, rule):
    item = ItemFactory()
    check_out(item, to=ani, at=pusat, by=sari)
    with pytest.raises(Refused) as refused:
        check_out(item, to=ani, at=pusat, by=sari)
    assert refused.value.codes == ["already_has_it"]


def test_staff_may_waive_what_is_waivable_and_the_journal_keeps_it(sari, ani, pusat, rule):
    LoanFactory.create_batch(3, member=ani)
    item = ItemFactory(status=Item.Statuses.DAMAGED)
    with pytest.raises(Refused) as refused:
        check_out(item, to=ani, at=pusat, by=sari)
    assert refused.value.codes == ["item_damaged", "loan_limit_reached"]

    loan = check_out(
        item, to=ani, at=pusat, by=sari, waive={"item_damaged", "loan_limit_reached"}, waive_reason=" Untuk sidang "
    )
    entry = JournalEntry.objects.get(name="CheckedOut")
    assert (entry.data["waived"], loan.waive_reason) == (["item_damaged", "loan_limit_reached"], "Untuk sidang")
    assert "Untuk sidang" not in entry.data.values()


def test_what_is_not_waivable_stands_whatever_is_asked(sari, ani, pusat, rule):
    block(ani, reason="Skorsing", by=sari)
    with pytest.raises(Refused) as refused:
        check_out(ItemFactory(), to=ani, at=pusat, by=sari, waive={"member_blocked"})
    assert refused.value.codes == ["member_blocked"]


def test_a_limit_for_an_item_type_stands_beside_the_limit_for_all(sari, ani, pusat, rule):
    tandon = ItemTypeFactory(code="reserve", name="Buku tandon")
    LoanRuleFactory(category=None, item_type=tandon, loan_days=1, loan_limit=1)
    check_out(ItemFactory(item_type=tandon), to=ani, at=pusat, by=sari)
    with pytest.raises(Refused) as refused:
        check_out(ItemFactory(item_type=tandon), to=ani, at=pusat, by=sari)
    assert refused.value.codes == ["type_limit_reached"]
    check_out(ItemFactory(), to=ani, at=pusat, by=sari)
    check_out(ItemFactory(), to=ani, at=pusat, by=sari)
    with pytest.raises(Refused) as refused:
        check_out(ItemFactory(), to=ani, at=pusat, by=sari)
    assert refused.value.codes == ["loan_limit_reached"]


def test_nothing_is_lent_where_no_rule_says_how(sari, pusat, rule):
    tamu = MemberFactory(category=CategoryFactory(code="guest", name="Tamu"))
    with pytest.raises(Refused) as refused:
        check_out(ItemFactory(), to=tamu, at=pusat, by=sari)
    assert [str(reason) for reason in refused.value.reasons] == ["Belum ada aturan peminjaman Buku teks untuk Tamu."]


def test_a_copy_set_aside_goes_only_to_the_member_it_waits_for(sari, ani, budi, pusat, rule):
    item = ItemFactory()
    hold = HoldFactory(record=item.record, member=ani, item=item, state=Hold.States.READY, ready_until=date(2026, 3, 5))
    with pytest.raises(Refused) as refused:
        check_out(item, to=budi, at=pusat, by=sari, waive={"set_aside_for_another"})
    assert refused.value.codes == ["set_aside_for_another"]

    loan = check_out(item, to=ani, at=pusat, by=sari)
    hold.refresh_from_db()
    assert (hold.state, hold.item, hold.loan) == ("filled", item, loan)
    assert hold.closed_at is not None
    assert list(JournalEntry.objects.order_by("pk").values_list("name", flat=True))[-2:] == ["CheckedOut", "HoldFilled"]


def test_the_last_free_copy_is_kept_for_those_who_wait_unless_staff_decide_otherwise(sari, ani, budi, pusat, rule):
    record = RecordFactory()
    first, second = ItemFactory.create_batch(2, record=record)
    HoldFactory(record=record, member=ani)
    check_out(first, to=budi, at=pusat, by=sari)
    citra = MemberFactory(category=ani.category)
    assert [reason.code for reason in blocks_to_check_out(second, citra)] == ["wanted_by_others"]
    assert blocks_to_check_out(second, ani) == []
    check_out(second, to=citra, at=pusat, by=sari, waive={"wanted_by_others"}, waive_reason="Pemesan setuju")


def test_a_member_who_takes_another_copy_lets_go_of_the_one_set_aside(sari, ani, budi, pusat, rule):
    record = RecordFactory()
    aside, other = ItemFactory.create_batch(2, record=record)
    hold = HoldFactory(record=record, member=ani, item=aside, state=Hold.States.READY, ready_until=date(2099, 1, 1))
    next_in_line = HoldFactory(record=record, member=budi)
    with pytest.raises(Refused) as refused:
        check_out(other, to=MemberFactory(category=ani.category), at=pusat, by=sari)
    assert refused.value.codes == ["wanted_by_others"]

    check_out(other, to=ani, at=pusat, by=sari)
    hold.refresh_from_db()
    next_in_line.refresh_from_db()
    assert (hold.state, hold.item) == ("filled", other)
    assert (next_in_line.state, next_in_line.item) == ("ready", aside)


def test_the_same_item_can_be_lent_again_after_it_came_back(sari, ani, budi, pusat, rule):
    item = ItemFactory()
    check_out(item, to=ani, at=pusat, by=sari)
    check_in(item, at=pusat, by=sari)
    loan = check_out(item, to=budi, at=pusat, by=sari)
    assert list(Loan.objects.filter(item=item).order_by("id").values_list("member", "returned_at")) == [
        (ani.pk, Loan.objects.order_by("id").first().returned_at),
        (budi.pk, None),
    ]
    assert loan.member == budi


def test_a_check_out_is_one_short_transaction_of_few_statements(sari, ani, pusat, rule):
    item = ItemFactory()
    check_out(ItemFactory(), to=ani, at=pusat, by=sari)
    with CaptureQueriesContext(connection) as captured:
        check_out(item, to=ani, at=pusat, by=sari)
    statements = [query["sql"].split()[0] for query in captured]
    assert statements == ["SAVEPOINT", *["SELECT"] * 5, "INSERT", "INSERT", "INSERT", "RELEASE"]


def test_who_owes_more_than_the_rule_lets_pass_may_not_borrow_until_it_is_paid_or_set_aside(sari, ani, pusat, rule):
    rule.owed_limit = 5000
    rule.save()
    charge(ani, "overdue", 5000, by=sari)
    check_out(ItemFactory(), to=ani, at=pusat, by=sari)
    charge(ani, "overdue", 500, by=sari)
    item = ItemFactory()
    with pytest.raises(Refused) as told:
        check_out(item, to=ani, at=pusat, by=sari)
    assert [str(reason) for reason in told.value.reasons] == [
        "Masih ada tunggakan Rp5.500; paling banyak Rp5.000 untuk dapat meminjam (aturan “Mahasiswa, semua jenis”)."
    ]
    assert check_out(item, to=ani, at=pusat, by=sari, waive={"owes_too_much"}, waive_reason="bayar besok").item == item


def test_what_is_waived_without_a_reason_is_not_lent_and_the_missing_reason_is_told(sari, ani, pusat, rule):
    item = ItemFactory(status=Item.Statuses.DAMAGED)
    with pytest.raises(Refused) as refused:
        check_out(item, to=ani, at=pusat, by=sari, waive={"item_damaged"}, waive_reason="  ")
    assert [str(reason) for reason in refused.value.reasons] == ["Tuliskan mengapa halangannya dikesampingkan."]
    assert not Loan.objects.filter(item=item).exists()


def test_each_limit_says_which_rule_set_it(sari, ani, pusat, rule):
    tandon = ItemTypeFactory(code="reserve", name="Buku tandon")
    LoanRuleFactory(name="Tandon sehari", category=None, item_type=tandon, loan_days=1, loan_limit=1)
    rule.overdue_limit = 0
    rule.save()
    with clock.stopped_at(MONDAY_MORNING):
        LoanFactory(item=ItemFactory(item_type=tandon), member=ani, lent_at=MONDAY_MORNING - timedelta(days=30))
        LoanFactory.create_batch(2, member=ani, lent_at=MONDAY_MORNING - timedelta(days=1))
        told = [str(reason) for reason in blocks_to_check_out(ItemFactory(item_type=tandon), ani)]
    assert told == [
        "Masih ada pinjaman yang terlambat: 1 (aturan “Mahasiswa, semua jenis”).",
        "Sudah mencapai batas 3 pinjaman (aturan “Mahasiswa, semua jenis”).",
        "Sudah mencapai batas 1 pinjaman untuk Buku tandon (aturan “Tandon sehari”).",
    ]
