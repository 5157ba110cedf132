"""Contents are kept as OCFL objects in a folder or in S3, and nothing is lost while a place is away."""

import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from lumbung.digital.domain import places, store
from lumbung.digital.tests.factories import LARGEST, a_pdf
from lumbung.formats import ocfl
from lumbung.kernel.refusals import Refused
from tools import ocfl as validator

ROOT_IS_SOUND = ["root sound: 1 of 1 objects sound"]
MOTO = ["-m", "moto.server", "-H", "127.0.0.1", "-p"]


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextmanager
def s3(port: int, bucket: str = "perpus") -> Iterator[None]:
    """A server of S3 by another hand, with this bucket."""
    server = subprocess.Popen([sys.executable, *MOTO, str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        make = urllib.request.Request(f"http://127.0.0.1:{port}/{bucket}", method="PUT")
        for _ in range(300):
            try:
                urllib.request.urlopen(make)  # noqa: S310 -- an address of this machine
                break
            except OSError:
                time.sleep(0.1)
        yield
    finally:
        server.kill()
        server.wait()


@pytest.fixture(scope="session")
def s3_port() -> Iterator[int]:
    port = free_port()
    with s3(port):
        yield port


@pytest.fixture
def bucket(settings, s3_port: int, tmp_path: Path) -> places.Place:
    settings.FILES_URL = f"s3://kunci:rahasia%2Fnya@127.0.0.1:{s3_port}/perpus/{tmp_path.name}?tls=false"
    return places.first()


def put(content: bytes, name: str = "a.pdf") -> store.Content:
    return store.put([content], name=name, largest=LARGEST)


def told_of(path: Path) -> list[str]:
    try:
        return validator.told_of(path)
    except validator.NotHere as error:
        pytest.skip(str(error))


def refused(ask) -> list[str]:
    with pytest.raises(Refused) as refusal:
        ask()
    return refusal.value.codes


def read(sha256: str) -> bytes:
    with store.opened(sha256) as file:
        return file.read()


def test_what_is_put_is_an_object_of_ocfl_to_a_validator_of_another_hand(settings):
    kept = put(a_pdf())
    root = Path(settings.DATA) / "files" / store.ROOT
    assert told_of(root / ocfl.place_of(kept.sha256)) == ["object sound"]
    assert told_of(root) == ROOT_IS_SOUND


def test_a_content_kept_before_it_was_an_object_becomes_one_when_it_is_put_again(settings):
    kept = put(a_pdf())
    folder = (Path(settings.DATA) / "files" / store.place_of(kept.sha256)).parents[2]
    for each in folder.rglob("*"):
        if each.is_file() and each.name != "data":
            each.unlink()
    assert read(kept.sha256) == a_pdf()
    put(a_pdf())
    assert told_of(folder) == ["object sound"]


def test_s3_keeps_reads_in_ranges_and_lets_go(bucket: places.Place, settings):
    content = a_pdf(*["Halaman yang panjang sekali"] * 3000)
    kept = put(content)
    assert not (Path(settings.DATA) / "files").exists()
    assert read(kept.sha256) == content
    assert b"".join(store.pieces_of(kept.sha256, 1000, 300_000)) == content[1000:301_000]
    with store.opened(kept.sha256) as file:
        file.seek(-6, 2)
        assert file.read() == b"%%EOF\n"
    with store.on_disk(kept.sha256) as path:
        assert path.read_bytes() == content
    assert bucket.kept() == [kept.sha256]
    store.remove(kept.sha256)
    assert (bucket.kept(), store.exists(kept.sha256)) == ([], False)
    assert refused(lambda: read(kept.sha256)) == ["content_missing"]


def test_what_lies_in_s3_is_an_object_of_ocfl(bucket: places.Place, tmp_path: Path):
    kept = put(a_pdf())
    copy = tmp_path / "copy"
    for name in (*ocfl.with_inventory(b"", b""), ocfl.CONTENT):
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        (copy / name).write_bytes(bucket.said(kept.sha256, name))
    assert told_of(copy) == ["object sound"]


def test_while_s3_refuses_what_comes_waits_is_read_and_is_sent_when_it_answers(settings, tmp_path: Path):
    port = free_port()
    settings.FILES_URL = f"s3://kunci:rahasia@127.0.0.1:{port}/perpus?tls=false"
    kept = put(a_pdf())
    assert places.waiting().kept() == [kept.sha256]
    assert read(kept.sha256) == a_pdf()
    assert store.contents_wait()
    assert store.send_waiting() is False
    assert places.waiting().kept() == [kept.sha256]
    assert refused(lambda: read("0" * 64)) == ["storage_out"]
    with s3(port):
        store.send_waiting()
        assert (places.waiting().kept(), places.first().kept()) == ([], [kept.sha256])
        assert not store.contents_wait()
        assert read(kept.sha256) == a_pdf()
        inventory, sidecar = (places.first().said(kept.sha256, name) for name in (ocfl.INVENTORY, ocfl.SIDECAR))
        assert ocfl.faults_of(inventory, sidecar, kept.sha256) == []


def test_a_bucket_that_is_gone_is_not_taken_for_an_empty_one(settings):
    port = free_port()
    settings.FILES_URL = f"s3://kunci:rahasia@127.0.0.1:{port}/perpus?tls=false"
    with s3(port):
        kept = put(a_pdf())
    with s3(port):  # the same address, and nothing in it
        assert refused(lambda: read(kept.sha256)) == ["storage_out"]
        put(a_pdf("lain"))
        assert len(places.waiting().kept()) == 1


def test_a_disk_that_is_not_mounted_takes_nothing_and_is_told(settings, tmp_path: Path):
    disk = tmp_path / "disk"
    settings.FILES_URL = str(disk / "objects")
    put(a_pdf())
    shutil.rmtree(disk)
    disk.mkdir()
    assert refused(lambda: put(a_pdf("lain"))) == ["storage_out"]
    assert list(disk.rglob("data")) == []
    with pytest.raises(OSError, match="apakah disknya terpasang"):
        places.first().ask()
    places.first().begin_anew()
    assert read(put(a_pdf("lain")).sha256) == a_pdf("lain")


def test_what_the_first_place_lacks_is_read_from_the_second(settings, tmp_path: Path):
    settings.FILES_COPY_URL = f"file://{tmp_path / 'second'}"
    kept = put(a_pdf())
    copy = places.second()
    assert copy is not None
    with store.on_disk(kept.sha256) as path:
        copy.keep(kept.sha256, path, store.described(places.first(), kept.sha256))
    shutil.rmtree(Path(settings.DATA) / "files")
    assert read(kept.sha256) == a_pdf()
    assert b"".join(store.pieces_of(kept.sha256, 0, 8)) == b"%PDF-1.4"
    with store.on_disk(kept.sha256) as path:
        assert path.read_bytes() == a_pdf()
