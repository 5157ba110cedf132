"""The accession register: read it by period, take it as a table or on paper, number what has no number, set the patterns."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from lumbung.catalogue import queries
from lumbung.catalogue.domain.accessions import example, give_accession_numbers, set_accession_pattern
from lumbung.catalogue.domain.register import register_pdf
from lumbung.catalogue.models import AccessionPattern, Item
from lumbung.catalogue.permissions import CALL_NUMBERS, ITEMS, SEE
from lumbung.kernel import clock
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.forms import Day
from lumbung.kernel.ui.pages import page_of
from lumbung.kernel.ui.spreadsheet import csv_response
from lumbung.kernel.ui.submission import FormForVerb, form_page, reasons_shown_on
from lumbung.organization import queries as organization
from lumbung.organization.models import Branch

MOST_ON_PAPER, MOST_AT_ONCE = 5000, 1000
WIDTHS = (3, 4, 9, 6, 5, 3, 4, 4, 4, 5)


class RegisterForm(forms.Form):
    branch = forms.ModelChoiceField(
        Branch.objects.all(), label=gettext_lazy("Cabang"), required=False, empty_label=gettext_lazy("Semua")
    )
    source = forms.ChoiceField(
        label=gettext_lazy("Sumber"), choices=[("", gettext_lazy("Semua")), *Item.Sources.choices], required=False
    )
    since = Day(label=gettext_lazy("Dari tanggal"), required=False)
    until = Day(label=gettext_lazy("Sampai tanggal"), required=False)


class PatternForm(FormForVerb):
    class Meta:
        model = AccessionPattern
        fields: ClassVar = ["branch", "template", "digits", "yearly", "first"]
        help_texts: ClassVar = {
            "branch": gettext_lazy("Kosong: untuk semua cabang yang tidak punya pola sendiri."),
            "template": gettext_lazy(
                "{nomor} harus ada; {tahun}, {sumber}, dan {cabang} boleh. Contoh: {nomor}/{sumber}/{tahun}."
            ),
            "digits": gettext_lazy("Diisi nol di depan. 5 menjadi 00001."),
            "first": gettext_lazy("Nomor yang sudah dipakai selalu dilewati."),
        }


@needs(SEE)
def register(request: HttpRequest) -> HttpResponseBase:
    """The page; with ``?form=csv`` or ``?form=pdf`` all of it to take away."""
    form = RegisterForm(request.GET or None)
    told = form.cleaned_data if form.is_valid() else {}
    rows, totals = queries.accessions(**{name: told.get(name) for name in form.fields})
    if request.GET.get("form") == "csv":
        return csv_response(f"buku-induk-{_today()}.csv", _header(), _lines(rows.iterator(chunk_size=1000)))
    if request.GET.get("form") == "pdf" and totals["copies"] <= MOST_ON_PAPER:
        return _on_paper(rows, totals, told)
    context = {
        "form": form,
        "page": page_of(rows, request),
        "totals": totals,
        "without": queries.items_without_accession().count(),
        "fits_paper": totals["copies"] <= MOST_ON_PAPER,
        "asked": request.GET.urlencode(),
    }
    return render(request, "catalogue/accessions.html", context)


@needs(ITEMS)
@require_POST
def give_numbers(request: HttpRequest) -> HttpResponse:
    given = give_accession_numbers(list(queries.items_without_accession()[:MOST_AT_ONCE]), by=request.user)
    said = ngettext("%(count)d eksemplar diberi nomor induk.", "%(count)d eksemplar diberi nomor induk.", len(given))
    messages.success(request, said % {"count": len(given)})
    return redirect("catalogue:accessions")


@needs(CALL_NUMBERS)
def patterns(request: HttpRequest) -> HttpResponse:
    form = PatternForm(request.POST or None)
    if form.is_valid():
        with reasons_shown_on(form):
            set_accession_pattern(by=request.user, **form.cleaned_data)
            messages.success(request, _("Pola nomor induk disimpan; nomor yang sudah diberikan tetap."))
            return redirect("catalogue:accession_patterns")
    rows = [(each, example(each.template, each.digits, each.branch)) for each in queries.accession_patterns()]
    return form_page(request, "catalogue/accession_patterns.html", form, rows=rows)


def _today() -> str:
    return f"{clock.today(organization.library().zone):%Y-%m-%d}"


def _header() -> list[str]:
    return [
        _("Tanggal"), _("Nomor induk"), _("Judul"), _("Pengarang"), _("Penerbit"), _("Tahun"), _("Nomor panggil"), _("Sumber"),
        _("Harga"), _("Rekanan"),
    ]  # fmt: skip


def _lines(items: Iterator[Item]) -> Iterator[list[Any]]:
    for item in items:
        record = item.record
        yield [
            f"{item.accessioned_on:%Y-%m-%d}" if item.accessioned_on else "",
            item.accession_number,
            record.title,
            record.creator,
            record.publisher,
            record.year or "",
            item.call_number,
            item.get_source_display(),
            "" if item.price is None else f"{item.price:.0f}",
            item.vendor,
        ]


def _on_paper(rows: QuerySet[Item], totals: dict[str, Any], told: dict[str, Any]) -> HttpResponse:
    days = [date_format(day, "DATE_FORMAT") if day else "…" for day in (told.get("since"), told.get("until"))]
    places = [str(told[name]) for name in ("branch",) if told.get(name)]
    total = ngettext("%(copies)s eksemplar, Rp%(price)s", "%(copies)s eksemplar, Rp%(price)s", totals["copies"]) % {
        "copies": totals["copies"],
        "price": f"{totals['price'] or 0:,.0f}".replace(",", "."),
    }
    lines = [[str(cell) for cell in line] for line in _lines(iter(rows))]
    made = register_pdf(
        _("Buku induk"), " · ".join([*places, " – ".join(days)]), header=_header(), rows=lines, total=total, widths=WIDTHS
    )
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="buku-induk-{_today()}.pdf"'
    return response
