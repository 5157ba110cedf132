"""What a column of a spreadsheet may be, and which one it is likely to be: by its name as libraries here call it, and by what is in it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lumbung.catalogue.domain.imports.table_columns import USUAL_NAMES, plain
from lumbung.catalogue.domain.imports.table_columns import Target as Known

TITLES, MEMBERS = "titles", "members"
IGNORED = ""
LONGEST_HEAD = 30
LOOKED_AT = 10
"""The heads of the columns stand in one of the first rows."""


@dataclass(frozen=True)
class Target:
    """Something a column may be. ``names`` are heads as people write them, ``plain``."""

    key: str
    label: str | Promise
    names: frozenset[str]
    several: bool = False


def _target(key: str, label: str | Promise, names: str = "", *, several: bool = False, known: Known | None = None) -> Target:
    """``known`` is the catalogue's word for the same: its usual heads serve here too."""
    return Target(key, label, frozenset([*names.split(), *(USUAL_NAMES[known].split() if known else ())]), several)


_OF_TITLES = (
    _target("title", _("Judul"), known=Known.TITLE),
    _target("subtitle", _("Anak judul"), known=Known.SUBTITLE),
    _target("responsibility", _("Pernyataan tanggung jawab"), known=Known.RESPONSIBILITY),
    _target("people", _("Pengarang"), known=Known.PEOPLE, several=True),
    _target("more_people", _("Pengarang tambahan"), "penulislain editor penyunting penerjemah kontributor pembimbing dosenpembimbing"
            " pembimbing1 pembimbing2", several=True),
    _target("bodies", _("Badan atau lembaga sebagai pengarang"), known=Known.BODIES, several=True),
    _target("edition", _("Edisi"), known=Known.EDITION),
    _target("place", _("Tempat terbit"), known=Known.PLACE),
    _target("publisher", _("Penerbit"), known=Known.PUBLISHER),
    _target("year", _("Tahun terbit"), known=Known.YEAR),
    _target("isbn", _("ISBN atau ISSN"), known=Known.ISBN),
    _target("issn", _("ISSN"), known=Known.ISSN),
    _target("extent", _("Halaman atau deskripsi fisik"), known=Known.EXTENT),
    _target("dimensions", _("Ukuran"), known=Known.DIMENSIONS),
    _target("language", _("Bahasa"), known=Known.LANGUAGE),
    _target("classification", _("Klasifikasi (DDC)"), known=Known.CLASSIFICATION),
    _target("call_number", _("Nomor panggil"), "nomorpanggileksemplar", known=Known.CALL_NUMBER),
    _target("subjects", _("Subjek"), known=Known.SUBJECTS, several=True),
    _target("series", _("Seri"), known=Known.SERIES),
    _target("summary", _("Abstrak atau ringkasan"), known=Known.SUMMARY),
    _target("contents", _("Daftar isi"), known=Known.CONTENTS),
    _target("notes", _("Catatan"), known=Known.NOTES, several=True),
    _target("kind", _("Jenis bahan"), known=Known.MATERIAL),
    _target("programme", _("Program studi (tugas akhir)"), "programstudi prodi jurusan fakultas programstudy"),
    _target("student", _("NIM penulis (tugas akhir)"), "nim npm nrp nimpenulis"),
    _target("address", _("Alamat web"), known=Known.ADDRESSES),
    _target("record", _("Nomor judul di sistem lama"), known=Known.CONTROL_NUMBER),
    _target("barcode", _("Barcode eksemplar"), known=Known.BARCODE, several=True),
    _target("accession", _("Nomor induk"), known=Known.ACCESSION_NUMBER),
    _target("copies", _("Jumlah eksemplar"), "jumlaheksemplar jmleksemplar jmleks eksemplar jumlah jml jumlahbuku qty eks"
            " jmlbuku jlh jlheks jumlaheks jmleksmplr banyaknya exemplar jumlahexemplar jmlexemplar jumlahkopi jmlkopi jumlahcopy"),
    _target("place_of_copy", _("Lokasi rak"), known=Known.LOCATION),
    _target("copy_type", _("Jenis eksemplar"), known=Known.ITEM_TYPE),
    _target("price", _("Harga"), known=Known.PRICE),
    _target("source", _("Sumber perolehan"), "sumber jenissumber sumberperolehan asal asalbuku perolehan source"
            " asalperolehan caraperolehan sumberbuku asalkoleksi sumberdana"),
    _target("vendor", _("Pemasok atau pemberi"), known=Known.VENDOR),
    _target("acquired", _("Tanggal diterima"), known=Known.ACCESSIONED_ON),
)  # fmt: skip
_OF_MEMBERS = (
    _target("name", _("Nama"), "nama namalengkap namaanggota namamahasiswa namasiswa membername name namapemustaka"
            " namapeserta namadosen namapegawai namaguru namakaryawan namapengguna"),
    _target("card", _("Nomor anggota"), "noanggota nomoranggota idanggota memberid nokartu nomorkartu kodeanggota barcodeanggota"
            " nokartuanggota nomorkartuanggota noanggotaperpustakaan nomoranggotaperpustakaan"),
    _target("nim", _("NIM"), "nim npm nrp nomorindukmahasiswa nimnpm noindukmahasiswa nomorpokokmahasiswa"),
    _target("nisn", _("NISN"), "nisn nis nomorinduk noinduk noinduksiswa nomorinduksiswa nomorinduksiswanasional"),
    _target("nip", _("NIP"), "nip nippegawai nomorindukpegawai"),
    _target("nidn", _("NIDN"), "nidn nomorindukdosennasional"),
    _target("category", pgettext_lazy("many", "Kategori anggota"), "jenisanggota tipeanggota kategori kategorianggota membertypename"
            " statuskeanggotaan tipe jenis"),
    _target("email", _("Surel"), "email surel alamatemail memberemail mail emailaktif"),
    _target("phone", _("Telepon"), "telepon nohp hp notelp telp memberphone nomorhp whatsapp nowa wa notelepon handphone"
            " nohandphone nomortelepon nomortelp nowhatsapp nomorwhatsapp nomorwa nohpwa telpon notelpon kontak"),
    _target("unit", _("Fakultas, program studi, atau lembaga"), "programstudi prodi jurusan fakultas instname namainstitusi instansi"
            " kelas unit unitkerja lembaga kelassiswa namaprodi namafakultas departemen programkeahlian rombel", several=True),
    _target("joined", _("Tanggal mendaftar"), "tanggaldaftar tanggalpendaftaran tgldaftar membersincedate registerdate tglpendaftaran"
            " tanggalmendaftar tanggalbergabung tglbergabung tanggalmasuk tglmasuk tanggalregistrasi tgljadianggota"),
    _target("expires", _("Berlaku sampai"), "berlakusampai tanggalakhirberlaku expiredate tglberakhir masaberlaku tanggalberakhir"
            " berlakuhingga berlakusd masaberlakusampai tanggalkedaluwarsa tglkedaluwarsa tanggalkadaluarsa tglkadaluarsa"),
    _target("note", _("Catatan"), "catatan keterangan membernotes alamat memberaddress alamattempattinggalsekarang"
            " alamatrumah alamatlengkap", several=True),
)  # fmt: skip
TARGETS: Mapping[str, Sequence[Target]] = {TITLES: _OF_TITLES, MEMBERS: _OF_MEMBERS}
NEEDED = {TITLES: ("title",), MEMBERS: ("name", "card")}
IDENTIFIERS = ("nim", "nisn", "nip", "nidn")
NUMBERS = frozenset({
    "isbn", "issn", "year", "extent", "classification", "call_number", "student", "record", "barcode", "accession", "copies", "price",
    "acquired", "card", *IDENTIFIERS, "phone", "joined", "expires",
})  # fmt: skip
"""Targets that are numbers or days, or begin with one; an apostrophe in front of them is the spreadsheet's. In words it is their own."""
STANDS_FOR = {"card": IDENTIFIERS}
"""Columns that serve where one that is needed is not there."""
_ISBN = re.compile(r"(97[89][- ]?)?\d[\d -]{7,11}[\dXx]")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[a-z]{2,}", re.IGNORECASE)
_MOSTLY = 0.6
_PARTS = re.compile(r"[()/&\n]|\b(?:dan|atau)\b", re.IGNORECASE)
"""What stands between two names of one column."""


@dataclass(frozen=True)
class Guess:
    """``what`` is "titles" or "members"; ``head`` the place of the row with the heads (-1: there is none), ``sure`` whether they are known
    ones; ``columns`` the likely target of each column, ``IGNORED`` where nothing fits."""

    what: str
    head: int
    columns: tuple[str, ...]
    sure: bool


def guess(rows: Sequence[Sequence[str]]) -> Guess:
    """What the columns are likely to be. Without heads only what a column holds can tell."""
    width = max((len(row) for row in rows[: LOOKED_AT * 10]), default=0)
    tries = [(_fits(row, what), what, at) for what in TARGETS for at, row in enumerate(rows[:LOOKED_AT])]
    fit, what, head = max(tries, key=lambda each: (each[0], -each[2]), default=(0, TITLES, -1))
    if not fit:
        what, head = TITLES, 0 if looks_like_heads(rows) else -1
    heads = list(rows[head]) if head >= 0 else []
    columns: list[str] = []
    for at in range(width):
        sample = [row[at] for row in rows[head + 1 : head + 201] if at < len(row) and row[at]]
        columns.append(_likely(heads[at] if at < len(heads) else "", sample, what, columns))
    return Guess(what, head, tuple(columns), sure=bool(fit))


def looks_like_heads(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first row could be heads that nobody here knows: short words without a digit, none of which comes again."""
    if len(rows) < 2 or len(rows[0]) < 2:  # noqa: PLR2004 -- one cell, or one row, tells nothing
        return False
    first = [cell.casefold() for cell in rows[0]]
    again = {cell.casefold() for row in rows[1:] for cell in row}
    return all(cell and len(cell) <= LONGEST_HEAD and not re.search(r"\d", cell) and cell not in again for cell in first)


def _fits(row: Sequence[str], what: str) -> int:
    """How many heads this row has; it counts for nothing without the one that is needed."""
    found = {_named(cell, what) for cell in row} - {None}
    return len(found) if NEEDED[what][0] in {target.key for target in found if target} else 0


def _named(head: str, what: str) -> Target | None:
    """The target that is called so; else the only one that part of the head calls: ``Kode Buku (Barcode)``, ``Pengarang/Penulis``."""
    for target in TARGETS[what]:
        if plain(head) in target.names:
            return target
    parts = {name for part in _PARTS.split(head) if (name := plain(part))}
    found = [target for target in TARGETS[what] if parts & target.names]
    return found[0] if len(found) == 1 else None


def _likely(head: str, sample: Sequence[str], what: str, taken: Sequence[str]) -> str:
    target = _named(head, what)
    if target is not None and (target.several or target.key not in taken):
        return target.key
    if plain(head):
        return IGNORED
    if what == TITLES and "isbn" not in taken and _mostly(_ISBN, sample):
        return "isbn"
    return "email" if what == MEMBERS and "email" not in taken and _mostly(_EMAIL, sample) else IGNORED


def _mostly(pattern: re.Pattern[str], sample: Sequence[str]) -> bool:
    return bool(sample) and sum(bool(pattern.fullmatch(each.strip())) for each in sample) > _MOSTLY * len(sample)
