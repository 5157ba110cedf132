"""The page that carries the whole library out: asked for, made in the background, fetched once its maker is known, forgotten."""

import json
import zipfile
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse

from lumbung.accounts.models import Role
from lumbung.digital.domain import store
from lumbung.digital.tests.factories import a_file
from lumbung.kernel import clock
from lumbung.kernel.jobs.worker import work_off
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.tests.race import race
from lumbung.moving.domain import packing
from lumbung.moving.domain.departures import ask_for_package, forget_packages
from lumbung.moving.models import Departure
from lumbung.moving.tests.dumps import dump


@pytest.fixture
def admin(client, with_role, signed_in, house):
    return signed_in(client, with_role(Role.ADMIN))


@pytest.mark.parametrize("role", [Role.MEMBER, Role.CIRCULATION, Role.LIBRARIAN, Role.CATALOGUER, Role.HEAD])
def test_only_the_administrator_carries_a_library_out(client, with_role, signed_in, house, role):
    signed_in(client, with_role(role))
    made = Departure.objects.create(created_at=clock.now())
    for name, arguments in (("departures", []), ("departure", [made.pk]), ("package", [made.pk])):
        assert client.get(reverse(f"moving:{name}", args=arguments)).status_code == 403
    assert client.post(reverse("moving:departures")).status_code == 403
    assert Departure.objects.count() == 1


def test_a_package_is_made_in_the_background_and_fetched(admin, moved):
    moved(dump())
    address = admin.post(reverse("moving:departures"))["Location"]
    assert 'hx-trigger="every 2s"' in admin.get(address).content.decode()
    work_off()
    departure = Departure.objects.get()
    page = admin.get(address, headers={"HX-Request": "true"}).content.decode()
    assert (departure.state, departure.done, "<h1>" in page) == ("finished", departure.total, False)
    answer = admin.get(reverse("moving:package", args=[departure.pk]))
    with zipfile.ZipFile(BytesIO(b"".join(answer))) as packed:
        manifest = json.loads(packed.read("backup.json"))
        assert set(packed.namelist()) == {"backup.json", *manifest["files"]}
        assert (manifest["engine"], manifest["rows"]["circulation_loan"]) == ("rows", 2)
        assert "moving_departure" not in manifest["rows"]
    told = JournalEntry.objects.filter(name__in=["DepartureAsked", "LibraryPacked", "PackageTaken"]).order_by("pk")
    assert [each.name for each in told] == ["DepartureAsked", "LibraryPacked", "PackageTaken"]
    assert {str(each.actor_id) for each in told} == {admin.session["_auth_user_id"]}


def test_one_package_is_made_at_a_time(admin):
    admin.post(reverse("moving:departures"))
    refused = admin.post(reverse("moving:departures"))
    assert refused.status_code == 409
    assert "masih dibuat. Tunggu sampai selesai." in refused.content.decode()
    assert Departure.objects.count() == 1


def test_a_full_disk_is_told_and_leaves_nothing_behind(admin, monkeypatch, settings):
    def full(target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(packing, "_copy_files", full)
    address = admin.post(reverse("moving:departures"))["Location"]
    work_off()
    page = admin.get(address).content.decode()
    assert "Paketnya tidak jadi dibuat." in page
    assert "disknya penuh" in page
    assert not list(Path(settings.DATA).glob(".unpacked-*"))


def test_packages_are_forgotten_after_a_week_and_that_is_said(admin):
    address = admin.post(reverse("moving:departures"))["Location"]
    work_off()
    departure = Departure.objects.get()
    with clock.stopped_at(clock.now() + timedelta(days=8)):
        forget_packages()
    assert not default_storage.exists(departure.stored_file)
    assert "sudah dihapus sesudah tujuh hari" in admin.get(address).content.decode()
    assert admin.get(reverse("moving:package", args=[departure.pk])).status_code == 404


def test_the_list_asks_the_same_number_of_questions_for_one_package_and_three(admin, django_assert_max_num_queries):
    for _ in range(3):
        Departure.objects.create(created_at=clock.now(), state="finished")
        with django_assert_max_num_queries(11):
            admin.get(reverse("moving:departures"))


def test_digital_files_that_lie_elsewhere_come_along_as_the_objects_they_are(house, settings, tmp_path):
    settings.FILES_URL = str(tmp_path / "elsewhere")
    content = a_file(content=b"%PDF-1.4 isi", name="skripsi.pdf")
    package, manifest = packing.pack(tmp_path / "packages")
    (kept,) = [name for name in manifest.files if content.sha256 in name and "/content/" in name]
    assert (package / kept).read_bytes() == b"%PDF-1.4 isi"
    store.remove(content.sha256)
    with pytest.raises(OSError, match=content.sha256):
        packing.pack(tmp_path / "packages")


@pytest.mark.django_db(transaction=True)
def test_of_two_who_ask_for_a_package_at_once_one_gets_it(sari, house):
    won, refused = race(lambda: ask_for_package(by=sari), lambda: ask_for_package(by=sari))
    assert (len(won), refused, Departure.objects.count()) == (1, [["departure_under_way"]], 1)
