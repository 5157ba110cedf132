"""Asking for a title: who, why, what; doubles are shown; a member asks for one title once."""

import pytest

from lumbung.acquisitions.domain.doubles import doubles_of
from lumbung.acquisitions.domain.requests import MOST_OPEN, ask_for, withdraw
from lumbung.acquisitions.domain.selection import accept_request, decline_request, reopen_request
from lumbung.acquisitions.models import PurchaseRequest
from lumbung.acquisitions.queries.requests import requests_visible_to
from lumbung.acquisitions.tests.factories import ISBN, a_request, an_order
from lumbung.catalogue.domain.records import add_record
from lumbung.catalogue.tests.factories import a_record, marc_of
from lumbung.formats.marc import Field
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.refusals import Refused
from lumbung.members.domain.privacy.requests import erase

pytestmark = pytest.mark.django_db


def refused(call) -> list[str]:
    with pytest.raises(Refused) as caught:
        call()
    return caught.value.codes


def test_a_member_asks_and_the_request_waits(ani, pusat):
    request = a_request(isbn="978-602-06-3317-6", member=ani, by=ani.user, copies=2, why="Kuliah sastra", pickup_branch=pusat)
    assert (request.title, request.isbn, request.copies, request.state) == ("Laut bercerita", ISBN, 2, "asked")
    assert (request.member, request.noted_by, request.pickup_branch) == (ani, None, pusat)
    told = JournalEntry.objects.get(name="PurchaseRequested")
    assert (told.data, told.actor_id) == ({"purchase_request": request.pk, "member": ani.pk}, ani.user_id)


def test_a_colleague_asks_for_the_library_and_for_a_member(sari, ani, pusat):
    assert a_request(by=sari, pickup_branch=pusat).pickup_branch is None
    assert a_request("Pulang", by=sari, member=ani).noted_by == sari


def test_every_reason_is_told_at_once(ani):
    def wrong():
        ask_for({"title": " ", "isbn": "123"}, copies=0, price_guess=-1, member=ani, by=ani.user)

    assert refused(wrong) == ["title_empty", "isbn_wrong", "copies_out_of_range", "price_too_high"]
    assert not PurchaseRequest.objects.exists()


def test_a_member_asks_for_one_title_once_and_for_so_many_at_a_time(ani, budi):
    a_request(isbn=ISBN, member=ani, by=ani.user)
    assert refused(lambda: a_request("LAUT BERCERITA", member=ani, by=ani.user)) == ["asked_already"]
    assert refused(lambda: a_request("Judul lain", isbn=ISBN, member=ani, by=ani.user)) == ["asked_already"]
    a_request(isbn=ISBN, member=budi, by=budi.user)
    for number in range(MOST_OPEN - 1):
        a_request(f"Judul {number}", member=ani, by=ani.user)
    assert refused(lambda: a_request("Satu lagi", member=ani, by=ani.user)) == ["too_many_requests"]


def test_what_came_from_elsewhere_is_asked_for_once(ani):
    first = a_request(member=ani, origin="need:7")
    assert a_request(member=ani, origin="need:7") == first
    assert PurchaseRequest.objects.count() == 1


def test_more_copies_of_a_title_are_asked_for_with_its_facts(ani):
    record = add_record(marc_of("Bumi manusia", Field("020", subfields=[("a", ISBN)])), by=None)
    request = ask_for({}, record=record, member=ani, by=ani.user)
    assert (request.record, request.title, request.isbn) == (record, "Bumi manusia", ISBN)


def test_doubles_in_the_catalogue_among_requests_and_on_order_are_shown(ani):
    owned = add_record(marc_of("Laut bercerita", Field("020", subfields=[("a", ISBN)])), by=None)
    asked = a_request(isbn=ISBN, member=ani)
    line = an_order("Laut Bercerita").lines.get()
    found = doubles_of({**asked.facts, "title": "laut bercerita"})
    assert (found.records, found.requests, found.lines) == ([owned], [asked], [line])
    assert doubles_of(asked.facts, besides=asked.pk).requests == []
    assert not doubles_of({"title": "Yang lain", "creator": "", "publisher": "", "year": "", "isbn": ""})


def test_a_member_sees_own_requests_staff_all_and_others_none(ani, budi, sari, with_role):
    request = a_request(member=ani)
    assert [list(requests_visible_to(each)) for each in (sari, ani.user)] == [[request], [request]]
    assert [list(requests_visible_to(each)) for each in (budi.user, with_role("circulation"), None)] == [[], [], []]


def test_a_member_who_is_forgotten_leaves_requests_of_nobody(ani, sari):
    request = a_request(member=ani, by=ani.user, why="Skripsi saya")
    erase(ani, by=sari)
    request.refresh_from_db()
    assert (request.member, request.why, request.title) == (None, "", "Laut bercerita")
    entry = JournalEntry.objects.get(name="PurchaseRequested")
    assert (entry.data["member"], entry.actor_id) == (None, None)


def test_a_record_that_is_removed_leaves_the_facts_of_the_request(ani):
    record = a_record("Bumi manusia")
    request = ask_for({}, record=record, member=ani, by=None)
    record.delete()
    request.refresh_from_db()
    assert (request.record, request.title) == (None, "Bumi manusia")


def test_a_request_is_withdrawn_once_until_it_is_decided_and_may_be_asked_for_again(ani, sari):
    request = a_request(isbn=ISBN, member=ani, by=ani.user)
    withdrawn = withdraw(request, by=ani.user)
    assert (withdrawn.state, withdrawn.decided_by) == ("withdrawn", None)
    assert withdraw(request, by=ani.user).decided_at == withdrawn.decided_at, "pressed twice"
    told = JournalEntry.objects.get(name="PurchaseRequestWithdrawn")
    assert (told.data, told.actor_id) == ({"purchase_request": request.pk, "member": ani.pk}, ani.user_id)
    for decide in (
        lambda: accept_request(request, priority=1, by=sari),
        lambda: decline_request(request, reason="Ada", by=sari),
        lambda: reopen_request(request, by=sari),
    ):
        assert refused(decide) == ["request_withdrawn"]
    again = a_request(isbn=ISBN, member=ani, by=ani.user)
    assert (again.state, doubles_of(again.facts, besides=again.pk).requests) == ("asked", [])
    accept_request(again, priority=1, by=sari)
    assert refused(lambda: withdraw(again, by=ani.user)) == ["request_decided"]
