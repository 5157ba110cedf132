"""While the doors are closed: times to fetch, parcels, copies that rest, and who works where."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from lumbung.circulation.domain import handovers
from lumbung.circulation.domain.closed_doors import close_doors, open_doors
from lumbung.circulation.domain.holds import set_aside
from lumbung.circulation.domain.loans import check_in, check_out
from lumbung.circulation.models import ClosedDoors, DutyDay, Fee, Handover
from lumbung.circulation.queries import ItemState, ItemStates, availability_of, blocks_to_check_out, item_states, pull_list
from lumbung.circulation.queries.closed_doors import report_of, slots_of
from lumbung.circulation.tests.factories import HoldFactory, ItemFactory, LoanFactory
from lumbung.kernel import clock
from lumbung.kernel.refusals import Refused
from lumbung.kernel.tests.race import race
from lumbung.members.tests.factories import MemberFactory
from lumbung.organization.tests.factories import LibraryFactory, open_on

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 30, 1, 0, tzinfo=UTC)
"""08.00 in Jakarta, on the first day of closed doors."""
DAYS = {"first_day": date(2026, 11, 30), "last_day": date(2026, 12, 11)}
TERMS = {"slot_days": "135", "slot_from": time(9), "slot_until": time(10), "slot_minutes": 30, "slot_limit": 1}


@pytest.fixture(autouse=True)
def _morning(pusat):
    LibraryFactory()
    open_on(pusat)
    with clock.stopped_at(MONDAY):
        yield


@pytest.fixture
def closed(pusat, sari) -> ClosedDoors:
    with clock.stopped_at(MONDAY - timedelta(days=3)):
        return close_doors(**DAYS, reason="Abu vulkanik", note="Ambil di pintu.", branch=pusat, by=sari)


def ready(member, branch) -> None:
    item = ItemFactory(branch=branch)
    HoldFactory(record=item.record, member=member, pickup_branch=branch, item=item, state="ready", ready_until=DAYS["last_day"])


def codes(verb) -> list[str]:
    with pytest.raises(Refused) as refused:
        verb()
    return refused.value.codes


def test_times_are_offered_on_their_days_from_now_on_as_many_as_fit(closed, pusat, sari):
    assert slots_of(closed, pusat) == []
    closed = handovers.set_handovers(closed, by=sari, **TERMS)
    offered = [slot.starts_at.astimezone(pusat.zone) for slot in slots_of(closed, pusat)]
    assert [f"{at:%a %d %H.%M}" for at in offered[:5]] == [
        "Mon 30 09.00", "Mon 30 09.30", "Wed 02 09.00", "Wed 02 09.30", "Fri 04 09.00",
    ]  # fmt: skip
    assert len(offered) == 12
    with clock.stopped_at(MONDAY + timedelta(hours=1, minutes=10)):
        assert f"{slots_of(closed, pusat)[0].starts_at.astimezone(pusat.zone):%H.%M}" == "09.30"


def test_times_that_make_no_sense_are_refused(closed, sari):
    wrong = TERMS | {"slot_until": time(8)}
    assert codes(lambda: handovers.set_handovers(closed, by=sari, **wrong)) == ["slots_wrong"]


def test_a_time_is_booked_once_by_whoever_something_waits_for(closed, pusat, sari, ani, budi):
    closed = handovers.set_handovers(closed, by=sari, **TERMS)
    at = slots_of(closed, pusat)[0].starts_at
    assert codes(lambda: handovers.book(closed, ani, branch=pusat, starts_at=at, by=None)) == ["nothing_to_fetch"]
    ready(ani, pusat)
    ready(budi, pusat)
    booked = handovers.book(closed, ani, branch=pusat, starts_at=at, by=ani.user)
    assert codes(lambda: handovers.book(closed, budi, branch=pusat, starts_at=at, by=None)) == ["slot_full"]
    odd = at + timedelta(minutes=7)
    assert codes(lambda: handovers.book(closed, budi, branch=pusat, starts_at=odd, by=None)) == ["slot_unknown"]
    other = slots_of(closed, pusat)[1].starts_at
    assert codes(lambda: handovers.book(closed, ani, branch=pusat, starts_at=other, by=None)) == ["handover_there"]
    handovers.cancel(booked, by=ani.user)
    assert handovers.book(closed, budi, branch=pusat, starts_at=at, by=None).starts_at == at


@pytest.mark.django_db(transaction=True)
def test_two_members_do_not_take_the_last_place_together(closed, pusat, sari, ani, budi):
    closed = handovers.set_handovers(closed, by=sari, **TERMS)
    at = slots_of(closed, pusat)[0].starts_at
    ready(ani, pusat)
    ready(budi, pusat)

    def take(member):
        with clock.stopped_at(MONDAY):
            return handovers.book(closed, member, branch=pusat, starts_at=at, by=None)

    _won, refused = race(lambda: take(ani), lambda: take(budi))
    assert refused == [["slot_full"]]
    assert Handover.objects.count() == 1


def test_a_parcel_is_asked_for_sent_with_its_number_and_charged_once(closed, pusat, sari, ani):
    ready(ani, pusat)

    def ask(address: str = "Jl. Melati 5"):
        return handovers.ask_delivery(closed, ani, branch=pusat, address=address, by=ani.user)

    assert codes(lambda: ask(" ")) == ["no_delivery", "delivery_address_missing"]
    handovers.set_handovers(closed, delivers=True, delivery_fee=12_000, by=sari)
    parcel = ask()
    assert codes(lambda: handovers.send(parcel, courier=" ", tracking="", by=sari)) == ["courier_missing"]
    assert not Fee.objects.exists()
    handovers.send(parcel, courier="Pos", tracking="P123", by=sari)
    assert codes(lambda: handovers.send(parcel, courier="Pos", tracking="P123", by=sari)) == ["handover_closed"]
    assert [(fee.amount, fee.note) for fee in Fee.objects.all()] == [(12_000, "Pos")]
    assert codes(lambda: handovers.cancel(parcel, by=ani.user)) == ["handover_closed"]
    assert handovers.finish(parcel, by=sari).state == "done"


def test_opening_the_doors_calls_off_what_waits_and_leaves_what_went(closed, pusat, sari, ani, budi):
    closed = handovers.set_handovers(closed, by=sari, delivers=True, **TERMS)
    ready(ani, pusat)
    ready(budi, pusat)
    handovers.book(closed, ani, branch=pusat, starts_at=slots_of(closed, pusat)[-1].starts_at, by=None)
    sent = handovers.ask_delivery(closed, budi, branch=pusat, address="Jl. Melati 5", by=None)
    handovers.send(sent, courier="Pos", tracking="", by=sari)
    open_doors(closed, by=sari)
    assert sorted(Handover.objects.values_list("kind", "state")) == [("delivery", "sent"), ("pickup", "cancelled")]
    assert codes(lambda: handovers.ask_delivery(closed, ani, branch=pusat, address="x", by=None)) == ["doors_open_already"]


def test_a_copy_that_comes_back_rests_for_its_days_and_staff_may_set_that_aside(closed, pusat, sari, ani, budi, rule):
    handovers.set_handovers(closed, quarantine_days=3, by=sari)
    item = ItemFactory(branch=pusat)
    check_out(item, to=ani, at=pusat, by=sari)
    check_in(item, at=pusat, by=sari)
    blocks = blocks_to_check_out(item, budi, at=pusat)
    assert [(block.code, block.waivable) for block in blocks] == [("item_rests", True)]
    with clock.stopped_at(MONDAY + timedelta(days=3)):
        assert [block.code for block in blocks_to_check_out(item, budi, at=pusat)] == ["item_rests"]
    with clock.stopped_at(MONDAY + timedelta(days=4)):
        assert blocks_to_check_out(item, budi, at=pusat) == []


def test_readers_are_told_that_a_copy_rests_and_no_shelf_is_searched_for_it(closed, pusat, sari, ani, budi, rule):
    handovers.set_handovers(closed, quarantine_days=3, by=sari)
    item = ItemFactory(branch=pusat)
    check_out(item, to=ani, at=pusat, by=sari)
    check_in(item, at=pusat, by=sari)
    HoldFactory(record=item.record, member=budi, pickup_branch=pusat)
    until = (MONDAY + timedelta(days=3)).date()
    assert item_states([item])[item.pk] == ItemState(ItemStates.RESTING, rests_until=until)
    told = availability_of([item.record_id])[item.record_id]
    assert (told.total, told.available, told.resting) == (1, 0, 1)
    assert pull_list(pusat) == []
    with clock.stopped_at(MONDAY + timedelta(days=4)):
        assert item_states([item])[item.pk] == ItemState(ItemStates.AVAILABLE)
        told = availability_of([item.record_id])[item.record_id]
        assert (told.available, told.resting) == (1, 0)
        assert [pull.item for pull in pull_list(pusat)] == [item]


def test_a_copy_at_rest_is_set_aside_for_nobody_until_its_rest_ends(closed, pusat, sari, ani, budi, rule):
    handovers.set_handovers(closed, quarantine_days=3, by=sari)
    item = ItemFactory(branch=pusat)
    hold = HoldFactory(record=item.record, member=budi, pickup_branch=pusat)
    LoanFactory(item=item, member=ani)
    assert check_in(item, at=pusat, by=sari).hold is None
    assert codes(lambda: set_aside(hold, item, at=pusat, by=sari)) == ["item_rests"]
    with clock.stopped_at(MONDAY + timedelta(days=4)):
        assert [pull.item for pull in pull_list(pusat)] == [item]
        assert set_aside(hold, item, at=pusat, by=sari).item == item


def test_without_quarantine_and_with_open_doors_nothing_rests(closed, pusat, sari, ani, budi, rule):
    item = ItemFactory(branch=pusat)
    check_out(item, to=ani, at=pusat, by=sari)
    check_in(item, at=pusat, by=sari)
    assert blocks_to_check_out(item, budi, at=pusat) == []


def test_the_report_counts_before_during_and_since_in_equal_days(closed, pusat, sari, rule):
    for day in (-20, -1, 2, 13):
        with clock.stopped_at(MONDAY + timedelta(days=day)):
            check_out(ItemFactory(branch=pusat), to=MemberFactory(), at=pusat, by=sari)
    lent = report_of(closed)[0]
    assert (lent.before, lent.during, lent.since) == (1, 1, 1)


def test_who_works_where_is_kept_for_the_days_of_the_closure_alone(closed, sari):
    inside, outside = DAYS["first_day"], DAYS["last_day"] + timedelta(days=1)
    places = {(sari.pk, inside): "home", (sari.pk, outside): "office"}
    assert handovers.set_duty(closed, places, by=sari) == 1
    assert handovers.set_duty(closed, {(sari.pk, inside): "office"}, by=sari) == 1
    assert [(each.day, each.place) for each in DutyDay.objects.all()] == [(inside, "office")]


def test_ani_books_from_home_and_sari_hands_over_at_the_door(closed, client: Client, pusat, sari, ani, budi, signed_in):
    desk, reader, other = signed_in(Client(), sari), signed_in(Client(), ani.user), signed_in(Client(), budi.user)
    terms = {"slot_days": ["1", "3"], "slot_from": "09:00", "slot_until": "10:00", "slot_minutes": "30", "slot_limit": "2"}
    address = reverse("circulation:handover_terms", args=[closed.pk])
    assert desk.post(address, terms | {"delivery_fee": "0", "quarantine_days": "0", "slot_until": "08:00"}).status_code == 422
    desk.post(address, terms | {"delivery_fee": "15000", "quarantine_days": "0", "delivers": "on"})
    assert "Pesan jam" not in reader.get("/my").content.decode()
    ready(ani, pusat)
    page = reader.get("/my").content.decode()
    assert ("Pesan jam" in page, "Minta dikirim (Rp15.000)" in page.replace("\xa0", "")) == (True, True)
    closed.refresh_from_db()
    at = slots_of(closed, pusat)[0].starts_at
    reader.post(reverse("self_service:handovers", args=[closed.pk]), {"branch": pusat.pk, "starts_at": at.isoformat()})
    booked = Handover.objects.get()
    queue = reverse("circulation:handovers", args=[closed.pk])
    for asking in (reader.get("/my").content.decode(), desk.get(queue).content.decode()):
        assert asking.index("Jam itu dapat dipesan orang lain.") < asking.index("Ya, batalkan"), "it asks first"
    assert other.post(reverse("self_service:handover", args=[booked.pk])).status_code == 404
    assert "Ani" in desk.get(queue).content.decode()
    assert reader.get(queue).status_code == 403
    assert desk.post(queue, {"handover": booked.pk, "step": "sell"}).status_code == 404
    assert Handover.objects.get(pk=booked.pk).state == "asked"
    desk.post(queue, {"handover": booked.pk, "step": "finish"})
    booked.refresh_from_db()
    assert booked.state == "done"
    duty = reverse("circulation:duty", args=[closed.pk])
    desk.post(duty, {f"{sari.pk}-2026-12-01": "home"})
    assert "Dari rumah" in desk.get(duty).content.decode()
    assert DutyDay.objects.get().place == "home"
    assert (
        "Sebelum, selama, dan sesudah" in desk.get(reverse("circulation:closed_doors_one", args=[closed.pk])).content.decode()
    )


def test_the_terms_of_one_branch_hold_at_no_other(closed, sari, ani, teknik):
    closed = handovers.set_handovers(closed, by=sari, **TERMS, delivers=True)
    ready(ani, teknik)
    at = slots_of(closed, teknik)[0].starts_at
    assert codes(lambda: handovers.book(closed, ani, branch=teknik, starts_at=at, by=None)) == ["nothing_to_fetch"]
    assert codes(lambda: handovers.ask_delivery(closed, ani, branch=teknik, address="Jl. A", by=None)) == ["nothing_to_fetch"]


@pytest.mark.parametrize("name", ["", "x", "²", "9" * 30])
def test_what_names_no_handover_and_no_branch_is_not_there(closed, client: Client, sari, ani, signed_in, name):
    desk, reader = signed_in(Client(), sari), signed_in(client, ani.user)
    assert desk.post(reverse("circulation:handovers", args=[closed.pk]), {"handover": name}).status_code == 404
    assert reader.post(reverse("self_service:handovers", args=[closed.pk]), {"branch": name}).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_queue_asks_the_same_number_of_questions(closed, pusat, sari, signed_in, rows, django_assert_num_queries):

    handovers.set_handovers(closed, delivers=True, by=sari)
    for _ in range(rows):
        member = MemberFactory()
        ready(member, pusat)
        handovers.ask_delivery(closed, member, branch=pusat, address="Jl. Melati 5", by=None)
    desk = signed_in(Client(), sari)
    address = reverse("circulation:handovers", args=[closed.pk])
    desk.get(address)
    with django_assert_num_queries(6):
        assert len(desk.get(address).context["page"]) == rows
