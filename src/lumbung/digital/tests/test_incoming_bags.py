"""A bag for a title: checked to its last byte, tried dry, brought in, taken out; hostile and broken ones are refused in words."""

import io
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from lumbung.catalogue.tests.factories import a_record
from lumbung.digital.domain import store
from lumbung.digital.domain.files import withdraw_file
from lumbung.digital.domain.incoming_bags import read_bag, store_bag, undo_bag
from lumbung.digital.domain.letting_go import let_go
from lumbung.digital.models import File, IncomingBag, Levels
from lumbung.digital.tests.factories import a_file, a_pdf
from lumbung.formats import bagit
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.refusals import Refused

pytestmark = pytest.mark.django_db


def a_bag(**files: bytes) -> bytes:
    """A bag with these files; ``__`` in a name stands for a full stop."""
    target = io.BytesIO()
    payload = [bagit.Payload(name.replace("__", "."), io.BytesIO(content)) for name, content in files.items()]
    bagit.write_bag(target, "tas", payload, {"Source-Organization": "Arsip Bali"})
    return target.getvalue()


@pytest.fixture
def brought(tmp_path: Path, sari):
    """Bring an archive for a title, as an upload does."""

    def bring(content: bytes, record=None, name: str = "tas.zip") -> IncomingBag:
        path = tmp_path / name
        path.write_bytes(content)
        return read_bag(record or a_record(), path, name=name, by=sari)

    return bring


def repacked(content: bytes, form: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as bag, tarfile.open(fileobj=out, mode=form) as tar:
        for name in bag.namelist():
            member = tarfile.TarInfo(name)
            member.size = len(bag.read(name))
            tar.addfile(member, io.BytesIO(bag.read(name)))
    return out.getvalue()


def lines_of(bag: IncomingBag) -> list[tuple[str, list[str]]]:
    return [(line.path, line.faults) for line in bag.files.all()]


@pytest.mark.parametrize("form", ["zip", "w:", "w:gz"])
def test_a_bag_is_tried_dry_brought_in_and_taken_out_again(brought, sari, form: str):
    content = a_bag(skripsi__pdf=a_pdf(), **{"lampiran/data.csv": b"a,b\n1,2\n", "lampiran/alat.exe": b"MZ\x90\x00"})
    record = a_record()
    bag = brought(content if form == "zip" else repacked(content, form), record)
    assert (File.objects.count(), bag.said[0]) == (0, ["Source-Organization", "Arsip Bali"])
    assert [(path, bool(faults)) for path, faults in lines_of(bag)] == [
        ("lampiran/alat.exe", True),
        ("lampiran/data.csv", False),
        ("skripsi.pdf", False),
    ]
    assert store_bag(bag, by=sari) == 2
    came = File.objects.filter(record=record).order_by("name")
    assert [(each.name, each.label, each.level) for each in came] == [
        ("data.csv", "lampiran", Levels.STAFF),
        ("skripsi.pdf", "", Levels.STAFF),
    ]
    with store.opened(came[1].sha256) as file:
        assert file.read() == a_pdf()
    with pytest.raises(Refused) as refusal:
        store_bag(bag, by=sari)
    assert refusal.value.codes == ["bag_elsewhere"]
    assert undo_bag(bag, by=sari) == 2
    assert File.objects.count() == 0
    told = JournalEntry.objects.filter(name__startswith="Bag").order_by("pk").values_list("name", "data")
    facts = {"bag": bag.pk, "record": record.pk}
    assert list(told) == [
        ("BagRead", {**facts, "files": 3, "good": 2}),
        ("BagStored", {**facts, "files": 2}),
        ("BagUndone", {**facts, "files": 2}),
    ]


def test_our_own_bag_comes_in_as_it_left_with_the_names_the_files_had(signed_in, sari, brought):
    file = a_file(name="Skripsi akhir.pdf")
    answer = signed_in(Client(), sari).post(f"/staff/records/{file.record_id}/files/bag")
    bag = brought(b"".join(answer.streaming_content))
    assert store_bag(bag, by=sari) == 1
    came = File.objects.exclude(pk=file.pk).get()
    assert (came.name, came.sha256, came.label) == ("Skripsi_akhir.pdf", file.sha256, "")
    assert lines_of(bag)[-1] == ("metadata/marc.xml", ["Keterangan tentang isi bag; tidak dijadikan berkas."])


def test_a_content_that_the_title_or_the_bag_has_already_comes_once(brought, sari):
    file = a_file()
    bag = brought(a_bag(satu__pdf=a_pdf(), dua__pdf=a_pdf("dua"), tiga__pdf=a_pdf("dua")), file.record)
    again = ["Judul ini, atau bag ini, sudah mempunyai berkas yang isinya sama."]
    assert lines_of(bag) == [("dua.pdf", []), ("satu.pdf", again), ("tiga.pdf", again)]
    assert store_bag(bag, by=sari) == 1


def test_a_file_that_was_withdrawn_since_stays_when_the_bag_is_taken_out(brought, sari):
    bag = brought(a_bag(satu__pdf=a_pdf("satu"), dua__pdf=a_pdf("dua")))
    store_bag(bag, by=sari)
    withdraw_file(File.objects.get(name="satu.pdf"), because="Salah", by=sari)
    assert undo_bag(bag, by=sari) == 1
    assert [each.name for each in File.objects.all()] == ["satu.pdf"]
    with pytest.raises(Refused) as refusal:
        undo_bag(bag, by=sari)
    assert refusal.value.codes == ["bag_elsewhere"]


def test_contents_of_a_bag_that_was_only_tried_are_let_go(brought, sari, django_capture_on_commit_callbacks):
    first, second = brought(a_bag(a__pdf=a_pdf("satu"))), brought(a_bag(a__pdf=a_pdf("dua")))
    hashes = [bag.files.get().sha256 for bag in (first, second)]
    with django_capture_on_commit_callbacks(execute=True):
        undo_bag(first, by=sari)
    assert [store.exists(each) for each in hashes] == [False, True]
    IncomingBag.objects.filter(pk=second.pk).update(created_at="2020-01-01T00:00:00Z")
    with django_capture_on_commit_callbacks(execute=True):
        assert let_go() == 1
    assert store.exists(hashes[1]) is False


def changed(content: bytes, changes: dict[str, bytes | None]) -> bytes:
    """The bag with members put in the place of others, added, or taken out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as bag, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        members = {name: bag.read(name) for name in bag.namelist()} | changes
        for name, said in members.items():
            if said is not None:
                made.writestr(name, said)
    return out.getvalue()


SUM = b"0" * 64
HOSTILE: list[tuple[dict[str, bytes | None], str]] = [
    ({"tas/data/a.pdf": b"%PDF-lain"}, "bag_sum"),
    ({"tas/data/a.pdf": None}, "bag_missing"),
    ({"tas/data/b.pdf": b"%PDF-b"}, "bag_unlisted"),
    ({"tas/bagit.txt": None}, "bag_not_there"),
    ({"tas/bagit.txt": b"BagIt-Version: 3.0\nTag-File-Character-Encoding: UTF-8\n"}, "bag_version"),
    ({"tas/bagit.txt": b"BagIt-Version: 1.0\nTag-File-Character-Encoding: klingon\n"}, "bag_encoding"),
    ({"lain/apa.txt": b"x"}, "bag_beside"),
    ({"tas/data/../../../etc/passwd": b"x"}, "bag_escapes"),
    ({"/etc/passwd": b"x"}, "bag_beside"),
    ({"tas/manifest-sha256.txt": SUM + b"  ../../etc/passwd\n"}, "bag_escapes"),
    ({"tas/manifest-sha256.txt": SUM + b"  data/..\\..\\x\n"}, "bag_escapes"),
    ({"tas/manifest-sha256.txt": b"bukan sidik jari\n"}, "bag_line"),
    ({"tas/data/a.pdf": None, "tas/fetch.txt": b"https://jahat.example/a - data/a.pdf\n"}, "bag_fetch"),
    ({"tas/fetch.txt": b"https://jahat.example/a - /etc/passwd\n"}, "bag_escapes"),
    ({"tas/manifest-sha256.txt": None, "tas/manifest-sha512.txt": None}, "bag_no_manifest"),
    ({"tas/data/nol": bytes(80 << 20)}, "bag_too_large"),
]


@pytest.mark.parametrize(("changes", "code"), HOSTILE)
def test_a_bag_that_is_not_whole_and_true_is_refused_and_leaves_nothing(brought, tmp_path: Path, changes, code: str):
    with pytest.raises(Refused) as refusal:
        brought(changed(a_bag(a__pdf=a_pdf()), changes))
    assert code in refusal.value.codes
    assert (IncomingBag.objects.count(), (tmp_path / "tas.zip").exists()) == (0, False)
    assert all("%" not in str(reason) for reason in refusal.value.reasons)


def a_tar(*members: tarfile.TarInfo, form: str = "w:") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=form) as tar:
        for member in members:
            tar.addfile(member, io.BytesIO(bytes(member.size)))
    return out.getvalue()


def a_member(name: str, **facts: object) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    for key, value in facts.items():
        setattr(member, key, value)
    return member


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (lambda: b"bukan arsip", "bag_unreadable"),
        (lambda: b"PK\x03\x04rusak", "bag_unreadable"),
        (lambda: b"\x1f\x8brusak", "bag_unreadable"),
        (lambda: a_tar(a_member("tas/nol", size=80 << 20), form="w:gz"), "bag_too_large"),
        (lambda: a_tar(a_member("tas/nol", size=1 << 20))[:4096], "bag_unreadable"),
        (
            lambda: a_tar(a_member("tas/bagit.txt"), a_member("tas/data/x", type=tarfile.SYMTYPE, linkname="/etc/passwd")),
            "bag_link",
        ),
        (lambda: a_tar(a_member("tas/bagit.txt"), a_member("tas/data/x", type=tarfile.CHRTYPE)), "bag_link"),
        (lambda: a_tar(a_member("x" * 200, pax_headers={"comment": "a" * (5 << 20)})), "bag_too_large"),
    ],
)
def test_what_is_no_archive_or_a_trap_is_refused(brought, content: Callable[[], bytes], code: str):
    with pytest.raises(Refused) as refusal:
        brought(content(), name="tas.tar")
    assert code in refusal.value.codes


def test_of_very_many_faults_the_first_are_told_and_how_many_more(brought):
    extra = {f"tas/data/{n}.txt": b"x" for n in range(30)}
    with pytest.raises(Refused) as refusal:
        brought(changed(a_bag(a__pdf=a_pdf()), extra))
    assert str(refusal.value.reasons[-1]) == "Dan 21 kesalahan lain."
    assert len(refusal.value.reasons) == 11


BEYOND = {"duplicate-file-with-different-case", "special-system-files"}
"""Two that list files which no disk here has kept."""


def test_the_bags_of_the_library_of_congress_are_judged_as_it_judges_them(shared_data: Path, tmp_path: Path, subtests: Any):
    folders = sorted(each for each in (shared_data / "bagit").glob("*/*/*") if each.is_dir())
    if not folders:
        pytest.skip("the bags of the Library of Congress are not here")
    for folder in folders:
        with subtests.test(f"{folder.parent.parent.name}-{folder.name}"):
            is_good = folder.parent.name in {"valid", "warning"} and folder.name not in BEYOND
            assert _is_sound(_packed(folder, tmp_path / "tas.zip")) is is_good


def _packed(folder: Path, path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as made:
        for file in sorted(each for each in folder.rglob("*") if each.is_file()):
            made.write(file, f"tas/{file.relative_to(folder)}")
    return path


def _is_sound(path: Path) -> bool:
    try:
        with bagit.opened_bag(path, bagit.Limits(largest=1 << 30, members=100, ratio=200, small=1 << 20)) as bag:
            return not bag.faults
    except bagit.NotABag:
        return False


def test_sari_brings_a_bag_reads_the_report_takes_it_in_and_out(client, sari, ani, signed_in):
    record = a_record()
    address = f"/staff/records/{record.pk}/files/bags"
    assert signed_in(client, ani.user).get(address).status_code == 403
    desk = signed_in(client, sari)
    broken = {"piece": SimpleUploadedFile("tas.zip", changed(a_bag(a__pdf=a_pdf()), {"tas/data/a.pdf": b"%PDF-lain"}))}
    told = desk.post(f"{address}/upload", broken, follow=True).text
    assert "Sidik jari data/a.pdf tidak cocok: isinya berubah sejak bag dibuat." in told
    good = {"piece": SimpleUploadedFile("tas.zip", a_bag(a__pdf=a_pdf(), b__exe=b"MZ\x90\x00"))}
    assert "Bag utuh dan sidik jarinya cocok." in desk.post(f"{address}/upload", good, follow=True).text
    bag = IncomingBag.objects.get()
    assert signed_in(Client(), ani.user).post(f"/staff/files/bags/{bag.pk}/storing").status_code == 403
    report = desk.get(f"/staff/files/bags/{bag.pk}").text
    assert "1 dapat masuk" in report
    assert "Isi berkas b.exe bukan jenis yang diterima" in report
    assert "1 berkas masuk" in desk.post(f"/staff/files/bags/{bag.pk}/storing", follow=True).text
    assert "a.pdf" in desk.get(f"/staff/records/{record.pk}/files").text
    assert "1 berkas dikeluarkan dari judul" in desk.post(f"/staff/files/bags/{bag.pk}/undoing", follow=True).text
    assert File.objects.count() == 0


@pytest.mark.parametrize("rows", [1, 3])
def test_bags_are_listed_with_a_fixed_number_of_statements(client, sari, brought, rows, signed_in, django_assert_num_queries):
    record = a_record()
    for number in range(rows):
        brought(a_bag(a__pdf=a_pdf(str(number))), record)
    desk = signed_in(client, sari)
    address = f"/staff/records/{record.pk}/files/bags"
    desk.get(address)
    with django_assert_num_queries(6):
        assert desk.get(address).status_code == 200
