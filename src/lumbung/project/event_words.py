"""What every event of the journal is called on screen, and where the things it names have their page."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

WORDS = {
    "FailureRetried": _("Pekerjaan gagal dicoba lagi"),
    "FailureDismissed": _("Pekerjaan gagal diabaikan"),
    "MessageQueued": _("Surel disiapkan"),
    "CheckedOut": _("Dipinjamkan"),
    "CheckOutUndone": _("Peminjaman dibatalkan"),
    "CheckedIn": _("Dikembalikan"),
    "ItemSeen": _("Eksemplar dipindai"),
    "UsedInHouse": _("Dibaca di tempat"),
    "Renewed": _("Diperpanjang"),
    "HoldPlaced": _("Dipesan"),
    "HoldCancelled": _("Pesanan dibatalkan"),
    "HoldReady": _("Pesanan siap diambil"),
    "HoldSentOn": _("Pesanan dikirim ke cabang pengambilan"),
    "HoldFilled": _("Pesanan diambil"),
    "HoldExpired": _("Pesanan tidak diambil"),
    "LoanRuleAdded": _("Aturan peminjaman ditambahkan"),
    "LoanRuleChanged": _("Aturan peminjaman diubah"),
    "LoanRuleRemoved": _("Aturan peminjaman dihapus"),
    "BorrowersForgotten": _("Nama peminjam lama dilupakan"),
    "MemberRegistered": _("Anggota didaftarkan"),
    "MemberChanged": _("Data anggota diubah"),
    "MembershipRenewed": _("Keanggotaan diperpanjang"),
    "MemberBlocked": _("Anggota diblokir"),
    "MemberUnblocked": _("Blokir anggota dibuka"),
    "MemberGivenAccount": _("Anggota diberi akun"),
    "HistoryChosen": _("Pilihan riwayat pinjaman diubah"),
    "MemberInvited": _("Tautan kata sandi diberikan kepada anggota"),
    "MembersExported": _("Daftar anggota diekspor"),
    "CategoryAdded": _("Kategori anggota ditambahkan"),
    "CategoryChanged": _("Kategori anggota diubah"),
    "CategoryRemoved": _("Kategori anggota dihapus"),
    "RecordAdded": _("Judul ditambahkan"),
    "RecordChanged": _("Judul diubah"),
    "RecordSuppressed": _("Tampilan judul kepada umum diubah"),
    "RecordRemoved": _("Judul dihapus"),
    "ItemAdded": _("Eksemplar ditambahkan"),
    "ItemChanged": _("Eksemplar diubah"),
    "ItemStatusSet": _("Status eksemplar diubah"),
    "ItemRemoved": _("Eksemplar dihapus"),
    "RecordsImported": _("Cantuman diimpor"),
    "ImportFinished": _("Impor selesai"),
    "ImportUndone": _("Impor dibatalkan"),
    "ItemTypeAdded": _("Jenis eksemplar ditambahkan"),
    "ItemTypeChanged": _("Jenis eksemplar diubah"),
    "ItemTypeRemoved": _("Jenis eksemplar dihapus"),
    "UserAdded": _("Pengguna ditambahkan"),
    "UserChanged": _("Data pengguna diubah"),
    "RolesChanged": _("Peran pengguna diubah"),
    "PasswordChanged": _("Kata sandi diganti"),
    "UserDeactivated": _("Pengguna dinonaktifkan"),
    "UserReactivated": _("Pengguna diaktifkan kembali"),
    "ApiTokenIssued": _("Token API dibuat"),
    "ApiTokenRevoked": _("Token API dicabut"),
    "IndexCompared": _("Indeks dibandingkan dengan katalog"),
    "LibraryChanged": _("Data perpustakaan diubah"),
    "BranchAdded": _("Cabang ditambahkan"),
    "BranchChanged": _("Cabang diubah"),
    "BranchRemoved": _("Cabang dihapus"),
    "LocationAdded": _("Lokasi rak ditambahkan"),
    "LocationChanged": _("Lokasi rak diubah"),
    "LocationRemoved": _("Lokasi rak dihapus"),
    "OpeningHoursSet": _("Jam buka diatur"),
    "ClosureAnnounced": _("Hari tutup diumumkan"),
    "ClosureShortened": _("Hari tutup dipendekkan"),
    "ClosureWithdrawn": _("Hari tutup dibatalkan"),
}


def _page(url_name: str) -> Callable[[Any], str]:
    return lambda key: reverse(url_name, args=[key])


ADDRESSES = {
    "record": _page("catalogue:record"),
    "item": _page("catalogue:item"),
    "import_run": _page("catalogue:import"),
    "member": _page("members:member"),
    "loan": _page("circulation:loan"),
    "branch": _page("organization:branch"),
    "user": _page("accounts:user"),
}
