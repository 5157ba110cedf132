"""Forms of deposits. What may be said is judged by the verbs; forms read what was typed."""

from typing import Any, ClassVar

from django import forms
from django.utils.formats import localize_input
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext, pgettext_lazy

from lumbung.digital.domain import licences
from lumbung.digital.domain.deposits.drafts import EMBARGO_YEARS, Person
from lumbung.digital.models import Deposit, DepositFile, DepositPerson, DepositRule, Levels, Parts
from lumbung.kernel.ui.forms import DayInput
from lumbung.kernel.ui.submission import FormForVerb
from lumbung.organization.models import StudyProgramme

LANGUAGES = [
    ("ind", _("Indonesia")),
    ("eng", _("Inggris")),
    ("ara", _("Arab")),
    ("jav", _("Jawa")),
    ("sun", _("Sunda")),
    ("fre", _("Prancis")),
    ("ger", _("Jerman")),
    ("jpn", _("Jepang")),
    ("chi", _("Mandarin")),
    ("kor", _("Korea")),
]
WANTED_OF_WORKS = (
    "title",
    "title_english",
    "abstract",
    "abstract_english",
    "keywords",
    "keywords_english",
    "year",
    "programme",
)
_AUTHOR_LEVELS = (Levels.PUBLIC, Levels.MEMBERS, Levels.CAMPUS, Levels.STAFF)


def _asked_later(form: forms.BaseForm, *names: str) -> None:
    """A draft is kept without these, and not handed in without: the form does not say that they may stay empty."""
    for name in names:
        setattr(form.fields[name], "is_asked_later", True)  # noqa: B010 -- read by kernel/field.html alone


class WorkForm(FormForVerb):
    """What the work is, in two languages."""

    language = forms.ChoiceField(label=_("Bahasa naskah"), choices=LANGUAGES)

    class Meta:
        model = Deposit
        fields: ClassVar = [
            "title",
            "title_english",
            "abstract",
            "abstract_english",
            "keywords",
            "keywords_english",
            "language",
            "year",
            "programme",
            "examined_on",
            "author",
            "author_number",
        ]
        widgets: ClassVar = {
            "title": forms.Textarea(attrs={"rows": 3}),
            "title_english": forms.Textarea(attrs={"rows": 3}),
            "abstract": forms.Textarea(attrs={"rows": 8}),
            "abstract_english": forms.Textarea(attrs={"rows": 8}),
            "examined_on": DayInput(),
        }
        help_texts: ClassVar = {
            "title": _("Seperti pada lembar pengesahan, tidak dengan huruf kapital semua."),
            "keywords": _("Pisahkan dengan titik koma: perpustakaan digital; temu kembali."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _asked_later(self, *WANTED_OF_WORKS)


class PersonForm(forms.Form):
    """Somebody beside the author."""

    role = forms.ChoiceField(label=pgettext_lazy("one", "Peran"), choices=DepositPerson.Roles)
    name = forms.CharField(
        label=_("Nama dengan gelar"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"list": "known-people", "autocomplete": "off"}),
    )
    number_kind = forms.ChoiceField(label=_("Jenis nomor"), choices=DepositPerson.Numbers, required=False)
    number = forms.CharField(
        label=_("Nomor"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"list": "known-numbers", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _asked_later(self, "name", "number_kind", "number")

    def person(self) -> Person:
        said = {"role": "supervisor", "name": "", "number_kind": "", "number": "", **self.cleaned_data}
        return Person(**said)


PeopleForms = forms.formset_factory(PersonForm, extra=3, max_num=20, absolute_max=100)


def _years(count: int) -> str:
    return ngettext("%(n)s tahun", "%(n)s tahun", count) % {"n": count} if count else pgettext("digital", "Tidak ada")


class RightsForm(FormForVerb):
    """Under which licence the work is given, and whether it waits."""

    licence = forms.ChoiceField(label=_("Lisensi"), required=False)
    embargo_years = forms.TypedChoiceField(label=_("Embargo"), coerce=int)

    class Meta:
        model = Deposit
        fields: ClassVar = ["licence", "embargo_years", "embargo_reason"]
        help_texts: ClassVar = {
            "embargo_reason": _("Wajib bila diembargo: misalnya menunggu paten atau terbit di jurnal. Dibaca oleh pembaca.")
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        licence = self.fields["licence"]
        assert isinstance(licence, forms.ChoiceField)  # noqa: S101 -- declared above
        licence.choices = licences.choices()
        _asked_later(self, "licence", "embargo_reason")
        embargo = self.fields["embargo_years"]
        assert isinstance(embargo, forms.ChoiceField)  # noqa: S101 -- declared above
        embargo.choices = [(each, _years(each)) for each in EMBARGO_YEARS]
        embargo.help_text = _("Berapa lama sesudah terbit berkasnya baru terbuka. Judul dan abstrak selalu terbuka.")


class Percentage(forms.DecimalField):
    """A percentage as people write it: with a comma or with a full stop."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(str(value).replace(",", ".").rstrip("% ") if value not in self.empty_values else value)

    def prepare_value(self, value: Any) -> Any:
        return localize_input(value)


class StatementsForm(FormForVerb):
    """What the author declares."""

    similarity = Percentage(
        label=_("Kemiripan (%)"),
        required=False,
        max_digits=4,
        decimal_places=1,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        help_text=_("Angka pada sertifikat, misalnya 18 atau 18,5."),
    )
    original = forms.BooleanField(
        label=_("Karya ini asli buatan saya; sumber yang saya kutip saya sebutkan, dan tidak ada bagian yang menjiplak."),
        required=False,
    )
    consented = forms.BooleanField(
        label=_(
            "Saya mengizinkan perpustakaan menyimpan, menggandakan untuk pelestarian, dan menerbitkan karya ini "
            "dengan lisensi dan akses yang saya pilih."
        ),
        required=False,
    )

    class Meta:
        model = Deposit
        fields: ClassVar = ["similarity"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _asked_later(self, "similarity", "original", "consented")

    def statements(self) -> dict[str, bool]:
        return {"original": self.cleaned_data["original"], "consented": self.cleaned_data["consented"]}


class DepositFileForm(FormForVerb):
    level = forms.ChoiceField(label=_("Boleh dibaca"), choices=[(each.value, each.label) for each in _AUTHOR_LEVELS])

    class Meta:
        model = DepositFile
        fields: ClassVar = ["part", "label", "level"]


class CutForm(forms.Form):
    """One part of a PDF: empty pages leave it out."""

    part = forms.ChoiceField(label=_("Bagian"), choices=Parts)
    label = forms.CharField(label=_("Nama"), max_length=80, required=False)
    first = forms.IntegerField(label=_("Dari halaman"), min_value=1, required=False)
    last = forms.IntegerField(label=_("Sampai halaman"), min_value=1, required=False)


CutForms = forms.formset_factory(CutForm, extra=3, max_num=40, absolute_max=100)


class RuleForm(FormForVerb):
    """What is asked of deposits."""

    programme = forms.ModelChoiceField(
        StudyProgramme.objects.all(), label=_("Program studi"), required=False, empty_label=_("Semua yang lain")
    )

    class Meta:
        model = DepositRule
        fields: ClassVar = [
            "programme",
            "similarity_limit",
            "supervisors",
            "asks_approval",
            "review_days",
            "largest_mb",
            "name_pattern",
            "closed_level",
            "opens_first_chapter",
        ]
        help_texts: ClassVar = {
            "similarity_limit": _("Kosongkan bila sertifikat kemiripan tidak diminta."),
            "supervisors": _("Dengan NUPTK, NIDN, NIDK, atau ORCID."),
            "name_pattern": _("Dengan {nim}, {nama}, {judul}, {tahun}, {nomor}, {bagian}; contoh T1_{nim}_{bagian}."),
            "closed_level": _("Siapa yang membaca bab dan lampiran, kecuali penulis memilih lain."),
        }


class WordsForm(forms.Form):
    """The lines of the rubric and the reasons for sending back, a line each."""

    rubric = forms.CharField(label=_("Rubrik pemeriksaan"), widget=forms.Textarea(attrs={"rows": 8}), required=False)
    reasons = forms.CharField(label=_("Alasan pengembalian"), widget=forms.Textarea(attrs={"rows": 8}), required=False)
