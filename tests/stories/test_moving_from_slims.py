"""A library leaves SLiMS: on the guided page and by command, with proof; and the day after it serves its readers here."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from lumbung.accounts.models import Role
from lumbung.accounts.tests.factories import UserFactory
from lumbung.catalogue.models import Record
from lumbung.circulation.models import Loan
from lumbung.kernel import clock
from lumbung.kernel.jobs.worker import work_off
from lumbung.moving.models import Move
from lumbung.moving.tests.dumps import dump, member
from lumbung.organization.tests.factories import BranchFactory, LibraryFactory
from tests.installation import Installation

FOUND = (
    "from lumbung.organization.domain.branches import add_branch; add_branch(code='PUSAT', name='Perpustakaan Pusat', by=None)"
)
FRIDAY = datetime(2026, 11, 27, 3, 0, tzinfo=UTC)


def moved_in(staff: Client) -> Move:
    """The way of the guided page: choose, rehearse, read, go."""
    form = {"source": "slims", "file": "cadangan.sql", "branch": "PUSAT", "places": "rooms"}
    address = staff.post("/staff/moves/new", form).url
    work_off()
    assert "Uji coba selesai; belum ada yang disimpan" in staff.get(address).content.decode()
    staff.post(f"{address}/go")
    work_off()
    assert "Selesai, dan terbukti" in staff.get(address).content.decode()
    return Move.objects.latest("pk")


@pytest.mark.requirement("R017")
@pytest.mark.django_db
def test_the_head_moves_the_library_in_on_one_page_and_the_desk_takes_back_yesterdays_loan(client: Client):
    LibraryFactory()
    BranchFactory()
    client.force_login(UserFactory(roles=[Role.HEAD, Role.CIRCULATION]))
    old_password = "$2y$04$" + "0" * 53
    text = dump(member=[member("M01", "Ani Lestari", mpasswd=old_password), member("M02", "Budi")])
    with clock.stopped_at(FRIDAY):
        client.post("/staff/moves/upload", {"piece": SimpleUploadedFile("cadangan.sql", text.encode())})
        first = moved_in(client)
        proof = client.get(f"/staff/moves/{first.pk}/proof").content.decode()
        assert "Semua cocok: tidak ada satu baris pun yang hilang tanpa sebab." in proof
        client.post(f"/staff/moves/{first.pk}/undo")
        work_off()
        assert Record.objects.count() == 0
        moved_in(client)
        assert "Bumi manusia" in client.get("/search", {"q": "pramoedya"}).content.decode()
        assert client.get("/index.php?p=show_detail&id=1", follow=True).status_code == 200
        returned = client.delete("/staff/items/B001/loan", follow=True)
        assert returned.status_code == 200
        assert Loan.objects.get(item__barcode="B001").returned_at == FRIDAY


@pytest.mark.requirement("R017")
@pytest.mark.process
def test_an_operator_moves_it_in_by_one_command_and_back_again(installation: Installation, tmp_path: Path):
    file = tmp_path / "cadangan.sql"
    file.write_text(dump(), encoding="utf-8")
    assert installation.run("migrate").returncode == 0
    lost = installation.run("migrate", "slims", str(file))
    assert "Belum ada cabang" in lost.stderr
    assert installation.run("shell", "-c", FOUND).returncode == 0
    rehearsed = installation.run("migrate", "slims", str(file), "--dry-run")
    assert "Belum ada yang disimpan. Pindahkan dengan: lumbung migrate --go 1" in rehearsed.stderr
    moved = installation.run("migrate", "--go", "1")
    assert "Pembuktian: Semua cocok." in moved.stderr, moved.stderr
    undone = installation.run("migrate", "--undo", "1")
    assert "dibatalkan; perpustakaan kembali seperti semula" in undone.stderr
