"""Forms about loan rules: a rule, the weights, and the question which rule holds."""

import re
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from lumbung.circulation.models import CRITERIA, LoanKinds, LoanRule
from lumbung.circulation.queries.explaining import CRITERION_WORDS
from lumbung.circulation.refusals import FINE_STEPS_WRONG
from lumbung.kernel.ui.forms import DayInput
from lumbung.kernel.ui.submission import FormForVerb
from lumbung.kernel.ui.words import weekday
from lumbung.organization.models import Branch

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


class WeekdaysField(forms.MultipleChoiceField):
    """Days of the week as digits, Monday being 0."""

    def prepare_value(self, value: Any) -> Any:
        return list(value or "")

    def clean(self, value: Any) -> str:
        return "".join(sorted(super().clean(value)))


class RuleForm(FormForVerb):
    """A loan rule; an empty place of its case stands for any, an empty term leaves it to other rules."""

    weekdays = WeekdaysField(
        label=_("Hari"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[(str(day), weekday(day)) for day in range(7)],
    )
    fine_steps = StepsField(
        label=_("Denda bertingkat"),
        required=False,
        help_text=_("Mulai hari ke berapa, berapa rupiah per hari. Misalnya 1: 500; 8: 1.000"),
    )

    class Meta:
        model = LoanRule
        exclude = ("case_key",)
        labels: ClassVar = {
            "category": _("Kategori anggota"),
            "item_type": _("Jenis eksemplar"),
            "branch": _("Cabang"),
            "location": _("Lokasi rak"),
            "faculty": _("Fakultas"),
            "programme": _("Program studi"),
        }
        widgets: ClassVar = {"first_day": DayInput(), "last_day": DayInput(), "due_by": DayInput()}
        help_texts: ClassVar = {
            "name": _("Bila dikosongkan, aturan disebut menurut keadaannya."),
            "category": _("Berlaku juga untuk kategori di bawahnya."),
            "branch": _("Berlaku juga untuk cabang yang menjadi bagiannya."),
            "loan_hours": _("Untuk tandon: jatuh tempo sampai ke menit."),
            "renewal_days": _("Bila kosong, sama dengan lama pinjam."),
            "grace_deducts": _("Bila tidak, begitu tenggang lewat denda dihitung sejak jatuh tempo."),
            "age_from": _("Yang tanggal lahirnya tidak tercatat tidak termasuk."),
            "auto_renew": _("Selama boleh diperpanjang; bila ada halangan, tetap jatuh tempo."),
            "lost_after_days": _("Dikenakan seperti eksemplar yang dilaporkan hilang, dan ditarik kembali bila ditemukan."),
            "return_to": _("Menurut cabang pemilik eksemplarnya, siapa pun peminjamnya. Yang dipesan tetap ke pemesannya."),
            "hold_limit": _("0: tidak dapat dipesan."),
            "holds_per_day": _("Dihitung menurut hari pesanan dibuat; yang dibatalkan tidak ikut dihitung."),
            "holds_per_record": _("Untuk judul berjilid: berapa jilidnya boleh dipesan sekaligus."),
            "lost_copies": _("Anggota dapat mengganti dengan judul yang sama sebanyak ini. 0: hanya uang."),
            "unit": _("Bagi yang tidak di program studi. Persis seperti tertulis pada data anggota."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if isinstance(field, forms.ModelChoiceField):
                field.empty_label = _("Semua")
            elif isinstance(field, forms.NullBooleanField):
                field.widget.choices = YES_NO
            elif name in {"material", "loan_kind", "period"}:
                field.choices = [("", _("Semua")), *list(field.choices)[1:]]  # type: ignore[attr-defined]  # a field of choices
            elif name in {"closed_days", "fine_per", "return_to"}:
                field.choices = [("", _("Menurut aturan lain")), *list(field.choices)[1:]]  # type: ignore[attr-defined]  # as above

    @property
    def rare_case(self) -> bool:
        """Whether the rule speaks of something beyond whom, what and where, so that its fields should be seen."""
        names = ["loan_kind", "material", "location", "unit", "faculty", "programme", "age_from", "age_to", "new_for_days"]
        return self._says([*names, "in_demand", "is_renewal"])

    @property
    def timely_case(self) -> bool:
        return self._says(["period", "first_day", "last_day", "weekdays"])

    def _says(self, names: list[str]) -> bool:
        return any(self[name].value() or self[name].errors for name in names)

    def drawn(self) -> LoanRule:
        """The rule as it would be, not saved."""
        rule = LoanRule.objects.filter(pk=self.instance.pk).first() or LoanRule()
        for name, value in self.cleaned_data.items():
            setattr(rule, name, value)
        return rule


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
    day = forms.DateField(label=_("Tanggal"), required=False, widget=DayInput())
