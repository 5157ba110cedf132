"""Copies on their way to be repaired and back: the queue, what is refused, and how they come back."""

from datetime import timedelta

import pytest
from django.urls import reverse

from lumbung.catalogue.domain import lending
from lumbung.catalogue.domain.items import set_status
from lumbung.catalogue.domain.repairs import finish_repair, send_to_repair
from lumbung.catalogue.models import Repair
from lumbung.catalogue.tests.factories import a_record, an_item
from lumbung.kernel import clock
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.refusals import Refused
from lumbung.organization.domain.library import set_up

PAGE = "catalogue:repairs"


@pytest.fixture
def item(db):
    set_up(name="Perpustakaan Nusa", by=None)
    return an_item(a_record(), "B-1")


@pytest.mark.parametrize(("outcome", "status"), [("repaired", "available"), ("beyond", "damaged")])
def test_a_copy_goes_and_comes_back(item, sari, outcome, status) -> None:
    repair = send_to_repair(item, problem=" punggung lepas ", place="Ruang jilid", by=sari)
    item.refresh_from_db()
    assert (item.status, repair.problem, repair.sent_by) == ("in_repair", "punggung lepas", sari)
    finish_repair(repair, outcome=outcome, by=sari)
    item.refresh_from_db()
    assert item.status == status
    names = JournalEntry.objects.filter(name__contains="Repair").order_by("pk").values_list("name", flat=True)
    assert list(names) == ["SentToRepair", "RepairFinished"]
    with pytest.raises(Refused, match="repair_over"):
        finish_repair(repair, outcome=outcome, by=sari)
    assert send_to_repair(item, problem="lagi", by=sari).pk != repair.pk


def test_a_status_that_somebody_set_meanwhile_stays(item) -> None:
    repair = send_to_repair(item, problem="robek", by=None)
    set_status(item, "lost", by=None)
    finish_repair(repair, outcome="repaired", by=None)
    item.refresh_from_db()
    assert item.status == "lost"


def test_every_reason_against_it_is_told_at_once(item, monkeypatch) -> None:
    send_to_repair(item, problem="robek", by=None)
    monkeypatch.setattr(lending, "_ways", [(set, set, lambda since: set())])
    set_status(item, "withdrawn", by=None)
    with pytest.raises(Refused) as refused:
        send_to_repair(item, problem=" ", expected_on=clock.now().date() - timedelta(days=3), by=None)
    assert refused.value.codes == ["problem_empty", "expected_in_the_past", "item_is_withdrawn", "item_is_lent", "repair_open"]
    assert Repair.objects.count() == 1


def test_the_queue_is_worked_by_scanning(client, item, sari, signed_in) -> None:
    desk = signed_in(client, sari)
    half = desk.post(reverse(PAGE), {"barcode": "B-", "problem": "robek"})
    assert (half.status_code, "sampai lengkap" in half.content.decode()) == (422, True)
    tomorrow = clock.now().date() + timedelta(days=1)
    desk.post(reverse(PAGE), {"barcode": "b-1", "problem": "punggung lepas", "expected_on": tomorrow.isoformat()})
    again = desk.post(reverse(PAGE), {"barcode": "B-1", "problem": "robek"})
    assert (again.status_code, "sudah dalam antrean" in again.content.decode()) == (422, True)
    repair = Repair.objects.get()
    with clock.stopped_at(clock.now() + timedelta(days=5)):
        assert "Lewat" in desk.get(reverse(PAGE)).content.decode()
    desk.post(reverse("catalogue:repair_finish", args=[repair.pk]), {"outcome": "beyond", "note": "hilang 20 halaman"})
    assert "hilang 20 halaman" in desk.get(reverse(PAGE), {"done": "1"}).content.decode()
    assert "Tidak ada yang sedang diperbaiki" in desk.get(reverse(PAGE)).content.decode()


def test_members_and_the_desk_repair_nothing(client, item, ani, budi, with_role, signed_in) -> None:
    repair = send_to_repair(item, problem="robek", by=None)
    finish = reverse("catalogue:repair_finish", args=[repair.pk])
    assert client.get(reverse(PAGE)).status_code == 302
    for user in (ani.user, budi.user, with_role("circulation")):
        desk = signed_in(client, user)
        assert (desk.get(reverse(PAGE)).status_code, desk.post(finish, {"outcome": "repaired"}).status_code) == (403, 403)


@pytest.mark.parametrize("count", [1, 3])
def test_the_queue_asks_as_much_for_three_as_for_one(client, item, sari, signed_in, count, django_assert_num_queries) -> None:
    for number in range(count):
        send_to_repair(an_item(item.record, f"C-{number}"), problem="robek", by=None)
    desk = signed_in(client, sari)
    with django_assert_num_queries(5):
        desk.get(reverse(PAGE))
