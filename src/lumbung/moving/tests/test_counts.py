"""Stock takes of SLiMS: closed ones are history that can be looked at, one under way is gone on with."""

import pytest

from lumbung.accounts.tests.factories import UserFactory
from lumbung.catalogue.domain.stock_takes import course, scanning
from lumbung.catalogue.models import StockTake, StockTakeLine
from lumbung.moving.domain import undoing
from lumbung.moving.tests.dumps import added, dump, item, table

TAKES = [
    {
        "stock_take_id": 1, "stock_take_name": "Opname 2019", "start_date": "2019-06-01 08:00:00", "end_date": "2019-06-14 16:00:00",
        "init_user": "Rina", "total_item_stock_taked": 900, "total_item_lost": 12, "total_item_loan": 40, "is_active": 0,
    },
    {
        "stock_take_id": 2, "stock_take_name": "Opname 2026", "start_date": "2026-11-02 08:00:00", "init_user": "Rina",
        "total_item_stock_taked": 4, "total_item_lost": 3, "total_item_loan": 1, "is_active": 1,
    },
    {"stock_take_id": 3, "stock_take_name": "Rusak", "start_date": "0000-00-00 00:00:00", "is_active": 0},
]  # fmt: skip
LINES = [
    {"item_id": 11, "item_code": "B001", "title": "Bumi manusia", "call_number": "813 TOE b c.1", "status": "l"},
    {
        "item_id": 12, "item_code": "B002", "title": "Bumi manusia", "status": "e", "checked_by": "Rina",
        "last_update": "2026-11-03 09:00:00",
    },
    {"item_id": 13, "item_code": "B003", "title": "Kamus besar", "call_number": "R 413 KAM", "status": "m"},
    {"item_id": 14, "item_code": "B004", "title": "Bumi manusia", "status": "u"},
    {"item_id": 99, "item_code": "b003", "title": "Sama", "status": "m"},
    {"item_id": 98, "item_code": "X98", "title": "Sudah dihapus", "call_number": "297 X", "status": "m"},
]  # fmt: skip
COLUMNS = (
    "stock_take_id", "stock_take_name", "start_date", "end_date", "init_user", "total_item_stock_taked", "total_item_lost",
    "total_item_exists", "total_item_loan", "stock_take_users", "is_active", "report_file",
)  # fmt: skip


def text_of(*, active=1, takes=TAKES, lines=LINES):
    own = [{**each, "is_active": active if each["stock_take_id"] == 2 else 0} for each in takes]
    rows = [{"stock_take_id": 2, **each} for each in lines]
    columns = (
        "stock_take_id", "item_id", "item_code", "title", "gmd_name", "classification", "call_number", "status", "checked_by",
        "last_update",
    )  # fmt: skip
    whole = dump(item=added("item", item(14, 1, "B004")))
    return whole + table("stock_take", own, columns=COLUMNS) + table("stock_take_item", rows, columns=columns)


def test_a_closed_count_is_history_with_its_figures(moved):
    move = moved(text_of())
    old = StockTake.objects.get(name="Opname 2019")
    told = (old.state, old.expected, old.found, old.missing, old.away, old.seen_expected, str(old.closed_at.date()))
    assert told == ("closed", 900, 888, 12, 40, 888, "2019-06-14")
    assert move.findings.get(rehearsal=False, entity="stock_take", refused=True).source_id == "3"
    assert move.proof["whole"] is True


def test_what_was_closed_names_each_copy_that_was_missing(moved):
    moved(text_of(active=0))
    take = StockTake.objects.get(name="Opname 2026")
    findings = dict(take.lines.values_list("barcode", "finding"))
    assert findings == {"B001": "", "B002": "found", "B003": "missing", "B004": "missing", "X98": "missing"}
    assert (take.state, take.expected, take.found, take.missing, take.away) == (
        "closed",
        4,
        1,
        3,
        1,
    )  # b003 stands twice and counts once


def test_one_under_way_is_gone_on_with_and_what_was_seen_stays_seen(moved):
    move = moved(text_of())
    take = StockTake.objects.get(name="Opname 2026")
    assert (take.state, take.closed_at) == ("counting", None)
    seen = take.lines.get(barcode="B002")
    assert (seen.finding, seen.seen_by.device, seen.item.barcode, str(seen.seen_at.date())) == (
        "found",
        "Rina",
        "B002",
        "2026-11-03",
    )
    assert take.lines.get(barcode="X98").item is None
    told = set(
        move.findings.filter(rehearsal=False, entity__startswith="stock_take").values_list("source_id", "code", "refused")
    )
    assert told == {
        ("3", "days_unreadable", True),
        ("2", "count_under_way", False),
        ("2/14", "count_status_unreadable", False),
        ("2/99", "stock_take_barcode_twice", True),
    }
    scan = scanning.Scanned(sequence=1, code="B003", at=take.opened_at)
    scanning.take_scans(take, [scan], device="hp", by=UserFactory())
    assert take.lines.get(barcode="B003").finding == "found"
    closed = course.close(take, by=None)
    assert (closed.found, closed.missing) == (2, 1)  # X98 is no copy of the catalogue any more


def test_a_second_run_doubles_nothing_and_undoing_takes_it_all(moved):
    first = moved(text_of())
    again = moved(text_of())
    assert (StockTake.objects.count(), again.counts["move"]["stock_take_line"]["same"]) == (2, 5)
    undoing.undo(again, by=None)
    undoing.undo(first, by=None)
    assert (StockTake.objects.count(), StockTakeLine.objects.count()) == (0, 0)


@pytest.mark.parametrize("use", ["scan", "close"])
def test_undoing_is_refused_once_people_went_on_counting(moved, use):
    move = moved(text_of())
    take = StockTake.objects.get(name="Opname 2026")
    if use == "close":
        course.close(take, by=None)
    else:
        scan = scanning.Scanned(sequence=1, code="B003", at=take.opened_at)
        scanning.take_scans(take, [scan], device="hp", by=UserFactory())
    assert "changed_since" in {each.code for each in undoing.reasons_against_undoing(move)}


def test_the_page_of_counts_shows_them(moved, client):
    moved(text_of())
    client.force_login(UserFactory(roles=["librarian"]))
    page = client.get("/staff/stock-takes/").content.decode()
    assert "Opname 2019" in page
    take = StockTake.objects.get(name="Opname 2026")
    assert "Rina" in client.get(f"/staff/stock-takes/{take.pk}").content.decode()
