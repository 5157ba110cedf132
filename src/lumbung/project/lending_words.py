"""What the journal calls the events of reading and lending files."""

from django.utils.translation import gettext_lazy as _

LENDING_WORDS = {
    "WordsRead": _("Teks berkas dibaca"),
    "LendingSet": _("Peminjaman buku elektronik diatur"),
    "ELent": _("Buku elektronik dipinjam"),
    "ERenewed": _("Pinjaman elektronik diperpanjang"),
    "ELoanEnded": _("Pinjaman elektronik berakhir"),
    "EHoldPlaced": _("Masuk daftar tunggu buku elektronik"),
    "EHoldCancelled": _("Keluar dari daftar tunggu buku elektronik"),
    "EOfferMade": _("Giliran buku elektronik ditawarkan"),
    "ReadingPassphraseSet": _("Frasa sandi baca ditentukan"),
    "LicenceIssued": _("Lisensi aplikasi baca diberikan"),
    "ReadingDeviceRegistered": _("Buku elektronik dibuka di aplikasi baca"),
    "EBorrowersForgotten": _("Nama peminjam buku elektronik dilupakan"),
}
