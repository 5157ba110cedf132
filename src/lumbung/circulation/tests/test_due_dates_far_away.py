"""A due date ends with a day of the branch that lent; whoever reads it elsewhere is told the same day.

The library counts in Jayapura, two hours before the branch in Jakarta: the last minute of its day is the next day there.
"""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone, translation

import lumbung
from lumbung.circulation.domain.loans import check_out
from lumbung.circulation.domain.own_data import HOLDING
from lumbung.circulation.gateways.chat.borrowing import _due
from lumbung.circulation.gateways.sip2.desk import due
from lumbung.circulation.models import Loan, Recall
from lumbung.circulation.queries import availability_of, item_states
from lumbung.circulation.queries.holds import reader_of
from lumbung.circulation.tests.factories import ItemFactory, RecordFactory
from lumbung.kernel import clock
from lumbung.kernel.ui import words
from lumbung.organization.queries import library

pytestmark = pytest.mark.django_db

FRIDAY = datetime(2026, 3, 6, 9, 0, tzinfo=ZoneInfo("Asia/Jakarta"))
DAY = "13 Mar"
ONE_TOO_LATE = re.compile(r"\b14 Mar")


@pytest.fixture(autouse=True)
def _in_jayapura(db):
    far = library()
    far.pk = 1
    far.time_zone = "Asia/Jayapura"
    far.save()
    library.forget()
    with clock.stopped_at(FRIDAY), timezone.override("Asia/Jayapura"), translation.override("id"):
        yield
    library.forget()


@pytest.fixture
def loan(ani, pusat, rule, sari) -> Loan:
    lent = check_out(ItemFactory(barcode="B1", record=RecordFactory(title="Ronggeng")), to=ani, at=pusat, by=sari)
    return Loan.objects.get(pk=lent.pk)


def text(client: Client, address: str) -> str:
    answer = client.get(address, follow=True)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode())


def test_ani_reads_the_day_of_the_branch_on_her_pages_and_when_she_renews(client: Client, loan, ani):
    client.force_login(ani.user)
    for address in ("/my", f"/records/{loan.item.record_id}"):
        page = text(client, address)
        assert DAY in page
        assert not ONE_TOO_LATE.search(page)
    with clock.stopped_at(FRIDAY + timedelta(days=1)):
        page = client.post(f"/my/loans/{loan.pk}/renewal", follow=True).content.decode()
    assert "kembali Sab 14 Mar 2026" in page
    assert "15 Mar" not in page


def test_staff_read_the_same_day_wherever_they_are(client: Client, loan, sari, ani):
    client.force_login(sari)
    for address in (
        f"/staff/desk?member={ani.pk}",
        "/staff/loans",
        f"/staff/loans/{loan.pk}",
        f"/staff/members/{ani.pk}",
        f"/records/{loan.item.record_id}",
    ):
        page = text(client, address)
        assert DAY in page, address
        assert not ONE_TOO_LATE.search(page), address


def test_the_desk_and_its_receipt_tell_the_day_of_the_branch(client: Client, ani, pusat, rule, sari):
    client.force_login(sari)
    ItemFactory(barcode="B2")
    page = client.post("/staff/desk", {"code": "B2", "member": ani.pk}, follow=True).content.decode()
    receipt = text(client, f"/staff/desk/receipt?member={ani.pk}")
    for told in (page, receipt):
        assert DAY in told
        assert not ONE_TOO_LATE.search(told)


def test_availability_the_chat_machines_and_the_export_tell_it_too(loan, ani):
    record = loan.item.record
    assert words.day(availability_of([record.pk])[record.pk].next_due_at) == "Jum 13 Mar 2026"
    assert words.day(item_states([loan.item])[loan.item_id].due_at) == "Jum 13 Mar 2026"
    assert words.day(reader_of(record, ani.user).due_at) == "Jum 13 Mar 2026"
    assert "13 Maret 2026" in _due(loan)
    assert due(loan.due).startswith("20260313 ")
    assert HOLDING.told(ani)["loans"][0]["due_at"].isoformat()[:10] == "2026-03-13"
    with clock.stopped_at(
        FRIDAY + timedelta(days=7, hours=14, minutes=30)
    ):  # half past eleven at night there, the next day here
        assert words.due(loan.due) == ("due", "Hari ini")
    with clock.stopped_at(FRIDAY + timedelta(days=8, hours=14, minutes=30)):
        assert words.due(loan.due) == ("late", "Terlambat 1 hari")


def test_what_was_asked_back_tells_both_days_of_the_branch(loan):
    days = {"was_due_at": loan.due_at, "due_at": loan.due_at - timedelta(days=2)}
    recall = Recall.objects.get(pk=Recall.objects.create(loan=loan, recalled_at=FRIDAY, **days).pk)
    assert (words.day(recall.due), words.day(recall.was_due)) == ("Rab 11 Mar 2026", "Jum 13 Mar 2026")


def test_a_due_date_on_no_clock_is_refused():
    with pytest.raises(ValueError, match="clock of the branch"):
        words.due(datetime(2026, 3, 13, 16, 59, tzinfo=UTC))


BARE = re.compile(
    r"\b(?:loan|recall|recalled|renewal|renewed|new|shift)\.(?:was_)?due_at\||\b(?:day|near_day|mid_day|due)\((?!state\.)\w+\.(?:was_)?due_at\)"
)


def test_no_page_and_no_sentence_tells_a_bare_due_date():
    source = Path(lumbung.__file__).parent
    files = [
        each
        for part in ("circulation", "discovery", "reactions")
        for each in (source / part).rglob("*")
        if each.suffix in (".py", ".html")
    ]
    bare = [str(each.relative_to(source)) for each in files if "tests" not in each.parts and BARE.search(each.read_text())]
    assert bare == []
