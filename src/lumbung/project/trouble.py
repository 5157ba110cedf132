"""What the operator must mend before the program can go on: said in a sentence, not in a traceback.

Written in both languages here, because most of it is said before anything else of the program can be read.
"""

import errno
import os
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from lumbung.kernel.terminal import ENGLISH, INDONESIAN, terminal_language

if TYPE_CHECKING:
    from pydantic import ValidationError

USAGE, MACHINE, DATA, PORT, AWAY = 2, 3, 4, 5, 6
"""Exit codes: wrong use, the machine lacks something, the data cannot be used, the port is taken, the database server does not answer."""


class Sentence(NamedTuple):
    """The Indonesian says in brackets what is the matter in English: on a machine without a locale nobody knows who reads it."""

    indonesian: str
    english: str


READ_ONLY = Sentence(
    "Folder data tidak dapat ditulisi: {place}\n"
    "Beri izin menulis kepada pengguna yang menjalankan Lumbung, atau pilih folder lain dengan --data DIR.\n"
    "(The data folder cannot be written. Grant the right to write, or choose another folder with --data DIR.)",
    "The data folder cannot be written: {place}\n"
    "Grant the right to write to the user who runs Lumbung, or choose another folder with --data DIR.",
)
NO_FOLDER = Sentence(
    "Folder data tidak dapat dibuat, atau bukan folder: {place}\n"
    "Pilih folder lain dengan --data DIR.\n"
    "(The data folder cannot be made, or is no folder. Choose another with --data DIR.)",
    "The data folder cannot be made, or is no folder: {place}\nChoose another with --data DIR.",
)
FULL = Sentence(
    "Disk penuh: {place}\n"
    "Kosongkan ruang, lalu jalankan lagi. Data yang sudah tersimpan tetap utuh.\n"
    "(The disk is full. Make room and start again. What was stored is intact.)",
    "The disk is full: {place}\nMake room and start again. What was stored is intact.",
)
NEWER = Sentence(
    "Data ini ditulis oleh Lumbung yang lebih baru ({place}).\n"
    "Pasang versi yang sama atau lebih baru, atau pulihkan cadangan dari versi ini.\n"
    "(This data was written by a newer Lumbung. Install that version or a later one, or restore a backup of this version.)",
    "This data was written by a newer Lumbung ({place}).\n"
    "Install that version or a later one, or restore a backup of this version.",
)
OTHER_TABLES = Sentence(
    "Tabel basis data ini lain daripada yang dikenal versi ini: {place}\n"
    "Data ini dibuat oleh versi percobaan. Perpustakaan contoh: hapus folder datanya, atau mulai di folder lain dengan --data DIR.\n"
    "Koleksi Anda sendiri: keluarkan dengan versi yang membuatnya (lumbung export --format marcxml --output semua.xml), lalu impor.\n"
    "(The tables differ from those of this version: the data was made by a trial version. Start in another folder with --data DIR;\n"
    "export your own records with the version that made them, and import them here. Nothing was changed.)",
    "The tables of this database differ from those of this version: {place}\n"
    "The data was made by a trial version. A demonstration library: delete its data folder, or start in another with --data DIR.\n"
    "Your own records: export them with the version that made them (lumbung export --format marcxml --output all.xml), then import\n"
    "them here. Nothing was changed.",
)
PORT_TAKEN = Sentence(
    "Porta {place} sedang dipakai program lain.\n"
    "Hentikan program itu, atau pilih porta lain: lumbung up --port 8001\n"
    "(The port is in use. Stop the other program or choose another port.)",
    "Port {place} is in use by another program.\nStop that program, or choose another port: lumbung up --port 8001",
)
SERVED_ALREADY = Sentence(
    "Lumbung sudah berjalan dengan folder data ini: {place}\n"
    "Buka alamat itu, atau hentikan dulu yang berjalan (Ctrl-C). Untuk perpustakaan lain, pilih folder lain dengan --data DIR.\n"
    "(Lumbung already serves this data folder. Open that address, stop it first, or choose another folder.)",
    "Lumbung already serves this data folder: {place}\n"
    "Open that address, or stop the one that runs (Ctrl-C). For another library, choose another folder with --data DIR.",
)
STILL_IN_USE = Sentence(
    "Folder data ini sedang dipakai: {place}\n"
    "Hentikan dulu semua perintah lumbung yang memakainya (Ctrl-C, atau systemctl stop). Tidak ada yang diubah.\n"
    "(The data folder is in use. Stop every lumbung command that uses it. Nothing was changed.)",
    "This data folder is in use: {place}\n"
    "Stop every lumbung command that uses it first (Ctrl-C, or systemctl stop). Nothing was changed.",
)
BEING_RESTORED = Sentence(
    "Ke folder data ini sedang dipulihkan cadangan: {place}\n"
    "Tunggu sampai lumbung restore selesai, lalu jalankan lagi.\n"
    "(A backup is being put back into this data folder. Wait until lumbung restore is done.)",
    "A backup is being put back into this data folder: {place}\nWait until lumbung restore is done, then run this again.",
)
PORT_RESERVED = Sentence(
    "Porta {place} hanya boleh dibuka oleh root.\n"
    "Pilih porta dari 1024 ke atas, lalu teruskan dari server web di depannya: lumbung up --port 8000 (deploy/README.md)\n"
    "(Only root may open that port. Choose one from 1024 up, behind a web server.)",
    "Only root may open port {place}.\n"
    "Choose one from 1024 up, behind a web server that passes requests on: lumbung up --port 8000 (deploy/README.md)",
)
HOST_UNKNOWN = Sentence(
    "Alamat {place} bukan alamat mesin ini.\nPakai 127.0.0.1 (hanya mesin ini) atau 0.0.0.0 (seluruh jaringan) dengan --host.\n"
    "(That address is not one of this machine's.)",
    "{place} is no address of this machine.\nGive 127.0.0.1 (this machine alone) or 0.0.0.0 (the whole network) with --host.",
)
A_LITTLE = 1_000_000
"""Bytes without which SQLite cannot go on."""

DATABASE_AWAY = Sentence(
    "Basis data tidak dapat dihubungi: {place}\n"
    "Periksa LUMBUNG_DATABASE_URL dan apakah server PostgreSQL berjalan.\n"
    "(The database cannot be reached. Check LUMBUNG_DATABASE_URL and whether the server runs.)",
    "The database cannot be reached: {place}\nCheck LUMBUNG_DATABASE_URL, and whether the PostgreSQL server runs.",
)
DAMAGED = Sentence(
    "Berkas basis data rusak atau tidak terbaca: {place}\n"
    "Jalankan lumbung doctor; bila perlu pulihkan cadangan dengan lumbung restore.\n"
    "(The database file is damaged or cannot be read. Run lumbung doctor; restore a backup if need be.)",
    "The database file is damaged or cannot be read: {place}\nRun lumbung doctor; restore a backup with lumbung restore if need be.",
)
NOT_PREPARED = Sentence(
    "Basis data di {place} belum disiapkan untuk versi ini.\n"
    "Jalankan lumbung up sekali, atau lumbung migrate bila halaman dilayani dengan cara lain.\n"
    "(The database is not prepared for this version. Run lumbung up once, or lumbung migrate.)",
    "The database in {place} is not prepared for this version.\n"
    "Run lumbung up once, or lumbung migrate where pages are served in another way.",
)
OTHERS_DATA = Sentence(
    "Folder data ini milik pengguna {place}, sedangkan perintah ini dijalankan oleh root.\n"
    "Berkas yang dibuat root tidak dapat dibuka layanan. Jalankan sebagai pengguna itu: runuser -u {place} -- lumbung …\n"
    "(The data folder belongs to that user; what root makes there the service could not open. Run the command as that user.)",
    "This data folder belongs to the user {place}, but root gave this command.\n"
    "What root makes there the service could not open. Run it as that user: runuser -u {place} -- lumbung …",
)
UNKNOWN_COMMAND = Sentence(
    "Perintah “{place}” tidak dikenal. Semua perintah: lumbung --help\n(Unknown command. lumbung --help lists them all.)",
    "There is no command “{place}”. lumbung --help lists them all.",
)
NO_DATA_FOLDER = Sentence("--data memerlukan nama folder (--data needs a folder)", "--data needs the name of a folder")
WRONG_SETTINGS = Sentence(
    "Setelan lingkungan tidak dapat dipakai (settings that cannot be used):\n{place}", "Settings that cannot be used:\n{place}"
)
_YES_OR_NO = "isi dengan true atau false"
_FILES = "isi dengan s3://kunci:rahasia@host:porta/bucket, atau letak lengkap sebuah folder"
_CERTIFICATE = "LUMBUNG_LCP_CERTIFICATE dan LUMBUNG_LCP_KEY (PEM) harus ada dua-duanya dan sepasang"
SETTINGS_TAKE: Mapping[str, str] = {
    "secrets_key": "isi dengan kunci Fernet: 32 bita dalam base64 untuk URL; beberapa dipisahkan koma",
    "search_url": "isi dengan https://pengguna:sandi@host:9200/nama",
    "files_url": _FILES,
    "files_copy_url": _FILES,
    "clamd": "isi dengan host:porta, atau letak lengkap soketnya",
    "ocr": "isi dengan bahasa Tesseract yang disambung dengan +, misalnya ind+eng",
    "url": "isi dengan alamat umum, misalnya https://perpustakaan.kampus.ac.id",
    "hosts": "isi dengan nama host yang dipisahkan koma",
    "internal_targets": "isi dengan jaringan yang dipisahkan koma, misalnya 10.20.0.0/16",
    "proxies": "isi dengan bilangan mulai 0",
    "processes": "isi dengan bilangan 1 sampai 64",
    "filtered_searches": "isi dengan bilangan mulai 0",
    "language": "isi dengan id atau en",
    "secure": _YES_OR_NO,
    "debug": _YES_OR_NO,
    "access_log": _YES_OR_NO,
    "email_url": "isi dengan smtp://pengguna:sandi@host:587/?tls=true dan setel LUMBUNG_URL, atau isi dengan console:",
    "lcp_certificate": _CERTIFICATE,
    "lcp_key": _CERTIFICATE,
}
"""What each setting takes that can be wrong, in Indonesian; in English pydantic and the setting itself say it."""

AS_SAID = Sentence("{place}", "{place}")
"""What says by itself what is the matter, in the language it was asked in."""


class Trouble(Exception):
    """Raised where only the operator can help. The text is for them, in the language of the terminal."""

    def __init__(self, sentence: Sentence, *, exit_code: int, place: object = "") -> None:
        said = sentence.english if terminal_language() == ENGLISH else sentence.indonesian
        super().__init__(said.format(place=place))
        self.exit_code = exit_code


def trouble_of(error: BaseException, data: Path) -> Trouble | None:
    """The trouble behind an error of the operating system or the database; None when it is a fault of the program."""
    from lumbung.kernel.no_room import there_is_no_room  # noqa: PLC0415 -- most is said before Django can be read

    if there_is_no_room(error):
        return Trouble(FULL, exit_code=DATA, place=data)
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
    return None


def _of_sqlite(error: sqlite3.Error, data: Path) -> Trouble | None:
    said = str(error)
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
    """Each environment variable that cannot be understood, by name, with what it takes."""
    lines = [_line_of(each["loc"], each["msg"].removeprefix("Value error, ")) for each in error.errors()]
    return Trouble(WRONG_SETTINGS, exit_code=USAGE, place="\n".join(lines))


def _line_of(place: tuple[int | str, ...], said: str) -> str:
    if not place:  # a file named by a variable, which the sentence names
        return f"  {said}"
    name = str(place[0])
    advice = SETTINGS_TAKE.get(name, "") if terminal_language() == INDONESIAN else ""
    return f"  LUMBUNG_{name.upper()}: " + (f"{advice} ({said})" if advice else said)
