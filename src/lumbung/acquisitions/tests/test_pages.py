"""The pages of acquisitions: who may see and do what, lists under a fixed number of statements, tables to take along, the letter."""

import csv
import io
from datetime import UTC, datetime

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from lumbung.accounts.models import Role, User
from lumbung.acquisitions.domain.doubles import doubles_of
from lumbung.acquisitions.domain.funds import change_fund
from lumbung.acquisitions.domain.orders import add_line, place_order
from lumbung.acquisitions.domain.processing import tick
from lumbung.acquisitions.domain.receiving import receive
from lumbung.acquisitions.models import Fund, NewCopy, Order, OrderNumbering, PurchaseRequest, Vendor
from lumbung.acquisitions.models.wanted import FACTS
from lumbung.acquisitions.tests.factories import a_draft, a_fund, a_new_copy, a_request, a_vendor, an_accepted_request, an_order
from lumbung.catalogue.domain.records import add_record, set_suppressed
from lumbung.catalogue.models import Item
from lumbung.catalogue.tests.factories import ItemTypeFactory, a_record, marc_of
from lumbung.formats.marc import Field
from lumbung.kernel import clock
from lumbung.members.refusals import NUMBER_MISSING
from lumbung.organization.tests.factories import LibraryFactory

pytestmark = pytest.mark.django_db
ISBN = "9786020633176"


@pytest.fixture
def desk(client, sari, signed_in, pusat):
    LibraryFactory()
    return signed_in(client, sari)


@pytest.fixture
def head(client, with_role, signed_in, pusat):
    LibraryFactory()
    return signed_in(client, with_role(Role.HEAD))


def page(client, name: str, *args: object, **query: str) -> str:
    answer = client.get(reverse(f"acquisitions:{name}", args=args), query)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def act(client, name: str, /, *args: object, status: int = 302, **sent: object):
    answer = client.post(reverse(f"acquisitions:{name}", args=args), sent)
    assert answer.status_code == status, answer.content.decode()[-2000:]
    return answer


def test_staff_see_requests_and_members_are_turned_away(client, sari, ani, signed_in, with_role, pusat):
    LibraryFactory()
    asked = a_request(member=ani)
    assert "Laut bercerita" in page(signed_in(client, sari), "requests")
    for user in (ani.user, with_role(Role.CIRCULATION)):
        answers = [
            signed_in(client, user).get(reverse(f"acquisitions:{name}")).status_code for name in ("requests", "orders", "flow")
        ]
        assert answers == [403] * 3
        assert client.get(reverse("acquisitions:request", args=[asked.pk])).status_code == 403


def test_a_request_is_noted_for_a_member_after_its_doubles_were_shown(desk, ani):
    add_record(marc_of("Laut bercerita", Field("020", subfields=[("a", ISBN)])), by=None)
    sent = {"title": "Laut bercerita", "isbn": ISBN, "copies": 2, "code": "M-ANI", "price_guess": "Rp95.000"}
    first = act(desk, "request_add", status=200, **sent)
    assert "Mungkin sudah ada" in first.content.decode()
    assert not PurchaseRequest.objects.exists()
    act(desk, "request_add", **sent, anyway="1")
    noted = PurchaseRequest.objects.get()
    assert (noted.member, noted.copies, noted.price_guess, noted.noted_by.username) == (ani, 2, 95_000, "sari")
    wrong = act(desk, "request_add", status=422, title="Pulang", copies=1, code="tidak ada")
    assert "Nomor ini tidak dikenal" in wrong.content.decode()


def test_a_request_is_decided_and_the_decision_taken_back(desk, ani):
    asked, fund = a_request(member=ani), a_fund()
    assert "Tidak disetujui" in page(desk, "request", asked.pk)
    act(desk, "refusal", asked.pk, reason="Sudah ada edisi baru")
    asked.refresh_from_db()
    assert (asked.state, asked.reason) == ("declined", "Sudah ada edisi baru")
    act(desk, "acceptance", asked.pk, _method="DELETE")
    act(desk, "acceptance", asked.pk, priority=1, copies=3, fund=fund.pk)
    asked.refresh_from_db()
    assert (asked.state, asked.copies, asked.fund) == ("accepted", 3, fund)
    again = act(desk, "acceptance", asked.pk, status=422, priority=1, copies=3)
    assert "sudah diputuskan" in again.content.decode()


def test_an_order_is_filled_sent_received_and_put_on_the_shelf(desk, sari, ani):
    asked, fund, vendor, kind = an_accepted_request(member=ani), a_fund(), a_vendor(), ItemTypeFactory()
    act(desk, "order_add", vendor=vendor.pk, branch=ani.branch_id)
    order = Order.objects.get()
    price = {"unit_price": "100.000", "discount": 10, "copies": 2, "fund": fund.pk}
    act(desk, "line_add", order.pk, request=asked.pk, **price)
    act(desk, "line_add", order.pk, title="Pulang", **{**price, "copies": 1})
    assert "Judul di luar usulan" in page(desk, "order", order.pk)
    pulang = order.lines.get(title="Pulang")
    act(desk, "line_remove", pulang.pk)
    act(desk, "send", order.pk)
    line = order.lines.get()
    shown = page(desk, "order", order.pk)
    assert "Terima kiriman" in shown
    assert "Rp180.000" in shown
    assert 'value="90000"' in page(desk, "receipt_add", line.pk)
    came = {"item_type": kind.pk, "price_each": "90.000", "invoice": "F-1"}
    act(desk, "receipt_add", line.pk, first_barcode="B-1", count=2, **came)
    assert "0/2" not in page(desk, "order", order.pk)
    act(desk, "receipt_return", line.receipts.get().pk)
    assert not Item.objects.exists()
    act(desk, "receipt_add", line.pk, barcodes="B-1\nB-2\n", **came)
    for step, said in (("catalogued", "Dikatalog"), ("labelled", "Dilabeli"), ("shelved", "Masuk rak")):
        answer = desk.post(reverse("acquisitions:scan"), {"step": step, "code": "B-1"}, headers={"HX-Request": "true"})
        assert f'<b class="num">B-1</b> {said}' in answer.content.decode()
        assert "<html" not in answer.content.decode()
    assert Item.objects.get(barcode="B-1").status == "available"
    again = desk.post(reverse("acquisitions:scan"), {"step": "shelved", "code": "B-1"})
    assert "sudah dicatat" in again.content.decode()
    trace = page(desk, "line", line.pk)
    assert trace.count("Sari Wulandari") >= 6
    assert "Ani" in trace
    of_item = desk.get(reverse("catalogue:item", args=[Item.objects.get(barcode="B-1").pk])).content.decode()
    assert "Jejak pengadaan" in of_item
    assert "Ada di rak" in ani_sees(desk, ani)


def test_a_record_with_the_same_isbn_is_proposed_at_the_receipt(desk):
    owned = add_record(marc_of("Laut bercerita", Field("020", subfields=[("a", ISBN)])), by=None)
    order, kind = a_draft(), ItemTypeFactory()
    price = {"unit_price": 1, "copies": 1, "fund": a_fund().pk}
    act(desk, "line_add", order.pk, title="Laut bercerita", isbn=ISBN, **price)
    act(desk, "send", order.pk)
    line = order.lines.get()
    assert f'<option value="{owned.pk}" selected>' in page(desk, "receipt_add", line.pk)
    act(desk, "receipt_add", line.pk, barcodes="B-1", item_type=kind.pk, price_each=1, record=owned.pk)
    assert owned.items.get().barcode == "B-1"


def test_what_a_line_lacks_is_said_on_the_page_of_the_order(desk):
    order, asked, fund = a_draft(), an_accepted_request(), a_fund()
    wrong = act(desk, "line_add", order.pk, status=422, request=asked.pk, copies=1, unit_price="", fund=fund.pk)
    assert "Bidang ini tidak boleh kosong" in wrong.content.decode().partition('role="alert"')[2]


def ani_sees(client, ani) -> str:
    client.force_login(ani.user)
    return page(client, "own_requests")


def test_a_step_is_taken_back_and_an_order_claimed_and_cancelled(desk, sari):
    copy = tick(a_new_copy(), "catalogued", by=sari)
    act(desk, "step_back", copy.pk)
    copy.refresh_from_db()
    assert copy.catalogued_at is None
    order = an_order(vendor=Vendor.objects.get(), fund=Fund.objects.get())
    act(desk, "claim", order.pk)
    act(desk, "cancel", order.pk, why="Tidak terbit")
    order.refresh_from_db()
    assert (order.claims, order.state, order.why_ended) == (1, "cancelled", "Tidak terbit")


def test_only_the_head_gives_funds_and_lets_them_be_exceeded(desk, head, sari, client, signed_in):
    order = a_draft()
    act(head, "fund_add", name="DIPA", year=2026, amount="100.000", is_active="on")
    fund = Fund.objects.get()
    act(head, "line_add", order.pk, title="Pulang", unit_price="150.000", copies=1, fund=fund.pk)
    act(head, "numbering", pattern="{nomor}/P/{tahun}")
    librarian = signed_in(client, sari)
    assert librarian.get(reverse("acquisitions:fund", args=[fund.pk])).status_code == 403
    assert "kurang Rp50.000" in act(librarian, "send", order.pk, status=422, over_because="Perlu").content.decode()
    leader = signed_in(client, order_leader())
    act(leader, "send", order.pk, over_because="Perlu untuk akreditasi")
    order.refresh_from_db()
    assert order.number.startswith("001/P/")
    act(leader, "fund", fund.pk, name="DIPA buku", year=2026, amount="200.000", is_active="on")
    assert "DIPA buku 2026" in page(leader, "money")


def test_only_the_head_says_why_undoing_a_receipt_may_pass_the_fund(desk, head, sari, client, signed_in):
    fund = a_fund(200_000)
    order = an_order(fund=fund, copies=2)
    came = {"item_type": ItemTypeFactory(), "price_each": 20_000, "by": None}
    receipt = receive(order.lines.get(), ["B-1"], **came)
    change_fund(fund, amount=150_000, by=None)
    librarian = signed_in(client, sari)
    assert 'name="over_because"' not in page(librarian, "order", order.pk)
    address = reverse("acquisitions:receipt_return", args=[receipt.pk])
    librarian.post(address, {"over_because": "Salah faktur"})
    assert Item.objects.filter(barcode="B-1").exists()
    leader = signed_in(client, order_leader())
    assert 'name="over_because"' in page(leader, "order", order.pk)
    act(leader, "receipt_return", receipt.pk, over_because="Salah faktur")
    assert not Item.objects.exists()


def order_leader():
    return User.objects.get(role_grants__role=Role.HEAD)


def test_a_pattern_of_numbers_that_will_not_do_is_answered(head):
    for pattern, reason in (("", "Bidang ini tidak boleh kosong"), ("SP/{tahun}", str(NUMBER_MISSING()))):
        answer = act(head, "numbering", status=422, pattern=pattern).content.decode()
        assert reason in answer.partition('action="/staff/acquisitions/numbering"')[2]
    assert not OrderNumbering.objects.exists()


def test_vendors_are_added_and_changed(desk):
    act(desk, "vendor_add", name="Gramedia", delivery_days=20, is_active="on")
    vendor = Vendor.objects.get()
    act(desk, "vendor", vendor.pk, name="Gramedia Asri", delivery_days=20, is_active="on")
    again = act(desk, "vendor_add", status=422, name="gramedia asri", delivery_days=20)
    assert "sudah ada" in again.content.decode()


def test_lists_leave_as_tables(desk, ani):
    a_request("=SUM(1)", member=ani)
    an_order("Pulang")
    table = desk.get(reverse("acquisitions:requests_csv"))
    rows = list(csv.reader(io.StringIO(b"".join(table.streaming_content).decode("utf-8-sig"))))
    assert (rows[0][0], rows[1][0], rows[1][7]) == ("judul", "'=SUM(1)", "anggota")
    assert "Ani" not in str(rows)
    sheet = load_workbook(io.BytesIO(desk.get(reverse("acquisitions:orders_xlsx")).content)).worksheets[0]
    assert [sheet["F2"].value, sheet["L2"].value] == ["Pulang", "100000"]


def test_tables_tell_the_day_as_the_library_has_it(desk, ani):
    with clock.stopped_at(datetime(2026, 11, 30, 23, 30, tzinfo=UTC)):
        a_request("Pulang", member=ani)
        an_order("Pulang")
    for name, column in (("requests", 8), ("orders", 3)):
        table = desk.get(reverse(f"acquisitions:{name}_csv"))
        row = list(csv.reader(io.StringIO(b"".join(table.streaming_content).decode("utf-8-sig"))))[1]
        sheet = load_workbook(io.BytesIO(desk.get(reverse(f"acquisitions:{name}_xlsx")).content)).worksheets[0]
        assert [row[column], sheet.cell(2, column + 1).value] == ["2026-12-01"] * 2


def test_the_letter_is_a_pdf_for_drafts_too(desk):
    for order in (an_order("Pulang"), a_draft(vendor=a_vendor("Lain"))):
        letter = desk.get(reverse("acquisitions:letter", args=[order.pk]))
        assert (letter["Content-Type"], letter.content[:5]) == ("application/pdf", b"%PDF-")


def test_orders_that_are_late_are_listed(desk):
    order = an_order()
    assert "Tidak ada pesanan yang terlambat" in page(desk, "orders", state="late")
    Order.objects.update(due_on="2020-01-01")
    assert order.number in page(desk, "orders", state="late")


def test_a_trace_says_what_is_late(desk, sari):
    asked, order = an_accepted_request(), a_draft()
    line = add_line(order, request=asked, fund=a_fund(), unit_price=1, copies=2, by=sari)
    place_order(order, by=sari)
    item = receive(line, ["B-1"], item_type=ItemTypeFactory(), by=sari).new_copies.get().item
    addresses = [
        reverse("acquisitions:line", args=[line.pk]),
        reverse("acquisitions:request", args=[asked.pk]),
        reverse("catalogue:item", args=[item.pk]),
    ]
    for due_on, late in ((clock.today(order.branch.zone), False), ("2020-01-01", True)):
        Order.objects.update(due_on=due_on)
        assert ['<span class="tag late">Terlambat' in desk.get(address).content.decode() for address in addresses] == [late] * 3


def test_a_trace_calls_nothing_late_that_came_while_others_of_its_order_are_awaited(desk, sari):
    order, fund = a_draft(), a_fund()
    came, awaited = (add_line(order, facts={"title": title}, fund=fund, unit_price=1, by=sari) for title in ("Pulang", "Pergi"))
    place_order(order, by=sari)
    receive(came, ["B-1"], item_type=ItemTypeFactory(), by=sari)
    Order.objects.update(due_on="2020-01-01")
    told = ['<span class="tag late">Terlambat' in page(desk, "line", each.pk) for each in (came, awaited)]
    assert told == [False, True]


def test_empty_pages_say_what_to_do_next(desk):
    for name, said in (
        ("requests", "Belum ada usulan di sini"),
        ("orders", "Belum ada pesanan di sini"),
        ("processing", "Tidak ada yang menunggu langkah ini"),
        ("money", "Belum ada dana"),
        ("flow", "Rata-rata hari"),
    ):
        assert said in page(desk, name)


def test_a_member_asks_once_and_sees_only_own_requests(client, ani, budi, signed_in, pusat):
    LibraryFactory()
    a_request("Pulang", member=budi)
    hers = signed_in(client, ani.user)
    assert "Belum ada usulan" in page(hers, "own_requests")
    assert 'value="Laut bercerita"' in page(hers, "own_request_add", title="Laut bercerita")
    act(hers, "own_request_add", title="Laut bercerita", copies=1, pickup_branch=ani.branch_id)
    asked = PurchaseRequest.objects.get(member=ani)
    assert (asked.pickup_branch, asked.noted_by) == (ani.branch, None)
    shown = page(hers, "own_requests")
    assert ("Menunggu keputusan" in shown, "Pulang" in shown) == (True, False)
    doubled = act(hers, "own_request_add", status=422, title="laut bercerita", copies=1, anyway="1").content.decode()
    assert "sudah Anda usulkan" in doubled


def test_more_copies_are_asked_for_from_the_page_of_the_title(client, ani, signed_in, pusat):
    LibraryFactory()
    record = a_record("Bumi manusia")
    hers = signed_in(client, ani.user)
    assert f"/my/requests/new?record={record.pk}" in hers.get(f"/records/{record.pk}").content.decode()
    act(hers, "own_request_add", title="Bumi manusia", record=record.pk, copies=3)
    asked = PurchaseRequest.objects.get()
    assert (asked.record, asked.copies) == (record, 3)


def test_a_hidden_title_is_told_to_no_member_and_an_order_nobody_sent_neither(client, ani, signed_in, pusat):
    LibraryFactory()
    hidden = add_record(marc_of("Laut bercerita", Field("020", subfields=[("a", ISBN)])), by=None)
    set_suppressed(hidden, True, by=None)
    draft, fund = a_draft(), a_fund()
    add_line(draft, facts={"title": "Laut bercerita"}, fund=fund, unit_price=1, by=None)
    hers = signed_in(client, ani.user)
    assert "Laut bercerita" not in page(hers, "own_request_add", record=hidden.pk)
    facts = {"title": "Laut bercerita", "isbn": ISBN}
    assert doubles_of({**dict.fromkeys(FACTS, ""), **facts}).records == [hidden]
    act(hers, "own_request_add", **facts, copies=1)
    PurchaseRequest.objects.all().delete()
    place_order(draft, by=None)
    shown = act(hers, "own_request_add", status=200, **facts, copies=1).content.decode()
    assert ("sedang dipesan" in shown, "dalam katalog" in shown) == (True, False)


def test_an_account_without_membership_is_told_where_to_go(client, with_role, signed_in, pusat):
    LibraryFactory()
    stranger = signed_in(client, with_role(Role.MEMBER))
    assert "belum terhubung" in page(stranger, "own_requests")
    assert stranger.get(reverse("acquisitions:own_request_add")).status_code == 302


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_are_read_with_a_fixed_number_of_statements(desk, rows, ani, django_assert_num_queries):
    fund, vendor, kind = a_fund(), a_vendor(), ItemTypeFactory()
    for number in range(rows):
        a_request(f"Judul {number}", member=ani)
        order = an_order(f"Lain {number}", fund=fund, vendor=vendor, copies=1)
        act(desk, "receipt_add", order.lines.get().pk, barcodes=f"B-{number}", item_type=kind.pk, price_each=1)
    assert NewCopy.objects.count() == rows
    for name, statements in (("requests", 6), ("orders", 5), ("processing", 6), ("flow", 15), ("money", 6)):
        page(desk, name)
        with django_assert_num_queries(statements):
            page(desk, name)


def test_a_member_withdraws_an_own_request_after_being_asked_and_staff_see_so(client, ani, budi, sari, signed_in, pusat):
    LibraryFactory()
    asked, decided = a_request(member=ani), an_accepted_request("Pulang", member=ani)
    hers = signed_in(client, ani.user)
    shown = page(hers, "own_requests")
    assert (shown.count("Ya, tarik usulan"), "Anda boleh mengusulkannya kembali" in shown) == (1, True)
    act(signed_in(client, budi.user), "own_request", asked.pk, status=404, _method="DELETE")
    hers = signed_in(client, ani.user)
    refused = act(hers, "own_request", decided.pk, status=409, _method="DELETE").content.decode()
    assert "Usulan ini sudah diputuskan." in refused
    act(hers, "own_request", asked.pk, _method="DELETE")
    shown = page(hers, "own_requests")
    assert ("Usulan ditarik." in shown, "Anda tarik" in shown, "Ya, tarik usulan" in shown) == (True, True, False)
    desk = signed_in(client, sari)
    assert "Laut bercerita" in page(desk, "requests", state="withdrawn")
    shown = page(desk, "request", asked.pk)
    assert ("Ditarik pengusul" in shown, "Ambil kembali keputusan" in shown, "Setujui" in shown) == (True, False, False)
