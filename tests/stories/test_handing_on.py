"""Between libraries: ours is harvested, a digital library beside it comes in and is followed, and two nodes speak with each other."""

from typing import Any

import pytest
from django.test import Client

from lumbung.catalogue.domain.records import add_record
from lumbung.catalogue.models import Record
from lumbung.catalogue.tests.factories import a_record
from lumbung.cooperation.domain.sources.course import harvest_every_night
from lumbung.cooperation.models import Source
from lumbung.cooperation.tests.asking import asked, number, statuses, texts, thesis_marc
from lumbung.cooperation.tests.repository import Repository, a_dc, a_tombstone, repository
from lumbung.formats.marc.lines import to_lines
from lumbung.kernel.jobs.worker import work_off
from lumbung.kernel.remembered import forget_everything
from lumbung.organization.domain import library
from lumbung.organization.domain.studies import add_programme

__all__ = ["repository"]


@pytest.fixture
def desk(sari: Any, signed_in: Any) -> Client:
    """Sari at her desk."""
    library.set_up(name="Perpustakaan Nusa", by=None)
    return signed_in(Client(), sari)


@pytest.mark.requirement("R017")
@pytest.mark.requirement("R361")
@pytest.mark.django_db
def test_a_digital_library_beside_ours_comes_in_is_marked_and_is_followed(desk: Client, repository: Repository) -> None:
    told = {"name": "Repo Fakultas", "address": repository.address, "prefix": "oai_dc", "set_name": "", "switched_on": "on"}
    page = desk.post("/staff/sources/new", told)["Location"]
    repository.pages = [a_dc(1, "Gerabah Kasongan") + a_dc(2, "Batik Lasem") + a_dc(3, "Tenun Sumba")]
    desk.post(f"{page}/harvest")
    work_off()
    assert "3" in desk.get(page).content.decode()

    reader = Client()
    found = reader.get("/search?q=gerabah+kasongan").content.decode()
    record = Record.objects.get(title="Gerabah Kasongan")
    assert f"/records/{record.pk}" in found
    shown = reader.get(f"/records/{record.pk}").content.decode()
    assert "Buka di Repo Fakultas" in shown
    assert 'href="https://repo.example/1"' in shown
    assert "Dipanen dari Repo Fakultas" in shown

    repository.date = "2026-03-02T10:00:00Z"
    repository.pages = [a_tombstone(1) + a_dc(2, "Batik Lasem dan pesisir")]
    assert harvest_every_night() == 1
    work_off()
    assert repository.asked[-1]["from"] == "2026-03-01T10:00:00Z"
    assert reader.get(f"/records/{record.pk}").status_code == 410
    assert sorted(Record.objects.values_list("title", flat=True)) == ["Batik Lasem dan pesisir", "Tenun Sumba"]

    desk.post(f"{page}/undo")
    assert not Record.objects.exists()


@pytest.mark.requirement("R361")
@pytest.mark.django_db
def test_a_thesis_is_made_ready_for_rama_is_harvested_and_its_going_is_told(desk: Client) -> None:
    add_programme(code="55201", name="Teknik Informatika", level="S1", by=None)
    thesis = add_record(thesis_marc("Model antrean", complete=False), by=None)
    work_off()
    listed = desk.get("/staff/readiness/rama").content.decode()
    assert ["Model antrean" in listed, "NIM penulis" in listed] == [True, True]

    lines = to_lines(thesis_marc("Model antrean"))
    assert desk.post(f"/staff/records/{thesis.pk}/marc", {"lines": lines, "version": "1"}).status_code == 302
    work_off()
    assert "Tidak ada yang kurang di sini" in desk.get("/staff/readiness/rama").content.decode()

    taken = asked("/cgi/oai2", verb="ListRecords", metadataPrefix="rama", set="type:thesis")
    assert texts(taken, "creator") == ["Siti Aminah, NIM1301200045"]
    assert texts(taken, "contributor") == ["Raharjo, Budi, NIDN0012048501"]
    assert "KODEPRODI55201" in texts(taken, "description")

    desk.post(f"/staff/records/{thesis.pk}/visibility", {"suppressed": "1"})
    work_off()
    gone = asked(verb="GetRecord", identifier=number(thesis), metadataPrefix="rama")
    assert statuses(gone) == {str(thesis.pk): "deleted"}
    assert "set=type:thesis" in desk.get("/staff/harvest").content.decode()


@pytest.mark.requirement("R289", missing="one search over several nodes; interlibrary loan over ISO 18626")
@pytest.mark.django_db(transaction=True)
def test_two_nodes_hand_their_records_to_each_other(sari: Any, signed_in: Any, live_server: Any, settings: Any) -> None:
    settings.INTERNAL_TARGETS = ["127.0.0.0/8"]
    library.set_up(name="Perpustakaan Nusa", by=None)
    desk = signed_in(Client(), sari)
    record = a_record("Gerabah Kasongan")
    work_off()
    forget_everything()
    told = {"name": "Node Timur", "address": f"{live_server.url}/oai", "prefix": "marc21", "set_name": "", "switched_on": "on"}
    desk.post("/staff/sources/new", told)
    desk.post(f"/staff/sources/{Source.objects.get().pk}/harvest")
    work_off()
    copy = Record.objects.exclude(pk=record.pk).get()
    assert (copy.title, copy.marc_record.first("856").get("u")) == (
        "Gerabah Kasongan",
        f"{live_server.url}/records/{record.pk}",
    )
    assert statuses(asked(verb="ListIdentifiers", metadataPrefix="oai_dc")) == {str(record.pk): None}
