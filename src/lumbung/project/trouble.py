"""What the operator must mend before the program can go on: said in a sentence, not in a traceback."""

import errno
import os
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pydantic import ValidationError

USAGE, MACHINE, DATA, PORT, AWAY = 2, 3, 4, 5, 6
"""Exit codes: wrong use, the machine lacks something, the data cannot be used, the port is taken, the database server does not answer."""

READ_ONLY = (
    "Folder data tidak dapat ditulisi: {place}\n"
    "Beri izin menulis kepada pengguna yang menjalankan Lumbung, atau pilih folder lain dengan --data DIR.\n"
    "(The data folder cannot be written. Grant the right to write, or choose another folder with --data DIR.)"
)
NO_FOLDER = (
    "Folder data tidak dapat dibuat, atau bukan folder: {place}\n"
    "Pilih folder lain dengan --data DIR.\n"
    "(The data folder cannot be made, or is no folder. Choose another with --data DIR.)"
)
FULL = (
    "Disk penuh: {place}\n"
    "Kosongkan ruang, lalu jalankan lagi. Data yang sudah tersimpan tetap utuh.\n"
    "(The disk is full. Make room and start again. What was stored is intact.)"
)
NEWER = (
    "Data ini ditulis oleh Lumbung yang lebih baru ({place}).\n"
    "Pasang versi yang sama atau lebih baru, atau pulihkan cadangan dari versi ini.\n"
    "(This data was written by a newer Lumbung. Install that version or a later one, or restore a backup of this version.)"
)
OTHER_TABLES = (
    "Tabel basis data ini lain daripada yang dikenal versi ini: {place}\n"
    "Data ini dibuat oleh versi percobaan. Perpustakaan contoh: hapus folder datanya, atau mulai di folder lain dengan --data DIR.\n"
    "Koleksi Anda sendiri: keluarkan dengan versi yang membuatnya (lumbung export --format marcxml --output semua.xml), lalu impor.\n"
    "(The tables differ from those of this version: the data was made by a trial version. Start in another folder with --data DIR;\n"
    "export your own records with the version that made them, and import them here. Nothing was changed.)"
)
PORT_TAKEN = (
    "Porta {place} sedang dipakai program lain.\n"
    "Hentikan program itu, atau pilih porta lain: lumbung up --port 8001\n"
    "(The port is in use. Stop the other program or choose another port.)"
)
PORT_RESERVED = (
    "Porta {place} hanya boleh dibuka oleh root.\n"
    "Pilih porta dari 1024 ke atas, lalu teruskan dari server web di depannya: lumbung up --port 8000 (deploy/README.md)\n"
    "(Only root may open that port. Choose one from 1024 up, behind a web server.)"
)
HOST_UNKNOWN = (
    "Alamat {place} bukan alamat mesin ini.\nPakai 127.0.0.1 (hanya mesin ini) atau 0.0.0.0 (seluruh jaringan) dengan --host.\n"
    "(That address is not one of this machine's.)"
)
A_LITTLE = 1_000_000
"""Bytes without which SQLite cannot go on."""

DATABASE_AWAY = (
    "Basis data tidak dapat dihubungi: {place}\n"
    "Periksa LUMBUNG_DATABASE_URL dan apakah server PostgreSQL berjalan.\n"
    "(The database cannot be reached. Check LUMBUNG_DATABASE_URL and whether the server runs.)"
)
DAMAGED = (
    "Berkas basis data rusak atau tidak terbaca: {place}\n"
    "Jalankan lumbung doctor; bila perlu pulihkan cadangan dengan lumbung restore.\n"
    "(The database file is damaged or cannot be read. Run lumbung doctor; restore a backup if need be.)"
)


NOT_PREPARED = (
    "Basis data di {place} belum disiapkan untuk versi ini.\n"
    "Jalankan lumbung up sekali, atau lumbung migrate bila halaman dilayani dengan cara lain.\n"
    "(The database is not prepared for this version. Run lumbung up once, or lumbung migrate.)"
)


OTHERS_DATA = (
    "Folder data ini milik pengguna {place}, sedangkan perintah ini dijalankan oleh root.\n"
    "Berkas yang dibuat root tidak dapat dibuka layanan. Jalankan sebagai pengguna itu: runuser -u {place} -- lumbung …\n"
    "(The data folder belongs to that user; what root makes there the service could not open. Run the command as that user.)"
)


class Trouble(Exception):
    """Raised where only the operator can help. The text is for them, in Indonesian and English."""

    def __init__(self, sentence: str, *, exit_code: int, place: object = "") -> None:
        super().__init__(sentence.format(place=place))
        self.exit_code = exit_code


def trouble_of(error: BaseException, data: Path) -> Trouble | None:
    """The trouble behind an error of the operating system or the database; None when it is a fault of the program."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, OSError) and (trouble := _of_system(cause, data)):
            return trouble
        if isinstance(cause, sqlite3.Error) and (trouble := _of_sqlite(cause, data)):
            return trouble
        if type(cause).__name__ in {"UndefinedTable", "UndefinedColumn"}:
            return Trouble(NOT_PREPARED, exit_code=DATA, place=data)
        if type(cause).__module__.startswith("psycopg") and type(cause).__name__ == "OperationalError":
            return Trouble(DATABASE_AWAY, exit_code=AWAY, place=str(cause).strip().splitlines()[0])
        cause = cause.__cause__ or cause.__context__
    return None


def trouble_of_folder(error: OSError, data: Path) -> Trouble:
    """The trouble behind an error of the operating system that came of making or opening the data folder itself."""
    return _of_system(error, data) or Trouble(NO_FOLDER, exit_code=DATA, place=data)


def _of_system(error: OSError, data: Path) -> Trouble | None:
    place = error.filename or data
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return Trouble(READ_ONLY, exit_code=DATA, place=place)
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return Trouble(FULL, exit_code=DATA, place=data)
    return None


def _of_sqlite(error: sqlite3.Error, data: Path) -> Trouble | None:
    said = str(error)
    if "disk is full" in said:
        return Trouble(FULL, exit_code=DATA, place=data)
    if "readonly" in said or "unable to open" in said:
        return Trouble(READ_ONLY, exit_code=DATA, place=data)
    if "malformed" in said or "not a database" in said:
        return Trouble(DAMAGED, exit_code=DATA, place=data)
    if "no such table" in said or "no such column" in said:
        return Trouble(NOT_PREPARED, exit_code=DATA, place=data)
    # A full disk shows as an I/O error when SQLite cannot grow its shared memory.
    if "disk I/O error" in said and not _has_room(data):
        return Trouble(FULL, exit_code=DATA, place=data)
    return None


def _has_room(data: Path) -> bool:
    try:
        free = os.statvfs(data)
    except OSError:
        return False
    return free.f_bavail * free.f_frsize > A_LITTLE


def trouble_of_settings(error: "ValidationError") -> Trouble:
    """Each environment variable that cannot be understood, by name."""
    lines = [f"  LUMBUNG_{'_'.join(map(str, each['loc'])).upper()}: {each['msg']}" for each in error.errors()]
    said = "\n".join(["Setelan lingkungan tidak dapat dipakai (settings that cannot be used):", *lines])
    return Trouble(said.replace("{", "{{").replace("}", "}}"), exit_code=USAGE)
