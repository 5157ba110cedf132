"""Forms of files and terms. What may be said is judged by the verbs; forms read what was typed."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from lumbung.digital.domain import licences
from lumbung.digital.models import File, Lending, Terms
from lumbung.kernel.ui.forms import DayInput
from lumbung.kernel.ui.submission import FormForVerb


class FileForm(FormForVerb):
    """What is said of a file, and who may read it."""

    licence = forms.ChoiceField(label=_("Lisensi"), required=False)

    class Meta:
        model = File
        fields: ClassVar = [
            "name",
            "part",
            "label",
            "sequence",
            "level",
            "categories",
            "programmes",
            "downloadable",
            "at_once",
            "embargo_until",
            "embargo_reason",
            "licence",
        ]
        widgets: ClassVar = {"embargo_until": DayInput(), "categories": forms.CheckboxSelectMultiple}
        help_texts: ClassVar = {
            "label": _("Misalnya “Bab 1 Pendahuluan”. Kosongkan bila nama bagiannya cukup."),
            "sequence": _("Yang kecil tampil lebih dulu."),
            "level": _("Aturan ini berlaku di semua jalan: halaman judul, pembaca, unduhan, dan layanan untuk program."),
            "categories": _("Hanya bila dibaca kategori atau program studi tertentu."),
            "programmes": _("Tekan Ctrl untuk memilih beberapa."),
            "downloadable": _("Tanpa centang, berkas dibaca di peramban halaman demi halaman dan tidak diunduh."),
            "at_once": _(
                "Bila lisensinya membatasi. Yang berikutnya menunggu giliran; berkasnya tidak diunduh. Kosong: tanpa batas."
            ),
            "embargo_until": _(
                "Sebelum tanggal ini hanya petugas pengelola yang dapat membuka. Sesudahnya terbuka dengan sendirinya."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        licence = self.fields["licence"]
        assert isinstance(licence, forms.ChoiceField)  # noqa: S101 -- declared above
        licence.choices = licences.choices()


class WithdrawalForm(forms.Form):
    because = forms.CharField(
        label=_("Alasan penarikan"), max_length=300, help_text=_("Dibaca semua orang yang datang ke alamat berkas ini.")
    )


class TermsForm(FormForVerb):
    class Meta:
        model = Terms
        fields: ClassVar = [
            "networks",
            "largest_mb",
            "marks_downloads",
            "e_loans_at_once",
            "shares_print_limit",
            "fixity_days",
            "scan_policy",
        ]
        widgets: ClassVar = {"networks": forms.Textarea(attrs={"rows": 4})}
        help_texts: ClassVar = {
            "networks": _(
                "Satu per baris, seperti 10.20.0.0/16. Berkas “dari jaringan kampus” terbuka bagi perangkat di dalamnya."
            ),
            "largest_mb": _("Berkas yang lebih besar ditolak sejak awal."),
            "marks_downloads": _(
                "Nama perpustakaan, pengunduh, dan hari di kaki tiap halaman; berkas untuk semua orang tidak ditandai."
            ),
            "e_loans_at_once": _("Paling banyak buku elektronik yang dipinjam seorang anggota pada saat yang sama."),
            "shares_print_limit": _(
                "Bila dicentang, pinjaman cetak dan elektronik mengisi batas yang sama, di meja maupun di sini."
            ),
            "scan_policy": _("Hanya berlaku bila pengelola mesin memasang pemindai virus (LUMBUNG_CLAMD)."),
            "fixity_days": _(
                "Berkas dibaca ulang bergiliran di setiap tempat; yang berubah diperbaiki dari salinan yang utuh."
            ),
        }


class LendingForm(FormForVerb):
    class Meta:
        model = Lending
        fields: ClassVar = [
            "is_open",
            "owned",
            "per_owned",
            "days",
            "renewals",
            "offer_days",
            "in_apps",
            "app_copies",
            "app_prints",
        ]
        help_texts: ClassVar = {
            "is_open": _("Tanpa centang, tidak ada pinjaman baru; yang sedang meminjam membaca sampai habis waktunya."),
            "owned": _("Jumlah eksemplar cetak yang disisihkan untuk ini, atau jumlah lisensi."),
            "per_owned": _("Biasanya 1: satu eksemplar, satu pembaca. Lebih hanya bila lisensinya membolehkan."),
            "in_apps": _(
                "Hanya EPUB. Buku dikunci dan dibuka dengan frasa sandi peminjam. Profil dasar LCP mencegah salah pakai, bukan "
                "pembobolan: periksa dahulu apakah lisensi penerbit membolehkan."
            ),
            "app_copies": _("Sepanjang satu pinjaman."),
            "app_prints": _("Sepanjang satu pinjaman; 0 berarti tidak boleh dicetak."),
            "offer_days": _("Selama ini tempat disimpan bagi yang mendapat giliran, sebelum beralih ke penunggu berikutnya."),
        }


class PassphraseForm(forms.Form):
    passphrase = forms.CharField(
        label=_("Frasa sandi baca"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Paling sedikit 8 huruf; beberapa kata lebih mudah diingat. Jangan pakai kata sandi akun Anda."),
    )
    hint = forms.CharField(
        label=_("Petunjuk"),
        max_length=120,
        help_text=_("Ditampilkan aplikasi baca ketika menanyakan frasanya. Siapa pun yang memegang lisensi dapat membacanya."),
    )
