"""Each upload is shown to the virus scanner before it is kept; what is infected or was not scanned is read by nobody."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from lumbung.catalogue.tests.factories import a_record
from lumbung.digital.domain import quarantine, scanning, store
from lumbung.digital.domain.files import add_file
from lumbung.digital.domain.storage_health import scanner_answers
from lumbung.digital.domain.terms import change_terms
from lumbung.digital.models import File, KeptContent, ScanStates, VirusScan
from lumbung.digital.queries import Asker
from lumbung.digital.queries.offered import offered_to
from lumbung.digital.queries.preservation_events import preservation_events
from lumbung.digital.tests.clamav import CLAMD, EICAR, nobody, real_clamd, stand_in
from lumbung.digital.tests.factories import LARGEST, a_pdf
from lumbung.formats import clamd
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.refusals import Refused

pytestmark = pytest.mark.django_db
INFECTED = a_pdf().replace(b"%%EOF", b"% " + EICAR + b"\n%%EOF")
ADDRESS = "/staff/digital/quarantine"


@pytest.fixture
def scanner(settings) -> Iterator[str]:
    with stand_in() as address:
        settings.CLAMD = address
        yield address


@pytest.fixture(params=["real", "stand-in"])
def any_scanner(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "real" and CLAMD is None:
        pytest.skip("no clamd here (Debian: apt install clamav-daemon)")
    with real_clamd(tmp_path / "clam") if request.param == "real" else stand_in() as address:
        yield address


def kept(content: bytes, name: str = "a.pdf") -> File:
    return add_file(a_record(), store.put([content], name=name, largest=LARGEST), name=name, by=None)


def told() -> list[str]:
    return list(JournalEntry.objects.filter(name__startswith="Content").order_by("pk").values_list("name", flat=True))


def test_clamd_itself_and_the_stand_in_say_the_same(any_scanner: str, tmp_path: Path):
    asked = clamd.Scanner(any_scanner, patience=20)
    (tmp_path / "clean").write_bytes(a_pdf())
    (tmp_path / "bad").write_bytes(EICAR)
    (tmp_path / "large").write_bytes(b"x" * (5 << 20))
    assert asked.version().startswith("ClamAV 1.")
    assert asked.scan(tmp_path / "clean").found == ""
    assert asked.scan(tmp_path / "bad").found == "Eicar-Test.UNOFFICIAL"
    with pytest.raises(clamd.Undecided, match="size limit exceeded"):
        asked.scan(tmp_path / "large")


@pytest.mark.parametrize("has_port", [True, False], ids=["port", "socket"])
def test_a_scanner_that_is_away_says_so(has_port: bool, tmp_path: Path):
    address = nobody() if has_port else "/nowhere/clamd.sock"
    (tmp_path / "a").write_bytes(b"x")
    with pytest.raises(clamd.Away):
        clamd.Scanner(address, patience=2).scan(tmp_path / "a")


def test_a_clean_file_comes_in_and_is_asked_about_once(scanner: str, settings):
    file = kept(a_pdf())
    assert (file.is_held, VirusScan.objects.get().state) == (False, ScanStates.CLEAN)
    settings.CLAMD = nobody()
    assert not kept(a_pdf()).is_held


def test_an_infected_upload_is_refused_kindly_and_waits_in_quarantine(scanner: str, signed_in, sari):
    record, client = a_record(), signed_in(Client(), sari)
    upload = SimpleUploadedFile("Skripsi.pdf", INFECTED)
    answer = client.post(f"/staff/records/{record.pk}/files/upload", {"piece": upload}, follow=True)
    assert "Eicar-Test.UNOFFICIAL" in answer.text
    assert "tanpa sepengetahuan pemiliknya" in answer.text
    assert not File.objects.exists()
    assert not store.exists(hashlib.sha256(INFECTED).hexdigest())
    quarantine.work_on_scans()
    quarantine.work_on_scans()
    scan = VirusScan.objects.get()
    assert (scan.state, scan.name, scan.found) == (ScanStates.INFECTED, "Skripsi.pdf", "Eicar-Test.UNOFFICIAL")
    assert (scanning.quarantine() / scan.sha256).read_bytes() == INFECTED
    assert told() == ["ContentQuarantined"]
    assert "Skripsi.pdf" in client.get(ADDRESS).text


def test_while_the_scanner_is_away_files_wait_and_are_opened_when_found_clean(settings, signed_in, sari):
    settings.CLAMD = nobody()
    file = kept(a_pdf())
    assert file.is_held
    for client in (Client(), signed_in(Client(), sari)):
        answer = client.get(f"/files/{file.pk}/content")
        assert answer.status_code == 403
        assert "diperiksa keamanannya" in answer.text
    assert not offered_to(Asker(sari)).exists()
    assert not quarantine.work_on_scans()
    with stand_in() as address:
        settings.CLAMD = address
        VirusScan.objects.update(again_after=file.added_at)
        quarantine.work_on_scans()
    file.refresh_from_db()
    assert (file.is_held, VirusScan.objects.get().state) == (False, ScanStates.CLEAN)
    assert Client().get(f"/files/{file.pk}/content").getvalue() == a_pdf()
    assert told() == ["ContentCleared"]


def test_what_was_let_in_unscanned_is_held_when_something_is_found(settings, signed_in, sari):
    change_terms(scan_policy="let_in", by=None)
    settings.CLAMD = nobody()
    file = kept(INFECTED)
    assert not file.is_held
    with stand_in() as address:
        settings.CLAMD = address
        quarantine.work_on_scans()
    file.refresh_from_db()
    assert file.is_held
    scan = VirusScan.objects.get()
    client = signed_in(Client(), sari)
    refused = client.post(f"{ADDRESS}/{scan.pk}", {"verb": "remove", "because": " "}, follow=True)
    assert "Tuliskan alasannya" in refused.text
    client.post(f"{ADDRESS}/{scan.pk}", {"verb": "remove", "because": "Benar virus"})
    file.refresh_from_db()
    assert "Eicar-Test.UNOFFICIAL" in file.withdrawn_because
    assert told() == ["ContentQuarantined", "ContentRemoved"]


def test_terms_that_change_hold_or_open_what_waits(settings):
    settings.CLAMD = nobody()
    file = kept(a_pdf())
    change_terms(scan_policy="let_in", by=None)
    file.refresh_from_db()
    assert not file.is_held
    change_terms(scan_policy="hold", by=None)
    file.refresh_from_db()
    assert file.is_held


def test_a_false_alarm_is_released_for_good_and_can_be_held_again(scanner: str, sari):
    with pytest.raises(Refused) as refusal:
        kept(INFECTED)
    assert refusal.value.codes == ["infected"]
    quarantine.work_on_scans()
    scan = VirusScan.objects.get()
    quarantine.release(scan, because="Contoh untuk kuliah keamanan", by=sari)
    file = kept(INFECTED)
    assert not file.is_held
    with pytest.raises(Refused):
        quarantine.release(scan, because="lagi", by=sari)
    quarantine.hold_again(scan, because="Keliru melepas", by=sari)
    file.refresh_from_db()
    assert file.is_held
    assert told() == ["ContentQuarantined", "ContentReleased", "ContentQuarantined"]


def test_a_file_larger_than_the_scanner_takes_waits_with_its_reason(scanner: str, signed_in, sari):
    file = kept(b"teks " * (1 << 19), "besar.txt")
    assert file.is_held
    assert "size limit exceeded" in signed_in(Client(), sari).get(ADDRESS).text


def test_without_a_scanner_nothing_is_held_and_the_page_says_so(signed_in, sari, ani):
    assert not kept(a_pdf()).is_held
    assert not VirusScan.objects.exists()
    assert "belum dipasang" in signed_in(Client(), sari).get(ADDRESS).text
    assert signed_in(Client(), ani.user).get(ADDRESS).status_code == 403
    assert signed_in(Client(), ani.user).post(f"{ADDRESS}/1").status_code == 403


def test_the_doctor_tells_of_a_scanner_that_is_away(settings, scanner: str):
    assert list(scanner_answers()) == []
    settings.CLAMD = nobody()
    assert [each.grave for each in scanner_answers()] == [True]


def test_the_scan_is_part_of_what_is_told_of_the_content(scanner: str):
    file = kept(a_pdf())
    content = KeptContent.objects.create(
        sha256=file.sha256, size=file.size, media_type=file.media_type, kept_at=file.added_at, check_after=file.added_at
    )
    (scan,) = [each for each in preservation_events(content) if each.kind == "virus check"]
    assert (scan.good, scan.agent.name) == (True, "ClamAV")
