"""A title's files leave as a bag that the Library of Congress's own program calls valid."""

import io
import logging
import zipfile
from pathlib import Path

import bagit
import pytest
from django.test import Client

from lumbung.digital.domain import store
from lumbung.digital.domain.files import replace_file, withdraw_file
from lumbung.digital.tests.factories import LARGEST, a_file, a_pdf
from lumbung.formats import bagit as ours
from lumbung.kernel.models import JournalEntry

pytestmark = pytest.mark.django_db


def unpacked(content: bytes, folder: Path) -> bagit.Bag:
    logging.getLogger("bagit").setLevel(logging.CRITICAL)
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        packed.extractall(folder)
    (place,) = folder.iterdir()
    return bagit.Bag(str(place))


def test_a_bag_has_every_file_and_version_and_is_valid(signed_in, sari, tmp_path: Path):
    first = a_file(name="Skripsi (akhir).pdf")
    newer = store.put([a_pdf("baru")], name="b.pdf", largest=LARGEST)
    withdraw_file(replace_file(first, newer, name="b.pdf", by=None), because="Salah unggah", by=None)
    answer = signed_in(Client(), sari).post(f"/staff/records/{first.record_id}/files/bag")
    assert answer.headers["Content-Disposition"].startswith(f'attachment; filename="lumbung-{first.record_id}-')
    bag = unpacked(b"".join(answer.streaming_content), tmp_path / "bag")
    assert bag.is_valid()
    assert bag.version_info == (1, 0)
    names = sorted(path.split("/", 1)[1] for path in bag.payload_entries())
    assert [name.split("-", 1)[-1] for name in names] == ["v1-Skripsi_akhir_.pdf", "v2-b.pdf", "metadata/marc.xml"]
    assert bag.info["External-Description"] == first.record.title
    assert JournalEntry.objects.get(name="FilesBagged").data == {"record": first.record_id, "count": 2}
    kept = next(Path(str(bag)).glob("data/files/*-v1-*"))
    kept.write_bytes(a_pdf("lain"))
    assert not bagit.Bag(str(bag)).is_valid()


def test_only_keepers_take_files_out_and_a_title_without_files_says_so(signed_in, sari, ani):
    file = a_file()
    address = f"/staff/records/{file.record_id}/files/bag"
    assert signed_in(Client(), ani.user).post(address).status_code == 403
    record = file.record
    file.delete()
    refused = signed_in(Client(), sari).post(address, follow=True)
    assert "belum mempunyai berkas untuk dikeluarkan" in refused.text
    assert record.pk


@pytest.mark.parametrize("name", ["../keluar", "/mutlak", "a/../../b", "a\\..\\b", "C:berkas", "~root/x", "a//b", ""])
def test_no_name_in_a_bag_leads_out_of_it(name: str):
    with pytest.raises(ValueError, match="leads out"):
        ours.write_bag(io.BytesIO(), "tas", [ours.Payload(name, io.BytesIO(b"x"))], {})


def test_names_that_would_break_a_line_are_written_in_percent(tmp_path: Path):
    target = io.BytesIO()
    ours.write_bag(target, "tas", [ours.Payload("jadi\nbaru.txt", io.BytesIO(b"isi"))], {"Contact-Name": "Sari\nWulandari"})
    bag = unpacked(target.getvalue(), tmp_path / "bag")
    assert bag.is_valid()
    assert "  data/jadi%0Abaru.txt\n" in (Path(str(bag)) / "manifest-sha256.txt").read_text()
    assert bag.info["Contact-Name"] == "Sari Wulandari"
