"""Styles of citation the library adds to those that come with the program."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from lumbung.discovery.domain.citation_styles import add_style, remove_style, restore_style
from lumbung.discovery.models import CitationStyle
from lumbung.discovery.permissions import STYLES
from lumbung.formats.citation import LARGEST_STYLE
from lumbung.formats.citation import STYLES as SHIPPED
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.keys import key_in
from lumbung.kernel.ui.once import once
from lumbung.kernel.ui.submission import form_page, reasons_shown_on


class StyleForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Berkas CSL"), help_text=gettext_lazy("Berkas .csl, misalnya dari zotero.org/styles.")
    )
    file.widget.attrs["accept"] = ".csl,application/vnd.citationstyles.style+xml"


@needs(STYLES)
@require_http_methods(["GET", "POST"])
@once
def styles(request: HttpRequest) -> HttpResponse:
    form = StyleForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        with reasons_shown_on(form):
            added = add_style(form.cleaned_data["file"].read(LARGEST_STYLE + 1), by=request.user)
            messages.success(request, _("Gaya “%(name)s” ditambahkan.") % {"name": added})
            return redirect("discovery:styles")
    facts = {"rows": CitationStyle.objects.filter(removed_at=None), "shipped": [name for name, _file in SHIPPED.values()]}
    removed = CitationStyle.objects.filter(pk=key_in(request.GET.get("removed"))).exclude(removed_at=None).first()
    return form_page(request, "discovery/styles.html", form, removed=removed, **facts)


@needs(STYLES)
@require_http_methods(["DELETE"])
def style(request: HttpRequest, pk: int) -> HttpResponse:
    remove_style(get_object_or_404(CitationStyle, pk=pk), by=request.user)
    return redirect(f"/staff/citation-styles?removed={pk}")


@needs(STYLES)
@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    back = get_object_or_404(CitationStyle, pk=pk)
    restore_style(back, by=request.user)
    messages.success(request, _("Gaya “%(name)s” dikembalikan.") % {"name": back})
    return redirect("discovery:styles")
