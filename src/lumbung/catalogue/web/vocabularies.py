"""Subject lists and authorities across systems: SKOS in, MARC 21 and SKOS out."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from lumbung.catalogue.domain.authorities.exporting import FORMS, export_authorities
from lumbung.catalogue.domain.imports.vocabularies import import_vocabulary
from lumbung.catalogue.jobs import run_import
from lumbung.catalogue.models import HeadingKind
from lumbung.catalogue.permissions import EXPORT, IMPORT
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.submission import form_page, reasons_shown_on

LARGEST = 64 << 20


class VocabularyForm(forms.Form):
    file = forms.FileField(
        label=_("Berkas SKOS"),
        help_text=_(
            "RDF/XML, Turtle, N-Triples, atau JSON-LD; paling besar 64 MB. Istilah dalam bahasa Indonesia didahulukan."
        ),
        widget=forms.FileInput(attrs={"accept": ".rdf,.xml,.ttl,.nt,.jsonld,.json"}),
    )
    way = forms.ChoiceField(
        label=_("Cara"),
        choices=[
            ("rehearsal", _("Uji coba dahulu: periksa seluruh berkas, belum menyimpan apa pun")),
            ("import", _("Langsung impor")),
        ],
        initial="rehearsal",
        widget=forms.RadioSelect,
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(_("Berkas SKOS paling besar 64 MB."))
        return file


class AuthorityExportForm(forms.Form):
    form = forms.ChoiceField(label=_("Bentuk berkas"), choices=[(word, name) for word, (name, _end, _type) in FORMS.items()])
    kind = forms.ChoiceField(label=_("Jenis"), choices=[("", _("Semua")), *HeadingKind.choices], required=False)


@needs(IMPORT)
def vocabulary(request: HttpRequest) -> HttpResponse:
    form = VocabularyForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        with reasons_shown_on(form):
            file, is_rehearsal = form.cleaned_data["file"], form.cleaned_data["way"] == "rehearsal"
            begun = import_vocabulary(file.read(), name=file.name, by=request.user, dry_run=is_rehearsal)
            run_import.enqueue(run=begun.pk)
            return redirect("catalogue:import", begun.pk)
    return form_page(request, "catalogue/vocabulary.html", form)


@needs(EXPORT)
def export(request: HttpRequest) -> HttpResponseBase:
    """The form; with a form chosen, the file as a stream."""
    form = AuthorityExportForm(request.GET or None)
    if not form.is_valid():
        return form_page(request, "catalogue/authority_export.html", form)
    told = form.cleaned_data
    _name, ending, content_type = FORMS[told["form"]]
    pieces = export_authorities(told["form"], kind=told["kind"], base=request.build_absolute_uri("/staff/authorities/"))
    response = StreamingHttpResponse(pieces, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="tajuk.{ending}"'
    response["Cache-Control"] = "no-store"
    return response
