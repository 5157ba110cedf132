"""A title goes from a member's request to the shelf through four pairs of hands, and everybody can see how far it is."""

from typing import Any

import pytest
from django.core import mail
from django.test import Client

from lumbung.accounts.models import User
from lumbung.acquisitions.models import Fund, Order, PurchaseRequest, Vendor
from lumbung.catalogue.models import Item
from lumbung.catalogue.tests.factories import ItemTypeFactory
from lumbung.circulation.models import Hold
from lumbung.circulation.tests.factories import LoanRuleFactory
from lumbung.kernel.jobs.worker import work_off
from lumbung.members.models import Member
from lumbung.organization.tests.factories import LibraryFactory

pytestmark = pytest.mark.django_db
HOME = "/staff/acquisitions"


def at(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def send(client: Client, address: str, **sent: Any) -> str:
    """What the page says after the form was sent."""
    return str(client.post(address, sent, follow=True).text)


@pytest.mark.requirement("R103")
def test_a_wanted_book_is_selected_ordered_received_processed_and_shelved_with_dates_and_owners(
    ani: Member, budi: Member, sari: User, rina: User, tono: User, ratna: User
) -> None:
    LibraryFactory()
    ani.email = "ani@kampus.example"
    ani.save(update_fields=["email"])
    LoanRuleFactory(category=ani.category)
    hers, librarian, cataloguer, head = at(ani.user), at(sari), at(tono), at(ratna)

    asked = wanted(hers, ani)
    order = selected_and_ordered(asked, ani, head, librarian)
    assert "Sedang dipesan" in hers.get("/my/requests").text

    first = received(order, cataloguer)
    assert "sedang diolah" in hers.get("/my/requests").text
    work_off()
    assert Hold.objects.get().member == ani

    processed_and_shelved(first, cataloguer, librarian)
    work_off()
    told = [str(letter.subject).partition(":")[0] for letter in mail.outbox if "Usulan Anda" in letter.subject]
    assert told == ["Usulan Anda disetujui", "Usulan Anda sudah di rak"]
    assert "Ada di rak" in hers.get("/my/requests").text
    assert "Laut bercerita" not in at(budi.user).get("/my/requests").text

    trace = librarian.get(f"{HOME}/requests/{asked.pk}").text
    for name in ("Ani", ratna.name, sari.name, tono.name, "Disetujui", "faktur F-77"):
        assert name in trace
    assert "Jejak pengadaan" in librarian.get(f"/staff/items/{first.pk}").text
    assert "Rata-rata hari" in head.get(f"{HOME}/flow").text
    assert at(rina).get(f"{HOME}/requests").status_code == 403


def wanted(hers: Client, ani: Member) -> PurchaseRequest:
    """What a search did not find is asked for."""
    work_off()
    nothing = hers.get("/search?q=laut bercerita").text
    assert "/ask?way=purchase&amp;wanted=laut%20bercerita" in nothing
    wish = {"title": "Laut bercerita", "creator": "Leila S. Chudori", "isbn": "978-602-424-694-5", "copies": 2}
    noted = send(hers, "/my/requests/new", why="Skripsi", pickup_branch=ani.branch_id, **wish)
    assert "Usulan Anda dicatat" in noted
    return PurchaseRequest.objects.get()


def selected_and_ordered(asked: PurchaseRequest, ani: Member, head: Client, librarian: Client) -> Order:
    """The head finds the money for it, the librarian a vendor."""
    send(head, f"{HOME}/funds/new", name="DIPA", year=2026, amount="1.000.000", is_active="on")
    send(head, f"{HOME}/requests/{asked.pk}/acceptance", priority=1, copies=2, fund=Fund.objects.get().pk)

    send(librarian, f"{HOME}/vendors/new", name="Toko Buku Togamas", delivery_days=14, is_active="on")
    send(librarian, f"{HOME}/orders/new", vendor=Vendor.objects.get().pk, branch=ani.branch_id)
    order = Order.objects.get()
    price = {"unit_price": "120.000", "discount": 10, "copies": 2, "fund": Fund.objects.get().pk}
    send(librarian, f"{HOME}/orders/{order.pk}/lines", request=asked.pk, **price)
    assert "dikirim. Cetak suratnya" in send(librarian, f"{HOME}/orders/{order.pk}/sending")
    assert librarian.get(f"{HOME}/orders/{order.pk}/letter.pdf").content.startswith(b"%PDF")
    return order


def received(order: Order, cataloguer: Client) -> Item:
    """Two copies come; the first of them."""
    came = {
        "first_barcode": "B0001", "count": 2, "item_type": ItemTypeFactory().pk, "price_each": "108.000", "invoice": "F-77"
    }  # fmt: skip
    assert "2 eksemplar diterima" in send(cataloguer, f"{HOME}/lines/{order.lines.get().pk}/receipts", **came)
    first = Item.objects.get(barcode="B0001")
    assert (first.status, first.price, first.vendor, bool(first.accession_number)) == (
        "in_process",
        108_000,
        "Toko Buku Togamas",
        True,
    )
    fund = Fund.objects.get()
    assert (fund.committed, fund.spent) == (0, 216_000)
    return first


def processed_and_shelved(first: Item, cataloguer: Client, librarian: Client) -> None:
    """The first copy goes its way by scans; the second still waits."""
    for step, client in (("catalogued", cataloguer), ("labelled", cataloguer), ("shelved", librarian)):
        assert '<b class="num">B0001</b>' in send(client, f"{HOME}/processing/scans", step=step, code="B0001")
    first.refresh_from_db()
    assert first.status == "available"
    assert "B0002" in librarian.get(f"{HOME}/processing").text


@pytest.mark.requirement("R310")
def test_a_title_on_order_is_not_ordered_a_second_time_by_mistake(ani: Member, sari: User, ratna: User) -> None:
    LibraryFactory()
    librarian, head = at(sari), at(ratna)
    send(head, f"{HOME}/funds/new", name="DIPA", year=2026, amount="1.000.000", is_active="on")
    send(librarian, f"{HOME}/vendors/new", name="Toko Buku Togamas", delivery_days=14, is_active="on")
    wish = {"title": "Laut bercerita", "isbn": "978-602-424-694-5", "unit_price": "120.000", "copies": 1}
    wish["fund"] = Fund.objects.get().pk
    orders = []
    for _ in range(2):
        send(librarian, f"{HOME}/orders/new", vendor=Vendor.objects.get().pk, branch=ani.branch_id)
        orders.append(Order.objects.order_by("-pk")[0].pk)
    assert "masuk ke pesanan" in send(librarian, f"{HOME}/orders/{orders[0]}/lines", **wish)
    stopped = send(librarian, f"{HOME}/orders/{orders[1]}/lines", **{**wish, "title": "LAUT BERCERITA", "isbn": "6024246943"})
    assert "ISBN ini sudah ada pada pesanan" in stopped
    assert "Tetap pesan, walau ISBN-nya sudah dipesan" in stopped
    assert "masuk ke pesanan" in send(librarian, f"{HOME}/orders/{orders[1]}/lines", **wish, again="on")
