"""What every form about terms of lending shares: its fields in groups that fold, and how people write them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lumbung.circulation.models import TermPackage
from lumbung.circulation.queries.term_words import RUPIAH
from lumbung.circulation.refusals import FINE_STEPS_WRONG
from lumbung.kernel.ui.forms import DayInput, Rupiah
from lumbung.kernel.ui.submission import FormForVerb

YES_NO = [("unknown", _("Menurut aturan lain")), ("true", _("Ya")), ("false", _("Tidak"))]
_STEP = re.compile(r"(\d+)\s*:\s*(?:Rp\s*)?([\d.]+)", re.IGNORECASE)


class StepsField(forms.CharField):
    """Steps of a fine as people write them: "1: 500; 8: 1.000" is 500 a day from the first, 1,000 from the eighth."""

    def prepare_value(self, value: Any) -> Any:
        return "; ".join(f"{day}: {amount}" for day, amount in value) if isinstance(value, list | tuple) else value

    def to_python(self, value: Any) -> Any:
        parts = [part.strip() for part in re.split(r"[;\n]", str(value or "")) if part.strip()]
        steps = [_STEP.fullmatch(part) for part in parts]
        if not all(steps):
            raise ValidationError(str(FINE_STEPS_WRONG()))
        return [[int(step[1]), int(step[2].replace(".", ""))] for step in steps if step] or None

    def validate(self, value: Any) -> None:
        """Whether the steps make sense is judged by the verb."""

    def run_validators(self, value: Any) -> None:
        """Nothing more to ask."""


GROUPS: Sequence[tuple[str | Promise, Sequence[str]]] = (
    (
        _("Pinjaman"),
        (
            "may_borrow", "loan_days", "loan_hours", "closed_days", "due_by", "due_by_how", "beyond_expiry", "loan_limit", "return_to",
            "note",
        ),
    ),
    (_("Biaya pinjam"), ("loan_fee", "loan_fee_discount")),
    (
        _("Perpanjangan"),
        (
            "renewal_limit", "renewal_days", "renew_from_due", "renew_from_days", "renewal_gap_days", "renewal_total_days",
            "unseen_limit", "renew_overdue", "renewal_forgives", "renewal_fee",
        ),
    ),
    (_("Perpanjangan otomatis"), ("auto_renew", "auto_renew_from_days", "auto_renew_for_days", "auto_renew_until")),
    (
        _("Denda"),
        (
            "fine", "fine_per", "fine_every", "fine_at_end", "fine_steps", "fine_cap", "cap_at_price", "grace_days", "grace_deducts",
            "count_closed_days", "reminder_fees",
        ),
    ),
    (_("Skors"), ("suspension_days", "suspension_every", "suspension_cap")),
    (
        _("Hilang"),
        (
            "lost_after_days", "lost_percent", "lost_price", "lost_copies", "processing_fee", "refund_days", "lost_return",
            "processing_return",
        ),
    ),
    (
        _("Pesanan"),
        (
            "hold_limit", "holds_per_day", "holds_per_record", "hold_of", "hold_on_shelf", "hold_from", "pickup_at", "guarded_days",
            "hold_days", "unfetched_fee", "cancel_ready",
        ),
    ),
    (
        _("Meminta kembali"),
        (
            "recall_limit", "recalls_per_record", "recall_on_shelf", "recall_shelf_days", "recall_days", "recall_kept_days",
            "recall_fine",
        ),
    ),
    (_("Salinan artikel dan bab"), ("article_scope", "article_limit", "article_fee")),
    (
        _("Pesanan bertanggal"),
        ("booking_limit", "booking_days", "booking_ahead_days", "booking_lead_days", "booking_trail_days"),
    ),
    (_("Halangan"), ("owed_limit", "overdue_limit")),
)  # fmt: skip
"""The terms as a form shows them: each group folds, and stands open where something is said in it."""
HELP: Mapping[str, str | Promise] = {
    "loan_hours": _("Untuk tandon: jatuh tempo sampai ke menit."),
    "renewal_days": _("Bila kosong, sama dengan lama pinjam."),
    "grace_deducts": _("Bila tidak, begitu tenggang lewat denda dihitung sejak jatuh tempo."),
    "due_by_how": _(
        "Bila kosong: paling lambat tanggal itu. Sesudah tanggalnya lewat, yang tepat dan yang paling lambat tidak dipakai lagi."
    ),
    "note": _("Ditampilkan di meja, pada bukti pinjam, dan pada halaman anggota."),
    "loan_fee_discount": _("Dari biaya pinjam, misalnya untuk kategori anggota ini."),
    "renew_from_due": _("Yang terlambat tetap dihitung dari hari ini."),
    "renewal_gap_days": _("Sejak dipinjam atau diperpanjang terakhir."),
    "unseen_limit": _("Berturut-turut lewat web, obrolan, atau aplikasi. Di meja dan di mesin bukunya terlihat."),
    "renewal_forgives": _("Yang belum dibayar dibebaskan begitu yang terlambat diperpanjang."),
    "auto_renew_from_days": _("Bila kosong: pada hari jatuh tempo. Tidak pernah sebelum separuh waktunya lewat."),
    "fine_every": _("Misalnya 3: sekali untuk setiap tiga hari. Bila kosong: 1."),
    "fine_at_end": _("Bila tidak, dikenakan begitu masanya dimulai."),
    "lost_return": _("Selama waktu pengembalian uang. Bila kosong: kembali seluruhnya."),
    "suspension_every": _("Bila kosong: setiap hari."),
    "auto_renew": _("Selama boleh diperpanjang; bila ada halangan, tetap jatuh tempo."),
    "lost_after_days": _("Dikenakan seperti eksemplar yang dilaporkan hilang, dan ditarik kembali bila ditemukan."),
    "article_scope": _("Satu artikel, atau satu bab, untuk anggota yang jauh."),
    "article_fee": _("Dikenakan sekali, ketika salinannya dibuat; ongkos kirim dihitung terpisah."),
    "return_to": _("Menurut cabang pemilik eksemplarnya, siapa pun peminjamnya. Yang dipesan tetap ke pemesannya."),
    "hold_limit": _("0: tidak dapat dipesan."),
    "holds_per_day": _("Dihitung menurut hari pesanan dibuat; yang dibatalkan tidak ikut dihitung."),
    "holds_per_record": _("Untuk judul berjilid: berapa jilidnya boleh dipesan sekaligus."),
    "hold_of": _("Yang dipesan anggota sendiri; petugas dan mesin boleh memilih eksemplar."),
    "hold_from": _("Cabang seinduk: yang menjadi bagian dari cabang yang sama."),
    "pickup_at": _("Dinilai ketika dipesan dan sekali lagi ketika eksemplarnya disisihkan."),
    "guarded_days": _("Selama itu hanya untuk anggota cabang pemiliknya, atau yang mengambilnya di sana."),
    "unfetched_fee": _("Sekali untuk tiap pesanan, sebesar yang disebut kepada anggota ketika memesan."),
    "cancel_ready": _("Yang masih menunggu selalu boleh dibatalkan anggota; petugas boleh membatalkan semuanya."),
    "recall_limit": _("Sekaligus, sampai eksemplarnya kembali. 0: hanya petugas yang dapat meminta kembali."),
    "recalls_per_record": _("Untuk judul berjilid: berapa jilidnya boleh diminta sekaligus."),
    "recall_days": _("Bagi peminjamnya. Bila kosong, menurut pengaturan pesanan."),
    "recall_kept_days": _("Bagi peminjamnya, walau diminta kembali. Bila kosong, menurut pengaturan pesanan."),
    "recall_fine": _("Sebagai ganti denda biasa, dihitung seperti denda biasa."),
    "recall_shelf_days": _("Hari buka. Bila kosong, seperti pesanan lain."),
    "booking_limit": _("Kosong atau 0: tidak dapat dipesan untuk tanggal tertentu."),
    "booking_ahead_days": _("Bila kosong, 90 hari."),
    "booking_lead_days": _("Sejak hari itu eksemplarnya tidak dipinjamkan kepada yang lain."),
    "lost_copies": _("Anggota dapat mengganti dengan judul yang sama sebanyak ini. 0: hanya uang."),
}


@dataclass(frozen=True)
class Group:
    """Some terms of a form that belong together; ``said`` is how many of them are filled in."""

    title: str
    fields: Sequence[BoundField]
    said: int
    is_open: bool


class TermsForm(FormForVerb):
    """Terms of lending; one left empty is left to other rules."""

    fine_steps = StepsField(
        label=_("Denda bertingkat"),
        required=False,
        help_text=_("Mulai hari ke berapa, berapa rupiah per hari. Misalnya 1: 500; 8: 1.000"),
    )

    reminder_fees = StepsField(
        label=_("Biaya pengingat"),
        required=False,
        help_text=_("Mulai pengingat ke berapa, berapa rupiah. Misalnya 1: 0; 2: 2.000"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in (name for _title, names in GROUPS for name in names if name in self.fields):
            field = self.fields[name]
            if str(field.label).endswith(RUPIAH):
                field = self.fields[name] = Rupiah(label=field.label, required=field.required, help_text=field.help_text)
            field.help_text = str(HELP.get(name, field.help_text))
            if isinstance(field, forms.NullBooleanField):
                field.widget.choices = YES_NO
            elif isinstance(field, forms.TypedChoiceField):
                field.choices = [("", _("Menurut aturan lain")), *list(field.choices)[1:]]  # type: ignore[arg-type]  # pairs
            elif isinstance(field, forms.DateField):
                field.widget = DayInput()

    @property
    def groups(self) -> list[Group]:
        """The terms in their groups; of a fresh form the first stands open."""
        told = [(title, [self[name] for name in names if name in self.fields]) for title, names in GROUPS]
        counts = [sum(field.value() not in (None, "", "unknown") for field in fields) for _title, fields in told]
        wrong = [any(field.errors for field in fields) for _title, fields in told]
        return [
            Group(str(title), fields, said, bool(said or is_wrong) or (number == 0 and not any(counts)))
            for number, ((title, fields), said, is_wrong) in enumerate(zip(told, counts, wrong, strict=True))
        ]

    def drawn(self) -> Any:
        """What the form is about as it would be, not saved."""
        drawn = self._meta.model.objects.filter(pk=self.instance.pk).first() or self._meta.model()
        for name, value in self.cleaned_data.items():
            setattr(drawn, name, value)
        return drawn


class PackageForm(TermsForm):
    """A package of terms."""

    class Meta:
        model = TermPackage
        fields = "__all__"
