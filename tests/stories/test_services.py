"""What the library does for people, from anywhere: each service has its way in, and says when it is not to be had."""

import re
from typing import Any

import pytest
from django.test import Client

from lumbung.kernel.jobs.worker import work_off
from lumbung.members.models import Member
from lumbung.organization.domain.services import create_default_services
from lumbung.organization.models import Offering
from lumbung.organization.tests.factories import LibraryFactory


@pytest.mark.requirement("R321")
@pytest.mark.requirement("R015")
@pytest.mark.django_db
def test_the_four_disseminating_services_stand_in_one_list_each_with_its_way_from_home(
    client: Client, sari: Any, ani: Member, signed_in: Any
) -> None:
    LibraryFactory(email="perpustakaan@nusa.example", whatsapp="+62 812 0000 1111")
    create_default_services(by=sari)
    work_off()

    page = client.get("/services").content.decode()
    for kind in ("Sirkulasi", "Rujukan dan informasi umum", "Bimbingan pemustaka", "Promosi"):
        assert f">{kind}</h2>" in page
    assert "https://wa.me/6281200001111" in page
    assert "Hanya di tempat: Ruang baca ada di gedung." in re.sub(r"<[^>]+>", "", page)

    reader = signed_in(Client(), ani.user)
    ways = set(re.findall(r'href="(/[a-z/]+)">Buka layanan', page))
    assert ways == {
        "/search",
        "/my",
        "/courses",
        "/help",
        "/browse/new",
        "/my/searches",
        "/my/clearance",
        "/join",
        "/my/appointments/class",
    }
    assert {reader.get(way).status_code for way in ways} == {200}
    assert "Perpanjangan pinjaman" in client.get("/search", {"q": "perpanjang"}).content.decode()


@pytest.mark.requirement("R015")
@pytest.mark.django_db
def test_what_is_done_at_the_desk_can_be_begun_from_home_and_nothing_is_for_the_desk_alone_without_a_reason(
    client: Client, sari: Any, ani: Member, signed_in: Any
) -> None:
    LibraryFactory(email="perpustakaan@nusa.example")
    desk, reader = signed_in(Client(), sari), signed_in(Client(), ani.user)
    desk.post("/staff/organization/services/usual")
    work_off()
    twins = {
        "Menjadi anggota": "/join", "Peminjaman dan pengembalian": "/search", "Perpanjangan pinjaman": "/my",
        "Surat bebas pustaka": "/my/clearance", "Rujukan untuk kuliah": "/courses",
        "Kelas literasi informasi": "/my/appointments/class",
    }  # fmt: skip
    told = dict(Offering.objects.filter(name__in=twins).values_list("name", "online_way"))
    assert told == twins
    page = client.get("/services").content.decode()
    for name, way in twins.items():
        assert (name in page, f'href="{way}"' in page, reader.get(way).status_code) == (True, True, 200)

    given = {"name": "Loker", "kind": "other", "summary": "Simpan tas.", "position": 0, "is_published": "on"}
    refused = desk.post("/staff/organization/services/new", given)
    assert (refused.status_code, Offering.objects.filter(name="Loker").exists()) == (422, False)
    desk.post("/staff/organization/services/new", {**given, "desk_only_reason": "Loker ada di gedung."})
    page = re.sub(r"<[^>]+>", "", client.get("/services").content.decode())
    assert page.count("Hanya di tempat:") == Offering.objects.filter(online_way="", by_contact=False).count() == 2


@pytest.mark.requirement("R413")
@pytest.mark.django_db
def test_in_a_crisis_each_service_says_whether_it_is_open_and_what_is_still_to_be_had(
    client: Client, sari: Any, signed_in: Any
) -> None:
    LibraryFactory()
    create_default_services(by=sari)
    reading = Offering.objects.get(name="Membaca di tempat")

    desk = signed_in(Client(), sari)
    desk.post(
        f"/staff/organization/services/{reading.pk}/state", {"state": "closed", "note": "Ruang baca tutup karena abu vulkanik."}
    )
    page = client.get("/services").content.decode()
    assert "Ruang baca tutup karena abu vulkanik." in page
    assert page.count('<span class="tag ok">Buka</span>') == 11

    desk.post(f"/staff/organization/services/{reading.pk}/state", {"state": "open", "note": ""})
    assert "abu vulkanik" not in client.get("/services").content.decode()
