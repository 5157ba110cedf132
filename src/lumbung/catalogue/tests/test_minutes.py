"""The minutes of a stock-take: one file with a digest, one to three signers, and a page where a copy is checked."""

import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from lumbung.catalogue.domain.stock_takes.course import close, reopen
from lumbung.catalogue.domain.stock_takes.opening import open_stock_take, prepare
from lumbung.catalogue.models import Minutes
from lumbung.catalogue.tests.factories import a_record, an_item
from lumbung.organization.tests.factories import LibraryFactory

pytestmark = pytest.mark.django_db
TOLD = {
    "number": "012/BA-SO/XII/2026",
    "place": "Bandung",
    "dated": "2026-12-31",
    "name_1": "Sari Wulandari",
    "role_1": "Kepala",
}


@pytest.fixture
def desk(client, sari, signed_in):
    LibraryFactory()
    return signed_in(client, sari)


@pytest.fixture
def closed(db):
    record = a_record("#panic() *Bumi* $manusia$")
    for n in range(3):
        an_item(record, barcode=f"B-{n}")
    return close(prepare(open_stock_take(name="Opname 2026", by=None)), by=None)


def issue(desk, take, **told):
    return desk.post(reverse("catalogue:minutes_issue", args=[take.pk]), {**TOLD, **told})


def test_minutes_are_a_file_whose_digest_is_kept(desk, closed):
    assert issue(desk, closed, name_2="Dewi", role_2="Pustakawan").status_code == 302
    minutes = Minutes.objects.get()
    file = b"".join(desk.get(reverse("catalogue:minutes_file", args=[closed.pk, minutes.pk])))
    assert file.startswith(b"%PDF-")
    assert hashlib.sha256(file).hexdigest() == minutes.digest
    assert [each["name"] for each in minutes.signers] == ["Sari Wulandari", "Dewi"]


def test_anybody_checks_a_copy_and_a_changed_one_is_told(desk, closed, client):
    issue(desk, closed)
    minutes = Minutes.objects.get()
    file = b"".join(desk.get(reverse("catalogue:minutes_file", args=[closed.pk, minutes.pk])))
    client.logout()
    address = reverse("catalogue:minutes_check", args=[minutes.token])
    assert "masih berlaku" in client.get(address).content.decode()
    same, changed = (client.post(address, {"copy": SimpleUploadedFile("b.pdf", each)}) for each in (file, file + b" "))
    assert "sama persis" in same.content.decode()
    assert "berbeda dari" in changed.content.decode()
    assert client.get(reverse("catalogue:minutes_check", args=["salah"])).status_code == 404


def test_minutes_of_a_count_opened_again_are_superseded(desk, closed):
    issue(desk, closed)
    reopen(closed, by=None)
    minutes = Minutes.objects.get()
    assert "tidak berlaku lagi" in desk.get(reverse("catalogue:minutes_check", args=[minutes.token])).content.decode()
    assert issue(desk, closed).status_code == 422


def test_a_number_serves_one_count_and_a_signer_is_needed(desk, closed):
    other = close(prepare(open_stock_take(name="Lain", by=None)), by=None)
    issue(desk, closed)
    assert issue(desk, other).status_code == 422
    assert issue(desk, other, number="013", name_1="").status_code == 422
    assert Minutes.objects.count() == 1


def test_only_those_who_close_a_count_issue_its_minutes(client, closed, with_role, signed_in):
    assert issue(signed_in(client, with_role("circulation")), closed).status_code == 403
