"""Files of a title: added, changed, replaced, withdrawn; on the pages of staff and of readers."""

import hashlib
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from lumbung.catalogue.domain.mergers import merge_records, undo_merger
from lumbung.catalogue.tests.factories import a_record
from lumbung.digital.domain import store
from lumbung.digital.domain.files import add_file, change_file, replace_file, restore_file, withdraw_file
from lumbung.digital.domain.store import place_of
from lumbung.digital.domain.terms import change_terms
from lumbung.digital.models import File, Levels
from lumbung.digital.queries import files_of, versions_of
from lumbung.digital.queries.access import NOBODY, access_to
from lumbung.digital.tests.factories import a_content, a_file, a_pdf
from lumbung.formats.pdf import inspect
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.refusals import Refused
from lumbung.organization.tests.factories import LibraryFactory

pytestmark = pytest.mark.django_db


def test_a_file_is_refused_with_every_reason(sari):
    record = a_file().record
    with pytest.raises(Refused) as refusal:
        add_file(record, a_content(), name=" ", level=Levels.GROUP, embargo_until=date(2020, 1, 1), by=sari)
    assert refusal.value.codes == [
        "file_name_empty",
        "embargo_without_reason",
        "embargo_over",
        "group_empty",
        "file_there_already",
    ]


def test_files_stand_in_the_order_in_which_they_came_and_the_journal_knows(sari):
    record = a_record()
    first = add_file(record, a_content(a_pdf("satu")), name="bab1.pdf", by=sari)
    second = add_file(record, a_content(a_pdf("dua")), name="bab2.pdf", by=sari)
    assert [(each.pk, each.sequence) for each in files_of(record)] == [(first.pk, 0), (second.pk, 1)]
    change_file(first, sequence=5, by=sari)
    assert [each.pk for each in files_of(record)] == [second.pk, first.pk]
    entries = JournalEntry.objects.filter(name__startswith="File").order_by("pk")
    assert [(each.name, each.data["file"], each.actor_id) for each in entries] == [
        ("FileAdded", first.pk, sari.pk),
        ("FileAdded", second.pk, sari.pk),
        ("FileChanged", first.pk, sari.pk),
    ]


def test_a_newer_version_takes_the_place_and_the_old_one_is_kept(sari):
    old = a_file(level=Levels.MEMBERS, label="Naskah")
    new = replace_file(old, a_content(a_pdf("perbaikan")), name="perbaikan.pdf", by=sari)
    assert (new.version, new.level, new.label, new.sequence) == (2, "members", "Naskah", old.sequence)
    assert [each.pk for each in files_of(old.record)] == [new.pk]
    assert [each.pk for each in versions_of(new)] == [old.pk]
    with pytest.raises(Refused) as refusal:
        replace_file(old, a_content(a_pdf("lagi")), name="lagi.pdf", by=sari)
    assert refusal.value.codes == ["already_replaced"]


def test_a_withdrawn_file_leaves_word_of_itself_and_comes_back(client, sari):
    LibraryFactory()
    file = a_file()
    with pytest.raises(Refused) as refusal:
        withdraw_file(file, because=" ", by=sari)
    assert refusal.value.codes == ["reason_empty"]
    withdraw_file(file, because="Permintaan penulis", by=sari)
    page = client.get(reverse("digital:file", args=[file.pk]))
    assert (page.status_code, "Permintaan penulis" in page.content.decode()) == (410, True)
    assert client.get(reverse("digital:download", args=[file.pk])).status_code == 410
    restore_file(file, by=sari)
    assert client.get(reverse("digital:file", args=[file.pk])).status_code == 200


def test_bytes_are_given_whole_and_in_ranges_and_cannot_act(client):
    content = a_pdf("Isi berkas")
    address = reverse("digital:download", args=[a_file(content=content, name="Bab 1 – awal.pdf").pk])
    whole = client.get(address, headers={"accept-encoding": "gzip"})
    assert (whole.status_code, b"".join(whole)) == (200, content)
    assert whole["Content-Length"] == str(len(content))
    assert whole["Content-Disposition"] == "attachment; filename*=utf-8''Bab%201%20%E2%80%93%20awal.pdf"
    assert whole["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert (whole["X-Content-Type-Options"], whole.has_header("Content-Encoding")) == ("nosniff", False)
    part = client.get(address, headers={"range": "bytes=5-9"})
    assert (part.status_code, b"".join(part), part["Content-Range"]) == (206, content[5:10], f"bytes 5-9/{len(content)}")
    assert b"".join(client.get(address, headers={"range": "bytes=-7"})) == content[-7:]
    assert client.get(address, headers={"range": f"bytes={len(content)}-"}).status_code == 416
    assert client.get(address, headers={"if-none-match": whole["ETag"]}).status_code == 304
    assert status(client, address, **{"range": "bytes=0-1", "if-range": '"lain"'}) == 200
    assert b"".join(client.head(address)) == b""


def status(client, address: str, **headers: str) -> int:
    answer = client.get(address, headers=headers)
    b"".join(answer)  # to the end, which closes the file
    return answer.status_code


def test_a_stranger_is_led_to_the_sign_in_and_gets_no_byte(client, ani, signed_in):
    LibraryFactory()
    file = a_file(level=Levels.MEMBERS)
    refused = client.get(reverse("digital:content", args=[file.pk]))
    page = refused.content.decode()
    assert (refused.status_code, "Masuk dengan akun anggota Anda." in page) == (403, True)
    assert f"/accounts/login/?next=/files/{file.pk}/content" in page
    assert status(signed_in(client, ani.user), reverse("digital:content", args=[file.pk])) == 200


def test_the_campus_is_known_behind_the_proxies_of_the_library(client, settings, sari):
    change_terms(networks="10.20.0.0/16", by=sari)
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    address = reverse("digital:content", args=[a_file(level=Levels.CAMPUS).pk])
    LibraryFactory()
    assert status(client, address, **{"x-forwarded-for": "10.20.1.1"}) == 200
    assert status(client, address, **{"x-forwarded-for": "10.20.1.1, 203.0.113.9"}) == 403


def test_a_lost_content_is_told_in_words_not_as_an_error(client, settings):
    LibraryFactory()
    file = a_file()
    (settings.DATA / "files" / place_of(file.sha256)).unlink()
    answer = client.get(reverse("digital:download", args=[file.pk]), follow=True)
    assert "sedang tidak ditemukan di penyimpanan" in answer.content.decode()


def test_a_disk_that_takes_no_more_is_told_in_words_and_what_came_before_stays(client, sari, signed_in, settings):
    LibraryFactory()
    record, content = a_record(), a_pdf(*(f"halaman {n}" for n in range(20)))
    desk, address = signed_in(client, sari), reverse("digital:upload", args=[record.pk])

    def send(at: int, piece: bytes):
        form = {"name": "besar.pdf", "at": at, "size": len(content), "piece": SimpleUploadedFile("besar.pdf", piece)}
        return desk.post(address, form)

    send(0, content[:500])
    uploads = settings.DATA / "uploads"
    uploads.rename(settings.DATA / "lain")
    uploads.write_text("a disk that is no folder any more")
    assert (send(500, content[500:]).status_code, send(0, content).status_code) == (507, 507)
    whole = desk.post(address, {"piece": SimpleUploadedFile("satu.pdf", a_pdf("satu"))}, follow=True)
    assert "Tempat penyimpanan berkas sedang tidak dapat dipakai" in whole.content.decode()
    uploads.unlink()
    (settings.DATA / "lain").rename(uploads)
    assert desk.get(address, {"name": "besar.pdf"}).json() == {"received": 500}
    assert send(500, content[500:]).json()["received"] == len(content)
    assert [each.name for each in files_of(record)] == ["besar.pdf"]


def test_sari_uploads_without_scripts_and_in_pieces(client, sari, signed_in):
    LibraryFactory()
    record = a_record()
    desk, address = signed_in(client, sari), reverse("digital:upload", args=[record.pk])
    answer = desk.post(address, {"piece": SimpleUploadedFile("../../Bab satu.pdf", a_pdf("satu"))}, follow=True)
    assert "Bab satu.pdf ditambahkan" in answer.content.decode()
    assert (File.objects.get().level, access_to(File.objects.get(), NOBODY).may_read) == (Levels.STAFF, False)
    content = a_pdf(*(f"halaman {n}" for n in range(20)))
    assert desk.get(address, {"name": "besar.pdf"}).json() == {"received": 0}

    def send(at: int, piece: bytes):
        form = {"name": "besar.pdf", "at": at, "size": len(content), "piece": SimpleUploadedFile("besar.pdf", piece)}
        return desk.post(address, form)

    assert send(0, content[:500]).json()["received"] == 500
    assert desk.get(address, {"name": "besar.pdf"}).json() == {"received": 500}
    assert send(100, b"x").status_code == 409
    assert send(500, content[500:]).json()["received"] == len(content)
    assert [(each.name, each.size) for each in files_of(record)] == [
        ("Bab satu.pdf", len(a_pdf("satu"))),
        ("besar.pdf", len(content)),
    ]


def test_another_file_of_the_same_name_is_never_put_together_with_what_had_come(client, sari, signed_in):
    record = a_record()
    desk, address = signed_in(client, sari), reverse("digital:upload", args=[record.pk])
    old, new = (a_pdf(*(f"{said} {n}" for n in range(20))) for said in ("lama", "baru"))

    def send(content: bytes, mark: str, at: int, piece: bytes):
        form = {"name": "skripsi.pdf", "mark": mark, "at": at, "size": len(content)}
        return desk.post(address, form | {"piece": SimpleUploadedFile("skripsi.pdf", piece)}).json()["received"]

    assert send(old, "1-a", 0, old[:700]) == 700
    assert desk.get(address, {"name": "skripsi.pdf", "mark": "1-a"}).json() == {"received": 700}
    assert desk.get(address, {"name": "skripsi.pdf", "mark": "../../1-b"}).json() == {"received": 0}
    assert send(new, "../../1-b", 0, new[:500]) == 500
    assert send(new, "../../1-b", 500, new[500:]) == len(new)
    assert [each.sha256 for each in files_of(record)] == [hashlib.sha256(new).hexdigest()]
    assert desk.get(address, {"name": "skripsi.pdf", "mark": "1-a"}).json() == {"received": 0}


def test_an_upload_that_would_be_too_large_is_told_before_it_comes(client, sari, signed_in):
    LibraryFactory()
    record = a_record()
    form = {"name": "a.pdf", "at": 0, "size": 5 << 30, "piece": SimpleUploadedFile("a.pdf", b"%PDF-")}
    desk = signed_in(client, sari)
    assert desk.post(reverse("digital:upload", args=[record.pk]), form).json() == {"received": 5 << 30, "name": "a.pdf"}
    assert "melebihi batas 2048 MB" in desk.get(reverse("digital:record_files", args=[record.pk])).content.decode()
    assert File.objects.count() == 0


def test_a_refused_upload_says_why_on_the_page(client, sari, signed_in):
    LibraryFactory()
    record = a_record()
    sent = {"piece": SimpleUploadedFile("skripsi.pdf", b"MZ\x90\x00 program")}
    page = signed_in(client, sari).post(reverse("digital:upload", args=[record.pk]), sent, follow=True).content.decode()
    assert "Isi berkas skripsi.pdf bukan jenis yang diterima" in page


def test_sari_sets_who_reads_and_others_do_not(client, sari, ani, with_role, signed_in):
    LibraryFactory()
    file = a_file()
    pages = [
        reverse("digital:record_files", args=[file.record_id]),
        reverse("digital:file_change", args=[file.pk]),
    ]
    for user in (ani.user, with_role("circulation")):
        assert [signed_in(client, user).get(page).status_code for page in pages] == [403, 403]
    desk = signed_in(client, sari)
    assert [desk.get(page).status_code for page in pages] == [200, 200]
    said = {"name": "bab1.pdf", "part": "chapter", "label": "Bab 1", "sequence": 1, "level": "members", "licence": "cc-by-4.0"}
    assert desk.post(pages[1], said).status_code == 302
    file.refresh_from_db()
    assert (file.label, file.level, file.downloadable, file.licence) == ("Bab 1", "members", False, "cc-by-4.0")
    assert desk.post(pages[1], {**said, "level": "group"}).status_code == 422
    assert desk.get(reverse("digital:terms")).status_code == 200


def test_the_page_of_a_title_shows_its_files_with_a_kind_word_where_closed(client, ani, signed_in):
    LibraryFactory()
    record = a_file(label="Bab 1").record
    a_file(record, a_pdf("dua"), label="Bab 2", level=Levels.MEMBERS)
    page = client.get(f"/records/{record.pk}").content.decode()
    assert "Berkas digital" in page
    assert "Berkas ini untuk anggota perpustakaan." in page
    assert f"/accounts/login/?next=/records/{record.pk}%23berkas" in page
    assert page.count('href="/files/') == 4  # two titles; one to download and to read here
    page = signed_in(client, ani.user).get(f"/records/{record.pk}").content.decode()
    assert "Berkas ini untuk anggota" not in page


def test_what_holds_for_chapter_after_chapter_is_told_once(client):
    LibraryFactory()
    record = a_file(label="Bab 1", level=Levels.MEMBERS).record
    for number in (2, 3):
        a_file(record, a_pdf(str(number)), label=f"Bab {number}", level=Levels.MEMBERS)
    a_file(record, a_pdf("4"), label="Bab 4", level=Levels.STAFF)
    page = client.get(f"/records/{record.pk}").content.decode()
    assert page.count("Berkas ini untuk anggota perpustakaan.") == 1
    assert page.count("Berkas ini untuk petugas") == 1


def test_a_title_that_is_only_digital_says_so_and_one_without_anything_says_that(client):
    LibraryFactory()
    digital, bare = a_file().record, a_record("Belum datang")
    page = client.get(f"/records/{digital.pk}").content.decode()
    assert ("Judul ini digital, tanpa eksemplar di rak." in page, "Belum ada eksemplar" in page) == (True, False)
    assert page.index('href="#berkas"') < page.index('id="berkas"')
    page = client.get(f"/records/{bare.pk}").content.decode()
    assert ("Judul ini digital" in page, "Belum ada eksemplar yang tercatat" in page) == (False, True)


@pytest.mark.parametrize("rows", [1, 3])
def test_files_are_listed_with_a_fixed_number_of_statements(client, sari, rows, signed_in, django_assert_num_queries):
    LibraryFactory()
    record = a_record()
    for number in range(rows):
        a_file(record, f"teks {number}".encode(), f"{number}.txt")
    desk = signed_in(client, sari)
    desk.get(reverse("digital:record_files", args=[record.pk]))
    with django_assert_num_queries(5):
        assert desk.get(reverse("digital:record_files", args=[record.pk])).status_code == 200


def test_files_go_along_when_two_titles_become_one_and_come_back(sari):
    gone, kept = a_record("Bumi manusia"), a_record("Bumi Manusia")
    same, own = a_file(gone), a_file(gone, a_pdf("hanya di sini"))
    there = a_file(kept)
    made, versions = kept.marc_record, (gone.version, kept.version)
    merger = merge_records(gone, into=kept, made=made, versions=versions, by=sari)
    assert {each.pk for each in files_of(kept)} == {own.pk, there.pk}
    assert File.objects.get(pk=same.pk).replaced_by_id == there.pk
    undo_merger(merger, by=sari)
    assert {each.pk for each in files_of(File.objects.get(pk=same.pk).record)} == {same.pk, own.pk}


def test_a_closed_pdf_leaves_with_the_mark_of_its_reader_and_not_without(client, ani, sari, signed_in):
    LibraryFactory(name="Perpustakaan Kampus")
    change_terms(marks_downloads=True, by=sari)
    closed, open_to_all = a_file(level=Levels.MEMBERS), a_file(content=a_pdf("terbuka"))
    given = b"".join(signed_in(client, ani.user).get(reverse("digital:download", args=[closed.pk])))
    words = b"".join(client.get(reverse("digital:download", args=[open_to_all.pk])))
    assert words == a_pdf("terbuka")
    with store.incoming() as path:
        path.write_bytes(given)
        assert "Perpustakaan Kampus · diunduh" in inspect(path).heads[0]
        assert "oleh ani" in inspect(path).heads[0]
    assert b"".join(signed_in(client, sari).get(reverse("digital:download", args=[closed.pk]))) == a_pdf()
    broken = a_file(content=b"%PDF-1.4 rusak", level=Levels.MEMBERS)
    answer = signed_in(client, ani.user).get(reverse("digital:download", args=[broken.pk]), follow=True)
    assert "tidak dapat diberi tanda unduh" in answer.content.decode()
