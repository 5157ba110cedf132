"""Why a verb of this part may refuse."""

from django.utils.translation import gettext_lazy as _

from lumbung.kernel.refusals import Refusal

NAME_EMPTY = Refusal("name_empty", _("Nama masih kosong."))
NIP_WRONG = Refusal("nip_wrong", _("NIP terdiri atas 18 angka; “%(value)s” tidak."))
NIDN_WRONG = Refusal("nidn_wrong", _("NIDN terdiri atas 10 angka; “%(value)s” tidak."))
NIDK_WRONG = Refusal("nidk_wrong", _("NIDK terdiri atas 10 angka; “%(value)s” tidak."))
NISN_WRONG = Refusal("nisn_wrong", _("NISN terdiri atas 10 angka; “%(value)s” tidak."))
NUPTK_WRONG = Refusal("nuptk_wrong", _("NUPTK terdiri atas 16 angka; “%(value)s” tidak."))
ORCID_WRONG = Refusal("orcid_wrong", _("ORCID “%(value)s” salah ketik: angka pemeriksanya tidak cocok."))
IDENTIFIER_EMPTY = Refusal("identifier_empty", _("Nomor %(kind)s masih kosong."))
IDENTIFIER_TWICE = Refusal("identifier_twice", _("%(kind)s %(value)s ditulis dua kali."))
IDENTIFIER_KIND_UNKNOWN = Refusal("identifier_kind_unknown", _("Jenis nomor “%(kind)s” tidak dikenal."))
IDENTIFIER_TAKEN = Refusal("identifier_taken", _("%(kind)s %(value)s sudah terdaftar pada anggota dengan kartu %(barcode)s."))
ALREADY_REGISTERED = Refusal("already_registered", _("Nomor ini baru saja didaftarkan di meja lain. Cari anggotanya."))
EMAIL_WRONG = Refusal("email_wrong", _("“%(email)s” bukan alamat surel."))
PHONE_WRONG = Refusal("phone_wrong", _("Nomor telepon “%(phone)s” tidak terbaca. Contoh: 0812-3456-7890."))
MEMBERSHIP_BACKWARDS = Refusal("membership_backwards", _("Masa berlaku keanggotaan harus berakhir sesudah dimulai."))
MEMBERSHIP_ENDS_IN_THE_PAST = Refusal("membership_ends_in_the_past", _("Masa berlaku yang baru sudah lewat."))
MEMBERSHIP_NOT_LONGER = Refusal("membership_not_longer", _("Keanggotaan sudah berlaku sampai %(expires_on)s."))
BLOCK_REASON_EMPTY = Refusal("block_reason_empty", _("Tuliskan mengapa anggota ini diblokir."))
NOT_BLOCKED = Refusal("not_blocked", _("Anggota ini tidak sedang diblokir."))
HAS_AN_ACCOUNT = Refusal("has_an_account", _("Anggota ini sudah mempunyai akun."))
ACCOUNT_OF_STAFF = Refusal(
    "account_of_staff", _("Akun ini juga akun petugas. Pemiliknya mengganti kata sandi sendiri lewat halaman masuk.")
)
ACCOUNT_TAKEN = Refusal("account_taken", _("Akun ini sudah milik anggota lain."))
CODE_EMPTY = Refusal("code_empty", _("Kode masih kosong."))
CATEGORY_CODE_TAKEN = Refusal("category_code_taken", _("Kode kategori %(code)s sudah dipakai."))
CATEGORY_IN_USE = Refusal(
    "category_in_use",
    _("Kategori %(category)s masih dipakai oleh anggota, kategori lain, atau aturan peminjaman, jadi tidak dapat dihapus."),
)
CATEGORY_UNDER_ITSELF = Refusal("category_under_itself", _("Sebuah kategori tidak dapat berada di bawah dirinya sendiri."))
MONTHS_WRONG = Refusal("months_wrong", _("Masa keanggotaan antara 1 dan 240 bulan."))
