"""What the library holds digitally is still there and still true: damage is found and put right while nobody looks."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client

from lumbung.digital.domain import store
from lumbung.digital.tests.factories import a_file, a_pdf
from lumbung.formats import ocfl
from lumbung.kernel import clock
from lumbung.kernel.jobs.worker import work_off

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.requirement("R004")
def test_a_flipped_byte_is_found_and_repaired_from_the_second_copy(settings, tmp_path: Path, signed_in, sari):
    settings.FILES_COPY_URL = str(tmp_path / "second")
    file = a_file(name="skripsi-wayan.pdf")
    work_off()
    copy = tmp_path / "second" / ocfl.place_of(file.sha256) / ocfl.CONTENT
    assert copy.read_bytes() == a_pdf(), "the worker made a second copy by itself"
    kept = Path(settings.DATA) / "files" / store.place_of(file.sha256)
    kept.write_bytes(a_pdf()[:40] + b"?" + a_pdf()[41:])

    librarian = signed_in(Client(), sari)
    assert "terlambat diperiksa" in librarian.get("/staff/digital/preservation").text
    with clock.stopped_at(clock.now() + timedelta(days=91)):
        work_off()
    assert kept.read_bytes() == a_pdf()
    assert b"".join(Client().get(f"/files/{file.pk}/content").streaming_content) == a_pdf()
    page = librarian.get("/staff/digital/preservation").text
    assert "skripsi-wayan.pdf" in page
    address = page.partition('class="name break" href="')[2].partition('"')[0]
    history = librarian.get(address).text
    assert history.index("Diperbaiki dari salinan yang utuh") < history.index("Ditemukan berubah")


@pytest.mark.requirement("R004")
def test_the_format_of_what_arrives_is_known_judged_and_has_a_plan(signed_in, sari):
    librarian = signed_in(Client(), sari)
    assert "Belum ada format yang dikenali" in librarian.get("/staff/digital/formats").text
    a_file(name="skripsi-wayan.pdf")
    work_off()
    [shown] = rows_of(librarian.get("/staff/digital/formats").text)
    assert ["Acrobat PDF 1.4" in shown, ">fmt/18<" in shown, "Rendah" in shown] == [True, True, True]

    address = shown.partition('class="name break" href="')[2].partition('"')[0]
    assert "skripsi-wayan.pdf" in librarian.get(address).text
    plan = "Ubah ke PDF/A sebelum akhir 2028"
    librarian.post(address, {"risk": "watch", "reason": "Hurufnya tidak dibawa", "plan": plan})
    [judged] = rows_of(librarian.get("/staff/digital/formats?risk=watch").text)
    assert ["Perlu diawasi" in judged, "Hurufnya tidak dibawa" in judged, plan in judged] == [True, True, True]
    assert rows_of(librarian.get("/staff/digital/formats?risk=low").text) == []
    table = librarian.get("/staff/digital/formats.csv").getvalue().decode()
    assert ["fmt/18" in table, plan in table] == [True, True]


@pytest.mark.requirement("R004")
def test_what_was_withdrawn_is_not_shown_and_is_still_kept(settings, signed_in, sari):
    librarian = signed_in(Client(), sari)
    file = a_file(name="skripsi-wayan.pdf")
    work_off()
    librarian.post(f"/staff/files/{file.pk}/withdrawal", {"because": "Diminta penulisnya."})
    told = Client().get(f"/files/{file.pk}")
    assert (told.status_code, "Diminta penulisnya." in told.text) == (410, True)
    with clock.stopped_at(clock.now() + timedelta(days=91)):
        work_off()
    assert (Path(settings.DATA) / "files" / store.place_of(file.sha256)).read_bytes() == a_pdf()
    librarian.post(f"/staff/files/{file.pk}/restoration")
    assert b"".join(Client().get(f"/files/{file.pk}/content").streaming_content) == a_pdf()


def rows_of(page: str) -> list[str]:
    return page.partition("<tbody>")[2].partition("</tbody>")[0].split("</tr>")[:-1]
