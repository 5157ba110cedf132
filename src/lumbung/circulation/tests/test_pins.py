"""The PIN a member types at a machine."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from lumbung.accounts.models import Role
from lumbung.circulation.domain.pins import check_pin, set_pin
from lumbung.circulation.models import Pin
from lumbung.kernel import clock
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.refusals import Refused

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 6, 5, 0, tzinfo=UTC)


def refused(member, pin):
    with pytest.raises(Refused) as told:
        check_pin(member, pin)
    return told.value.codes


def test_the_right_pin_does_and_another_does_not(ani):
    assert refused(ani, "2580") == ["pin_not_set"]
    set_pin(ani, "2580", by=ani.user)
    check_pin(ani, "2580")
    assert refused(ani, "2581") == refused(ani, "") == ["pin_wrong"]
    set_pin(ani, "741963", by=ani.user)
    assert refused(ani, "2580") == ["pin_wrong"]
    assert "741963" not in Pin.objects.get(member=ani).hashed
    assert {entry.name for entry in JournalEntry.objects.all()} == {"PinSet"}


def test_after_five_wrong_tries_even_the_right_one_waits_a_quarter_of_an_hour(ani):
    set_pin(ani, "2580", by=None)
    with clock.stopped_at(NOON):
        assert [refused(ani, "0001") for _ in range(5)] == [["pin_wrong"]] * 4 + [["pin_locked"]]
        assert refused(ani, "2580") == ["pin_locked"]
    with clock.stopped_at(NOON + timedelta(minutes=14)):
        assert refused(ani, "2580") == ["pin_locked"]
    with clock.stopped_at(NOON + timedelta(minutes=15)):
        check_pin(ani, "2580")
    assert JournalEntry.objects.filter(name="PinLocked").count() == 1


def test_a_right_pin_forgives_the_wrong_ones_before_it(ani):
    set_pin(ani, "2580", by=None)
    for _ in range(3):
        assert [refused(ani, "0001") for _ in range(4)] == [["pin_wrong"]] * 4
        check_pin(ani, "2580")


@pytest.mark.parametrize(
    ("pin", "code"),
    [("123", "pin_wrong_form"), ("123456789", "pin_wrong_form"), ("12a4", "pin_wrong_form"), ("٢٥٨٠", "pin_wrong_form"),
     ("7777", "pin_too_easy"), ("3456", "pin_too_easy"), ("8765", "pin_too_easy"), ("2311", "pin_too_easy")],
)  # fmt: skip
def test_a_pin_is_digits_that_nobody_tries_first(ani, pin, code):
    ani.barcode = "231104"
    with pytest.raises(Refused) as told:
        set_pin(ani, pin, by=None)
    assert told.value.codes == [code]


def test_sari_lets_ani_choose_and_ani_chooses_herself_and_budi_only_his_own(client: Client, sari, ani, budi, with_role):
    client.force_login(sari)
    page = client.get(f"/staff/members/{ani.pk}/pin")
    assert "Buat PIN" in page.content.decode()
    wrong = client.post(f"/staff/members/{ani.pk}/pin", {"pin": "2580", "again": "2581"})
    assert (wrong.status_code, "Kedua PIN tidak sama." in wrong.content.decode()) == (422, True)
    client.post(f"/staff/members/{ani.pk}/pin", {"pin": "2580", "again": "2580"})
    check_pin(ani, "2580")

    client.force_login(budi.user)
    assert client.get(f"/staff/members/{ani.pk}/pin").status_code == 403
    assert "PIN mesin mandiri" in client.get("/my/settings").content.decode()
    easy = client.post("/my/pin", {"pin": "1234", "again": "1234"})
    assert (easy.status_code, "terlalu mudah" in easy.content.decode()) == (422, True)
    client.post("/my/pin", {"pin": "9513", "again": "9513"})
    check_pin(budi, "9513")
    assert refused(ani, "9513") == ["pin_wrong"]

    client.force_login(with_role(Role.CATALOGUER))
    assert client.get("/my/pin").status_code == 404
