"""Who asked is told what is kept, and forgotten: when they ask for it, and by itself some days after it is over."""

from datetime import timedelta

import pytest

from lumbung.acquisitions.domain.forgetting import TERM, forget_purchase_askers
from lumbung.acquisitions.domain.orders import add_line, cancel_order, place_order
from lumbung.acquisitions.domain.own_data import HOLDING
from lumbung.acquisitions.domain.processing import tick
from lumbung.acquisitions.domain.receiving import receive
from lumbung.acquisitions.domain.requests import withdraw
from lumbung.acquisitions.domain.selection import accept_request, decline_request
from lumbung.acquisitions.models import PurchaseRequest
from lumbung.acquisitions.tests.factories import ISBN, a_draft, a_fund, a_request, a_vendor
from lumbung.catalogue.tests.factories import ItemTypeFactory
from lumbung.kernel import clock, retention
from lumbung.kernel.models import JournalEntry
from lumbung.members.domain.privacy.reading import readable
from lumbung.members.domain.privacy.requests import erase

pytestmark = pytest.mark.django_db
AN_HOUR = timedelta(hours=1)


@pytest.fixture
def ordered(sari):
    """Puts a request on an order of its own and sends it."""
    fund, vendor = a_fund(), a_vendor()

    def order(request, copies=1):
        accept_request(request, priority=2, by=sari)
        line = add_line(a_draft(vendor=vendor), request=request, fund=fund, unit_price=1, copies=copies, by=sari)
        place_order(line.order, by=sari)
        return line

    return order


def shelve(line, *barcodes):
    for copy in receive(line, barcodes, item_type=ItemTypeFactory(), by=None).new_copies.all():
        for step in ("catalogued", "labelled", "shelved"):
            tick(copy, step, by=None)


def known() -> set[str]:
    return set(PurchaseRequest.objects.filter(member__isnull=False).values_list("title", flat=True))


def after(when: timedelta) -> int:
    with clock.stopped_at(clock.now() + when):
        return forget_purchase_askers()


def test_who_asked_is_forgotten_some_days_after_it_is_over(ani, sari, ordered):
    term = retention.kept_for(TERM)
    decline_request(a_request("Ditolak", member=ani, by=ani.user, why="Skripsi"), reason="Ani sudah punya", by=sari)
    shelve(ordered(a_request("Di rak", member=ani)), "B-1")
    cancel_order(ordered(a_request("Dibatalkan", member=ani)).order, why="Tidak terbit", by=sari)
    ordered(a_request("Dipesan", member=ani))
    part = ordered(a_request("Sebagian", member=ani), copies=2)
    shelve(part, "B-2")
    accept_request(a_request("Disetujui", member=ani), priority=1, by=sari)
    a_request("Diusulkan", member=ani)
    assert after(term - AN_HOUR) == 0
    assert (after(term + AN_HOUR), after(term + AN_HOUR)) == (3, 0)
    assert known() == {"Dipesan", "Sebagian", "Disetujui", "Diusulkan"}
    declined = PurchaseRequest.objects.get(title="Ditolak")
    assert (declined.why, declined.reason, declined.state) == ("", "–", "declined")
    entries = JournalEntry.objects.filter(data__purchase_request=declined.pk)
    assert [(each.data["member"], each.actor_id) for each in entries.order_by("pk")] == [(None, None), (None, sari.pk)]
    assert JournalEntry.objects.get(name="AskersForgotten").data == {"count": 3}


def test_what_was_ordered_again_or_lies_in_the_workroom_is_not_over(ani, sari, ordered):
    request = a_request("Dipesan lagi", member=ani)
    line = ordered(request)
    cancel_order(line.order, why="Rekanan tutup", by=sari)
    add_line(a_draft(vendor=line.order.vendor), request=request, fund=line.fund, unit_price=1, by=sari)
    receive(ordered(a_request("Diolah", member=ani)), ["B-1"], item_type=ItemTypeFactory(), by=sari)
    assert after(retention.kept_for(TERM) * 2) == 0


def test_who_keeps_a_history_keeps_requests_too(ani, sari):
    ani.keeps_history = True
    ani.save(update_fields=["keeps_history"])
    decline_request(a_request(member=ani), reason="Sudah ada", by=sari)
    assert after(retention.kept_for(TERM) * 2) == 0


def test_who_is_forgotten_leaves_no_words_of_staff_about_them(ani, sari):
    declined = decline_request(a_request("Satu", member=ani), reason="Ani belum mengembalikan tiga buku", by=sari)
    accepted = accept_request(a_request("Dua", member=ani), priority=1, reason="Untuk skripsi Ani", by=sari)
    erase(ani, by=sari)
    for request, reason in ((declined, "–"), (accepted, "")):
        request.refresh_from_db()
        assert (request.member, request.reason) == (None, reason)


def test_what_was_asked_under_a_registration_merged_since_is_forgotten_too(ani, budi, sari):
    request = decline_request(a_request(member=budi, by=budi.user), reason="Sudah ada", by=sari)
    PurchaseRequest.objects.update(member=ani)
    erase(ani, by=sari)
    entries = JournalEntry.objects.filter(data__purchase_request=request.pk).order_by("pk")
    assert [(each.data["member"], each.actor_id) for each in entries] == [(None, None), (None, sari.pk)]


def test_who_asks_what_is_kept_is_told_all_of_it_in_words(ani, sari, pusat):
    request = a_request(isbn=ISBN, member=ani, copies=5, price_guess=90_000, pickup_branch=pusat, why="Kuliah")
    accept_request(request, priority=1, copies=3, reason="Cukup tiga", by=sari)
    told = HOLDING.told(ani)
    [kept] = told["purchase_requests"]
    expected = {"publisher": "KPG", "year": "2017", "price_guess": 90_000, "asked_copies": 5, "copies": 3}
    assert {name: kept[name] for name in expected} == expected
    assert (kept["pickup_branch__name"], kept["decided_at"] is not None) == (pusat.name, True)
    [line] = readable(HOLDING, told)[0].lines
    assert all(f"{word}: " in line for word in ("penerbit", "perkiraan harga", "dipesankan di", "diputuskan"))


def test_who_withdrew_a_request_is_forgotten_like_who_was_declined(ani):
    request = withdraw(a_request("Ditarik", member=ani, by=ani.user, why="Skripsi"), by=ani.user)
    assert (after(retention.kept_for(TERM) - AN_HOUR), after(retention.kept_for(TERM) + AN_HOUR)) == (0, 1)
    request.refresh_from_db()
    assert (request.member, request.why, request.state) == (None, "", "withdrawn")
    entries = JournalEntry.objects.filter(data__purchase_request=request.pk)
    assert {(each.data["member"], each.actor_id) for each in entries} == {(None, None)}
