"""Counting the shelves: what a scan finds, what is missing in the end, and what follows from it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from lumbung.catalogue.domain.items import change_item, remove_item, set_status
from lumbung.catalogue.domain.stock_takes.arrivals import ArrivingLine, bring_in_lines
from lumbung.catalogue.domain.stock_takes.codes import readings
from lumbung.catalogue.domain.stock_takes.course import abandon, begin_round, close, reopen
from lumbung.catalogue.domain.stock_takes.opening import open_stock_take, prepare
from lumbung.catalogue.domain.stock_takes.order import out_of_order
from lumbung.catalogue.domain.stock_takes.scanning import Scanned, take_scans
from lumbung.catalogue.domain.stock_takes.statuses import set_statuses, undo_statuses
from lumbung.catalogue.models import Item, Scan, StockTake
from lumbung.catalogue.tests.factories import BranchFactory, a_record, an_item
from lumbung.kernel import clock
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.refusals import Refused
from lumbung.organization.models import Location


def a_shelf(*call_numbers, branch="PUSAT"):
    """Copies B-1, B-2 … of one title with these call numbers."""
    record = a_record()
    made = [an_item(record, barcode=f"B-{n}", branch=branch) for n, _ in enumerate(call_numbers, start=1)]
    return [change_item(item, call_number=call, by=None) for item, call in zip(made, call_numbers, strict=True)]


def a_count(**scope):
    return prepare(open_stock_take(name="Opname akhir tahun", by=None, **scope))


def scan(stock_take, *codes, device="ponsel", first=1, place=None):
    now = clock.now()
    scans = [Scanned(number, code, now + timedelta(seconds=number), place) for number, code in enumerate(codes, start=first)]
    return [(each.line.barcode, each.line.finding) for each in take_scans(stock_take, scans, device=device, by=None)]


def findings(stock_take):
    return dict(stock_take.lines.values_list("barcode", "finding"))


pytestmark = pytest.mark.django_db


def test_a_count_expects_what_stands_on_the_shelf_and_knows_what_does_not():
    _on_shelf, lost, in_repair = a_shelf("330 ABD e", "331 BUD p", "332 CIT k")
    set_status(lost, Item.Statuses.LOST, by=None)
    set_status(in_repair, Item.Statuses.IN_REPAIR, by=None)
    opened = a_count()
    assert (opened.state, opened.expected, opened.away) == ("counting", 1, 2)
    assert dict(opened.lines.values_list("barcode", "standing")) == {"B-1": "shelf", "B-2": "lost", "B-3": "away"}
    assert [(each.shelf, each.expected) for each in opened.shelves.all()] == [("33", 1)]


def test_the_scope_names_branch_type_and_classes_the_last_whole():
    a_shelf("329 A", "330 B", "339.5 C", "340 D")
    an_item(barcode="X-1", branch="FH")
    opened = a_count(branch=BranchFactory(code="PUSAT"), class_from="330", class_to="339")
    assert list(opened.lines.values_list("barcode", flat=True)) == ["B-2", "B-3"]


def test_classes_the_wrong_way_round_and_a_missing_name_are_refused_together():
    with pytest.raises(Refused) as refused:
        open_stock_take(name=" ", class_from="400", class_to="300", by=None)
    assert refused.value.codes == ["stock_take_name_empty", "stock_take_classes_reversed"]


def test_each_scan_says_what_it_found():
    _found, lost, _unseen = a_shelf("330 A", "331 B", "332 C")
    set_status(lost, Item.Statuses.LOST, by=None)
    opened = a_count(branch=BranchFactory(code="PUSAT"))
    an_item(barcode="FH-1", branch="FH")
    assert scan(opened, "b-1", "B-2", "FH-1", "9999") == [
        ("B-1", "found"), ("B-2", "gone"), ("FH-1", "misplaced"), ("9999", "unknown"),
    ]  # fmt: skip
    opened.refresh_from_db()
    assert (opened.found, opened.gone, opened.misplaced, opened.unknown, opened.unseen) == (1, 1, 1, 1, 1)


def test_a_copy_read_in_another_location_is_misplaced_until_read_in_its_own():
    (item,) = a_shelf("330 A")
    floor, cellar = (Location.objects.create(branch=item.branch, code=code, name=code) for code in ("L1", "L0"))
    change_item(item, location=floor, by=None)
    opened = a_count()
    assert scan(opened, "B-1", place=cellar.pk) == [("B-1", "misplaced")]
    assert scan(opened, "B-1", first=2) == [("B-1", "misplaced")]
    assert scan(opened, "B-1", place=floor.pk, first=3) == [("B-1", "found")]
    opened.refresh_from_db()
    assert (opened.found, opened.misplaced, opened.unseen) == (1, 0, 0)


def test_the_same_scans_sent_twice_count_once():
    a_shelf("330 A", "331 B")
    opened = a_count()
    first = scan(opened, "B-1", "B-2")
    assert scan(opened, "B-1", "B-2") == first
    opened.refresh_from_db()
    assert (opened.found, Scan.objects.count(), opened.scanners.get().scans) == (2, 2, 2)
    assert JournalEntry.objects.filter(name="StockTakeScansTaken").count() == 1


def test_the_database_keeps_a_scan_of_a_device_once_in_whoever_s_hand_it_is(with_role):
    a_shelf("330 A")
    opened, other = a_count(), a_count()
    take_scans(opened, [Scanned(1, "B-1", clock.now())], device="ponsel", by=with_role("circulation"))
    take_scans(opened, [Scanned(2, "B-1", clock.now())], device="ponsel", by=with_role("circulation"))
    scan(other, "B-1")
    first, second, _of_the_other = Scan.objects.order_by("pk")
    assert (first.scanner_id == second.scanner_id, first.device, first.stock_take) == (False, "ponsel", opened)
    with pytest.raises(IntegrityError), transaction.atomic():
        Scan.objects.filter(pk=second.pk).update(sequence=1)


def test_a_device_whose_users_were_deleted_goes_on_counting(with_role):
    a_shelf("330 A", "331 B")
    opened = a_count()
    users = [with_role("circulation"), with_role("circulation")]
    for number, user in enumerate(users, start=1):
        take_scans(opened, [Scanned(number, "B-1", clock.now())], device="ponsel", by=user)
    for user in users:
        user.delete()
    assert scan(opened, "B-2", first=3) == [("B-2", "found")]
    line = {"item": None, "title": "", "call_number": "332 C", "on_loan": False, "seen": True, "seen_at": clock.now()}
    bring_in_lines(opened.pk, [ArrivingLine(barcode="B-9", seen_by="ponsel", **line)])
    assert list(opened.scanners.values_list("user", "scans")) == [(None, 3), (None, 1)]


def test_two_devices_that_read_one_copy_count_it_once_and_keep_both_scans():
    a_shelf("330 A")
    opened = a_count()
    scan(opened, "B-1", device="ponsel Sari")
    again = take_scans(opened, [Scanned(1, "B-1", clock.now())], device="ponsel Dewi", by=None)
    assert [each.repeated for each in again] == [True]
    opened.refresh_from_db()
    assert (opened.found, Scan.objects.count()) == (1, 2)


def test_walking_along_the_shelf_tells_which_copy_stands_out_of_order():
    a_shelf("330 A", "331 B", "339 Z", "332 C", "333 D")
    opened = a_count()
    scan(opened, "B-1", "B-2", "B-3", "B-4", "B-5")
    close(opened, by=None)
    assert findings(opened)["B-3"] == "misplaced"
    assert opened.lines.get(barcode="B-3").after == "331 B"
    opened.refresh_from_db()
    assert (opened.found, opened.misplaced) == (4, 1)


def test_as_few_as_possible_are_out_of_order():
    assert out_of_order(["a", "b", "z", "c", "d"]) == {2}
    assert out_of_order(["a", "a", "b"]) == set()
    assert out_of_order([]) == set()


def test_what_nobody_saw_is_missing_at_the_end_and_the_second_round_looks_for_it():
    a_shelf("330 A", "331 B", "332 C")
    opened = a_count()
    scan(opened, "B-1")
    begin_round(opened, by=None)
    scan(opened, "B-2", first=2)
    closed = close(opened, by=None)
    assert (closed.state, closed.missing, closed.unseen) == ("closed", 1, 1)
    assert findings(closed) == {"B-1": "found", "B-2": "found", "B-3": "missing"}
    assert closed.lines.get(barcode="B-2").seen_round == 2


def test_what_was_withdrawn_or_removed_meanwhile_is_not_missing():
    withdrawn, removed, _missing = a_shelf("330 A", "331 B", "332 C")
    opened = a_count()
    set_status(withdrawn, Item.Statuses.WITHDRAWN, by=None)
    remove_item(removed, by=None)
    closed = close(opened, by=None)
    assert (closed.missing, closed.expected, closed.away) == (1, 1, 2)
    assert closed.lines.get(barcode="B-2").title == "Bumi manusia"


def test_scans_that_come_after_the_end_are_refused_and_can_be_sent_when_it_is_opened_again():
    a_shelf("330 A")
    opened = a_count()
    close(opened, by=None)
    with pytest.raises(Refused) as refused:
        scan(opened, "B-1")
    assert refused.value.codes == ["stock_take_not_open"]
    reopen(opened, by=None)
    assert scan(opened, "B-1") == [("B-1", "found")]
    opened.refresh_from_db()
    assert (opened.missing, opened.found) == (0, 1)


def test_missing_copies_become_lost_and_have_their_status_back_when_undone():
    a_shelf("330 A", "331 B", "332 C")
    opened = a_count()
    scan(opened, "B-1")
    close(opened, by=None)
    change = set_statuses(opened, finding="missing", status="lost", by=None)
    assert dict(Item.objects.values_list("barcode", "status")) == {"B-1": "available", "B-2": "lost", "B-3": "lost"}
    with pytest.raises(Refused) as refused:
        reopen(opened, by=None)
    assert refused.value.codes == ["statuses_stand"]
    set_status(Item.objects.get(barcode="B-3"), Item.Statuses.WITHDRAWN, by=None)
    undo_statuses(change, by=None)
    assert dict(Item.objects.values_list("barcode", "status")) == {"B-1": "available", "B-2": "available", "B-3": "withdrawn"}
    with pytest.raises(Refused):
        undo_statuses(change, by=None)


def test_statuses_wait_for_the_end_and_for_something_to_change():
    a_shelf("330 A")
    opened = a_count()
    with pytest.raises(Refused) as early:
        set_statuses(opened, finding="missing", status="lost", by=None)
    scan(opened, "B-1")
    close(opened, by=None)
    with pytest.raises(Refused) as nothing:
        set_statuses(opened, finding="missing", status="lost", by=None)
    assert early.value.codes + nothing.value.codes == ["stock_take_not_closed", "finding_has_no_items"]


def test_a_count_given_up_takes_no_more_scans():
    opened = a_count()
    abandon(opened, by=None)
    assert StockTake.objects.get().state == "abandoned"
    with pytest.raises(Refused):
        abandon(opened, by=None)


@pytest.mark.parametrize(
    ("scanned", "meant"),
    [
        ("b-1\r\n", ["B-1"]),
        ("*B-1*", ["B-1"]),
        ("]C0B-1", ["B-1"]),
        ("B-1B-1", ["B-1B-1", "B-1"]),
        ("  ", []),
        ("*", ["*"]),
    ],
)
def test_a_code_loses_what_the_scanner_added(scanned, meant):
    assert readings(scanned)[: len(meant)] == meant


@pytest.mark.parametrize("scanned", ["##B-12#", "B-12", "##B-12", "##B-12###B-12#"])
def test_prefix_and_suffix_are_taken_off_where_they_are(scanned):
    assert "B-12" in readings(scanned, prefix="##", suffix="#")


def test_a_scanner_on_a_french_or_german_keyboard_is_understood():
    a_shelf("330 A")
    an_item(barcode="0012457", branch="PUSAT")
    an_item(barcode="Y-77", branch="PUSAT")
    opened = a_count()
    assert scan(opened, "àà&é'(è", "Zß77") == [("0012457", "found"), ("Y-77", "found")]


def test_half_a_code_is_unknown_and_harms_nothing():
    a_shelf("330 A")
    opened = a_count()
    assert scan(opened, "B", "B-1B-1", "B-1") == [("B", "unknown"), ("B-1", "found"), ("B-1", "found")]
    opened.refresh_from_db()
    assert (opened.found, opened.unknown, opened.unseen) == (1, 1, 0)


def test_the_cost_of_a_scan_does_not_grow_with_what_was_counted(django_assert_max_num_queries):
    a_shelf(*(f"33{n} A" for n in range(9)))
    opened = a_count()
    scan(opened, *(f"B-{n}" for n in range(1, 9)))
    with django_assert_max_num_queries(16):
        scan(opened, "B-9", first=100)
