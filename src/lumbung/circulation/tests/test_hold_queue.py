"""The queue of those who wait: volumes, one copy, letting others go before, going first with a reason, recalls, and how long it takes."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from lumbung.catalogue.models.volume import volume_of
from lumbung.circulation.domain.holds import expire_holds, place_hold, set_aside
from lumbung.circulation.domain.loans import check_in, check_out, renew
from lumbung.circulation.domain.queue import change_pickup, put_back, put_first, resume_hold, resume_holds, suspend_hold
from lumbung.circulation.domain.recalls import change_urgency, recall_loan
from lumbung.circulation.models import Hold, Recall
from lumbung.circulation.queries import (
    Pull,
    blocks_to_check_out,
    blocks_to_renew,
    expected_on,
    holds_to_come,
    items_to_send_home,
    open_holds,
    pull_list,
    volumes_of,
)
from lumbung.circulation.tests.factories import HoldFactory, ItemFactory, LoanFactory, RecordFactory
from lumbung.kernel import clock
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.refusals import Refused
from lumbung.members.tests.factories import MemberFactory
from lumbung.organization.tests.factories import open_on

pytestmark = pytest.mark.django_db

FRIDAY = datetime(2026, 3, 6, 9, 0, tzinfo=ZoneInfo("Asia/Jakarta"))


def codes(act) -> list[str]:
    with pytest.raises(Refused) as told:
        act()
    return told.value.codes


@pytest.mark.parametrize(
    ("call_number", "volume"),
    [("899.221 PRA b jil. 2", "2"), ("297.1 QUT t v.10", "10"), ("297 j3 c.1", "3"), ("Vol 02", "2"), ("899.221 PRA b c.2", ""),
     ("813 VON j", ""), ("813 J 2 v", ""), ("005.133 PYT", ""), ("", "")],
)  # fmt: skip
def test_the_call_number_says_which_volume_it_is(call_number, volume):
    assert volume_of(call_number) == volume


def test_a_hold_on_a_volume_is_filled_by_that_volume_alone(sari, ani, budi, pusat, rule):
    record = RecordFactory()
    first, second = (ItemFactory(record=record, call_number=f"297 QUT t jil.{number}") for number in (1, 2))
    assert volumes_of(record) == ["1", "2"]
    wants_second = place_hold(record, member=ani, pickup_branch=pusat, volume="2", by=ani.user)
    wants_any = place_hold(record, member=budi, pickup_branch=pusat, by=budi.user)
    assert check_in(first, at=pusat, by=sari).hold == wants_any
    assert check_in(second, at=pusat, by=sari).hold == wants_second
    assert codes(lambda: place_hold(record, member=MemberFactory(), pickup_branch=pusat, volume="9", by=None)) == [
        "volume_unknown"
    ]


def test_two_volumes_are_two_holds_and_a_volume_is_held_once(ani, pusat, rule):
    record = RecordFactory()
    for number in (1, 2):
        ItemFactory(record=record, call_number=f"297 jil.{number}")
        place_hold(record, member=ani, pickup_branch=pusat, volume=str(number), by=ani.user)
    assert codes(lambda: place_hold(record, member=ani, pickup_branch=pusat, volume="2", by=ani.user)) == ["hold_exists"]


def test_a_hold_on_one_copy_waits_for_that_copy(sari, ani, budi, pusat, rule):
    record = RecordFactory()
    wanted, other = ItemFactory.create_batch(2, record=record)
    hold = place_hold(record, member=ani, pickup_branch=pusat, item=wanted, by=sari)
    assert pull_list(pusat) == [Pull(hold, wanted)]
    assert codes(lambda: set_aside(hold, other, at=pusat, by=sari)) == ["another_title"]
    assert check_in(other, at=pusat, by=sari).hold is None
    assert blocks_to_check_out(other, budi, at=pusat) == []
    assert [block.code for block in blocks_to_check_out(wanted, budi, at=pusat)] == ["wanted_by_others"]
    assert check_in(wanted, at=pusat, by=sari).hold == hold
    assert codes(lambda: place_hold(RecordFactory(), member=budi, pickup_branch=pusat, item=wanted, by=sari)) == [
        "nothing_to_hold", "another_title",
    ]  # fmt: skip


def test_who_lets_others_go_before_keeps_the_place(sari, ani, budi, pusat):
    item = ItemFactory()
    first, second = HoldFactory(record=item.record, member=ani), HoldFactory(record=item.record, member=budi)
    with clock.stopped_at(FRIDAY):
        suspend_hold(first, until=date(2026, 3, 9), by=ani.user)
        assert [hold.position for hold in open_holds(budi)] == [1]
        assert check_in(item, at=pusat, by=sari).hold == second
        assert codes(lambda: suspend_hold(second, until=None, by=budi.user)) == ["hold_set_aside"]
        assert codes(lambda: suspend_hold(first, until=date(2026, 3, 6), by=ani.user)) == ["day_past"]
    with clock.stopped_at(FRIDAY.replace(day=8, hour=23)):
        assert resume_holds() == 0
    with clock.stopped_at(FRIDAY.replace(day=9, hour=0)):
        assert (resume_holds(), resume_holds()) == (1, 0)
    third = HoldFactory(record=item.record)
    other = ItemFactory(record=item.record)
    assert check_in(other, at=pusat, by=sari).hold == first
    assert codes(lambda: resume_hold(third, by=None)) == ["not_suspended"]


def test_a_suspended_hold_is_filled_when_its_member_borrows_all_the_same(sari, ani, pusat, rule):
    item = ItemFactory()
    hold = HoldFactory(record=item.record, member=ani)
    suspend_hold(hold, until=None, by=ani.user)
    check_out(item, to=ani, at=pusat, by=sari)
    hold.refresh_from_db()
    assert (hold.state, hold.is_suspended) == ("filled", False)


def test_who_is_put_first_gets_the_next_copy_and_the_reason_is_kept(sari, ani, budi, pusat):
    record = RecordFactory()
    first, second = HoldFactory(record=record, member=ani), HoldFactory(record=record, member=budi)
    assert codes(lambda: put_first(second, reason=" ", by=sari)) == ["priority_reason_empty"]
    put_first(second, reason="Sidang skripsi besok", by=sari)
    assert [hold.position for hold in (*open_holds(ani), *open_holds(budi))] == [2, 1]
    put_back(second, by=sari)
    assert [hold.position for hold in (*open_holds(ani), *open_holds(budi))] == [1, 2]
    put_first(second, reason="Sidang skripsi besok", by=sari)
    put_first(first, reason="Dosen pengampu", by=sari)
    assert check_in(ItemFactory(record=record), at=pusat, by=sari).hold == first
    second.refresh_from_db()
    assert (second.priority, second.priority_reason) == (1, "Sidang skripsi besok")
    names = list(JournalEntry.objects.order_by("pk").values_list("name", flat=True))
    assert names == ["HoldPutFirst", "HoldPutBack", "HoldPutFirst", "HoldPutFirst", "ItemSeen", "HoldReady"]


def test_a_copy_is_fetched_elsewhere_as_long_as_it_is_not_set_aside(sari, ani, pusat, teknik):
    item = ItemFactory(branch=pusat)
    hold = HoldFactory(record=item.record, member=ani, pickup_branch=pusat)
    change_pickup(hold, teknik, by=ani.user)
    result = check_in(item, at=pusat, by=sari)
    assert (result.hold, result.send_to, result.hold.state) == (hold, teknik, "in_transit")
    assert list(holds_to_come(teknik)) == [hold]
    assert codes(lambda: change_pickup(hold, pusat, by=ani.user)) == ["hold_set_aside"]


def test_a_hold_that_is_of_no_use_any_more_lapses(ani, pusat, rule):
    record = ItemFactory().record
    with clock.stopped_at(FRIDAY):
        hold = place_hold(record, member=ani, pickup_branch=pusat, wanted_until=date(2026, 3, 9), by=ani.user)
        assert codes(lambda: place_hold(ItemFactory().record, member=ani, pickup_branch=pusat, wanted_until=date(2026, 3, 6), by=None)) == [
            "day_past"
        ]  # fmt: skip
    with clock.stopped_at(FRIDAY.replace(day=9, hour=23)):
        assert expire_holds() == 0
    with clock.stopped_at(FRIDAY.replace(day=10, hour=0)):
        assert (expire_holds(), expire_holds()) == (1, 0)
    hold.refresh_from_db()
    assert hold.state == "expired"
    assert JournalEntry.objects.last().name == "HoldLapsed"


def test_a_borrower_is_asked_to_bring_it_back_and_keeps_it_as_long_as_promised(sari, ani, budi, pusat):
    open_on(pusat)
    with clock.stopped_at(FRIDAY):
        new, old = (
            LoanFactory(member=budi, lent_at=FRIDAY - timedelta(days=days), due_at=FRIDAY + timedelta(days=20))
            for days in (1, 30)
        )
        assert codes(lambda: recall_loan(new, by=sari)) == ["nobody_waits"]
        for loan in (new, old):
            HoldFactory(record=loan.item.record, member=ani)
            recall_loan(loan, by=sari)
            loan.refresh_from_db()
        assert [loan.due_at.astimezone(pusat.zone).date() for loan in (new, old)] == [date(2026, 3, 12), date(2026, 3, 11)]
        assert [block.code for block in blocks_to_renew(new)] == ["wanted_by_others"]
        assert codes(lambda: recall_loan(new, by=sari)) == ["already_recalled"]
        soon = LoanFactory(member=budi, lent_at=FRIDAY - timedelta(days=6), due_at=FRIDAY + timedelta(days=1))
        HoldFactory(record=soon.item.record, member=ani)
        assert codes(lambda: recall_loan(soon, by=sari)) == ["recall_gains_nothing"]
    entry = JournalEntry.objects.get(name="LoanRecalled", item=new.item_id)
    assert entry.data["was_due_at"] == Recall.objects.get(loan=new).was_due_at.isoformat()


def test_somebody_who_waits_for_another_volume_does_not_stand_in_the_way(ani, budi, pusat):
    record = RecordFactory()
    loan = LoanFactory(
        member=ani, item=ItemFactory(record=record, call_number="297 jil.1"), lent_at=clock.now() - timedelta(days=2)
    )
    HoldFactory(record=record, member=budi, volume="2")
    renew(loan, by=ani.user)
    assert codes(lambda: recall_loan(loan, by=None)) == ["nobody_waits"]


def test_how_long_it_takes_is_reckoned_from_the_copies_and_who_is_before(ani, budi, pusat):
    record = RecordFactory()
    with clock.stopped_at(FRIDAY):
        hold = HoldFactory(record=record, member=budi)
        assert expected_on(hold) is None
        early, late = (
            LoanFactory(
                item=ItemFactory(record=record), lent_at=FRIDAY - timedelta(days=7 - days), due_at=FRIDAY + timedelta(days=days)
            )
            for days in (2, 5)
        )
        assert expected_on(hold) == date(2026, 3, 8)
        second, third = HoldFactory(record=record), HoldFactory(record=record, member=ani)
        assert (expected_on(second), expected_on(third)) == (date(2026, 3, 11), date(2026, 3, 17))
        suspend_hold(second, until=None, by=None)
        assert (expected_on(second), expected_on(third)) == (None, date(2026, 3, 11))
        assert early.due_at < late.due_at


def test_copies_of_other_branches_that_nobody_waits_for_go_home(sari, ani, pusat, teknik):
    item, wanted = ItemFactory(branch=teknik), ItemFactory(branch=teknik)
    HoldFactory(record=wanted.record, member=ani, pickup_branch=pusat)
    for each in (item, wanted):
        check_in(each, at=pusat, by=sari)
    assert list(items_to_send_home(pusat)) == [item]
    assert list(items_to_send_home(teknik)) == []


def test_sari_sees_a_hold_whole_and_changes_it_and_clerks_put_nobody_first(
    client: Client, sari, ani, budi, pusat, teknik, with_role
):
    loan = LoanFactory(member=budi, lent_at=clock.now() - timedelta(days=8), due_at=clock.now() + timedelta(days=20))
    hold = HoldFactory(record=loan.item.record, member=ani)
    client.force_login(sari)
    page = client.get(f"/staff/holds/{hold.pk}").content.decode()
    for asking in (page, client.get("/staff/holds").content.decode()):
        assert ("Tempatnya dalam antrean hilang." in asking, "Ya, batalkan" in asking) == (True, True)
    assert "Perkiraan tersedia" in page
    assert loan.item.barcode in page
    client.post(f"/staff/holds/{hold.pk}/pickup", {"branch": teknik.pk})
    client.post(f"/staff/holds/{hold.pk}/suspension", {"until": ""})
    client.post(f"/staff/holds/{hold.pk}/suspension", {"_method": "DELETE"})
    client.post(f"/staff/holds/{hold.pk}/priority", {"reason": "Sidang"})
    client.post(f"/staff/loans/{loan.pk}/recall", {"next": f"/staff/holds/{hold.pk}"})
    hold.refresh_from_db()
    assert (hold.pickup_branch, hold.is_suspended, hold.priority_reason) == (teknik, False, "Sidang")
    assert Recall.objects.get().loan == loan
    assert "diminta kembali, semula" in client.get(f"/staff/holds/{hold.pk}").content.decode()
    refused = client.post(f"/staff/loans/{loan.pk}/recall", follow=True)
    assert "sudah diminta kembali" in refused.content.decode()

    client.force_login(with_role("circulation"))
    assert client.post(f"/staff/holds/{hold.pk}/priority", {"reason": "x"}).status_code == 403
    assert client.get("/staff/holds/settings").status_code == 403


def test_a_day_that_cannot_be_read_is_told_and_suspends_nothing(client: Client, sari, ani):
    hold = HoldFactory(member=ani)
    for reader, address, stood_on in (
        (sari, f"/staff/holds/{hold.pk}/suspension", f"/staff/holds/{hold.pk}"),
        (ani.user, f"/my/holds/{hold.pk}/suspension", "/my"),
    ):
        client.force_login(reader)
        told = client.post(address, {"until": "besok"}, follow=True, headers={"referer": f"http://testserver{stood_on}"})
        assert "Tanggalnya tidak terbaca." in told.content.decode()
    hold.refresh_from_db()
    assert not hold.is_suspended


def test_the_settings_of_holds_are_kept_and_checked(client: Client, sari):
    client.force_login(sari)
    client.post("/staff/holds/settings", {"kept_days": 10, "return_days": 2})
    assert change_urgency(by=None).kept_days == 10
    for wrong in ({"kept_days": -1}, {"return_days": 0}, {"kept_days": 367}, {"return_days": "9" * 24}):
        answer = client.post("/staff/holds/settings", {"kept_days": 10, "return_days": 2, **wrong})
        assert (answer.status_code, [*answer.context["form"].errors]) == (422, [*wrong])
    with pytest.raises(Refused) as refused:
        change_urgency(by=sari, return_days=0)
    assert refused.value.codes == ["recall_leaves_no_day"]
    assert change_urgency(by=None).return_days == 2


def test_ani_suspends_and_moves_her_own_hold_and_not_that_of_budi(client: Client, ani, budi, pusat, teknik):
    mine, his = HoldFactory(member=ani), HoldFactory(member=budi)
    ItemFactory(record=mine.record)
    client.force_login(ani.user)
    page = client.get("/my").content.decode()
    assert "Tangguhkan atau ubah tempat ambil" in page
    assert "Diperkirakan tersedia sekitar" in page
    client.post(f"/my/holds/{mine.pk}/suspension", {"until": ""})
    client.post(f"/my/holds/{mine.pk}/pickup", {"branch": teknik.pk})
    mine.refresh_from_db()
    assert (mine.is_suspended, mine.pickup_branch) == (True, teknik)
    assert "Ditangguhkan" in client.get("/my").content.decode()
    client.post(f"/my/holds/{mine.pk}/suspension", {"_method": "DELETE"})
    mine.refresh_from_db()
    assert not mine.is_suspended
    assert client.post(f"/my/holds/{his.pk}/suspension").status_code == 404


def test_a_reader_chooses_the_volume_on_the_page_of_the_title(client: Client, ani, pusat, rule):
    record = RecordFactory()
    for number in (1, 2):
        ItemFactory(record=record, call_number=f"297 jil.{number}", branch=pusat)
    client.force_login(ani.user)
    assert "Jilid 2</option>" in client.get(f"/records/{record.pk}").content.decode()
    client.post(f"/records/{record.pk}/holds", {"branch": pusat.pk, "volume": "2"})
    assert Hold.objects.get().volume == "2"


@pytest.mark.parametrize("said", ["999999", "p999999", "", "pusat"])
def test_a_place_that_cannot_be_chosen_is_told_and_moves_nothing(client: Client, sari, ani, pusat, teknik, said):
    hold = HoldFactory(member=ani, pickup_branch=pusat)
    for reader, address in ((sari, f"/staff/holds/{hold.pk}/pickup"), (ani.user, f"/my/holds/{hold.pk}/pickup")):
        client.force_login(reader)
        told = client.post(address, {"branch": said}, follow=True).content.decode()
        assert "Tempat itu tidak ada dalam daftar tempat mengambil." in told
        assert "Diambil di Perpustakaan" not in told
    hold.refresh_from_db()
    assert hold.pickup_branch == pusat
