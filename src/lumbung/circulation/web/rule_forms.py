"""Forms about loan rules: a rule, the weights, and the question which rule holds."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from lumbung.circulation.models import CRITERIA, LoanKinds, LoanRule
from lumbung.circulation.models.rule import WHERE
from lumbung.circulation.queries.explaining import CRITERION_WORDS
from lumbung.circulation.refusals import NAMED_GONE
from lumbung.circulation.web.terms_forms import TermsForm
from lumbung.kernel.ui.forms import Day, DayInput
from lumbung.kernel.ui.submission import FormForVerb
from lumbung.kernel.ui.words import weekday
from lumbung.organization.models import Branch, BranchGroup
from lumbung.organization.queries import branch_groups, branches


class WeekdaysField(forms.MultipleChoiceField):
    """Days of the week as digits, Monday being 0."""

    def prepare_value(self, value: Any) -> Any:
        return list(value or "")

    def clean(self, value: Any) -> str:
        return "".join(sorted(super().clean(value)))


class WhereField(forms.ChoiceField):
    """A branch or a group of branches in one choice, as "b7" or "g2"; empty for all."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=self._asked, required=False, **kwargs)

    @staticmethod
    def _asked() -> list[Any]:
        """All, then the branches; where there are groups, those under a heading of their own."""
        every: list[Any] = [(f"b{each.pk}", each.name) for each in branches()]
        groups = [(f"g{key}", name) for key, (name, _branches) in branch_groups().items()]
        return [("", _("Semua")), *([(_("Cabang"), every), (_("Kelompok cabang"), groups)] if groups else every)]

    @staticmethod
    def told(row: Any, name: str) -> str:
        """The choice as the row has it."""
        if group := getattr(row, f"{name}_group_id"):
            return f"g{group}"
        return f"b{branch}" if (branch := getattr(row, f"{name}_id")) else ""

    @staticmethod
    def meant(choice: str) -> tuple[Branch | None, BranchGroup | None]:
        """The branch or the group that was chosen. One that somebody removed meanwhile is not the same as none."""
        if not choice:
            return None, None
        kind: Any = BranchGroup if choice.startswith("g") else Branch
        row = kind.objects.filter(pk=choice[1:]).first()
        if row is None:
            raise forms.ValidationError(str(NAMED_GONE(what=kind._meta.verbose_name)))
        return (None, row) if kind is BranchGroup else (row, None)


class NamesPlaces(FormForVerb):
    """A form with fields that name a branch or a group of branches."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self._places:
            self.initial[name] = WhereField.told(self.instance, name)

    @property
    def _places(self) -> list[str]:
        return [name for name, field in self.fields.items() if isinstance(field, WhereField)]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        for name in self._places:
            try:
                given[name], given[f"{name}_group"] = WhereField.meant(given.get(name) or "")
            except forms.ValidationError as gone:
                self.add_error(name, gone)
        return given


class RuleForm(NamesPlaces, TermsForm):
    """A loan rule; an empty place of its case stands for any, an empty term leaves it to its package and then to other rules."""

    weekdays = WeekdaysField(
        label=_("Hari"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[(str(day), weekday(day)) for day in range(7)],
    )

    branch = WhereField(
        label=_("Cabang peminjaman"),
        help_text=_("Tempat dipinjam atau diambil. Berlaku juga untuk cabang yang menjadi bagiannya."),
    )
    home = WhereField(label=_("Cabang asal anggota"))
    owner = WhereField(label=_("Cabang pemilik eksemplar"))
    stands = WhereField(
        label=_("Cabang tempat eksemplar"),
        help_text=_("Tempat berdirinya bila tidak dipinjam; bila ia tinggal di cabang lain, bukan cabang pemiliknya."),
    )

    class Meta:
        model = LoanRule
        exclude = ("case_key", *(f"{name}_group" for name in WHERE))
        labels: ClassVar = {
            "category": _("Kategori anggota"),
            "item_type": _("Jenis eksemplar"),
            "location": _("Lokasi rak"),
            "faculty": _("Fakultas"),
            "programme": _("Program studi"),
        }
        widgets: ClassVar = {"first_day": DayInput(), "last_day": DayInput()}
        help_texts: ClassVar = {
            "name": _("Bila dikosongkan, aturan disebut menurut keadaannya."),
            "category": _("Berlaku juga untuk kategori di bawahnya."),
            "age_from": _("Yang tanggal lahirnya tidak tercatat tidak termasuk."),
            "waiting_from": _(
                "Berapa anggota lain yang menunggu, ketika dipinjam. Pinjaman yang sudah berjalan tidak berubah."
            ),
            "unit": _("Bagi yang tidak di program studi. Persis seperti tertulis pada data anggota."),
            "package": _("Ketentuan yang dikosongkan di bawah diambil dari paket ini dahulu."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if isinstance(field, forms.ModelChoiceField):
                field.empty_label = _("Tanpa paket") if name == "package" else _("Semua")
            elif name in {"material", "loan_kind", "period", "waiting_counted"}:
                blank = _("pesanan pada judulnya") if name == "waiting_counted" else _("Semua")
                field.choices = [("", blank), *list(field.choices)[1:]]  # type: ignore[attr-defined]  # a field of choices

    @property
    def rare_case(self) -> bool:
        """Whether the rule speaks of something beyond whom, what and where, so that its fields should be seen."""
        names = [
            "home",
            "owner",
            "stands",
            "loan_kind",
            "material",
            "location",
            "unit",
            "faculty",
            "programme",
            "age_from",
            "age_to",
            "new_for_days",
        ]
        return self._says([*names, "in_demand", "waiting_from", "is_renewal"])

    @property
    def timely_case(self) -> bool:
        return self._says(["period", "first_day", "last_day", "weekdays"])

    def _says(self, names: list[str]) -> bool:
        return any(self[name].value() or self[name].errors for name in names)


class WeightsForm(forms.Form):
    """How much each criterion weighs."""

    def __init__(self, *args: Any, weights: dict[str, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in sorted(CRITERIA, key=lambda each: -weights[each]):
            self.fields[name] = forms.IntegerField(
                label=str(CRITERION_WORDS[name]).capitalize(), initial=weights[name], min_value=0, max_value=1_000_000
            )


class TesterForm(forms.Form):
    """Which rule holds for this member and this item?"""

    member = forms.CharField(label=_("Kartu anggota, NIM, atau NIP"), max_length=60)
    item = forms.CharField(label=_("Barcode eksemplar"), max_length=60)
    branch = forms.ModelChoiceField(Branch.objects.all(), label=_("Dipinjam di"), empty_label=None)
    kind = forms.ChoiceField(label=_("Cara meminjam"), choices=LoanKinds, required=False)
    day = Day(label=_("Tanggal"), required=False)
