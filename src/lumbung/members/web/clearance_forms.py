"""The forms of clearance. What may be wrong is told by the verbs; forms read what was typed."""

from typing import Any, ClassVar

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lumbung.accounts.models import Role
from lumbung.accounts.queries import staff
from lumbung.kernel.sheets import UnreadableTableError, rows_of
from lumbung.kernel.ui.forms import DayInput
from lumbung.kernel.ui.submission import FormForVerb
from lumbung.members.domain.clearance.checks import registered
from lumbung.members.models import ClearanceCondition, ClearancePeriod, ClearancePurpose
from lumbung.members.models.clearance import MOST_SIGNERS
from lumbung.organization.models import StudyProgramme

Kinds = ClearanceCondition.Kinds
VERIFIER_ROLES = (Role.LIBRARIAN, Role.CIRCULATION, Role.HEAD, Role.CATALOGUER, Role.VERIFIER)
LARGEST_LIST = 5 << 20


def _checks() -> list[tuple[str, Any]]:
    return [("", "–"), *((each.code, each.name) for each in registered())]


class PurposeForm(FormForVerb):
    """A purpose and its letter, with up to four signers."""

    class Meta:
        model = ClearancePurpose
        fields = (
            "name", "code", "explanation", "is_open", "ends_membership", "becomes",
            "letter_title", "letter_text", "number_pattern", "place",
        )  # fmt: skip
        widgets: ClassVar = {"explanation": forms.Textarea({"rows": 3}), "letter_text": forms.Textarea({"rows": 9})}
        help_texts: ClassVar = {
            "becomes": gettext_lazy("Misalnya Alumni. Kosongkan bila kategori tidak berubah."),
            "letter_text": gettext_lazy(
                "Satu paragraf per baris. {data} dan {syarat} pada baris sendiri: keterangan pemohon dan daftar syaratnya. "
                "Boleh juga {nama}, {nomor_induk}, {program_studi}, {keperluan}, {perpustakaan}, {tanggal}."
            ),
            "number_pattern": gettext_lazy("Memuat {nomor} dan {tahun}; {bulan} ditulis dengan angka Romawi."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        signers = self.instance.signers or []
        for at in range(1, MOST_SIGNERS + 1):
            kept = signers[at - 1] if at <= len(signers) else {}
            labels = {"name": _("Penanda tangan %(at)d"), "role": _("Jabatan %(at)d"), "number": _("NIP %(at)d")}
            for name, label in labels.items():
                self.fields[f"signer_{name}_{at}"] = forms.CharField(
                    label=label % {"at": at}, max_length=120, required=False, initial=kept.get(name, "")
                )

    def signer_fields(self) -> list[list[forms.BoundField]]:
        """The fields of each signer, for the page."""
        return [[self[f"signer_{name}_{at}"] for name in ("name", "role", "number")] for at in range(1, MOST_SIGNERS + 1)]

    def told(self) -> dict[str, Any]:
        """What the verbs take. Only for a form that is valid."""
        given = self.cleaned_data
        rows = [
            {name: given[f"signer_{name}_{at}"] for name in ("name", "role", "number")} for at in range(1, MOST_SIGNERS + 1)
        ]
        plain = {name: value for name, value in given.items() if not name.startswith("signer_")}
        return {**plain, "signers": [row for row in rows if any(row.values())]}


class ConditionForm(FormForVerb):
    """A condition; which fields count depends on its kind."""

    name = forms.CharField(
        label=gettext_lazy("Syarat"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("Boleh kosong bila diperiksa sistem."),
    )
    kind = forms.ChoiceField(label=gettext_lazy("Cara memeriksa"), choices=Kinds.choices, widget=forms.RadioSelect)
    check_code = forms.ChoiceField(label=gettext_lazy("Yang diperiksa sistem"), required=False, choices=_checks)
    levels = forms.MultipleChoiceField(
        label=gettext_lazy("Hanya bagi jenjang"),
        choices=StudyProgramme.Levels.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    verifier_role = forms.ChoiceField(
        label=gettext_lazy("Peran pemeriksa"),
        required=False,
        choices=[("", "–"), *((each.value, each.label) for each in VERIFIER_ROLES)],
    )
    verifiers = forms.ModelMultipleChoiceField(
        staff(), label=gettext_lazy("atau orang tertentu"), required=False, widget=forms.SelectMultiple({"size": 5})
    )

    class Meta:
        model = ClearanceCondition
        fields = ("kind", "check_code", "name", "way", "verifier_role", "verifiers", "categories", "levels", "programmes")
        widgets: ClassVar = {
            "way": forms.Textarea({"rows": 3}),
            "categories": forms.CheckboxSelectMultiple,
            "programmes": forms.SelectMultiple({"size": 6}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("categories", "programmes"):
            self.fields[name].required = False


class PeriodForm(FormForVerb):
    class Meta:
        model = ClearancePeriod
        fields = ("name", "purpose", "first_day", "last_day")
        widgets: ClassVar = {"first_day": DayInput(), "last_day": DayInput()}
        help_texts: ClassVar = {"name": gettext_lazy("Misalnya Wisuda ke-52, Februari 2027.")}


class EnrolmentForm(forms.Form):
    """Numbers of members, typed or in a file."""

    numbers = forms.CharField(
        label=gettext_lazy("NIM atau nomor kartu, satu per baris"),
        required=False,
        max_length=200_000,
        widget=forms.Textarea({"rows": 5}),
    )
    file = forms.FileField(
        label=gettext_lazy("Atau berkas CSV/XLSX; kolom pertama atau yang berjudul NIM dibaca"), required=False
    )

    def clean_file(self) -> UploadedFile | None:
        file: UploadedFile | None = self.cleaned_data["file"]
        if file and (file.size or 0) > LARGEST_LIST:
            raise forms.ValidationError(_("Berkas paling besar 5 MB."))
        return file

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        told = (given.get("numbers") or "").split()
        if file := given.get("file"):
            told += self._numbers_in(file.read())
        if not told and not self.errors:
            self.add_error("numbers", _("Belum ada nomor yang diberikan."))
        return {**given, "told": told}

    def _numbers_in(self, content: bytes) -> list[str]:
        try:
            rows = rows_of(content)
        except UnreadableTableError:
            self.add_error("file", _("Berkas ini bukan CSV atau XLSX yang dapat dibaca."))
            return []
        headings = [cell.casefold() for cell in rows[0]] if rows else []
        at = headings.index("nim") if "nim" in headings else 0
        return [row[at] for row in rows[1 if "nim" in headings else 0 :] if at < len(row) and row[at]]


class HookForm(forms.Form):
    address = forms.URLField(label=gettext_lazy("Alamat penerima"), max_length=300, assume_scheme="https")
    is_active = forms.BooleanField(label=gettext_lazy("Kirim setiap surat terbit dan dicabut"), required=False)
