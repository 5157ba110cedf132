"""A title in three volumes: what its reader has of it leaves the others to be asked for, at every door, and is told by its volume."""

import pytest

from lumbung.circulation.domain.holds import place_hold
from lumbung.circulation.domain.loans import check_out
from lumbung.circulation.domain.rules import change_rule
from lumbung.circulation.gateways.chat.holding import hold as hold_in_chat
from lumbung.circulation.tests.factories import HoldFactory, ItemFactory, LoanFactory, RecordFactory
from lumbung.kernel.refusals import Refused
from lumbung.messaging.chat import Asking

pytestmark = pytest.mark.django_db


@pytest.fixture
def volumes(pusat, rule):
    """A copy of each volume, in order."""
    record = RecordFactory(title="Sejarah Nasional")
    return [ItemFactory(record=record, branch=pusat, volume=f"Jil. {number}", barcode=f"SN-{number}") for number in (1, 2, 3)]


@pytest.fixture
def record(volumes):
    return volumes[0].record


@pytest.fixture
def reading(client, signed_in, ani):
    return signed_in(client, ani.user)


def offered(page: str) -> list[str]:
    """The volumes that may be chosen, as the form names them; none without a form."""
    _, _, form = page.partition('name="volume">')
    return [each.partition("</option>")[0].partition(">")[2] for each in form.partition("</select>")[0].split("<option")[1:]]


def codes(verb, *given, **said) -> list[str]:
    with pytest.raises(Refused) as refused:
        verb(*given, **said)
    return refused.value.codes


def test_who_has_one_volume_may_ask_for_the_others(reading, volumes, record, ani, pusat):
    assert offered(reading.get(f"/records/{record.pk}").text) == ["Jilid 1", "Jilid 2", "Jilid 3", "Jilid mana pun"]
    LoanFactory(item=volumes[0], member=ani)
    page = reading.get(f"/records/{record.pk}").text
    assert "Sedang Anda pinjam" in page
    assert "<b>Jilid 1</b>" in page
    assert offered(page) == ["Jilid 2", "Jilid 3"]
    reading.post(f"/records/{record.pk}/holds", {"branch": pusat.pk, "volume": "2"})
    page = reading.get(f"/records/{record.pk}").text
    assert "Sudah Anda pesan" in page
    assert "<b>Jilid 2</b>" in page
    assert offered(page) == ["Jilid 3"]
    reading.post(f"/records/{record.pk}/holds", {"branch": pusat.pk, "volume": "3"})
    page = reading.get(f"/records/{record.pk}").text
    assert (offered(page), f"/records/{record.pk}/holds" in page) == ([], False)
    assert sorted(ani.holds.values_list("volume", flat=True)) == ["2", "3"]


def test_who_waits_for_any_volume_is_offered_no_other(reading, record, ani, pusat):
    place_hold(record, member=ani, pickup_branch=pusat, by=ani.user)
    page = reading.get(f"/records/{record.pk}").text
    assert ("Sudah Anda pesan" in page, f"/records/{record.pk}/holds" in page) == (True, False)


def test_where_copies_are_chosen_those_of_the_other_volumes_are_offered_and_may_be_had(
    reading, volumes, record, ani, pusat, rule
):
    change_rule(rule, hold_of="copy", by=None)
    LoanFactory(item=volumes[0], member=ani)
    page = reading.get(f"/records/{record.pk}").text
    assert [each.barcode in page.partition('name="item"')[2].partition("</select>")[0] for each in volumes] == [
        False,
        True,
        True,
    ]
    reading.post(f"/records/{record.pk}/holds", {"branch": pusat.pk, "item": volumes[1].pk})
    assert ani.holds.get().wanted_item == volumes[1]
    assert codes(place_hold, record, member=ani, pickup_branch=pusat, item=volumes[0], by=None) == [
        "hold_exists", "has_it_on_loan",
    ]  # fmt: skip


def test_the_interface_for_programs_asks_for_a_volume_and_tells_it(calling, volumes, record, ani, sari, pusat):
    LoanFactory(item=volumes[0], member=ani)
    mine, clerk = calling(ani.user, "me"), calling(sari, "holds:write", "holds:read", "loans:read")
    facts = {"record": record.pk, "branch": "PUSAT"}
    any_of_them = mine.post("/api/v1/me/holds", facts, content_type="application/json")
    assert (any_of_them.status_code, any_of_them.json()["reasons"][0]["code"]) == (409, "has_it_on_loan")
    second = mine.post("/api/v1/me/holds", {**facts, "volume": "Jil. 2"}, content_type="application/json")
    assert (second.status_code, second.json()["volume"]) == (201, "2")
    third = clerk.post("/api/v1/holds", {**facts, "member": "M-ANI", "volume": "3"}, content_type="application/json")
    assert (third.status_code, third.json()["volume"]) == (201, "3")
    assert [each["volume"] for each in mine.get("/api/v1/me/holds").json()] == ["2", "3"]
    assert [each["volume"] for each in mine.get("/api/v1/me/loans").json()] == ["1"]


def test_the_chat_asks_which_of_the_others(volumes, record, ani, pusat):
    LoanFactory(item=volumes[0], member=ani)
    asked = hold_in_chat(Asking(None, None, "pesan", "", "id", person=ani, subject=f"r{record.pk}", certain=True))
    assert [(each.label, each.subject) for each in asked.offers] == [
        ("Jilid 2", f"r{record.pk}v2"),
        ("Jilid 3", f"r{record.pk}v3"),
    ]
    answer = hold_in_chat(Asking(None, None, "pesan", "", "id", person=ani, subject=f"r{record.pk}v2", certain=True))
    assert "Sejarah Nasional · Jilid 2" in answer.text
    assert ani.holds.get().volume == "2"


def test_the_desk_and_its_machines_hold_the_volume_in_hand(client, sari, volumes, ani, budi, pusat):
    LoanFactory(item=volumes[0], member=ani)
    LoanFactory(item=volumes[1], member=budi)
    client.force_login(sari)
    client.post(f"/staff/items/{volumes[1].barcode}/hold", {"member": ani.pk})
    assert ani.holds.get().volume == "2"


def test_lending_a_volume_fills_the_hold_on_it_and_leaves_that_on_another(volumes, record, ani, sari, pusat):
    second = HoldFactory(record=record, member=ani, volume="2", pickup_branch=pusat)
    third = HoldFactory(record=record, member=ani, volume="3", pickup_branch=pusat)
    check_out(volumes[2], to=ani, at=pusat, by=sari)
    second.refresh_from_db()
    third.refresh_from_db()
    assert (second.state, third.state) == ("waiting", "filled")


def test_a_title_in_one_volume_is_offered_once(reading, ani, pusat, rule):
    item = ItemFactory(branch=pusat, volume="2")
    LoanFactory(item=item, member=ani)
    page = reading.get(f"/records/{item.record_id}").text
    assert ("Sedang Anda pinjam" in page, f"/records/{item.record_id}/holds" in page) == (True, False)


def test_my_page_and_history_name_the_volume(reading, volumes, record, ani, pusat):
    LoanFactory(item=volumes[0], member=ani)
    HoldFactory(record=record, member=ani, volume="2", pickup_branch=pusat)
    page = reading.get("/my").text
    assert ("Jilid 1" in page, "Jilid 2" in page, "Jilid 3" in page) == (True, True, False)
