"""Forms of study programmes."""

from typing import Any, ClassVar

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from lumbung.kernel.ui.submission import FormForVerb
from lumbung.organization.domain.studies import faculty_named
from lumbung.organization.models import StudyProgramme

LARGEST_TABLE = 5 << 20


class ProgrammeForm(FormForVerb):
    """A programme; the faculty is written by its name, and made when it is new."""

    faculty_name = forms.CharField(label=_("Fakultas"), required=False, max_length=120)

    class Meta:
        model = StudyProgramme
        fields = ("level", "name", "code")
        help_texts: ClassVar = {"code": _("Lima angka dari PDDikti; dipakai juga oleh RAMA.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.faculty_id:
            self.fields["faculty_name"].initial = self.instance.faculty.name

    def told(self) -> dict[str, Any]:
        """What the verbs take. Only for a form that is valid."""
        given = dict(self.cleaned_data)
        faculty = faculty_named(given.pop("faculty_name"))
        return {**given, "faculty": faculty}


class ProgrammeTableForm(forms.Form):
    file = forms.FileField(
        label=_("Berkas CSV atau XLSX"),
        help_text=_("Kolom: kode, nama, jenjang, dan (bila ada) fakultas. Unduhan dari PDDikti langsung terbaca."),
    )
    way = forms.ChoiceField(
        label=_("Cara"),
        choices=[("rehearsal", _("Uji coba dahulu")), ("real", _("Simpan"))],
        initial="rehearsal",
        widget=forms.RadioSelect,
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST_TABLE:
            raise forms.ValidationError(_("Berkas paling besar 5 MB."))
        return file
