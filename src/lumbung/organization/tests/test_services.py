"""The catalogue of services: each has a way in from anywhere or says why not, and says when it is not to be had."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from lumbung.kernel.jobs.worker import work_off
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.refusals import Refused
from lumbung.organization.domain.services import add_service, change_service, create_default_services, remove_service, set_state
from lumbung.organization.finding import find_services
from lumbung.organization.models import Offering
from lumbung.organization.tests.factories import LibraryFactory

pytestmark = pytest.mark.django_db
LENDING = {"name": "Peminjaman", "kind": "lending", "summary": "Pinjam buku.", "online_way": "/search"}


def test_every_kind_of_dissemination_has_a_service_from_the_first_day(sari):
    create_default_services(by=sari)
    assert len(create_default_services(by=sari)) == Offering.objects.count() == 12
    assert set(Offering.objects.values_list("kind", flat=True)) == {"lending", "reference", "guidance", "promotion", "other"}
    for service in Offering.objects.all():
        assert service.online_way or service.by_contact or service.desk_only_reason


def test_the_pages_the_usual_services_lead_to_are_there(client, sari, ani, signed_in):
    LibraryFactory()
    create_default_services(by=sari)
    work_off()  # the index, without which searching is away
    reader = signed_in(client, ani.user)
    ways = Offering.objects.exclude(online_way="").values_list("online_way", flat=True)
    assert {way: reader.get(way).status_code for way in ways} == dict.fromkeys(ways, 200)


def test_a_service_for_the_desk_alone_must_say_why(sari):
    with pytest.raises(Refused) as refused:
        add_service(name=" ", kind="other", summary="", by=sari)
    assert refused.value.codes == ["name_empty", "service_summary_empty", "service_desk_only"]
    service = add_service(name="Loker", kind="other", summary="Simpan tas.", desk_only_reason="Loker ada di gedung.", by=sari)
    with pytest.raises(Refused):
        change_service(service, desk_only_reason="", by=sari)
    with pytest.raises(IntegrityError), transaction.atomic():
        Offering.objects.filter(pk=service.pk).update(desk_only_reason="")


@pytest.mark.parametrize(
    "way", ["javascript:alert(1)", "//evil.example", "/\\evil.example", "http://plain.example", "/a b", "my"]
)
def test_a_way_that_is_no_safe_address_is_refused(sari, way):
    with pytest.raises(Refused) as refused:
        add_service(**{**LENDING, "online_way": way}, by=sari)
    assert refused.value.codes == ["service_way_unsafe"]


def test_a_name_is_used_once(sari):
    add_service(**LENDING, by=sari)
    with pytest.raises(Refused) as refused:
        add_service(**{**LENDING, "name": "PEMINJAMAN"}, by=sari)
    assert refused.value.codes == ["service_name_taken"]


def test_a_service_that_is_not_open_says_why_and_forgets_it_when_it_opens(sari):
    service = add_service(**LENDING, by=sari)
    with pytest.raises(Refused) as refused:
        set_state(service, "closed", note=" ", by=sari)
    assert refused.value.codes == ["service_state_unexplained"]
    limited = set_state(service, "limited", note="Hanya lewat loker.", by=sari)
    assert (limited.state, limited.state_note) == ("limited", "Hanya lewat loker.")
    opened = set_state(service, "open", note="abaikan", by=sari)
    assert (opened.state, opened.state_note) == ("open", "")


def test_everybody_sees_the_services_and_their_state_and_not_the_hidden_ones(client, sari):
    LibraryFactory(email="halo@nusa.example")
    create_default_services(by=sari)
    service = Offering.objects.get(name="Peminjaman dan pengembalian")
    set_state(service, "closed", note="Tutup sampai 12 Januari.", by=sari)
    change_service(Offering.objects.get(name="Membaca di tempat"), is_published=False, by=sari)
    page = client.get(reverse("organization:services")).content.decode()
    assert ("Tutup sampai 12 Januari." in page, "mailto:halo@nusa.example" in page, "Membaca di tempat" in page) == (
        True,
        True,
        False,
    )


def test_the_page_takes_the_same_statements_for_one_and_many(client, sari, django_assert_num_queries):
    LibraryFactory()
    add_service(**LENDING, by=sari)
    client.get(reverse("organization:services"))
    with django_assert_num_queries(0):
        client.get(reverse("organization:services"))
    for name in ("Dua", "Tiga"):
        add_service(**{**LENDING, "name": name}, by=sari)
    with django_assert_num_queries(1):
        client.get(reverse("organization:services"))


def test_the_search_box_finds_services_by_their_words(sari):
    create_default_services(by=sari)
    assert [hit.title for hit in find_services("perpanjang pinjaman", 5)] == ["Perpanjangan pinjaman"]
    assert len(find_services("layanan", 50)) == 12
    assert find_services("", 5) == find_services("zzz", 5) == []
    assert find_services("C++", 5) == find_services("R&D", 5) == []


def test_a_librarian_keeps_the_catalogue_of_services_and_others_do_not(client, sari, ani, with_role, signed_in):
    LibraryFactory()
    upkeep = reverse("organization:services_upkeep")
    for user in (ani.user, with_role("circulation"), with_role("cataloguer")):
        assert signed_in(client, user).get(upkeep).status_code == 403
    desk = signed_in(client, sari)
    assert "Mulai dengan layanan yang lazim" in desk.get(upkeep).content.decode()
    desk.post(reverse("organization:services_usual"))
    desk.post(reverse("organization:service_add"), {**LENDING, "position": 0, "is_published": "on"})
    service = Offering.objects.get(name="Peminjaman")
    assert desk.post(reverse("organization:service_state", args=[service.pk]), {"state": "closed"}).status_code == 422
    desk.post(reverse("organization:service_state", args=[service.pk]), {"state": "limited", "note": "Sampai pukul 12."})
    desk.post(reverse("organization:service", args=[service.pk]), {**LENDING, "name": "Pinjam", "position": 3})
    service.refresh_from_db()
    assert (service.name, service.state, service.is_published) == ("Pinjam", "limited", False)
    assert desk.get(upkeep).status_code == 200
    asking = desk.get(reverse("organization:service", args=[service.pk])).content.decode()
    assert asking.index("Hapus layanan ini") < asking.index("Ya, hapus"), "it asks first"
    desk.post(reverse("organization:service_remove", args=[service.pk]))
    assert Offering.objects.count() == 12


def test_removing_a_service_is_written_in_the_journal(sari):
    service = add_service(**LENDING, by=sari)
    key = service.pk
    remove_service(service, by=sari)
    assert JournalEntry.objects.get(name="ServiceRemoved").data == {"service": key}
