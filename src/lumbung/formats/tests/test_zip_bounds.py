"""Archives that are locked, or would fill a disk, are told before anything is taken out of them."""

import io
import zipfile

import pytest

from lumbung.formats.zip_bounds import SUSPICIOUS, Unsafe, look_over


def infos(*files, locked=False):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, content)
    found = zipfile.ZipFile(out).infolist()
    for each in found if locked else ():
        each.flag_bits |= 1
    return found


def test_an_archive_within_bounds_may_be_unpacked():
    entries = infos(("a.sql", b"INSERT" * 1000), ("b.csv", b"1,2,3"))
    look_over(entries, most=6005)
    with pytest.raises(Unsafe, match=r"too_large b\.csv"):
        look_over(entries, most=6004)


@pytest.mark.parametrize(
    ("entries", "most", "code"),
    [
        (infos(("a.sql", b"x" * 600), ("b.sql", b"y" * 600)), 1000, "too_large"),
        (infos(("bom.sql", bytes(SUSPICIOUS + 1))), 1 << 40, "too_large"),
        (infos(("rahasia.sql", b"x"), locked=True), 1000, "locked"),
    ],
)
def test_one_that_says_too_much_or_is_locked_may_not(entries, most, code):
    with pytest.raises(Unsafe) as told:
        look_over(entries, most=most)
    assert told.value.code == code


def test_what_is_small_may_pack_as_well_as_it_likes():
    look_over(infos(("nol.sql", bytes(SUSPICIOUS))), most=SUSPICIOUS)
    with pytest.raises(Unsafe, match=r"too_large nol\.sql"):
        look_over(infos(("nol.sql", bytes(SUSPICIOUS + 1))), most=SUSPICIOUS + 1)


def test_too_many_entries_are_told(monkeypatch):
    monkeypatch.setattr("lumbung.formats.zip_bounds.MOST_ENTRIES", 2)
    with pytest.raises(Unsafe) as told:
        look_over(infos(*[(f"{each}.csv", b"1") for each in range(3)]), most=1000)
    assert told.value.code == "too_many"
