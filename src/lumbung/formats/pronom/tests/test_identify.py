"""Formats are told by the bytes, by what a container holds, and by the name where bytes say nothing."""

import io
import zipfile
from pathlib import Path

import pytest

from lumbung.formats import pronom

ODT = "application/vnd.oasis.opendocument.text"
META = f'<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" \
manifest:version="1.2"><manifest:file-entry manifest:full-path="/" manifest:media-type="{ODT}"/></manifest:manifest>'
CONTENT = '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.2"/>'
PDF = (
    b"%PDF-1.4\n"
    + b"1 0 obj\n<< /Type /Catalog >>\nendobj\n" * 20
    + b"trailer\n<< /Size 2 /Root 1 0 R >>\nstartxref\n9\n%%EOF\n"
)
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\0\0\0\0:~\x9bU\0\0\0\nIDATx\x9cc`\0\0\0\2\0\1H\xaf\xa4q\0\0\0\0IEND\xaeB`\x82"


def packed(**members: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", ".").replace("_of_", "/"), content)
    return out.getvalue()


def told(folder: Path, content: bytes, name: str) -> pronom.Format:
    (folder / "kept").write_bytes(content)
    return pronom.identify([(folder / "kept", name)]).formats[0]


def test_bytes_tell_the_format_whatever_the_file_is_called(tmp_path: Path):
    found = told(tmp_path, PDF, "skripsi")
    assert (found.puid, found.version, found.media_type) == ("fmt/18", "1.4", "application/pdf")
    assert found.basis.startswith("byte match")
    assert told(tmp_path, PNG, "gambar.pdf").puid in {"fmt/11", "fmt/12", "fmt/13"}


@pytest.mark.parametrize(
    ("members", "puid"),
    [
        ({"mimetype": "application/epub+zip", "META-INF_of_container__xml": "<container/>"}, "fmt/483"),
        ({"mimetype": ODT, "META-INF_of_manifest__xml": META, "content__xml": CONTENT}, "fmt/291"),
        ({"berkas__txt": "isi"}, "x-fmt/263"),
    ],
)
def test_containers_are_told_by_what_they_hold(tmp_path: Path, members: dict[str, str], puid: str):
    assert told(tmp_path, packed(**members), "data").puid == puid


def test_a_name_helps_where_bytes_say_little(tmp_path: Path):
    assert told(tmp_path, b"judul;tahun\nBumi manusia;1980\n", "daftar.csv").puid == "x-fmt/18"
    assert told(tmp_path, b"Bumi manusia, sebuah catatan.\n", "catatan").puid == "x-fmt/111"


def test_what_nobody_knows_is_told_as_such_and_harms_no_neighbour(tmp_path: Path):
    (tmp_path / "strange").write_bytes(bytes(range(1, 32)) * 40)
    (tmp_path / "good").write_bytes(PNG)
    found = pronom.identify([(tmp_path / "strange", "aneh.zzqq"), (tmp_path / "good", "../../keluar.png")])
    assert [bool(each.puid) for each in found.formats] == [False, True]
    assert found.tool.startswith("Siegfried 1.")
    assert "DROID_SignatureFile_V" in found.tool
    assert "container-signature" in found.tool
    assert found.tool == pronom.tool()


def test_what_cannot_be_opened_says_so(tmp_path: Path):
    (found,) = pronom.identify([(tmp_path / "gone", "hilang.pdf")]).formats
    assert found.puid == ""
    assert "no such file" in found.warning


def test_a_program_that_breaks_off_is_told(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(pronom, "SECONDS", 0.0001)
    with pytest.raises(pronom.Unidentifiable):
        pronom.tool()
