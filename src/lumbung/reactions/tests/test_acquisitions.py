"""Who asked for a title is told of the decision and of the shelf, and comes first on its waiting list."""

import pytest
from django.core import mail

from lumbung.acquisitions.domain.orders import add_line, place_order
from lumbung.acquisitions.domain.processing import tick
from lumbung.acquisitions.domain.receiving import receive
from lumbung.acquisitions.domain.selection import accept_request, decline_request, reopen_request
from lumbung.acquisitions.models import PurchaseRequest
from lumbung.acquisitions.tests.factories import a_draft, a_fund, a_request
from lumbung.catalogue.domain.items import set_status
from lumbung.catalogue.tests.factories import ItemTypeFactory
from lumbung.circulation.models import Hold
from lumbung.circulation.tests.factories import LoanRuleFactory
from lumbung.desk.domain.needs import follow_need
from lumbung.desk.tests.factories import ConversationFactory
from lumbung.kernel import clock, opening
from lumbung.kernel.jobs.worker import work_off
from lumbung.organization.tests.factories import LibraryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _library(ani):
    LibraryFactory()
    ani.email = "ani@kampus.example"
    ani.save(update_fields=["email"])
    LoanRuleFactory(category=ani.category)


DECLINED, ACCEPTED, SHELVED = "Tentang usulan Anda", "Usulan Anda disetujui", "Usulan Anda sudah di rak"


def told(subject: str) -> list[str]:
    """What was written to anybody under such a subject."""
    work_off()
    return [str(letter.body) for letter in mail.outbox if letter.subject.startswith(subject)]


def bought(request, sari):
    order = a_draft()
    line = add_line(order, request=request, fund=a_fund(), unit_price=1, copies=2, by=sari)
    place_order(order, by=sari)
    return line


def test_a_decision_is_told_once_with_its_reason(ani, sari):
    decline_request(a_request(member=ani), reason="Sudah ada edisi baru", by=sari)
    [letter] = told(DECLINED)
    assert "Alasannya: Sudah ada edisi baru" in letter
    accept_request(a_request("Pulang", member=ani), priority=1, by=sari)
    assert len(told(ACCEPTED)) == 1
    assert len(told(DECLINED)) == 1


def test_a_decision_that_was_taken_back_is_not_told(ani, sari):
    reopen_request(decline_request(a_request(member=ani), reason="Keliru", by=sari), by=sari)
    assert told(DECLINED) == []


def test_who_asked_gets_a_hold_and_hears_of_the_shelf_once(ani, budi, sari):
    request = accept_request(a_request(member=ani, pickup_branch=ani.branch), priority=1, by=sari)
    line = bought(request, sari)
    receipt = receive(line, ["B-1", "B-2"], item_type=ItemTypeFactory(), by=sari)
    work_off()
    hold = Hold.objects.get()
    assert (hold.member, hold.record, hold.state) == (ani, receipt.new_copies.first().item.record, "waiting")
    for copy in receipt.new_copies.all():
        for step in ("catalogued", "labelled", "shelved"):
            tick(copy, step, by=sari)
    [letter] = told(SHELVED)
    assert "Kami sudah memesankannya untuk Anda" in letter
    assert Hold.objects.count() == 1


def test_nobody_is_told_that_a_copy_may_be_lent_that_is_damaged_or_lost(ani, sari):
    line = bought(accept_request(a_request(member=ani), priority=1, by=sari), sari)
    for barcode, status in (("B-1", "damaged"), ("B-2", "")):
        copy = receive(line, [barcode], item_type=ItemTypeFactory(), by=sari).new_copies.get()
        if status:
            set_status(copy.item, status, by=sari)
        for step in ("catalogued", "labelled", "shelved"):
            tick(copy, step, by=sari)
        assert len(told(SHELVED)) == (0 if status else 1)


def test_without_the_wish_no_hold_is_placed_and_the_letter_goes_all_the_same(ani, sari):
    line = bought(accept_request(a_request(member=ani), priority=1, by=sari), sari)
    receipt = receive(line, ["B-1"], item_type=ItemTypeFactory(), by=sari)
    for step in ("catalogued", "labelled", "shelved"):
        tick(receipt.new_copies.get(), step, by=sari)
    [letter] = told(SHELVED)
    assert ("memesankannya" in letter, Hold.objects.exists()) == (False, False)


def test_a_rule_against_the_hold_stops_nothing_else(ani, sari):
    request = accept_request(a_request(member=ani, pickup_branch=ani.branch), priority=1, by=sari)
    ani.expires_on = clock.today(ani.branch.zone).replace(year=2021)
    ani.save(update_fields=["expires_on"])
    receive(bought(request, sari), ["B-1"], item_type=ItemTypeFactory(), by=sari)
    work_off()
    assert not Hold.objects.exists()


def test_a_need_at_the_desk_that_is_to_be_bought_is_a_request_once(ani, sari):
    conversation = ConversationFactory(member=ani)
    follow_need(conversation, way="purchase", wanted="Laut bercerita", by=sari)
    follow_need(conversation, way="notify", wanted="Laut bercerita", by=sari)
    work_off()
    request = PurchaseRequest.objects.get()
    assert (request.title, request.member, request.state) == ("Laut bercerita", ani, "asked")


def test_a_closed_room_takes_no_needs(ani, sari):
    opening.close_room("acquisitions", by=sari)
    follow_need(ConversationFactory(member=ani), way="purchase", wanted="Laut bercerita", by=sari)
    work_off()
    assert not PurchaseRequest.objects.exists()
