"""The kinds of rows, and what became of them, as they are called on screen."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lumbung.circulation.models import LoanRule

ENTITIES: dict[str, Promise] = {
    "input": _("Berkas cadangan"),
    "place": _("Lokasi"),
    "room": pgettext_lazy("many", "Ruang"),
    "copy_type": pgettext_lazy("many", "Jenis eksemplar"),
    "category": pgettext_lazy("many", "Kategori anggota"),
    "rule": pgettext_lazy("many", "Aturan peminjaman"),
    "closed_day": _("Hari libur"),
    "staff": _("Petugas"),
    "title": pgettext_lazy("many", "Judul"),
    "copy": pgettext_lazy("many", "Eksemplar"),
    "bound": _("Judul dalam eksemplar judul lain"),
    "member": pgettext_lazy("many", "Anggota"),
    "personal_rule": _("Ketentuan khusus anggota"),
    "loan": pgettext_lazy("many", "Pinjaman"),
    "hold": pgettext_lazy("many", "Pesanan"),
    "article_request": pgettext_lazy("many", "Permintaan salinan"),
    "booking": _("Pesanan bertanggal"),
    "balance": _("Tunggakan"),
    "visit": pgettext_lazy("many", "Kunjungan"),
    "stock_take": pgettext_lazy("many", "Opname"),
    "stock_take_line": pgettext_lazy("many", "Eksemplar dalam opname"),
    "attachment": _("Berkas judul"),
    "cover": pgettext_lazy("many", "Gambar sampul"),
    "photo": pgettext_lazy("many", "Foto anggota"),
    "file": _("Berkas digital"),
}
SUMS: dict[str, Promise] = {
    "open_loans": _("Pinjaman yang belum kembali"),
    "holds": pgettext_lazy("many", "Pesanan"),
    "owed": _("Jumlah tunggakan (rupiah)"),
}
FIELDS: dict[str, Promise] = {
    "title": _("judul"),
    "year": _("tahun"),
    "class": _("klasifikasi"),
    "creators": _("jumlah pengarang"),
    "hidden": _("disembunyikan"),
    "barcode": _("barcode"),
    "call_number": _("nomor panggil"),
    "status": _("status"),
    "name": _("nama"),
    "category": _("kategori"),
    "expires": _("berlaku sampai"),
    "copy": _("eksemplar"),
    "due": _("jatuh tempo"),
    "open": _("belum kembali"),
    "owed": _("tunggakan"),
    "expected": _("seharusnya di rak"),
    "found": _("ditemukan"),
    "day": _("tanggal"),
    "reason": _("sebab tutup"),
    "member": _("kartu anggota"),
}
BECAUSE: dict[str, Promise] = {
    "files": _("gambar dan berkas; disimpan dalam arsip dengan daftarnya"),
    "no_room": _("belum ada tempatnya di sini; disimpan utuh untuk nanti"),
    "rest": _("sudah masuk; tabelnya disimpan utuh untuk baris dan kolom yang belum ada tempatnya"),
    "columns": _("sebagian kolomnya belum ada tempatnya; kolom itu disimpan"),
}


LABELS = {each.name: each.verbose_name for each in LoanRule._meta.concrete_fields}


def entity_name(entity: str) -> str:
    return str(ENTITIES.get(entity, entity))


def field_name(entity: str, field: str) -> str:
    """What a compared field is called; the terms of a rule as its own form calls them."""
    if entity == "rule" and field in LABELS:
        return str(LABELS[field])
    return str(FIELDS.get(field, field))


def sum_name(name: str) -> str:
    return str(SUMS.get(name, name))
