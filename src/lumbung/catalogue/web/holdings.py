"""Holdings statements on the staff's pages: written in plain fields, tried before they are saved, removed."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lumbung.catalogue import queries
from lumbung.catalogue.domain.holdings import PlainHolding, has_more, kind_names, made_from, plain_of
from lumbung.catalogue.domain.holdings_words import holdings_words
from lumbung.catalogue.domain.records import change_record
from lumbung.catalogue.models import Record
from lumbung.catalogue.permissions import EDIT
from lumbung.catalogue.web.holding_forms import HoldingForm, Rows, initial_of, plain_in, rows_of
from lumbung.catalogue.web.saving import save_changed
from lumbung.formats.holdings import Holding, holdings_in, lines_of, removed, replaced, standard_lines_of
from lumbung.formats.marc import Record as Marc
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.keys import key_in
from lumbung.kernel.ui.submission import UNPROCESSABLE

LONGEST_VERSION = 10
NEW = PlainHolding(captions=("jil.",))


@dataclass(frozen=True)
class Tried:
    """What readers would be told, and the same as Z39.71 has it."""

    lines: list[tuple[str, str]]
    standard: list[str]


@needs(EDIT)
def add(request: HttpRequest, pk: int) -> HttpResponse:
    record = get_object_or_404(Record, pk=pk)
    return _page(request, record, _as_seen(request, record), None)


@needs(EDIT)
def change(request: HttpRequest, pk: int, at: int) -> HttpResponse:
    record = get_object_or_404(Record, pk=pk)
    said = _as_seen(request, record)
    return _page(request, record, said, _holding(said, at))


@needs(EDIT)
@require_POST
def remove(request: HttpRequest, pk: int, at: int) -> HttpResponse:
    """The version that was looked at comes along: with another one ``at`` might be another statement."""
    record = get_object_or_404(Record, pk=pk)
    said = _as_seen(request, record)
    change_record(record, removed(said, _holding(said, at)), version=key_in(request.POST.get("version")), by=request.user)
    messages.success(request, _("Pernyataan kepemilikan dihapus. Versi sebelumnya ada dalam riwayat cantuman."))
    return redirect("catalogue:record", pk)


def _page(request: HttpRequest, record: Record, said: Marc, old: Holding | None) -> HttpResponse:
    plain = plain_of(old) if old else NEW
    form = HoldingForm(request.POST or None, plain=plain, initial=initial_of(plain, record.version))
    rows = Rows(
        request.POST or None,
        prefix="run",
        initial=rows_of(plain),
        form_kwargs={"captions": plain.captions, "shown": form.shown},
    )
    tried = None
    is_deeper = "deeper" in request.POST
    if not is_deeper and form.is_valid() and rows.is_valid():
        made = made_from(plain_in(form, list(rows), plain), old)
        if not form.errors and not made.parts:
            form.add_error(None, _("Belum ada yang dinyatakan: isi sedikitnya satu baris."))
        if not form.errors and "try" not in request.POST:
            return save_changed(request, record, replaced(said, old, made), version=form.cleaned_data["version"])
        kinds = kind_names()
        lines = [(kinds[kind], text) for kind, text in lines_of(made, holdings_words())]
        tried = Tried(lines, [text for _kind, text in standard_lines_of(made)])
    is_wrong = form.is_bound and not is_deeper and bool(form.errors or rows.total_error_count())
    context = {
        "record": record,
        "form": form,
        "rows": rows,
        "tried": tried,
        "old": old,
        "more": old is not None and has_more(old),
    }
    return render(request, "catalogue/holding.html", context, status=UNPROCESSABLE if is_wrong else 200)


def _as_seen(request: HttpRequest, record: Record) -> Marc:
    """What the record said when the form was fetched: a statement is named by its place among those of that version."""
    version = request.POST.get("version", "")
    seen = (
        queries.marc_at(record, int(version))
        if version.isascii() and version.isdigit() and len(version) < LONGEST_VERSION
        else None
    )
    return seen or record.marc_record


def _holding(said: Marc, at: int) -> Holding:
    found = holdings_in(said)
    if at >= len(found):
        raise Http404
    return found[at]
