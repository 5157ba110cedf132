"""Waiting for a title: place, set aside, fetch, cancel, expire."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from lumbung.catalogue.models import Item
from lumbung.circulation.domain.holds import cancel_hold, expire_holds, place_hold, set_aside
from lumbung.circulation.domain.loans import check_in
from lumbung.circulation.models import Hold
from lumbung.circulation.queries import (
    Pull,
    expired_holds,
    holds_on_shelf,
    holds_to_send,
    holds_visible_to,
    open_holds,
    pull_list,
    urgency,
)
from lumbung.circulation.queries.rules import rules_now
from lumbung.circulation.tests.factories import HoldFactory, ItemFactory, ItemTypeFactory, LoanFactory, RecordFactory
from lumbung.kernel import clock
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.refusals import Refused
from lumbung.members.domain.members import block
from lumbung.organization.queries import branches, library
from lumbung.organization.tests.factories import open_on

pytestmark = pytest.mark.django_db

FRIDAY = datetime(2026, 3, 6, 9, 0, tzinfo=ZoneInfo("Asia/Jakarta"))


def journal() -> list[str]:
    return list(JournalEntry.objects.order_by("pk").values_list("name", flat=True))


def test_a_hold_waits_in_line_and_the_journal_says_who_asked(ani, budi, pusat, rule):
    record = ItemFactory().record
    with clock.stopped_at(FRIDAY):
        first = place_hold(record, member=budi, pickup_branch=pusat, by=budi.user)
        second = place_hold(record, member=ani, pickup_branch=pusat, by=ani.user)

    assert (second.state, second.placed_at, second.item) == ("waiting", FRIDAY, None)
    assert [(hold, hold.position) for hold in open_holds(budi)] == [(first, 1)]
    assert [(hold, hold.position) for hold in open_holds(ani)] == [(second, 2)]
    entry = JournalEntry.objects.get(actor_id=ani.user.pk)
    assert entry.data == {"hold": second.pk, "record": record.pk, "member": ani.pk, "branch": pusat.pk}


def test_every_block_to_a_hold_is_named_at_once(sari, ani, pusat, rule):
    item = ItemFactory()
    LoanFactory(item=item, member=ani)
    HoldFactory(record=item.record, member=ani)
    HoldFactory.create_batch(2, member=ani)
    block(ani, reason="Skorsing", by=sari)
    with pytest.raises(Refused) as refused:
        place_hold(item.record, member=ani, pickup_branch=pusat, by=ani.user)
    assert refused.value.codes == ["member_blocked", "hold_exists", "has_it_on_loan", "hold_limit_reached"]


@pytest.mark.parametrize("kind", ["no copies", "reference", "lost"])
def test_a_title_without_a_copy_to_lend_cannot_be_held(ani, pusat, rule, kind):
    record = RecordFactory()
    if kind == "reference":
        ItemFactory(record=record, item_type=ItemTypeFactory(code="reference", lendable=False))
    if kind == "lost":
        ItemFactory(record=record, status=Item.Statuses.LOST)
    with pytest.raises(Refused) as refused:
        place_hold(record, member=ani, pickup_branch=pusat, by=ani.user)
    assert refused.value.codes == ["nothing_to_hold"]


def test_a_copy_on_the_shelf_comes_on_the_pull_list_and_is_set_aside(sari, ani, pusat, rule):
    item = ItemFactory()
    hold = place_hold(item.record, member=ani, pickup_branch=pusat, by=ani.user)
    assert pull_list(pusat) == [Pull(hold, item)]
    with clock.stopped_at(FRIDAY):
        open_on(pusat)
        set_aside(hold, item, at=pusat, by=sari)

    hold.refresh_from_db()
    assert (hold.state, hold.item, hold.ready_until) == ("ready", item, date(2026, 3, 11))
    assert pull_list(pusat) == []
    assert list(holds_on_shelf(pusat)) == [hold]


def test_each_waiting_hold_pulls_a_copy_of_its_own(ani, budi, pusat):
    record = RecordFactory()
    items = ItemFactory.create_batch(2, record=record)
    holds = [HoldFactory(record=record, member=ani), HoldFactory(record=record, member=budi), HoldFactory(record=record)]
    assert pull_list(pusat) == [Pull(holds[0], items[0]), Pull(holds[1], items[1])]


def test_another_branch_pulls_only_when_the_pick_up_branch_has_no_free_copy(ani, pusat, teknik, sari):
    record = RecordFactory()
    there, here = ItemFactory(record=record, branch=teknik), ItemFactory(record=record, branch=pusat)
    hold = HoldFactory(record=record, member=ani, pickup_branch=pusat)
    assert (pull_list(pusat), pull_list(teknik)) == ([Pull(hold, here)], [])

    LoanFactory(item=here)
    assert (pull_list(pusat), pull_list(teknik)) == ([], [Pull(hold, there)])
    set_aside(hold, there, at=teknik, by=sari)
    assert list(holds_to_send(teknik)) == [hold]
    assert journal()[-1] == "HoldSentOn"


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_of_holds_take_the_same_statements_however_long(ani, pusat, rows, django_assert_num_queries):
    holds = [HoldFactory(record=ItemFactory().record, member=ani) for _ in range(rows)]
    library(), branches(), rules_now(), urgency()  # remembered, as on every page
    with django_assert_num_queries(2):
        assert [(pull.hold.member.name, pull.item.item_type.name) for pull in pull_list(pusat)] == [("Ani", "Buku teks")] * rows
    with django_assert_num_queries(1):
        assert [hold.record.title for hold in open_holds(ani)] == [hold.record.title for hold in holds]


def test_what_cannot_be_set_aside_is_refused_with_every_reason(sari, ani, pusat):
    hold = HoldFactory(member=ani, state=Hold.States.CANCELLED, closed_at=clock.now())
    item = ItemFactory(status=Item.Statuses.IN_REPAIR, item_type=ItemTypeFactory(code="map", lendable=False))
    LoanFactory(item=item)
    with pytest.raises(Refused) as refused:
        set_aside(hold, item, at=pusat, by=sari)
    assert refused.value.codes == ["hold_not_waiting", "another_title", "item_in_repair", "not_for_loan", "already_lent"]


def test_a_cancelled_hold_gives_its_copy_to_the_next(sari, ani, budi, pusat):
    item = ItemFactory()
    first, second = HoldFactory(record=item.record, member=ani), HoldFactory(record=item.record, member=budi)
    check_in(item, at=pusat, by=sari)
    cancel_hold(first, by=ani.user)

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, first.item) == ("cancelled", None)
    assert (second.state, second.item) == ("ready", item)
    assert journal()[-2:] == ["HoldCancelled", "HoldReady"]
    with pytest.raises(Refused) as refused:
        cancel_hold(first, by=ani.user)
    assert refused.value.codes == ["hold_closed"]


def test_a_copy_nobody_else_waits_for_is_listed_until_it_is_taken_off_the_shelf(sari, ani, pusat):
    item = ItemFactory()
    hold = HoldFactory(record=item.record, member=ani)
    check_in(item, at=pusat, by=sari)
    cancel_hold(hold, by=ani.user)
    assert list(expired_holds(pusat)) == [hold]
    check_in(item, at=pusat, by=sari)
    assert list(expired_holds(pusat)) == []


def test_a_hold_expires_the_day_after_its_last_and_not_before(sari, ani, budi, pusat):
    item = ItemFactory()
    hold = HoldFactory(record=item.record, member=ani)
    other = HoldFactory(record=item.record, member=budi)
    with clock.stopped_at(FRIDAY):
        check_in(item, at=pusat, by=sari)
    with clock.stopped_at(FRIDAY.replace(day=9, hour=23)):
        assert expire_holds() == 0
    with clock.stopped_at(FRIDAY.replace(day=10, hour=0)):
        assert expire_holds() == 1
        assert expire_holds() == 0

    hold.refresh_from_db()
    other.refresh_from_db()
    assert (hold.state, hold.item) == ("expired", None)
    assert (other.state, other.item, other.ready_until) == ("ready", item, date(2026, 3, 13))


def test_ani_sees_her_holds_and_budi_does_not_and_sari_sees_all(sari, ani, budi):
    hold = HoldFactory(member=ani)
    assert list(holds_visible_to(ani.user)) == list(holds_visible_to(sari)) == [hold]
    assert list(holds_visible_to(budi.user)) == list(holds_visible_to(None)) == []
