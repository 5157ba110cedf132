"""What is lent against money: a machine lends it once the member agreed, the kiosk and the telephone say what it cost."""

import pytest
from django.test import Client

from lumbung.circulation.domain.phone_lending import change_phone_lending, code_of_the_day
from lumbung.circulation.domain.pins import set_pin
from lumbung.circulation.domain.terminals import add_terminal
from lumbung.circulation.models import Fee, Loan
from lumbung.circulation.tests.factories import HoldFactory, ItemFactory, LoanFactory, LoanRuleFactory
from lumbung.circulation.tests.sip2 import Machine
from lumbung.organization.tests.factories import open_on

pytestmark = pytest.mark.django_db
PIN = "2580"


@pytest.fixture(autouse=True)
def priced(rule, ani, pusat):
    """Borrowing costs Rp2.000, renewing Rp500; Ani has a PIN."""
    rule.loan_fee, rule.renewal_fee = 2000, 500
    rule.save()
    open_on(pusat)
    set_pin(ani, PIN, by=None)


def test_a_machine_lends_and_renews_against_money_once_it_says_that_the_member_agreed(sari, ani, pusat):
    _terminal, secret = add_terminal(name="Lobi", login="lobi", branch=pusat, account=sari, by=sari)
    machine = Machine()
    machine.sign_in("lobi", secret)
    item = ItemFactory(barcode="B1", status="damaged")
    asked = machine.say("11", AO="", AA="M-ANI", AB="B1", AC="", AD=PIN)
    assert (asked["ok"], asked["BT"], asked["BH"], asked["BV"]) == ("0", "06", "IDR", "2000")
    assert asked.all("AF") == ["Eksemplar ini tercatat rusak.", "Biayanya Rp2.000. Setujui dahulu."]
    item.status = "available"
    item.save()
    lent = machine.say("11", AO="", AA="M-ANI", AB="B1", AC="", AD=PIN, BO="Y")
    assert (lent["ok"], lent["BV"]) == ("1", "2000")
    again = machine.say("29", AO="", AA="M-ANI", AB="B1", AC="", AD=PIN, BO="N")
    assert (again["ok"], again["BV"], again["AF"]) == ("0", "500", "Biayanya Rp500. Setujui dahulu.")
    everything = machine.say("65", AO="", AA="M-ANI", AC="", AD=PIN)
    assert (everything["unrenewed"], everything.all("BN")) == ("0001", ["B1"])
    assert list(Fee.objects.values_list("kind", "amount")) == [("lending", 2000)]


def test_the_kiosk_says_what_borrowing_cost(client: Client, sari, pusat):
    _terminal, secret = add_terminal(name="Kios", login="kios", branch=pusat, account=sari, by=sari)
    ItemFactory(barcode="B1")
    client.post("/kiosk/start", {"login": "kios", "secret": secret})
    client.post("/kiosk/card", {"code": "M-ANI"})
    client.post("/kiosk/pin", {"pin": PIN})
    page = client.post("/kiosk/item", {"code": "B1"}, follow=True).content.decode()
    assert "biaya pinjam Rp2.000" in page


def test_the_telephone_says_what_borrowing_cost(client: Client, sari, ani, pusat):
    ItemFactory(barcode="B1", branch=pusat)
    change_phone_lending(pusat, is_on=True, networks="", takes_code=True, by=sari)
    client.force_login(ani.user)
    client.get(f"/my/borrow/here/{pusat.code}/{code_of_the_day(pusat)}")
    page = client.post("/my/borrow", {"code": "B1"}, follow=True).content.decode()
    assert "biaya pinjam Rp2.000" in page
    assert Loan.objects.get().channel == "phone"


def test_what_a_title_others_wait_for_costs_is_asked_before_it_is_lent(sari, ani, budi, pusat):
    LoanRuleFactory(name="Ditunggu", category=None, in_demand=True, loan_days=3, loan_fee=5000)
    item = ItemFactory(barcode="B1", branch=pusat)
    ItemFactory(record=item.record, branch=pusat)
    HoldFactory(record=item.record, member=budi, pickup_branch=pusat)
    _terminal, secret = add_terminal(name="Lobi", login="lobi", branch=pusat, account=sari, by=sari)
    machine = Machine()
    machine.sign_in("lobi", secret)
    asked = machine.say("11", AO="", AA="M-ANI", AB="B1", AC="", AD=PIN)
    assert (asked["ok"], asked["BV"], Fee.objects.count()) == ("0", "5000", 0)
    lent = machine.say("11", AO="", AA="M-ANI", AB="B1", AC="", AD=PIN, BO="Y")
    assert (lent["ok"], lent["BV"], Fee.objects.get().amount) == ("1", "5000", 5000)


def test_what_a_renewal_costs_stands_beside_the_button_and_is_said_after_at_the_kiosk_and_at_home(
    client: Client, sari, ani, pusat
):
    own, other = (LoanFactory(member=ani, policy={"loan_days": 7, "renewal_limit": 2, "renewal_fee": 500}) for _ in range(2))
    client.force_login(ani.user)
    page = client.get("/my").content.decode()
    assert ("Perpanjang semua (Rp1.000)" in page, page.count('<span class="small quiet">biaya perpanjangan Rp500</span>')) == (
        True,
        2,
    )
    told = client.post(f"/my/loans/{own.pk}/renewal", follow=True)
    assert [str(each).rsplit(".", 3)[1:] for each in told.context["messages"]] == [[" Biayanya Rp500", ""]]
    _terminal, secret = add_terminal(name="Kios", login="kios", branch=pusat, account=sari, by=sari)
    client.post("/kiosk/start", {"login": "kios", "secret": secret})
    client.post("/kiosk/card", {"code": "M-ANI"})
    assert client.post("/kiosk/pin", {"pin": PIN}, follow=True).content.decode().count("biaya perpanjangan Rp500") == 2
    client.post(f"/kiosk/loans/{other.pk}/renewal")
    assert '<p class="">biaya perpanjangan Rp500</p>' in client.get("/kiosk").content.decode()
