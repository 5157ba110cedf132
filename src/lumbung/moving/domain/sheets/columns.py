"""What a column of a spreadsheet may be, and which one it is likely to be: by its name as libraries here call it, and by what is in it."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

TITLES, MEMBERS = "titles", "members"
IGNORED = ""
LONGEST_HEAD = 30
LOOKED_AT = 10
"""The heads of the columns stand in one of the first rows."""


@dataclass(frozen=True)
class Target:
    """Something a column may be. ``names`` are heads as people write them: letters and digits alone, in small letters."""

    key: str
    label: str | Promise
    names: frozenset[str]
    several: bool = False


def _target(key: str, label: str | Promise, names: str, *, several: bool = False) -> Target:
    return Target(key, label, frozenset(names.split()), several)


_OF_TITLES = (
    _target("title", _("Judul"), "judul judulbuku judulutama judulkoleksi judulbahanpustaka judulskripsi judultesis judulkaryailmiah"
            " namabuku namajudul title judulasli"),
    _target("subtitle", _("Anak judul"), "anakjudul subjudul subtitle judulparalel"),
    _target("responsibility", _("Pernyataan tanggung jawab"), "pernyataantanggungjawab sor statementofresponsibility"),
    _target("people", _("Pengarang"), "pengarang penulis author authors namapengarang namapenulis pengarangutama tajukpengarang creator"
            " pencipta penyusun peneliti", several=True),
    _target("more_people", _("Pengarang tambahan"), "pengarangtambahan pengarangtambahannamaorang penulislain editor penyunting"
            " penerjemah kontributor pembimbing dosenpembimbing pembimbing1 pembimbing2", several=True),
    _target("bodies", _("Badan atau lembaga sebagai pengarang"), "badankorporasi korporasi tajukpengarangbadankooperasi"
            " pengarangtambahannamabadan lembaga", several=True),
    _target("edition", _("Edisi"), "edisi cetakan edition edisicetakan cet"),
    _target("place", _("Tempat terbit"), "tempatterbit kotaterbit kota placename tempat place kotapenerbit"),
    _target("publisher", _("Penerbit"), "penerbit publisher publishername namapenerbit"),
    _target("year", _("Tahun terbit"), "tahunterbit tahun thnterbit thterbit tanggalterbit tglterbit publishyear year tahunlulus"),
    _target("isbn", _("ISBN atau ISSN"), "isbn isbnissn noisbn nomorisbn isbn13 isbn10"),
    _target("issn", _("ISSN"), "issn noissn"),
    _target("extent", _("Halaman atau deskripsi fisik"), "halaman jumlahhalaman jmlhalaman jmlhal kolasi deskripsifisik collation pages"),
    _target("dimensions", _("Ukuran"), "dimensi ukuran tinggi"),
    _target("language", _("Bahasa"), "bahasa languagename language"),
    _target("classification", _("Klasifikasi (DDC)"), "klasifikasi noklas noklasifikasi nomorklasifikasi ddc noddc kelas classification"
            " nomorklas"),
    _target("call_number", _("Nomor panggil"), "nomorpanggil nopanggil callnumber nomorpanggilkatalog nomorpanggileksemplar"),
    _target("subjects", _("Subjek"), "subjek subyek subject subjektopik topik topics tajuksubjek kategori katakunci keywords",
            several=True),
    _target("series", _("Seri"), "seri seriestitle judulseri series"),
    _target("summary", _("Abstrak atau ringkasan"), "abstrak ringkasan sinopsis abstract deskripsi"),
    _target("contents", _("Daftar isi"), "daftarisi contents"),
    _target("notes", _("Catatan"), "catatan keterangan notes keteranganlain ket", several=True),
    _target("kind", _("Jenis bahan"), "jenisbahan jeniskoleksi gmd gmdname media bentuk jenisbuku tipebahan jenis"),
    _target("programme", _("Program studi (tugas akhir)"), "programstudi prodi jurusan fakultas programstudy"),
    _target("student", _("NIM penulis (tugas akhir)"), "nim npm nrp nimpenulis"),
    _target("address", _("Alamat web"), "url link tautan alamatweb website"),
    _target("record", _("Nomor judul di sistem lama"), "biblioid idbuku idjudul kodejudul controlnumber recordid idkatalog"),
    _target("barcode", _("Barcode eksemplar"), "barcode nobarcode nomorbarcode itemcode kodeeksemplar kodebarcode kodebuku nomorbuku",
            several=True),
    _target("accession", _("Nomor induk"), "nomorinduk noinduk noinventaris nomorinventaris inventorycode inventaris nomorindukbuku"
            " noindukbuku"),
    _target("copies", _("Jumlah eksemplar"), "jumlaheksemplar jmleksemplar jmleks eksemplar jumlah jml jumlahbuku qty eks"),
    _target("place_of_copy", _("Lokasi rak"), "lokasi rak lokasirak locationname kodelokasiruang ruang lokasiruang location nomorrak"),
    _target("copy_type", _("Jenis eksemplar"), "tipekoleksi colltypename tipeeksemplar jeniseksemplar akses kategorikoleksi"),
    _target("price", _("Harga"), "harga price hargabuku hargasatuan"),
    _target("source", _("Sumber perolehan"), "sumber jenissumber sumberperolehan asal asalbuku perolehan source"),
    _target("vendor", _("Pemasok atau pemberi"), "namasumber suppliername pemasok supplier toko donatur namapemberi"),
    _target("acquired", _("Tanggal diterima"), "tanggalditerima tglditerima tglpengadaan tanggalpengadaan receiveddate tglmasuk"
            " tanggalmasuk tglperolehan tanggalperolehan tanggal tglterima"),
)  # fmt: skip
_OF_MEMBERS = (
    _target("name", _("Nama"), "nama namalengkap namaanggota namamahasiswa namasiswa membername name namapemustaka"),
    _target("card", _("Nomor anggota"), "noanggota nomoranggota idanggota memberid nokartu nomorkartu kodeanggota barcodeanggota"),
    _target("nim", _("NIM"), "nim npm nrp nomorindukmahasiswa nimnpm"),
    _target("nisn", _("NISN"), "nisn nis noinduksiswa"),
    _target("nip", _("NIP"), "nip nippegawai"),
    _target("nidn", _("NIDN"), "nidn"),
    _target("category", pgettext_lazy("many", "Kategori anggota"), "jenisanggota tipeanggota kategori kategorianggota membertypename"
            " statuskeanggotaan tipe jenis"),
    _target("email", _("Surel"), "email surel alamatemail memberemail mail"),
    _target("phone", _("Telepon"), "telepon nohp hp notelp telp memberphone nomorhp whatsapp nowa wa notelepon handphone"),
    _target("unit", _("Fakultas, program studi, atau lembaga"), "programstudi prodi jurusan fakultas instname namainstitusi instansi"
            " kelas unit unitkerja lembaga kelassiswa", several=True),
    _target("joined", _("Tanggal mendaftar"), "tanggaldaftar tanggalpendaftaran tgldaftar membersincedate registerdate tglpendaftaran"
            " tanggalmendaftar"),
    _target("expires", _("Berlaku sampai"), "berlakusampai tanggalakhirberlaku expiredate tglberakhir masaberlaku tanggalberakhir"),
    _target("note", _("Catatan"), "catatan keterangan membernotes alamat memberaddress alamattempattinggalsekarang", several=True),
)  # fmt: skip
TARGETS: Mapping[str, Sequence[Target]] = {TITLES: _OF_TITLES, MEMBERS: _OF_MEMBERS}
NEEDED = {TITLES: "title", MEMBERS: "name"}
_ISBN = re.compile(r"(97[89][- ]?)?\d[\d -]{7,11}[\dXx]")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[a-z]{2,}", re.IGNORECASE)
_MOSTLY = 0.6


@dataclass(frozen=True)
class Guess:
    """``what`` is "titles" or "members"; ``head`` the place of the row with the heads (-1: there is none), ``sure`` whether they are known
    ones; ``columns`` the likely target of each column, ``IGNORED`` where nothing fits."""

    what: str
    head: int
    columns: tuple[str, ...]
    sure: bool


def plain(head: str) -> str:
    """A head as ``Target.names`` tells it."""
    letters = unicodedata.normalize("NFKD", head.casefold())
    return re.sub(r"[^a-z0-9]", "", letters)


def guess(rows: Sequence[Sequence[str]]) -> Guess:
    """What the columns are likely to be. Without heads only what a column holds can tell."""
    width = max((len(row) for row in rows[: LOOKED_AT * 10]), default=0)
    tries = [(_fits(row, what), what, at) for what in TARGETS for at, row in enumerate(rows[:LOOKED_AT])]
    fit, what, head = max(tries, key=lambda each: (each[0], -each[2]), default=(0, TITLES, -1))
    if not fit:
        what, head = TITLES, 0 if looks_like_heads(rows) else -1
    heads = [plain(cell) for cell in rows[head]] if head >= 0 else []
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
    heads = [plain(cell) for cell in row]
    found = {target.key for target in TARGETS[what] for head in heads if head in target.names}
    return len(found) if NEEDED[what] in found else 0


def _likely(head: str, sample: Sequence[str], what: str, taken: Sequence[str]) -> str:
    for target in TARGETS[what]:
        if head and head in target.names and (target.several or target.key not in taken):
            return target.key
    if head:
        return IGNORED
    if what == TITLES and "isbn" not in taken and _mostly(_ISBN, sample):
        return "isbn"
    return "email" if what == MEMBERS and "email" not in taken and _mostly(_EMAIL, sample) else IGNORED


def _mostly(pattern: re.Pattern[str], sample: Sequence[str]) -> bool:
    return bool(sample) and sum(bool(pattern.fullmatch(each.strip())) for each in sample) > _MOSTLY * len(sample)
