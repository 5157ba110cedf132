"""Parcels sent home while the library is open: to whom, what is lent when, what comes back, and whose address is kept."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from lumbung.accounts.models import Role
from lumbung.circulation.domain.closed_doors import close_doors, open_doors
from lumbung.circulation.domain.handovers import ask_delivery, set_handovers
from lumbung.circulation.domain.holds import cancel_hold, expire_holds
from lumbung.circulation.domain.loans import check_in, check_out
from lumbung.circulation.domain.own_data import HOLDING
from lumbung.circulation.domain.parcels import (
    arrive,
    ask_parcel,
    call_off_parcel,
    come_back,
    finish_parcels,
    forget_address,
    pack,
    send_parcel,
    set_delivery,
)
from lumbung.circulation.domain.privacy import forget_borrowers
from lumbung.circulation.models import Fee, Handover, Hold, KeptAddress, Loan
from lumbung.circulation.refusals import HOLD_PACKED
from lumbung.circulation.tests.factories import HoldFactory, ItemFactory, LoanRuleFactory
from lumbung.kernel import clock
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.refusals import Refused
from lumbung.kernel.tests.race import race
from lumbung.members.domain.privacy.looks import looks_at
from lumbung.members.models import Category
from lumbung.members.tests.factories import CategoryFactory, MemberFactory
from lumbung.organization.tests.factories import LibraryFactory, StudyProgrammeFactory, open_on

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 30, 1, 0, tzinfo=UTC)
LAST = date(2026, 12, 2)


@pytest.fixture(autouse=True)
def _morning(pusat, rule):
    LibraryFactory()
    open_on(pusat)
    LoanRuleFactory(loan_kind="delivery", category=None, loan_days=21, loan_limit=None)
    with clock.stopped_at(MONDAY):
        yield


@pytest.fixture
def sends(pusat, sari):
    return set_delivery(pusat, is_on=True, fee=12_000, way_back="Lewat pos", categories=[], programmes=[], by=sari)


def ready(member, branch) -> Hold:
    item = ItemFactory(branch=branch)
    return HoldFactory(record=item.record, member=member, pickup_branch=branch, item=item, state="ready", ready_until=LAST)


def ask(member, branch, *, address: str = "Jl. Melati 5", keeps: bool = False) -> Handover:
    return ask_parcel(member, branch=branch, address=address, keeps=keeps, by=member.user)


def codes(verb) -> list[str]:
    with pytest.raises(Refused) as refused:
        verb()
    return refused.value.codes


def test_only_who_may_asks_and_every_reason_against_it_is_told(ani, budi, pusat, sari):
    assert codes(lambda: ask(ani, pusat, address=" ")) == [
        "delivery_not_offered",
        "delivery_address_missing",
        "nothing_to_fetch",
    ]
    away, law = CategoryFactory(code="jauh", name="Mahasiswa jarak jauh"), StudyProgrammeFactory()
    set_delivery(pusat, is_on=True, categories=[away], programmes=[law], by=sari)
    for member in (ani, budi):
        ready(member, pusat)
    assert codes(lambda: ask(ani, pusat)) == ["delivery_not_offered"]
    ani.category = away
    ani.save()
    assert codes(lambda: ask(ani, pusat)) == ["delivery_not_offered"]
    ani.programme = law
    ani.save()
    LoanRuleFactory(category=away)
    assert ask(ani, pusat).state == "asked"
    ready(ani, pusat)
    assert codes(lambda: ask(ani, pusat)) == ["handover_there"]
    assert Category.objects.filter(pk=away.pk).exists()


def test_a_parcel_is_packed_with_all_that_is_ready_and_lent_when_it_goes(sends, ani, pusat, sari):
    first = ready(ani, pusat)
    parcel = ask(ani, pusat)
    later = ready(ani, pusat)
    set_delivery(pusat, is_on=True, fee=99_000, categories=[], programmes=[], by=sari)
    assert codes(lambda: send_parcel(parcel, courier="Pos", tracking="", by=sari)) == ["handover_closed"]
    pack(parcel, by=sari)
    assert not Loan.objects.exists()
    assert codes(lambda: send_parcel(parcel, courier=" ", tracking="", by=sari)) == ["courier_missing"]
    loans = send_parcel(parcel, courier="Pos", tracking="P123", by=sari)
    assert {loan.item for loan in loans} == {first.item, later.item}
    assert {(loan.kind, loan.due_at.astimezone(pusat.zone).date()) for loan in loans} == {("delivery", date(2026, 12, 21))}
    assert [(fee.amount, fee.note) for fee in Fee.objects.all()] == [(12_000, "Pos")]
    assert codes(lambda: call_off_parcel(parcel, by=ani.user)) == ["handover_closed"]
    assert (arrive(parcel, by=ani.user).state, Handover.objects.get().address) == ("done", "")
    names = JournalEntry.objects.filter(name__startswith="Handover").order_by("pk").values_list("name", flat=True)
    assert list(names) == ["HandoverAsked", "HandoverPacked", "HandoverSent", "HandoverDone"]


def test_what_may_not_be_lent_is_not_sent_and_nothing_is_charged(sends, ani, pusat, sari):
    ready(ani, pusat)
    parcel = pack(ask(ani, pusat), by=sari)
    ani.blocked_because = "Kartu hilang"
    ani.save()
    assert codes(lambda: send_parcel(parcel, courier="Pos", tracking="", by=sari)) == ["member_blocked"]
    parcel.refresh_from_db()
    assert (parcel.state, Fee.objects.count(), Loan.objects.count()) == ("packed", 0, 0)


def test_what_the_courier_brings_back_is_taken_back(sends, ani, pusat, sari):
    ready(ani, pusat)
    parcel = pack(ask(ani, pusat), by=sari)
    send_parcel(parcel, courier="Pos", tracking="P1", by=sari)
    assert come_back(parcel, by=sari).state == "returned"
    assert (Loan.objects.open().count(), Loan.objects.get().returned_to) == (0, pusat)
    assert codes(lambda: come_back(parcel, by=sari)) == ["handover_closed"]


def test_what_is_in_a_parcel_does_not_expire_and_waits_anew_when_it_is_called_off(sends, ani, pusat, sari):
    hold = ready(ani, pusat)
    parcel = ask(ani, pusat)
    with clock.stopped_at(MONDAY + timedelta(days=4)):
        assert expire_holds() == 0
        call_off_parcel(parcel, by=ani.user)
        assert expire_holds() == 0
        hold.refresh_from_db()
        assert (hold.state, hold.ready_until) == ("ready", date(2026, 12, 9))
    with clock.stopped_at(MONDAY + timedelta(days=10)):
        assert expire_holds() == 1


def test_an_empty_parcel_is_neither_packed_nor_sent(sends, ani, pusat, sari):
    hold = ready(ani, pusat)
    parcel = ask(ani, pusat)
    Hold.objects.filter(pk=hold.pk).update(state="cancelled", closed_at=clock.now())
    assert codes(lambda: pack(parcel, by=sari)) == ["parcel_empty"]


@pytest.mark.django_db(transaction=True)
def test_two_clicks_ask_for_one_parcel(sends, ani, pusat):
    ready(ani, pusat)

    def click():
        with clock.stopped_at(MONDAY):
            return ask(ani, pusat)

    _won, refused = race(click, click)
    assert refused == [["handover_there"]]
    assert Handover.objects.count() == 1


def test_an_address_is_kept_for_those_who_agree_told_to_them_and_forgotten(sends, ani, budi, pusat):
    ready(budi, pusat)
    ask(budi, pusat)
    assert not KeptAddress.objects.exists()
    ready(ani, pusat)
    ask(ani, pusat, keeps=True)
    assert HOLDING.told(ani)["kept_address"] == "Jl. Melati 5"
    forget_address(ani, by=ani.user)
    forget_address(ani, by=ani.user)
    assert HOLDING.told(ani)["kept_address"] == ""
    told = JournalEntry.objects.filter(name__startswith="Address").order_by("pk").values_list("name", flat=True)
    assert list(told) == ["AddressKept", "AddressForgotten"]


def test_each_sees_and_does_what_is_theirs(sends, ani, budi, pusat, sari, with_role, signed_in):
    head, desk = signed_in(Client(), with_role(Role.HEAD)), signed_in(Client(), with_role(Role.CIRCULATION))
    reader, other = signed_in(Client(), ani.user), signed_in(Client(), budi.user)
    sent = {"is_on": "on", "fee": "15000", "way_back": "Kotak pengembalian mana pun"}
    assert (desk.get("/staff/parcels/terms").status_code, reader.get("/staff/parcels").status_code) == (403, 403)
    assert head.post("/staff/parcels/terms", {**sent, "fee": "-1"}).status_code == 422
    head.post("/staff/parcels/terms", sent)
    assert "Kiriman ke rumah" not in reader.get("/my").content.decode()
    ready(ani, pusat)
    page = reader.get("/my").content.decode().replace("\xa0", "")
    assert ("Minta dikirim (Rp15.000)" in page, "Kotak pengembalian mana pun" in page) == (True, True)
    reader.post("/my/parcels", {"branch": pusat.pk, "address": "Jl. Melati 5", "keeps": "on"})
    parcel = Handover.objects.get()
    assert other.post(f"/my/parcels/{parcel.pk}", {"step": "cancel"}).status_code == 404
    queue = desk.get("/staff/parcels").content.decode()
    assert ("Ani" in queue, "Jl. Melati 5" in queue) == (True, True)
    for asking in (queue, reader.get("/my").content.decode()):
        assert asking.index("Tidak jadi dikirim") < asking.index("Ya, batalkan"), "it asks first"
    assert desk.post("/staff/parcels", {"parcel": parcel.pk, "step": "sell"}).status_code == 404
    desk.post("/staff/parcels", {"parcel": parcel.pk, "step": "pack"})
    desk.post("/staff/parcels", {"parcel": parcel.pk, "step": "send", "courier": "Pos", "tracking": "P123"})
    assert "P123" in reader.get("/my").content.decode()
    reader.post(f"/my/parcels/{parcel.pk}", {"step": "arrive"})
    parcel.refresh_from_db()
    assert parcel.state == "done"
    assert "Jl. Melati 5" in reader.get("/my/settings").content.decode()
    assert "Jl. Melati 5" not in other.get("/my/settings").content.decode()
    reader.post("/my/parcels/address")
    assert not KeptAddress.objects.exists()
    ready(ani, pusat)
    reader.post("/my/parcels", {"branch": pusat.pk, "address": "Jl. Melati 5"})
    again = Handover.objects.latest("pk")
    reader.post(f"/my/parcels/{again.pk}", {"step": "cancel"})
    again.refresh_from_db()
    assert again.state == "cancelled"
    for key in ("", "x", "9" * 30):
        assert reader.post("/my/parcels", {"branch": key}).status_code == 404
        assert desk.post("/staff/parcels", {"parcel": key}).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_queue_of_parcels_asks_the_same_number_of_questions(
    sends, pusat, ani, sari, signed_in, rows, django_assert_num_queries
):
    for _ in range(rows):
        member = MemberFactory(category=ani.category)
        ready(member, pusat)
        ask_parcel(member, branch=pusat, address="Jl. Melati 5", keeps=False, by=None)
    desk = signed_in(Client(), sari)
    desk.get("/staff/parcels")
    with django_assert_num_queries(6):
        assert len(desk.get("/staff/parcels").context["page"]) == rows


def sent(member, branch, *, by) -> Handover:
    """A parcel on its way."""
    parcel = pack(ask(member, branch), by=by)
    send_parcel(parcel, courier="Pos", tracking="P1", by=by)
    parcel.refresh_from_db()
    return parcel


def test_what_was_fetched_at_the_desk_is_not_taken_back_with_the_parcel(sends, ani, pusat, sari):
    fetched, posted = ready(ani, pusat), ready(ani, pusat)
    parcel = pack(ask(ani, pusat), by=sari)
    check_out(fetched.item, to=ani, at=pusat, by=sari)
    send_parcel(parcel, courier="Pos", tracking="P1", by=sari)
    come_back(parcel, by=sari)
    assert [loan.item for loan in Loan.objects.open()] == [fetched.item]
    assert Loan.objects.get(item=posted.item).returned_to == pusat


def test_a_hold_whose_copy_is_packed_is_cancelled_nowhere_before_the_parcel_is(sends, ani, pusat, sari, calling, signed_in):
    hold = ready(ani, pusat)
    parcel = pack(ask(ani, pusat), by=sari)
    why = "Bukunya sudah dikemas untuk dikirim. Batalkan kirimannya dahulu, baru pesanannya."
    assert codes(lambda: cancel_hold(hold, by=sari)) == ["hold_packed"]
    for user, address in ((ani.user, f"/my/holds/{hold.pk}"), (sari, reverse("circulation:hold", args=[hold.pk]))):
        assert why in signed_in(Client(), user).post(address, {"_method": "DELETE"}, follow=True).content.decode()
    for client, address in (
        (calling(ani.user, "me"), f"/api/v1/me/holds/{hold.pk}"),
        (calling(sari, "holds:write"), f"/api/v1/holds/{hold.pk}"),
    ):
        assert [each["code"] for each in client.delete(address).json()["reasons"]] == ["hold_packed"]
    with translation.override("en"):
        assert str(HOLD_PACKED()) == "The book is packed to be sent. Call the parcel off first, then the hold."
    call_off_parcel(parcel, by=ani.user)
    assert cancel_hold(hold, by=ani.user).state == "cancelled"


def test_what_is_under_way_stays_on_the_page_when_the_branch_sends_no_more(sends, ani, pusat, sari, signed_in):
    ready(ani, pusat)
    ask(ani, pusat)
    set_delivery(pusat, is_on=False, categories=[], programmes=[], by=sari)
    page = signed_in(Client(), ani.user).get("/my").content.decode()
    assert ("Batalkan kiriman" in page, "Minta dikirim" in page) == (True, False)


def test_a_parcel_that_nobody_said_had_arrived_is_over_when_all_of_it_is_back(sends, ani, budi, pusat, sari):
    first, second = ready(ani, pusat), ready(ani, pusat)
    ready(budi, pusat)
    parcel, other = sent(ani, pusat, by=sari), sent(budi, pusat, by=sari)
    check_in(first.item, at=pusat, by=sari)
    assert finish_parcels() == 0
    check_in(second.item, at=pusat, by=sari)
    assert (finish_parcels(), finish_parcels()) == (1, 0)
    parcel.refresh_from_db()
    other.refresh_from_db()
    assert (parcel.state, parcel.address, other.state) == ("done", "", "sent")
    assert JournalEntry.objects.get(name="HandoverDone").data == {"handover": parcel.pk, "member": ani.pk}


def test_a_month_after_its_end_a_parcel_is_nobodys_and_till_then_it_is_told_whole(sends, ani, pusat, sari):
    ready(ani, pusat)
    arrive(sent(ani, pusat, by=sari), by=ani.user)
    ready(ani, pusat)
    under_way = ask(ani, pusat, keeps=True)
    told = HOLDING.told(ani)
    assert [(each["courier"], each["fee"], each["asked_at"]) for each in told["handovers"]] == [
        ("Pos", 12_000, MONDAY),
        ("", 12_000, MONDAY),
    ]
    assert told["kept_address_agreed_at"] == MONDAY
    with clock.stopped_at(MONDAY + timedelta(days=31)):
        assert (forget_borrowers(), forget_borrowers()) == (2, 0)
    kept = Handover.objects.order_by("pk").values_list("member", "courier", "tracking", "address")
    assert list(kept) == [(None, "", "", ""), (ani.pk, "", "", "Jl. Melati 5")]
    entries = JournalEntry.objects.filter(name__startswith="Handover").order_by("pk")
    assert [(each.name, each.member, each.actor_id) for each in entries] == [
        ("HandoverAsked", None, None),
        ("HandoverPacked", None, sari.pk),
        ("HandoverSent", None, sari.pk),
        ("HandoverDone", None, None),
        ("HandoverAsked", ani.pk, ani.user.pk),
    ]
    call_off_parcel(under_way, by=sari)
    Handover.objects.filter(pk=under_way.pk).update(courier="Pos", tracking="P1")
    HOLDING.erase(ani)
    assert set(Handover.objects.values_list("member", "courier", "tracking", "address")) == {(None, "", "", "")}


def test_the_same_copies_are_not_asked_for_twice_while_the_doors_are_closed(sends, ani, pusat, sari, signed_in):
    ready(ani, pusat)
    days = {"first_day": MONDAY.date(), "last_day": MONDAY.date() + timedelta(days=11)}
    closed = close_doors(**days, reason="Abu vulkanik", note="Ambil di pintu.", branch=pusat, by=sari)
    set_handovers(closed, delivers=True, by=sari)
    parcel = ask(ani, pusat)
    assert codes(lambda: ask_delivery(closed, ani, branch=pusat, address="Jl. Melati 5", by=None)) == ["nothing_to_fetch"]
    assert "Atau dikirim ke alamat" not in signed_in(Client(), ani.user).get("/my").content.decode()
    call_off_parcel(parcel, by=ani.user)
    ask_delivery(closed, ani, branch=pusat, address="Jl. Melati 5", by=None)
    assert codes(lambda: ask(ani, pusat)) == ["handover_there"]


def test_what_is_typed_is_kept_without_nul_and_within_its_length_and_staff_who_read_it_are_told_of(
    sends, ani, pusat, sari, signed_in
):
    reader, desk = signed_in(Client(), ani.user), signed_in(Client(), sari)
    ready(ani, pusat)
    reader.post("/my/parcels", {"branch": pusat.pk, "address": "Jl.\0 Melati " + "5" * 400, "keeps": "on"})
    parcel = Handover.objects.get()
    assert parcel.address == KeptAddress.objects.get().address == "Jl. Melati " + "5" * 289
    assert not looks_at(ani).exists()
    assert desk.get("/staff/parcels").status_code == 200
    assert [(look.by, look.times) for look in looks_at(ani)] == [(sari, 1)]
    desk.post("/staff/parcels", {"parcel": parcel.pk, "step": "pack"})
    desk.post("/staff/parcels", {"parcel": parcel.pk, "step": "send", "courier": "\0" + "P" * 70, "tracking": "\0" * 3})
    parcel.refresh_from_db()
    assert (parcel.state, parcel.courier, parcel.tracking) == ("sent", "P" * 60, "")


def test_what_was_left_unticked_when_the_doors_opened_stands_in_nobodys_way(sends, ani, pusat, sari):
    ready(ani, pusat)
    closed = close_doors(first_day=MONDAY.date(), last_day=LAST, reason="Abu", note="Ambil di pintu.", branch=pusat, by=sari)
    set_handovers(closed, delivers=True, by=sari)
    ask_delivery(closed, ani, branch=pusat, address="Jl. Melati 5", by=None)
    Handover.objects.update(state="sent")
    Hold.objects.update(state="filled", closed_at=clock.now())
    assert codes(lambda: ask(ani, pusat)) == ["handover_there"]
    open_doors(closed, by=sari)
    ready(ani, pusat)
    assert ask(ani, pusat).state == "asked"
