"""What is kept is scanned again when the scanner knows more: at night, a stretch at a time, from the place that was reached."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.test import Client

from lumbung.catalogue.tests.factories import a_record
from lumbung.digital.domain import fixity, quarantine, rescanning, store
from lumbung.digital.domain.files import add_file
from lumbung.digital.domain.rescanning import begin_to_scan_again, scan_again
from lumbung.digital.models import File, KeptContent, ScanRound, ScanStates, VirusScan
from lumbung.digital.queries.preservation_events import preservation_events
from lumbung.digital.tests.clamav import Signatures, nobody, stand_in
from lumbung.digital.tests.factories import LARGEST
from lumbung.formats import clamd
from lumbung.kernel import clock
from lumbung.kernel.jobs.worker import work_off
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.refusals import Refused

pytestmark = pytest.mark.django_db
DAY = datetime(2026, 5, 1, 20, tzinfo=UTC)
NIGHT = datetime(2026, 5, 2, 1, 30, tzinfo=UTC)
SIGN = b"tanda yang belum dikenal"


@pytest.fixture
def known(settings) -> Iterator[Signatures]:
    signatures = Signatures()
    with stand_in(signatures) as address:
        settings.CLAMD = address
        yield signatures


def kept(text: bytes, name: str = "a.txt") -> File:
    with clock.stopped_at(DAY):
        file = add_file(a_record(), store.put([text], name=name, largest=LARGEST), name=name, by=None)
        fixity.register([file.pk])
    return file


def learnt(signatures: Signatures) -> None:
    signatures.number += 1
    signatures.known[SIGN] = "Baru.UNOFFICIAL"


def at_night(*, nights: int = 0) -> bool:
    """Begin the night's share and do all of it; whether there was a round."""
    with clock.stopped_at(NIGHT + timedelta(days=nights)):
        begun = begin_to_scan_again()
        while scan_again():
            pass
    return begun


def told() -> list[str]:
    return list(JournalEntry.objects.filter(name__startswith="Content").order_by("pk").values_list("name", flat=True))


def test_what_new_signatures_know_is_held_as_at_upload_and_told_in_premis(known: Signatures, signed_in, sari):
    bad, good = kept(b"isi dengan " + SIGN), kept(b"isi lain", "b.txt")
    learnt(known)
    assert at_night()
    bad.refresh_from_db()
    good.refresh_from_db()
    assert (bad.is_held, good.is_held) == (True, False)
    assert Client().get(f"/files/{bad.pk}/content").status_code == 403
    assert VirusScan.objects.get(sha256=bad.sha256).state == ScanStates.INFECTED
    assert told() == ["ContentQuarantined", "ContentsScannedAgain"]
    assert JournalEntry.objects.get(name="ContentsScannedAgain").data == {
        "tool": "ClamAV 1.4.6/27001/Mon Nov 30 2026", "seen": 2, "found": 1, "undecided": 0,
    }  # fmt: skip
    events = {
        file: [
            (each.kind, each.good, each.note, each.agent.version.split("/")[1] if each.agent.name == "ClamAV" else "")
            for each in preservation_events(KeptContent.objects.get(sha256=file.sha256))
            if each.kind in {"virus check", "quarantine"}
        ]
        for file in (bad, good)
    }
    assert events[bad] == [
        ("virus check", True, "", "27000"), ("virus check", False, "Baru.UNOFFICIAL", "27001"), ("quarantine", True, "", ""),
    ]  # fmt: skip
    assert events[good] == [("virus check", True, "", "27000"), ("virus check", True, "", "27001")]
    page = signed_in(Client(), sari).get("/staff/digital/quarantine").text
    assert "2 berkas yang sudah tersimpan dipindai lagi" in page
    assert "1 di antaranya dikarantina" in page
    assert page.count("ClamAV 1.4.6/27001/") == 2, "of the scanner, and of what was found"
    quarantine.release(VirusScan.objects.get(sha256=bad.sha256), because="Contoh untuk kuliah", by=sari)
    learnt(known)
    at_night(nights=1)
    bad.refresh_from_db()
    assert not bad.is_held


def test_what_was_found_stands_beside_the_content_too(known: Signatures):
    file = kept(SIGN)
    learnt(known)
    at_night()
    work_off()
    [place] = fixity.places_of(KeptContent.objects.get())
    assert b"Baru.UNOFFICIAL" in place.said(file.sha256, "logs/premis.xml")


def test_with_the_same_signatures_nothing_is_scanned_again(known: Signatures):
    kept(b"isi")
    learnt(known)
    assert at_night()
    assert not at_night(nights=1)
    assert VirusScan.objects.get().rescanned_at == NIGHT


def test_a_night_ends_and_the_next_goes_on_from_the_place_that_was_reached(known: Signatures, monkeypatch):
    monkeypatch.setattr(rescanning, "AT_ONCE", 2)
    files = [kept(f"isi {at}".encode(), f"{at}.txt") for at in range(5)]
    learnt(known)
    with clock.stopped_at(NIGHT):
        begin_to_scan_again()
        assert scan_again()
        assert rescanning.is_scanning_again()
    with clock.stopped_at(NIGHT + rescanning.SHARE):
        assert not rescanning.is_scanning_again()
        assert not scan_again()
    reached = ScanRound.objects.get()
    assert (reached.place, reached.seen, reached.finished_at) == (KeptContent.objects.get(sha256=files[1].sha256).pk, 2, None)
    known.number += 1
    at_night(nights=1)
    done = ScanRound.objects.get()
    assert (done.seen, done.finished_at) == (5, NIGHT + timedelta(days=1))
    with_which = VirusScan.objects.order_by("pk").values_list("rescanned_with", flat=True)
    assert [each.split("/")[1] for each in with_which] == ["27001", "27001", "27002", "27002", "27002"]
    assert at_night(nights=2), "the signatures that came meanwhile have a round of their own"


def test_what_came_before_there_was_a_scanner_is_scanned_with_the_rest(settings):
    file = kept(b"isi dengan " + SIGN)
    assert not begin_to_scan_again()
    signatures = Signatures()
    learnt(signatures)
    with stand_in(signatures) as address:
        settings.CLAMD = address
        at_night()
    file.refresh_from_db()
    scan = VirusScan.objects.get()
    assert (file.is_held, scan.state, scan.scanned_at, scan.rescanned_at) == (True, ScanStates.INFECTED, NIGHT, None)


def test_a_scanner_that_goes_away_ends_the_night_and_nothing_is_passed_over(known: Signatures, settings):
    file, address = kept(SIGN), settings.CLAMD
    learnt(known)
    with clock.stopped_at(NIGHT):
        begin_to_scan_again()
        settings.CLAMD = nobody()
        assert not scan_again()
        settings.CLAMD = address
        assert not scan_again()
    assert (ScanRound.objects.get().place, VirusScan.objects.get().state) == (0, ScanStates.CLEAN)
    at_night(nights=1)
    file.refresh_from_db()
    assert file.is_held


def test_one_content_over_which_the_scanner_stumbles_is_counted_and_the_others_are_scanned(known: Signatures):
    heavy, bad = kept(b"arsip yang berat"), kept(SIGN, "b.txt")
    learnt(known)
    known.stumbles_over = b"berat"
    at_night()
    row = ScanRound.objects.get()
    assert (row.seen, row.found, row.undecided, row.finished_at) == (2, 1, 1, NIGHT)
    assert dict(VirusScan.objects.values_list("sha256", "state")) == {heavy.sha256: "clean", bad.sha256: "infected"}


def test_a_content_over_which_the_scanner_dies_is_tried_twice_then_told_and_the_others_are_scanned(
    known: Signatures, signed_in, sari
):
    deadly, bad = kept(b"arsip yang mematikan", "maut.txt"), kept(SIGN, "b.txt")
    learnt(known)
    known.falls_over = b"mematikan"
    at_night()
    row = ScanRound.objects.get()
    assert (row.place, row.undecided, row.fell_over) == (0, 0, KeptContent.objects.get(sha256=deadly.sha256).pk)
    known.is_up = True
    at_night(nights=1)
    row = ScanRound.objects.get()
    assert (row.place, row.undecided, row.finished_at) == (row.fell_over, 1, None)
    known.is_up = True
    page = signed_in(Client(), sari).get("/staff/digital/quarantine").text
    assert "maut.txt" in page
    assert "Bersih menurut pemindaian yang lalu; yang terakhir gagal: it hung up without an answer" in page
    at_night(nights=2)
    row = ScanRound.objects.get()
    assert (row.seen, row.found, row.undecided, row.finished_at) == (2, 1, 1, NIGHT + timedelta(days=2))
    bad.refresh_from_db()
    assert bad.is_held


def test_what_came_before_there_was_a_scanner_and_kills_it_is_told_and_never_called_clean(settings, signed_in, sari):
    deadly = kept(b"arsip yang mematikan", "maut.txt")
    signatures = Signatures()
    with stand_in(signatures) as address:
        settings.CLAMD, signatures.falls_over = address, b"mematikan"
        at_night()
        assert not VirusScan.objects.exists()
        signatures.is_up = True
        at_night(nights=1)
        signatures.is_up = True
        page = signed_in(Client(), sari).get("/staff/digital/quarantine").text
        assert all(each in page for each in ("maut.txt", "it hung up without an answer", "Belum pernah dinilai"))
        assert "Bersih menurut pemindaian yang lalu" not in page
        scan = VirusScan.objects.get()
        assert (scan.sha256, scan.size, scan.came_at, scan.scanned_at) == (deadly.sha256, 20, DAY, None)
        signatures.falls_over = b""
        signatures.known[b"mematikan"] = "Baru.UNOFFICIAL"
        with pytest.raises(Refused):
            store.put([b"arsip yang mematikan"], name="lagi.txt", largest=LARGEST)
        at_night(nights=2)
        learnt(signatures)
        at_night(nights=3)
    scan.refresh_from_db()
    assert (scan.state, scan.said) == (ScanStates.INFECTED, "")


def test_a_content_over_which_the_scanner_died_once_by_chance_is_judged_the_next_night(known: Signatures):
    kept(b"arsip", "a.txt")
    learnt(known)
    known.falls_over = b"arsip"
    at_night()
    known.falls_over, known.is_up = b"", True
    at_night(nights=1)
    row = ScanRound.objects.get()
    assert (row.seen, row.undecided, row.finished_at) == (1, 0, NIGHT + timedelta(days=1))
    assert VirusScan.objects.get().said == ""


def test_what_cannot_be_read_from_the_disk_is_no_scanner_that_is_away(known: Signatures, tmp_path):
    for folder in (tmp_path, tmp_path / "none"):
        with pytest.raises(clamd.Undecided):
            clamd.Scanner(settings.CLAMD, patience=5).scan(folder)


def test_what_the_scanner_cannot_judge_or_is_missing_stays_as_it_was_and_is_counted(known: Signatures, monkeypatch):
    missing, large = kept(b"isi"), kept(b"isi yang panjang " * 60_000, "b.txt")
    store.remove(missing.sha256)
    monkeypatch.setattr("lumbung.digital.tests.clamav._Session.largest", 1 << 10)
    learnt(known)
    at_night()
    row = ScanRound.objects.get()
    assert (row.seen, row.found, row.undecided) == (2, 0, 2)
    large.refresh_from_db()
    assert (large.is_held, set(VirusScan.objects.values_list("state", flat=True))) == (False, {ScanStates.CLEAN})
