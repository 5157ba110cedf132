"""QRIS codes made for one payment, with a stand-in that answers and signs as Midtrans publishes it."""

import json
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha512
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from lumbung.accounts.domain.rates import Allowance
from lumbung.circulation.domain.fees import charge
from lumbung.circulation.domain.payment_ways import change_payment_ways
from lumbung.circulation.domain.payments import take_payment
from lumbung.circulation.gateways.qris import views
from lumbung.circulation.models import FeeAccount, FeeEntry, Payment
from lumbung.circulation.queries import accounts_that_disagree, payment_ways
from lumbung.circulation.tests.test_fees import owed, refused
from lumbung.kernel import clock
from lumbung.kernel.models import JournalEntry
from lumbung.messaging.tests.counterparts import Counterpart, Heard, Says

pytestmark = pytest.mark.django_db
KEY = "SB-Mid-server-kunci"
NOTIFY = "/payments/midtrans"
SITE = "https://pustaka.kampus.test"


class Midtrans:
    """Judges what it hears as the provider does: key, kind, order and whole amount; an order serves once."""

    def __init__(self) -> None:
        self.orders: dict[str, int] = {}
        self.side = Counterpart(self.answer)

    def answer(self, heard: Heard) -> Says:
        if heard.headers.get("authorization") != "Basic " + b64encode(f"{KEY}:".encode()).decode():
            return Says(401, {"status_code": "401", "status_message": "Unknown Merchant server_key/id"})
        details = heard.said["transaction_details"]
        order, amount = details["order_id"], details["gross_amount"]
        assert (heard.method, heard.path, heard.said["payment_type"]) == ("POST", "/v2/charge", "qris")
        assert heard.headers["x-override-notification"].endswith(NOTIFY)
        assert (type(amount), len(order) <= 50) == (int, True)
        if order in self.orders:
            return Says(200, {"status_code": "406", "status_message": "The request could not be completed due to a conflict"})
        self.orders[order] = amount
        told = {"status_code": "201", "status_message": "QRIS transaction is created", "order_id": order, "acquirer": "gopay"}
        told |= {"gross_amount": f"{amount}.00", "transaction_status": "pending", "qr_string": f"00020101021226{order}6304ABCD"}
        return Says(200, told)

    def word(self, state: str, *, key: str = KEY, **other: Any) -> dict[str, Any]:
        """The notification of the latest order."""
        order, amount = list(self.orders.items())[-1]
        told = {"order_id": order, "gross_amount": f"{amount}.00", "status_code": "200", "transaction_status": state, **other}
        mark = f"{told['order_id']}{told['status_code']}{told['gross_amount']}{key}"
        return {**told, "fraud_status": other.get("fraud_status", "accept"), "signature_key": sha512(mark.encode()).hexdigest()}


@pytest.fixture
def provider(settings, sari) -> Iterator[Midtrans]:
    settings.INTERNAL_TARGETS, settings.SITE_URL = ["127.0.0.0/8"], SITE
    provider = Midtrans()
    change_payment_ways(bank="", qris_name="", gateway_address=provider.side.address, gateway_key=KEY, by=sari)
    yield provider
    provider.side.close()


@pytest.fixture
def payer(client: Client, sari, ani, pusat) -> Client:
    charge(ani, "card", 10_000, by=sari)
    client.force_login(ani.user)
    return client


def post(client: Client, told: Any) -> int:
    return client.post(NOTIFY, told, content_type="application/json").status_code


def test_a_member_pays_by_a_code_of_the_amount_and_is_told_of_the_receipt(payer, provider, ani, budi):
    assert reverse("qris:ask") in payer.get(reverse("discovery:my-fees")).content.decode()
    page = payer.post(reverse("qris:ask"), follow=True)
    payment = Payment.objects.get()
    assert (payment.state, payment.qr_text.startswith("00020101021226LB-"), "Rp10.000" in page.content.decode()) == (
        "waiting",
        True,
        True,
    )
    assert (post(Client(), provider.word("pending")), owed(ani)) == (200, (10_000, 0))
    assert post(Client(), provider.word("settlement")) == 200
    payment.refresh_from_db()
    shown = payer.get(reverse("qris:code", args=[payment.pk])).content.decode()
    assert (owed(ani), payment.receipt_number in shown, "Lunas" in shown) == ((0, 0), True, True)
    payer.force_login(budi.user)
    assert payer.get(reverse("qris:code", args=[payment.pk])).status_code == 404


def test_the_same_word_ten_times_receives_the_money_once(payer, provider, ani):
    payer.post(reverse("qris:ask"))
    assert [post(Client(), provider.word("settlement")) for _ in range(10)] == [200] * 10
    assert post(Client(), provider.word("expire")) == 200
    assert (owed(ani), Payment.objects.get().state, JournalEntry.objects.filter(name="PaymentReceived").count()) == (
        (0, 0),
        "received",
        1,
    )


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ({"key": "kunci lain"}, 403),
        ({"order_id": "LB-999-xxxxxxxx"}, 404),
        ({"gross_amount": "1.00"}, 400),
        ({"gross_amount": "10000.50"}, 400),
        ({"gross_amount": "²"}, 400),
    ],
)
def test_a_word_that_is_forged_of_no_order_of_ours_or_of_another_amount_moves_nothing(payer, provider, ani, told, status):
    payer.post(reverse("qris:ask"))
    assert post(Client(), provider.word("settlement", **told)) == status
    assert (owed(ani), Payment.objects.get().state) == ((10_000, 0), "waiting")


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"\xff\xfe", b'{"order_id": null}', b"x" * 30_000])
def test_garbage_at_the_address_of_notifications_is_turned_away(payer, provider, body):
    answer = Client().post(NOTIFY, body, content_type="application/json")
    assert answer.status_code in {400, 403, 413}


def test_a_word_whose_signed_part_was_altered_is_forged(payer, provider, ani):
    payer.post(reverse("qris:ask"))
    altered = provider.word("settlement") | {"status_code": "201"}
    assert (post(Client(), altered), owed(ani)) == (403, (10_000, 0))


def test_what_the_provider_doubts_waits(payer, provider, ani):
    payer.post(reverse("qris:ask"))
    assert (post(Client(), provider.word("capture", fraud_status="challenge")), owed(ani)) == (200, (10_000, 0))


def test_the_word_of_a_code_that_only_waits_cannot_be_turned_into_one_of_payment(payer, provider, ani):
    payer.post(reverse("qris:ask"))
    waits = provider.word("pending", status_code="201")
    assert (post(Client(), waits | {"transaction_status": "settlement"}), owed(ani)) == (200, (10_000, 0))
    assert Payment.objects.get().state == "waiting"


@pytest.mark.parametrize(("site", "told"), [(SITE, f"{SITE}{NOTIFY}"), ("", None)])
def test_the_provider_is_sent_to_no_host_that_a_request_names(payer, settings, sari, site, told):
    settings.INTERNAL_TARGETS, settings.SITE_URL, settings.ALLOWED_HOSTS = ["127.0.0.0/8"], site, ["*"]
    side = Counterpart(lambda heard: Says(500, {}))
    change_payment_ways(bank="", qris_name="", gateway_address=side.address, gateway_key=KEY, by=sari)
    payer.post(reverse("qris:ask"), headers={"Host": "orang.lain"})
    side.close()
    assert [heard.headers.get("x-override-notification") for heard in side.heard] == [told]


def test_a_code_that_ran_out_is_rejected_and_money_that_comes_after_all_is_not_lost(payer, provider, sari, ani, pusat):
    payer.post(reverse("qris:ask"))
    assert post(Client(), provider.word("expire")) == 200
    assert Payment.objects.get().state == "rejected"
    take_payment(ani, 7000, method="cash", at=pusat, by=sari)
    assert post(Client(), provider.word("settlement")) == 200
    assert (owed(ani), Payment.objects.filter(state="received").count(), list(accounts_that_disagree())) == ((0, 7000), 2, [])
    assert FeeEntry.objects.filter(fee=None).get().amount == -7000


def test_a_second_code_is_not_made_for_what_waits_already(payer, provider, ani):
    payer.post(reverse("qris:ask"))
    payer.post(reverse("qris:ask"))
    assert (len(provider.orders), Payment.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    "says",
    [
        Says(500, {}),
        Says(200, b"<html>"),
        Says(200, {"status_code": "402", "status_message": "no"}),
        Says(200, {"status_code": "201", "order_id": "lain", "qr_string": "x"}),
        Says(200, None, cut=True),
    ],
)
def test_a_provider_without_an_answer_leaves_nothing_that_waits(payer, provider, ani, says):
    provider.side.next = [says]
    answer = payer.post(reverse("qris:ask"), headers={"Referer": "http://testserver/my/fees"}, follow=True)
    assert "Kode QRIS belum dapat dibuat" in answer.content.decode()
    assert (Payment.objects.get().state, owed(ani)) == ("rejected", (10_000, 0))
    payer.post(reverse("qris:ask"))
    assert Payment.objects.filter(state="waiting").count() == 1


def test_the_key_of_the_provider_is_sealed_never_shown_and_forgotten_with_the_address(client, provider, sari):
    client.force_login(sari)
    there, ways = provider.side.address, reverse("circulation:payment_ways")
    client.post(ways, {"bank": "BRI", "qris_name": "", "gateway_address": there, "gateway_key": ""})
    kept = payment_ways()
    assert (kept.bank, kept.makes_codes, KEY in kept.gateway_secret) == ("BRI", True, False)
    page = client.get(ways).content.decode()
    assert (KEY in page, kept.gateway_secret in page, NOTIFY in page) == (False, False, True)
    client.post(ways, {"bank": "", "qris_name": "", "gateway_address": "", "gateway_key": ""})
    assert (payment_ways().gateway_secret, post(Client(), json.dumps({}))) == ("", 404)
    give = {"bank": "", "qris_name": "", "gateway_address": there, "by": sari}
    assert refused(lambda: change_payment_ways(**give)) == ["gateway_half"]


def test_the_key_is_sent_to_no_other_machine_than_the_one_it_was_given_for(provider, sari):
    moved = {"bank": "", "qris_name": "", "gateway_address": "https://orang.lain", "by": sari}
    assert refused(lambda: change_payment_ways(**moved)) == ["gateway_moved"]
    assert payment_ways().gateway_address == provider.side.address
    change_payment_ways(**moved, gateway_key="kunci di sana")
    assert payment_ways().gateway_address == "https://orang.lain"


def test_without_a_provider_no_code_is_offered(payer):
    assert reverse("qris:ask") not in payer.get(reverse("discovery:my-fees")).content.decode()
    assert (payer.post(reverse("qris:ask")).status_code, FeeAccount.objects.get().owed) == (404, 10_000)


def test_whoever_floods_the_notifications_is_told_when_to_come_back(client, monkeypatch):
    monkeypatch.setattr(views, "_allowance", Allowance(2))
    with clock.stopped_at(clock.now()):
        answers = [client.post(NOTIFY, "{}", content_type="application/json") for _ in range(3)]
    assert [each.status_code for each in answers] == [404, 404, 429]
    assert 1 <= int(answers[2]["Retry-After"]) <= 60
