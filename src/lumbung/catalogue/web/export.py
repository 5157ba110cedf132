"""Letting the catalogue out as a file, streamed."""

from datetime import date

from django import forms
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.utils.translation import gettext_lazy as _

from lumbung.catalogue.domain.exports import export_records, records_of
from lumbung.catalogue.models import Material
from lumbung.catalogue.permissions import EXPORT
from lumbung.formats.marc import Format
from lumbung.kernel import clock
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.forms import DayInput
from lumbung.kernel.ui.submission import form_page
from lumbung.organization.models import Branch

ENDINGS = {Format.ISO_2709: "mrc", Format.MARCXML: "xml", Format.MARC_IN_JSON: "jsonl"}
TYPES = {
    Format.ISO_2709: "application/marc",
    Format.MARCXML: "application/marcxml+xml",
    Format.MARC_IN_JSON: "application/jsonl",
}


class ExportForm(forms.Form):
    form = forms.ChoiceField(
        label=_("Format"),
        choices=[
            (Format.ISO_2709, _("MARC 21 (ISO 2709)")),
            (Format.MARCXML, "MARCXML"),
            (Format.MARC_IN_JSON, _("MARC-in-JSON, satu cantuman per baris")),
        ],
        widget=forms.RadioSelect,
        initial=Format.ISO_2709,
        help_text=_(
            "ISO 2709 tidak dapat memuat cantuman di atas 99.999 bita; yang sebesar itu dilewati. MARCXML memuat semuanya."
        ),
    )
    material = forms.ChoiceField(label=_("Jenis koleksi"), choices=[("", _("Semua")), *Material.choices], required=False)
    branch = forms.ModelChoiceField(Branch.objects.all(), label=_("Cabang"), required=False, empty_label=_("Semua"))
    without_copies = forms.BooleanField(
        label=_("Tanpa eksemplar"),
        required=False,
        help_text=_(
            "Cantuman keluar persis seperti tersimpan. Bila tidak dicentang, eksemplar yang ada sekarang ikut dalam ruas 952."
        ),
    )
    added_since = forms.DateField(label=_("Ditambahkan sejak"), required=False, widget=DayInput())


@needs(EXPORT)
def export(request: HttpRequest) -> HttpResponseBase:
    form = ExportForm(request.GET or None)
    if not form.is_valid():
        return form_page(request, "catalogue/export.html", form)
    told = form.cleaned_data
    chosen = Format(told["form"])
    records = records_of(material=told["material"], branch=told["branch"], added_since=told["added_since"])
    pieces = export_records(records, chosen, copies=not told["without_copies"])
    response = StreamingHttpResponse(pieces, content_type=TYPES[chosen])
    response["Content-Disposition"] = f'attachment; filename="{_name(clock.now().date(), chosen)}"'
    return response


def _name(day: date, chosen: Format) -> str:
    return f"katalog-{day:%Y-%m-%d}.{ENDINGS[chosen]}"
