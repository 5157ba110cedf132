"""One copy goes through every door of the library in a fortnight, and its loans are one history that says which door each deed took."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from lumbung.accounts.models import User
from lumbung.circulation.domain.phone_lending import change_phone_lending, code_of_the_day
from lumbung.circulation.domain.pins import set_pin
from lumbung.circulation.domain.terminals import add_terminal
from lumbung.circulation.gateways.sip2.session import Session
from lumbung.circulation.models import Loan
from lumbung.circulation.tests.factories import ItemFactory, LoanRuleFactory, RecordFactory
from lumbung.circulation.tests.sip2 import Machine
from lumbung.kernel import clock
from lumbung.kernel.models import JournalEntry
from lumbung.members.models import Member

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # nine in the morning in Jakarta
PIN = "2580"


def on(day: int) -> datetime:
    return MONDAY + timedelta(days=day)


def offline(clerk: Client, *deeds: tuple[int, str, str, str, datetime]) -> dict[str, object]:
    entries = [
        {"sequence": number, "at": at.isoformat(), "form": {"kind": kind, "card": card, "code": code}}
        for number, kind, card, code, at in deeds
    ]
    sent = {"device": "meja-2", "branch": "PUSAT", "entries": entries}
    return clerk.post("/staff/offline/entries", json.dumps(sent), content_type="application/json").json()


@pytest.mark.requirement("R301", "R317", "R318")
def test_one_copy_lent_by_desk_phone_kiosk_machine_and_offline_has_one_history(sari: User, ani: Member):
    LoanRuleFactory(category=ani.category)
    set_pin(ani, PIN, by=ani.user)
    branch = ani.branch
    ItemFactory(barcode="B1", branch=branch, record=RecordFactory(title="Bumi manusia"))
    change_phone_lending(branch, is_on=True, networks="", takes_code=True, by=sari)
    kiosk_secret, machine_secret = (
        add_terminal(name=name, login=name, branch=branch, account=sari, by=sari)[1] for name in ("kios", "lobi")
    )
    clerk, phone, kiosk, machine = Client(), Client(), Client(), Machine(Session("192.0.2.1"))
    clerk.force_login(sari)
    phone.force_login(ani.user)

    with clock.stopped_at(on(0)):
        clerk.post("/staff/desk", {"code": "B1", "member": ani.pk})
        first = Loan.objects.get()
    with clock.stopped_at(on(3)):
        phone.post(f"/my/loans/{first.pk}/renewal")
    with clock.stopped_at(on(5)):
        kiosk.post("/kiosk/start", {"login": "kios", "secret": kiosk_secret})
        kiosk.post("/kiosk/item", {"code": "B1", "mode": "return"})
    with clock.stopped_at(on(6)):
        phone.get(f"/my/borrow/here/PUSAT/{code_of_the_day(branch)}")
        phone.post("/my/borrow", {"code": "B1"})
    with clock.stopped_at(on(7)):
        machine.sign_in("lobi", machine_secret)
        assert machine.say("09", AP="", AO="", AB="B1", AC="")["ok"] == "1"
    with clock.stopped_at(on(10)):
        lent, back = (1, "loan", "M-ANI", "B1", on(8)), (2, "return", "", "B1", on(9))
        assert offline(clerk, lent, back) == offline(clerk, lent, back) == {"taken": [1, 2], "conflicts": 0, "standing": []}

    told = JournalEntry.objects.filter(name__in=["CheckedOut", "Renewed", "CheckedIn"], data__item=first.item_id).order_by("at")
    assert [(entry.name, entry.channel, (entry.at - MONDAY).days) for entry in told] == [
        ("CheckedOut", "desk", 0),
        ("Renewed", "web", 3),
        ("CheckedIn", "kiosk", 5),
        ("CheckedOut", "phone", 6),
        ("CheckedIn", "sip2", 7),
        ("CheckedOut", "offline", 8),
        ("CheckedIn", "offline", 9),
    ]
    loans = Loan.objects.order_by("lent_at")
    spans = [((loan.lent_at - MONDAY).days, loan.returned_at and (loan.returned_at - MONDAY).days) for loan in loans]
    assert (spans, set(loans.values_list("member", flat=True))) == ([(0, 5), (6, 7), (8, 9)], {ani.pk})
    first.refresh_from_db()
    kept = first.renewals.get()
    assert (kept.was_due_at - MONDAY).days < (kept.due_at - MONDAY).days
    doors = [clerk.get(f"/staff/loans/{loan.pk}").content.decode() for loan in loans]
    assert ["<dt>Lewat</dt>" in door for door in doors] == [True] * 3
