"""The pages of stock-takes: who may what, scans from a page, a device and a list, and what can be taken away."""

import json
import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from lumbung.catalogue.domain.items import change_item
from lumbung.catalogue.domain.stock_takes.course import close
from lumbung.catalogue.domain.stock_takes.opening import open_stock_take, prepare
from lumbung.catalogue.models import Item, Scan, StockTake
from lumbung.catalogue.tests.factories import a_record, an_item
from lumbung.kernel import clock
from lumbung.kernel.jobs.worker import work_off
from lumbung.kernel.models import JournalEntry

pytestmark = pytest.mark.django_db
AT = "2026-11-20T03:00:00Z"


@pytest.fixture
def desk(client, sari, signed_in):
    return signed_in(client, sari)


@pytest.fixture
def shelf(db):
    record = a_record()
    items = [an_item(record, barcode=f"B-{n}") for n in range(1, 4)]
    return [change_item(item, call_number=f"33{n} A", by=None) for n, item in enumerate(items)]


@pytest.fixture
def take(shelf):
    return prepare(open_stock_take(name="Opname 2026", by=None))


def at(name, *args):
    return reverse(f"catalogue:{name}", args=args)


def send(client, take, *scans, device="ponsel"):
    body = {"device": device, "scans": [{"sequence": n, "code": code, "at": AT, "place": None} for n, code in scans]}
    return client.post(at("stock_take_scans", take.pk), json.dumps(body), content_type="application/json")


def test_circulation_staff_scan_but_do_not_open_or_close_and_members_see_nothing(client, take, ani, budi, with_role, signed_in):
    pages = [at("stock_takes"), at("stock_take", take.pk), at("stock_take_scan", take.pk), at("stock_take_lines", take.pk)]
    assert [client.get(page).status_code for page in pages] == [302] * 4
    for user in (ani.user, budi.user):
        assert [signed_in(client, user).get(page).status_code for page in pages] == [403] * 4
    clerk = signed_in(client, with_role("circulation"))
    assert [clerk.get(page).status_code for page in pages] == [200] * 4
    assert clerk.get(at("stock_take_start")).status_code == 403
    assert clerk.post(at("stock_take_closing", take.pk)).status_code == 403
    assert "Tutup opname" not in clerk.get(pages[1]).content.decode()


def test_a_count_is_opened_and_prepared_in_the_background(desk, shelf):
    answer = desk.post(at("stock_take_start"), {"name": "Lantai 2", "class_from": "331"})
    opened = StockTake.objects.get()
    assert answer.url == at("stock_take", opened.pk)
    assert 'hx-trigger="every 3s"' in desk.get(answer.url).content.decode()
    work_off()
    opened.refresh_from_db()
    assert (opened.state, opened.expected) == ("counting", 2)


def test_a_name_is_needed(desk):
    assert desk.post(at("stock_take_start"), {"name": " "}).status_code == 422


def test_a_scan_on_the_page_says_what_it_found(desk, take):
    page = desk.post(at("stock_take_scan", take.pk), {"code": "B-1"}).content.decode()
    assert "Ditemukan" in page
    assert "330 A" in page
    assert "Barcode tidak dikenal" in desk.post(at("stock_take_scan", take.pk), {"code": "B-"}).content.decode()


def test_a_device_sends_many_scans_and_may_send_them_again(desk, take):
    first = send(desk, take, (1, "B-1"), (2, "B-2\r"), (3, "salah")).json()
    assert first["taken"] == [1, 2, 3]
    assert [each["finding"] for each in first["outcomes"]] == ["found", "found", "unknown"]
    assert [each["repeated"] for each in send(desk, take, (1, "B-1"), (2, "B-2\r"), (3, "salah")).json()["outcomes"]] == [
        True
    ] * 3
    assert Scan.objects.count() == 3


def test_scans_are_whose_page_they_were_made_on_whoever_sends_them_and_by_our_clock(desk, take, sari, with_role, signed_in):
    dewi = with_role("circulation")
    by = re.search(r' by="([^"]+)"', signed_in(desk, dewi).get(at("stock_take_scan", take.pk)).content.decode())[1]
    an_hour_behind = clock.now() - timedelta(hours=1)
    made = [(1, "B-1", by), (2, "B-2", None), (3, "B-3", by.replace(str(dewi.pk), str(dewi.pk + 1)))]
    told = [{"sequence": n, "code": code, "at": an_hour_behind.isoformat(), "by": each} for n, code, each in made]
    body = json.dumps({"device": "ponsel", "now": an_hour_behind.isoformat(), "scans": told})
    for sender in (sari, with_role("head")):
        answer = signed_in(desk, sender).post(at("stock_take_scans", take.pk), body, content_type="application/json").json()
        assert sorted(answer["taken"]) == [1, 2, 3]
    whose = dict(Scan.objects.values_list("code", "scanner__user"))
    assert whose == {"B-1": dewi.pk, "B-2": sari.pk, "B-3": sari.pk}
    assert min(Scan.objects.values_list("scanned_at", flat=True)) > an_hour_behind + timedelta(minutes=59)
    told = {each.actor_id: each.data for each in JournalEntry.objects.filter(name="StockTakeScansTaken")}
    assert {who: (data["scans"], data["sent_by"]) for who, data in told.items()} == {dewi.pk: (1, sari.pk), sari.pk: (2, None)}


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        "{}",
        '{"device": "", "scans": []}',
        '{"device": "\\ud800", "scans": []}',
        '{"device": "x", "scans": [{"sequence": -1, "code": "a", "at": "x"}]}',
        '{"device": "x", "scans": [{"sequence": 1, "code": "\\ud800", "at": "2026-03-06T09:00:00Z"}]}',
    ],
)
def test_what_no_device_would_send_is_refused(desk, take, body):
    answer = desk.post(at("stock_take_scans", take.pk), body, content_type="application/json")
    assert (answer.status_code, Scan.objects.count()) == (400, 0)


def test_scans_for_a_closed_count_are_refused_in_words(desk, take):
    close(take, by=None)
    answer = send(desk, take, (1, "B-1"))
    assert answer.status_code == 409
    assert "Pindaian tidak dibuang" in answer.json()["error"]


def test_a_device_takes_the_expected_lines_along(desk, take):
    told = json.loads(b"".join(desk.get(at("stock_take_expected", take.pk))))
    assert told["round"] == 1
    assert told["lines"][0] == ["B-1", "shelf", "Bumi manusia", "330 A", None]


@pytest.mark.parametrize(
    "content", [b"B-1\nB-2\n", b"\xef\xbb\xbfbarcode;waktu\r\nB-1;08.00\r\nB-2;08.01\r\n", b"B-1\tx\nB-2\ty"]
)
def test_a_list_from_a_portable_scanner_is_taken(desk, take, content):
    answer = desk.post(at("stock_take_list", take.pk), {"file": SimpleUploadedFile("hasil.txt", content)})
    assert answer.status_code == 302
    take.refresh_from_db()
    assert (take.found, take.unknown) == (2, 0)


def test_an_empty_list_is_refused(desk, take):
    assert desk.post(at("stock_take_list", take.pk), {"codes": " "}).status_code == 422


def test_the_table_brings_no_formula_into_a_spreadsheet(desk, take):
    send(desk, take, (1, "=HYPERLINK(1)"))
    answer = desk.get(at("stock_take_lines", take.pk), {"format": "csv", "finding": "unknown"})
    rows = b"".join(answer).decode("utf-8-sig").splitlines()
    assert rows[0].startswith("Barcode,Judul,Nomor panggil,Lokasi,Menurut katalog,Hasil")
    assert rows[1].startswith("'=HYPERLINK(1),")


def test_missing_copies_are_shown_before_they_become_lost_and_come_back(desk, take):
    send(desk, take, (1, "B-1"))
    desk.post(at("stock_take_closing", take.pk))
    preview = desk.get(at("stock_take_statuses", take.pk)).content.decode()
    assert "2 eksemplar akan berubah" in preview
    assert Item.objects.filter(status="lost").count() == 0
    desk.post(at("stock_take_statuses", take.pk), {"finding": "missing", "status": "lost"})
    assert sorted(Item.objects.filter(status="lost").values_list("barcode", flat=True)) == ["B-2", "B-3"]
    change = take.status_changes.get()
    desk.post(at("stock_take_statuses_undo", take.pk, change.pk))
    assert Item.objects.filter(status="lost").count() == 0


def test_progress_is_polled_until_the_count_is_closed(desk, take):
    address, headers = at("stock_take", take.pk), {"HX-Request": "true"}
    assert "hx-trigger" in desk.get(address, headers=headers).content.decode()
    desk.post(at("stock_take_closing", take.pk))
    assert "hx-trigger" not in desk.get(address, headers=headers).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_as_much_for_three_counts_as_for_one(desk, shelf, count, django_assert_num_queries):
    for n in range(count):
        prepare(open_stock_take(name=f"Opname {n}", by=None))
    with django_assert_num_queries(7):
        desk.get(at("stock_takes"))


@pytest.mark.parametrize("count", [1, 3])
def test_the_results_ask_as_much_for_three_lines_as_for_one(desk, take, count, django_assert_num_queries):
    send(desk, take, *((n, f"B-{n}") for n in range(1, count + 1)))
    with django_assert_num_queries(6):
        desk.get(at("stock_take_lines", take.pk), {"finding": "found"})


def test_the_worker_of_the_scan_pages_stands_beside_them(desk):
    answer = desk.get(at("stock_take_worker"))
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/javascript; charset=utf-8")
    assert b"respondWith" in answer.content
