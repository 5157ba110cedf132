"""Forms of gates, purposes and visits. What may be said is judged by the verbs; forms read what was typed."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from lumbung.kernel.ui.forms import Day
from lumbung.kernel.ui.submission import FormForVerb
from lumbung.organization.models import Branch
from lumbung.spaces.models import Gate, VisitPurpose
from lumbung.spaces.models.gate import LONGEST_REPEAT


class GateForm(FormForVerb):
    repeat_minutes = forms.IntegerField(
        label=_("Jeda kunjungan ulang (menit)"),
        min_value=0,
        max_value=LONGEST_REPEAT,
        help_text=_("Orang yang memindai lagi dalam jeda ini dihitung sekali."),
    )

    class Meta:
        model = Gate
        fields: ClassVar = ["name", "repeat_minutes", "capacity", "stay_minutes", "asks_purpose", "greets_by_name", "is_active"]
        help_texts: ClassVar = {
            "name": _("Contoh: Pintu utama, Ruang referensi, Pojok BI."),
            "capacity": _(
                "Kosong berarti tanpa batas. Bila penuh, layar meminta pengunjung menunggu; petugas tetap dapat mencatat."
            ),
            "stay_minutes": _("Sesudah itu pengunjung dianggap sudah keluar."),
            "asks_purpose": _("Sesudah memindai, pengunjung dapat memilih tujuannya dengan satu sentuhan."),
            "greets_by_name": _("Hanya nama depan, dan hanya anggota yang menyetujuinya. Tanpa ini layar menyapa tanpa nama."),
            "is_active": _("Layar pintu yang tidak dipakai tidak dapat dibuka."),
        }


class NewGateForm(GateForm):
    branch = forms.ModelChoiceField(Branch.objects.all(), label=_("Cabang"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["branch", "name"])


class PurposeForm(FormForVerb):
    class Meta:
        model = VisitPurpose
        fields: ClassVar = ["name", "position", "is_active"]
        help_texts: ClassVar = {
            "position": _("Yang kecil tampil lebih dulu."),
            "is_active": _("Tujuan yang tidak ditawarkan lagi tetap terhitung dalam angka yang lalu."),
        }


class PeriodForm(forms.Form):
    branch = forms.ModelChoiceField(Branch.objects.all(), label=_("Cabang"), required=False, empty_label=_("Semua cabang"))
    first = Day(label=_("Dari tanggal"), required=False)
    last = Day(label=_("Sampai tanggal"), required=False)


class GateChoice(forms.ModelChoiceField):
    """A gate in use, told with its branch."""

    def label_from_instance(self, gate: Any) -> str:
        return f"{gate.branch}: {gate}"


class VisitForm(forms.Form):
    """A visit noted at the desk: a number of a member, else the name of a guest, or of a group when they are several."""

    gate = GateChoice(Gate.objects.filter(is_active=True).select_related("branch"), label=_("Pintu"), empty_label=None)
    code = forms.CharField(label=_("Kartu, NIM, atau nomor lain"), max_length=200, required=False)
    name = forms.CharField(
        label=_("Nama tamu, kelas, atau rombongan"), max_length=120, required=False, help_text=_("Bila bukan anggota.")
    )
    institution = forms.CharField(label=_("Lembaga"), max_length=120, required=False)
    people = forms.IntegerField(label=_("Jumlah orang"), min_value=1, initial=1)
    purpose = forms.ModelChoiceField(
        VisitPurpose.objects.filter(is_active=True), label=_("Tujuan"), required=False, empty_label=_("Tidak disebutkan")
    )
    consents = forms.BooleanField(label=_("Tamu setuju namanya dicatat"), required=False)
