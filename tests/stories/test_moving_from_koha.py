"""A library of two branches leaves Koha: the head alone, on the guided page; and the day after each branch serves its readers here."""

from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from lumbung.accounts.models import Role
from lumbung.accounts.tests.factories import UserFactory
from lumbung.catalogue.models import Item, Record
from lumbung.circulation.models import Hold, Loan
from lumbung.kernel import clock
from lumbung.kernel.jobs.worker import work_off
from lumbung.members.models import Member
from lumbung.moving.models import Move
from lumbung.moving.tests.test_koha import dump
from lumbung.organization.models import Branch
from lumbung.organization.tests.factories import BranchFactory, LibraryFactory

WEDNESDAY = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)


def moved_in(head: Client) -> str:
    """Choose, rehearse, read, go. Returns the address of the move's page."""
    form = {"source": "koha", "file": "koha.sql", "branch": "PUSAT", "places": "rooms"}
    address = head.post("/staff/moves/new", form).url
    work_off()
    rehearsed = head.get(address).content.decode()
    assert "Uji coba selesai; belum ada yang disimpan" in rehearsed
    assert "Cantuman MARC-nya tidak terbaca." in rehearsed
    assert Record.objects.count() == 0
    head.post(f"{address}/go")
    work_off()
    assert "Selesai, dan terbukti" in head.get(address).content.decode()
    return address


@pytest.mark.requirement("R017", "R312")
@pytest.mark.django_db
def test_the_head_moves_two_branches_in_takes_it_back_moves_again_and_both_branches_serve(client: Client):
    LibraryFactory()
    BranchFactory()
    client.force_login(UserFactory(roles=[Role.HEAD, Role.CIRCULATION]))
    with clock.stopped_at(WEDNESDAY):
        client.post("/staff/moves/upload", {"piece": SimpleUploadedFile("koha.sql", dump().encode())})
        first = moved_in(client)
        proof = client.get(f"{first}/proof").content.decode()
        assert "Semua cocok: tidak ada satu baris pun yang hilang tanpa sebab." in proof
        client.post(f"{first}/undo")
        work_off()
        assert (Record.objects.count(), Member.objects.count(), Branch.objects.count()) == (0, 0, 1)
        moved_in(client)
        assert [(each.barcode, each.branch.code) for each in Item.objects.order_by("barcode")] == [
            ("39999000011", "CPL"),
            ("39999000012", "FPL"),
            ("39999000013", "CPL"),
        ]
        client.post("/staff/desk/branch", {"branch": Branch.objects.get(code="CPL").pk})
        assert client.delete("/staff/items/39999000011/loan", follow=True).status_code == 200
        assert Loan.objects.open().count() == 0
        assert "Laskar pelangi" in client.get("/search", {"q": "andrea hirata"}).content.decode()
        assert client.get("/cgi-bin/koha/opac-detail.pl?biblionumber=1", follow=True).status_code == 200
        too_late = client.get(f"/staff/moves/{Move.objects.latest('pk').pk}/undo").content.decode()
        assert "Perpindahan ini sekarang tidak dapat dibatalkan:" in too_late
        assert Hold.objects.open().count() == 3
