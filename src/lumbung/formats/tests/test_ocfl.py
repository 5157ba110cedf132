"""What we lay out is OCFL 1.1 to a validator of another hand."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from lumbung.formats import ocfl as ours
from tools import ocfl as validator

SHA256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
ROOT_IS_SOUND = ["root sound: 1 of 1 objects sound"]
SHA512 = "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "kept"


def an_object(folder: Path) -> None:
    user = {"name": "Lumbung", "address": "https://perpustakaan.kampus.ac.id"}
    created = datetime(2026, 8, 1, 12, 0, tzinfo=UTC)
    for name, said in ours.object_files(sha256=SHA256, sha512=SHA512, created=created, user=user).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(said)
    (folder / ours.CONTENT).parent.mkdir(parents=True, exist_ok=True)
    (folder / ours.CONTENT).write_bytes(b"abc")


def told_of(folder: Path) -> list[str]:
    try:
        return validator.told_of(folder)
    except validator.NotHere as error:
        pytest.skip(str(error))


def test_an_object_has_no_fault_and_no_warning(folder: Path):
    an_object(folder)
    assert told_of(folder) == ["object sound"]


def test_the_validator_would_see_a_flipped_byte(folder: Path):
    an_object(folder)
    (folder / ours.CONTENT).write_bytes(b"abd")
    told = told_of(folder)
    assert told[0] == "object unsound"
    assert [line[:5] for line in told[1:]] == ["[E092", "[E093"]


def test_a_root_says_how_objects_are_laid_out(folder: Path):
    for name, said in ours.root_files().items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(said)
    an_object(folder / ours.place_of(SHA256))
    assert ours.place_of(SHA256) == f"2a2/54c/urn%3asha256%3a{SHA256}"
    assert told_of(folder) == ROOT_IS_SOUND


def test_an_inventory_is_held_to_its_sidecar_and_its_content(folder: Path):
    an_object(folder)
    inventory, sidecar = (folder / ours.INVENTORY).read_bytes(), (folder / ours.SIDECAR).read_bytes()
    assert ours.faults_of(inventory, sidecar, SHA256) == []
    assert ours.faults_of(inventory.replace(b"v1", b"v2", 1), sidecar, SHA256) == ["sidecar"]
    assert ours.faults_of(inventory, sidecar, "0" * 64) == ["inventory"]
