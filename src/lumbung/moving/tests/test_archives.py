"""Archives that are locked or would fill the disk are answered in clear words, and nothing is taken out of them."""

import io
import struct
import zipfile

import pytest

from lumbung.kernel.refusals import Refused
from lumbung.moving.domain import course
from lumbung.moving.tests.dumps import dump


def packed(name, content):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return out.getvalue()


def locked(name="cadangan.sql", content="INSERT"):
    """As an archive with a password looks from outside: the bit is set in both heads."""
    told = bytearray(packed(name, content))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = told.index(mark) + at
        flags = struct.unpack_from("<H", told, place)[0]
        struct.pack_into("<H", told, place, flags | 1)
    return bytes(told)


BOMB = packed("cadangan.sql", bytes(64 << 20))


@pytest.mark.parametrize("source", ["slims", "koha", "inlislite"])
@pytest.mark.parametrize(("content", "code"), [(locked(), "archive_locked"), (BOMB, "archive_too_large")])
def test_a_move_from_such_an_archive_is_refused_with_the_reason(started, source, content, code):
    move = started(content, source=source)
    with pytest.raises(Refused) as refused:
        course.carry_on(move)
    assert refused.value.codes == [code]
    assert "cadangan.sql" in str(refused.value.reasons[0])


def test_pictures_in_a_locked_archive_stop_the_move_before_anything_comes_in(started, tmp_path):
    (tmp_path / "images.zip").write_bytes(locked("docs/a.jpg"))
    with pytest.raises(Refused) as refused:
        started(dump(), images=str(tmp_path / "images.zip"))
    assert refused.value.codes == ["archive_locked"]
