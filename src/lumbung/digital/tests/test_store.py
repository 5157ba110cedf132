"""Contents are kept once, by their hash, whatever they are called; and what cannot be kept is refused before it does harm."""

import hashlib
import shutil
import tracemalloc
from pathlib import Path

import pytest
from django.core.files.storage import default_storage

from lumbung.digital.domain import store
from lumbung.digital.tests.factories import LARGEST, a_pdf, a_zip
from lumbung.kernel.refusals import Refused

SCRIPTED = a_pdf().replace(b"/Type /Catalog", b"/Type /Catalog /OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>")


def put(content: bytes, name: str, largest: int = LARGEST) -> store.Content:
    return store.put([content[:100], content[100:]], name=name, largest=largest)


def refused(content: bytes, name: str, largest: int = LARGEST) -> list[str]:
    with pytest.raises(Refused) as refusal:
        put(content, name, largest)
    return refusal.value.codes


def test_a_content_is_kept_under_its_hash_and_read_back():
    content = a_pdf("Satu", "Dua")
    kept = put(content, "skripsi.pdf")
    assert kept == store.Content(hashlib.sha256(content).hexdigest(), len(content), "application/pdf")
    tuples = hashlib.sha256(f"urn:sha256:{kept.sha256}".encode()).hexdigest()
    folder = f"digital/objects/{tuples[:3]}/{tuples[3:6]}/urn%3asha256%3a{kept.sha256}"
    assert default_storage.exists(f"{folder}/v1/content/data")
    with store.opened(kept.sha256) as file:
        assert file.read() == content
    assert b"".join(store.pieces_of(kept.sha256, 10, 25)) == content[10:35]
    with store.on_disk(kept.sha256) as path:
        assert path.read_bytes() == content


def test_the_same_content_is_kept_once_and_nothing_stays_behind(settings):
    first, second = put(a_pdf(), "a.pdf"), put(a_pdf(), "b.pdf")
    assert first == second
    kept = [each for each in Path(settings.DATA).rglob("*") if each.is_file() and each.read_bytes() == a_pdf()]
    assert len(kept) == 1
    assert list((Path(settings.DATA) / "incoming").iterdir()) == []


@pytest.mark.parametrize(
    ("content", "name", "media_type"),
    [
        (b"\xff\xd8\xff\xe0 gambar", "foto.jpg", "image/jpeg"),
        (a_zip(mimetype="application/epub+zip", OEBPS="isi"), "buku.epub", "application/epub+zip"),
        (
            a_zip(**{"word/document.xml": "<w/>"}),
            "bab.docx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        (a_zip(data__csv="a,b"), "data.zip", "application/zip"),
        (b"nama;nilai\nAni;90\n", "nilai.csv", "text/plain"),
        (b"WEBVTT\n\n00:00.000 --> 00:02.000\nHalo\n", "takarir.vtt", "text/vtt"),
        (b"\x00\x00\x00\x18ftypmp42........", "kuliah.mp4", "video/mp4"),
        (b"RIFF....WAVEfmt ", "wawancara.wav", "audio/wav"),
        (a_zip(mimetype="application/epub+zip", bab__xhtml="<script>x()</script>"), "buku.epub", "application/epub+zip"),
    ],
)
def test_a_kind_is_read_from_the_content(content: bytes, name: str, media_type: str):
    assert put(content, name).media_type == media_type


@pytest.mark.parametrize(
    ("content", "name", "codes"),
    [
        (b"", "kosong.pdf", ["file_empty"]),
        (b"MZ\x90\x00 program", "tugas.pdf", ["kind_unknown"]),
        (b"<!DOCTYPE html><script>alert(1)</script>", "skripsi.pdf", ["kind_unknown"]),
        (b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "gambar.svg", ["kind_unknown"]),
        (b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>', "data.xml", ["kind_unknown"]),
        (b"\x89PNG\r\n\x1a\n gambar", "skripsi.pdf", ["kind_other_than_name"]),
        (SCRIPTED, "a.pdf", ["file_acts"]),
        (a_zip(besar=b"\0" * (70 << 20)), "bom.zip", ["archive_too_large_inside"]),
        (a_zip(data__csv="a,b")[:-10], "putus.zip", ["kind_unknown"]),
    ],
)
def test_what_must_not_be_kept_is_refused_and_leaves_nothing(settings, content: bytes, name: str, codes: list[str]):
    assert refused(content, name) == codes
    assert [each for each in Path(settings.DATA).rglob("*") if each.is_file()] == []


def test_a_file_that_goes_on_too_long_is_refused_before_it_is_all_there():
    taken = []

    def pieces():
        for number in range(1000):
            taken.append(number)
            yield b"%PDF-" + b"x" * (1 << 20)

    with pytest.raises(Refused) as refusal:
        store.put(pieces(), name="besar.pdf", largest=5 << 20)
    assert refusal.value.codes == ["file_too_large"]
    assert len(taken) == 5


def test_memory_stays_flat_with_a_large_file():
    tracemalloc.start()
    try:
        store.put((b"%PDF-" if not n else b"x" * (1 << 20) for n in range(201)), name="besar.pdf", largest=500 << 20)
        assert tracemalloc.get_traced_memory()[1] < 16 << 20
    finally:
        tracemalloc.stop()


def test_a_lost_disk_is_told_in_words(settings):
    kept = put(a_pdf(), "a.pdf")
    shutil.rmtree(settings.DATA / "files")
    for ask in (lambda: store.pieces_of(kept.sha256, 0, 1), lambda: store.on_disk(kept.sha256).__enter__()):
        with pytest.raises(Refused) as refusal:
            ask()
        assert refusal.value.codes == ["content_missing"]
    (settings.DATA / "files").write_text("a disk that is no folder any more")
    assert refused(a_pdf("lain"), "b.pdf") == ["storage_out"]
