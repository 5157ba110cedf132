"""A library moves in: its file comes in by one command, is found, and goes out as it came."""

import io
from pathlib import Path

import pytest

from lumbung.formats.marc import Encoding, Field, Record, read, to_iso2709
from tests.installation import Installation


def carrier(title: str, codes: str, *more: Field) -> Record:
    """A record whose leader/06–07 are ``codes``."""
    return Record(f"00000n{codes} a2200000 i 4500", [*more, Field("245", "0", "0", [("a", title)])])


COLLECTION = [
    carrier(
        "Bumi manusia",
        "am",
        Field("952", subfields=[("a", "PUSAT"), ("p", "B-1"), ("y", "BUKU")]),
        Field("909", "9", " ", [("x", "1")]),
    ),
    carrier("Gamelan Jawa", "jm"),
    carrier("Batik: film dokumenter", "gm"),
    carrier("Peta Nusantara", "em"),
    carrier("Kompas", "as", Field("337", subfields=[("a", "microform"), ("b", "h")])),
    carrier("Data sensus", "mm"),
]


def written(tmp_path: Path, records: list[Record]) -> Path:
    path = tmp_path / "koleksi.mrc"
    path.write_bytes(b"".join(map(to_iso2709, records)))
    return path


@pytest.mark.requirement("R101")
def test_a_collection_of_every_carrier_comes_in_is_found_and_goes_out_as_it_came(
    installation: Installation, laid: Path, tmp_path: Path
):
    installation.take(laid)
    came = installation.run("import", str(written(tmp_path, COLLECTION)))
    assert came.returncode == 0, came.stderr
    assert "6 judul dan 1 eksemplar ditambahkan" in came.stderr
    for words, title in (("gamelan", "Gamelan Jawa"), ("batik", "Batik: film dokumenter"), ("nusantara", "Peta Nusantara")):
        assert title in installation.run("find", words).stdout
    target = tmp_path / "keluar.mrc"
    assert installation.run("export", "--without-copies", "--output", str(target)).returncode == 0
    again = [entry.record for entry in read(io.BytesIO(target.read_bytes()), encoding=Encoding.UTF_8)]
    assert [record.fields for record in again if record] == [record.fields for record in COLLECTION]


def test_what_an_import_cannot_read_is_told_in_one_sentence(installation: Installation, laid: Path, tmp_path: Path):
    installation.take(laid)
    for place, why in ((tmp_path / "salah.mrc", "berkas atau foldernya tidak ada"), (tmp_path, "itu sebuah folder")):
        told = installation.run("import", str(place))
        assert (told.returncode, told.stdout, told.stderr) == (1, "", f"{place}: tidak dapat dibaca: {why}.\n")
