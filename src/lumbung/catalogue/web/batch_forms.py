"""The forms of a batch: which records or items, and what is done to each."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lumbung.catalogue.domain.batches import Action, ItemChanges, Step
from lumbung.catalogue.models import Item, ItemType
from lumbung.catalogue.web.item_forms import LocationChoice
from lumbung.catalogue.web.item_selection_form import SelectionForm
from lumbung.catalogue.web.record_selection_form import RecordSelectionForm
from lumbung.kernel.ui.forms import Day, Price
from lumbung.organization.models import Branch

MOST_STEPS = 10
LEAVE = _("Biarkan")
ACTIONS = [
    ("", "—"),
    (Action.ADD, _("Tambahkan ruas")),
    (Action.REPLACE, _("Cari dan ganti teks")),
    (Action.SET, _("Isi subruas")),
    (Action.DELETE_FIELD, _("Hapus ruas")),
    (Action.DELETE_SUBFIELD, _("Hapus subruas")),
    (Action.MOVE, _("Pindahkan ruas atau subruas")),
    (Action.POSITION, _("Ubah posisi kode (LDR, 006–008)")),
    (Action.CLASS, _("Alihkan kelas 2X dan 297")),
    (Action.NAMES, _("Tata nama orang menurut aturan")),
]
TEXT_FIELDS = [
    ("", "—"),
    ("call_number", _("Nomor panggil")),
    ("volume", _("Jilid atau bagian")),
    ("copy", _("Nomor eksemplar")),
    ("accession_number", _("Nomor induk")),
    ("vendor", _("Rekanan atau pemberi")),
    ("note", _("Catatan")),
]


def _short(label: Any, **kwargs: Any) -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=500, strip=False, **kwargs)


class BatchName(forms.Form):
    name = forms.CharField(
        label=_("Nama perubahan ini"),
        max_length=120,
        help_text=_("Untuk mengenalinya kembali, misalnya: Bahasa kosong menjadi ind."),
    )


class RecordBatchForm(BatchName, RecordSelectionForm):
    """Which records; the steps stand in a formset beside it."""


class StepForm(forms.Form):
    action = forms.ChoiceField(label=_("Tindakan"), choices=ACTIONS, required=False)
    tag = _short(_("Ruas"), help_text=_("650, 6XX, atau ***"))
    code = _short(_("Subruas atau posisi"), help_text=_("a, kosong untuk semua; untuk kode: 35-37"))
    find = _short(_("Dicari"), help_text=_("Yang diganti, atau yang harus ada di dalamnya."))
    put = _short(
        _("Menjadi"),
        help_text=_(
            "Teks baru. Ruas utuh: 650 #4 $aPadi. Tujuan pindah: 500 a. "
            "Nama orang: koma, bila yang berkoma ikut ditata. Kelas: 297 atau 2X."
        ),
    )
    regex = forms.BooleanField(label=_("Pola (regex)"), required=False)
    same_case = forms.BooleanField(label=_("Bedakan huruf besar"), required=False)

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        if told.get("action"):
            for reason in self.step().faults():
                self.add_error(None, str(reason))
        return told

    def step(self) -> Step:
        """The step. Only for a form with an action."""
        told = self.cleaned_data
        tidy = {name: told.get(name, "").strip() for name in ("tag", "code")}
        return Step(
            action=told["action"], find=told.get("find", ""), put=told.get("put", ""), regex=told.get("regex", False),
            same_case=told.get("same_case", False), **tidy,
        )  # fmt: skip


Steps = forms.formset_factory(StepForm, extra=1, max_num=MOST_STEPS, absolute_max=MOST_STEPS, validate_max=True)


def steps_in(formset: Sequence[StepForm]) -> list[Step]:
    """Those of the forms that say something, in their order."""
    return [each.step() for each in formset if each.cleaned_data.get("action")]


class ItemBatchForm(BatchName, SelectionForm):
    """Which items, and what becomes of their fields; what is left empty stays."""

    to_branch = forms.ModelChoiceField(Branch.objects.all(), label=_("Cabang"), required=False, empty_label=LEAVE)
    to_location = LocationChoice(nothing=LEAVE)
    to_item_type = forms.ModelChoiceField(ItemType.objects.all(), label=_("Jenis eksemplar"), required=False, empty_label=LEAVE)
    to_status = forms.ChoiceField(label=_("Status"), choices=[("", LEAVE), *Item.Statuses.choices], required=False)
    to_source = forms.ChoiceField(label=_("Sumber"), choices=[("", LEAVE), *Item.Sources.choices], required=False)
    to_vendor = forms.CharField(label=_("Rekanan atau pemberi"), required=False, max_length=120)
    to_call_number = forms.CharField(label=_("Nomor panggil"), required=False, max_length=120)
    to_volume = forms.CharField(label=_("Jilid atau bagian"), required=False, max_length=80)
    to_price = Price(label=_("Harga (rupiah)"), required=False, max_digits=12, decimal_places=2)
    to_accessioned_on = Day(label=_("Tanggal masuk"), required=False)
    note_added = forms.CharField(label=_("Tambahkan pada catatan"), required=False, max_length=500)
    empty = forms.MultipleChoiceField(
        label=_("Kosongkan"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[
            ("location", _("Lokasi rak")), ("source", _("Sumber")), ("vendor", _("Rekanan atau pemberi")), ("price", _("Harga")),
            ("note", _("Catatan")), ("call_number", _("Nomor panggil")), ("volume", _("Jilid atau bagian")),
            ("copy", _("Nomor eksemplar")),
        ],
    )  # fmt: skip
    replace_in = forms.ChoiceField(label=_("Cari dan ganti dalam"), choices=TEXT_FIELDS, required=False)
    class_to = forms.ChoiceField(
        label=_("Kelas Islam pada nomor panggil"),
        required=False,
        choices=[("", LEAVE), ("297", _("Alihkan 2X ke 297")), ("2X", _("Alihkan 297 ke 2X"))],
    )
    find = _short(_("Dicari"))
    replace_by = _short(_("Menjadi"))
    regex = forms.BooleanField(label=_("Pola (regex)"), required=False)
    same_case = forms.BooleanField(label=_("Bedakan huruf besar"), required=False)

    @property
    def targets(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith("to_")]

    def changes(self) -> ItemChanges:
        """What was asked for. Only for a form that is valid."""
        told = self.cleaned_data
        put = {
            name.removeprefix("to_"): value
            for name, value in told.items()
            if name.startswith("to_") and value not in {None, ""}
        }
        return ItemChanges(
            put={name: getattr(value, "pk", value) for name, value in put.items()},
            empty=tuple(told["empty"]),
            note_added=told["note_added"],
            replace_in=told["replace_in"],
            find=told["find"],
            replace_by=told["replace_by"],
            regex=told["regex"],
            same_case=told["same_case"],
            class_to=told["class_to"],
        )
