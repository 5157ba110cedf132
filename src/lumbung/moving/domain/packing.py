"""A whole library in open formats, to be carried anywhere: for other systems MARC 21 and tables, for a Lumbung every row and file.

A package is a folder: ``rows/`` with each table as JSON Lines (``kernel.json_rows``), ``data/files/`` with what was uploaded,
``records/`` and ``tables/`` for whoever does not know Lumbung, and the manifest, written last. ``lumbung restore`` reads it back. Who is
signed in, work that waits and the keys of the house stay behind.
"""

import errno
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection, models, transaction

from lumbung import __version__
from lumbung.catalogue.domain.authorities.exporting import export_authorities
from lumbung.catalogue.domain.crosswalk.changes import COLUMNS, rows_of
from lumbung.catalogue.domain.exports import FORMS, RecordSelection, Told
from lumbung.catalogue.queries import class_pairs
from lumbung.circulation.models import Fee, Hold, Loan
from lumbung.digital.domain import places, store
from lumbung.digital.domain.places.local import Folder
from lumbung.digital.models import File
from lumbung.kernel import clock, json_rows
from lumbung.kernel.manifests import Manifest, hashes, write_manifest
from lumbung.kernel.ui.spreadsheet import csv_lines
from lumbung.members.models import Member

ROWS, KEPT, FOLDER = "rows", "data", "departures"
STAYS = frozenset(
    {"accounts.DeviceSession", "django_tasks_database.DBTaskResult", "kernel.Lease", "kernel.SentForm", "moving.Departure"}
)
"""Of this house and this moment alone."""
MADE_ANEW = frozenset({"discovery.Heading", "discovery.BrowsedTitle", "discovery.ShelfPlace"})
"""Lists that stand beside the index and are made with it."""
RECORDS = {"katalog.xml": "marcxml", "katalog.mrc": "iso2709"}
TITLES = {"judul.csv": "csv", "eksemplar.csv": "copies-csv"}
HEADINGS = {"tajuk.xml": "marcxml", "tajuk.ttl": "skos"}
NAMED_BY = "urn:lumbung:tajuk:"
"""What the addresses of headings begin with where there is no site."""
EVERY = 500
Tell = Callable[[int], None]
"""Told how many rows were written."""
READ_ME = """\
Isi paket ini / What is in this package

rows/       setiap tabel, JSON Lines, satu baris satu objek / every table, JSON Lines, one object a line
data/files/ berkas yang diunggah / uploaded files
records/    katalog, MARC 21 (MARCXML dan ISO 2709), eksemplar di ruas 952; tajuk (MARCXML dan SKOS)
            / the catalogue, MARC 21, copies in 952; headings (MARCXML and SKOS)
tables/     judul, eksemplar, anggota, pinjaman, pesanan, biaya, padanan kelas sebagai CSV
            / titles, copies, members, loans, holds, fees, paired classes as CSV
backup.json jumlah baris tiap tabel dan SHA-256 tiap berkas / rows of each table and SHA-256 of each file

Dibaca kembali dengan / read back with: lumbung restore FOLDER
Paket ini memuat data pribadi anggota. Simpan dan kirim dengan aman. / It holds personal data: keep and send it safely.
"""


def library_tables() -> list[type[models.Model]]:
    """The tables that make the library, in the order in which programs were installed."""
    kinds = [kind for kind in apps.get_models(include_auto_created=True) if kind._meta.managed and not kind._meta.proxy]
    return [kind for kind in kinds if kind._meta.label not in STAYS | MADE_ANEW]


def count_rows() -> int:
    """How many rows a package would have."""
    return sum(kind._base_manager.count() for kind in library_tables())  # noqa: SLF001 -- every row


def pack(folder: Path, tell: Tell = lambda rows: None) -> tuple[Path, Manifest]:
    """Write the package into a new folder inside ``folder`` and return where it is. Other processes may go on working.

    Everything in it is of one moment. Raises ``OSError`` when there is no room; nothing is left then.
    """
    made_at = clock.now()
    final = folder / f"perpustakaan-{made_at:%Y%m%d-%H%M%S}"
    partial = folder / f".{final.name}.partial"
    partial.mkdir(parents=True, mode=0o700)
    try:
        with _one_moment():
            rows = _write_rows(partial / ROWS, tell)
            _write_for_others(partial)
        _copy_files(partial / KEPT)
        (partial / "BACA-SAYA.txt").write_text(READ_ME, encoding="utf-8")
        manifest = Manifest(__version__, made_at.isoformat(), ROWS, rows, hashes(partial))
        write_manifest(partial, manifest)
        partial.rename(final)
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        raise
    return final, manifest


@contextmanager
def _one_moment() -> Iterator[None]:
    """Within the block everything that is read is of one moment, and nobody who writes waits for it."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
    else:  # not ``atomic``, which would take the turn of those who write
        with connection.cursor() as cursor:
            cursor.execute("BEGIN")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")


def _write_rows(folder: Path, tell: Tell) -> dict[str, int]:
    folder.mkdir()
    counts, told = {}, 0
    for kind in library_tables():
        table = kind._meta.db_table
        counts[table] = 0
        with (folder / f"{table}.jsonl").open("w", encoding="utf-8", newline="\n") as file:
            for line in json_rows.lines(kind):
                file.write(line)
                counts[table] += 1
                told += 1
                if told % EVERY == 0:
                    tell(told)
    tell(told)
    return counts


def _write_for_others(folder: Path) -> None:
    """What a system other than Lumbung reads. A record too long for ISO 2709 stands in MARCXML alone."""
    for place, forms in (("records", RECORDS), ("tables", TITLES)):
        (folder / place).mkdir()
        for name, form in forms.items():
            with (folder / place / name).open("wb") as binary:
                binary.writelines(FORMS[form].write(RecordSelection().records(), Told()))
    for name, form in HEADINGS.items():
        with (folder / "records" / name).open("wb") as binary:
            binary.writelines(export_authorities(form, base=NAMED_BY))
    for name, header, rows in _tables():
        with (folder / "tables" / name).open("w", encoding="utf-8", newline="") as text:
            text.writelines(csv_lines(header, rows))


def _tables() -> Iterator[tuple[str, Sequence[str], Iterable[Sequence[Any]]]]:
    members = (
        "barcode",
        "name",
        "category__code",
        "email",
        "phone",
        "unit",
        "joined_on",
        "expires_on",
        "blocked_because",
        "note",
    )
    loans = ("item__barcode", "member__barcode", "lent_at", "due_at", "returned_at", "renewal_count", "lent_from__code")
    holds = ("record_id", "record__title", "member__barcode", "state", "placed_at", "pickup_branch__code", "item__barcode")
    fees = ("account__member__barcode", "kind", "amount", "settled", "charged_at", "item__barcode", "note")
    yield "anggota.csv", *_of(Member, members)
    yield "pinjaman.csv", *_of(Loan, loans)
    yield "pesanan.csv", *_of(Hold, holds)
    yield "biaya.csv", *_of(Fee, fees)
    yield "padanan-kelas.csv", COLUMNS, rows_of(class_pairs())


def _of(kind: type[models.Model], columns: Sequence[str]) -> tuple[Sequence[str], Iterable[Sequence[Any]]]:
    rows = kind._base_manager.order_by("pk").values_list(*columns)  # noqa: SLF001 -- every row
    return [each.removesuffix("_id").replace("__", "_") for each in columns], rows.iterator(chunk_size=EVERY)


def _copy_files(target: Path) -> None:
    kept = Path(default_storage.path(""))
    if kept.is_dir():
        shutil.copytree(kept, target / "files", ignore=shutil.ignore_patterns(FOLDER))
    target.mkdir(exist_ok=True)
    if settings.FILES_URL:
        _fetch_contents(target / "files" / "digital" / "objects")


def _fetch_contents(root: Path) -> None:
    """Digital files that lie elsewhere, each as the object it is there. Raises ``OSError`` where one cannot be read."""
    with tempfile.TemporaryDirectory() as known:
        folder = Folder(root, known=Path(known))
        for sha256 in File.objects.order_by("sha256").values_list("sha256", flat=True).distinct().iterator():
            held = next((place for place in places.readable() if place.has(sha256)), None)
            if held is None:
                raise FileNotFoundError(errno.ENOENT, f"isi berkas digital {sha256} tidak ada")
            with store.on_disk(sha256) as path:
                folder.keep(sha256, path, store.described(held, sha256))
