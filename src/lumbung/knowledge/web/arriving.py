"""A folder or a wiki comes in: tried first, then stored, with its report and the way back."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from lumbung.kernel.ui.submission import form_page, reasons_shown_on
from lumbung.knowledge.domain.articles.arriving import bring_in, look_through, undo_import
from lumbung.knowledge.models import ArticleImport
from lumbung.knowledge.permissions import MANAGE
from lumbung.knowledge.web.gate import intranet
from lumbung.knowledge.web.people import whoever

LARGEST_MB = 50


class ImportForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Berkas"),
        help_text=gettext_lazy(
            "Markdown, HTML, Word (DOCX), ekspor XML MediaWiki, atau satu folder sebagai ZIP; paling besar 50 MB."
        ),
    )
    dry = forms.BooleanField(label=gettext_lazy("Coba dahulu, jangan simpan apa pun"), required=False, initial=True)

    def clean_file(self) -> object:
        sent = self.cleaned_data["file"]
        if sent.size > LARGEST_MB * 1024 * 1024:
            raise forms.ValidationError(_("Berkas ini lebih besar dari %(n)s MB.") % {"n": LARGEST_MB})
        return sent


@intranet(MANAGE)
def imports(request: HttpRequest) -> HttpResponse:
    """The imports there were; and a file to look through or bring in."""
    form = ImportForm(request.POST or None, request.FILES or None)
    lines = None
    if form.is_valid():
        sent = form.cleaned_data["file"]
        if form.cleaned_data["dry"]:
            lines = look_through(sent.name or "", sent)
        else:
            with reasons_shown_on(form):
                return redirect("knowledge:article_import", bring_in(sent.name or "", sent, by=whoever(request)).pk)
    runs = ArticleImport.objects.select_related("by").defer("report")[:20]
    return form_page(request, "knowledge/article_imports.html", form, lines=lines, runs=runs)


@intranet(MANAGE)
@require_safe
def report(request: HttpRequest, pk: int) -> HttpResponse:
    run = get_object_or_404(ArticleImport.objects.select_related("by"), pk=pk)
    articles = {each.source: each.article_id for each in run.articles.all()}
    lines = [(each, articles.get(each["source"][:300])) for each in run.report]
    return render(request, "knowledge/article_import.html", {"run": run, "lines": lines})


@intranet(MANAGE)
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    gone, kept = undo_import(get_object_or_404(ArticleImport, pk=pk), by=whoever(request))
    said = _("Impor dibatalkan: %(gone)s artikel dihapus, %(kept)s dibiarkan karena sudah disentuh.")
    messages.success(request, said % {"gone": gone, "kept": kept})
    return redirect("knowledge:article_import", pk)
