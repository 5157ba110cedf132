"""Bags for a title: bring one, read the report, take its files in, take them out again."""

from pathlib import Path

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from lumbung.catalogue.models import Record
from lumbung.digital import queries
from lumbung.digital.domain.incoming_bags import read_bag, store_bag, undo_bag
from lumbung.digital.models import IncomingBag
from lumbung.digital.permissions import KEEP
from lumbung.kernel.pieces import inbox_of
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.pages import page_of
from lumbung.kernel.ui.pieces import received

COUNTED = {"count": Count("files"), "good": Count("files", filter=~Q(files__sha256="")), "came": Count("files__file")}


@needs(KEEP)
@require_safe
def bags(request: HttpRequest, pk: int) -> HttpResponse:
    """What was brought for the title, and the way to bring more."""
    record = get_object_or_404(Record.objects.listed(), pk=pk)
    rows = IncomingBag.objects.filter(record=record).select_related("created_by").annotate(**COUNTED).order_by("-pk")
    facts = {"record": record, "page": page_of(rows, request), "terms": queries.terms()}
    return render(request, "digital/incoming_bags.html", facts)


@needs(KEEP)
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """A bag, in pieces or whole; it is tried dry at once."""
    record = get_object_or_404(Record.objects.listed(), pk=pk)

    def finished(path: Path, name: str) -> None:
        read_bag(record, path, name=name, by=request.user)
        messages.success(request, _("Bag utuh dan sidik jarinya cocok. Buka laporannya, lalu masukkan berkasnya."))

    back = redirect("digital:incoming_bags", pk)
    return received(request, inbox_of(request.user, f"bag-{pk}"), finished, back, largest=queries.terms().largest)


@needs(KEEP)
@require_safe
def bag(request: HttpRequest, pk: int) -> HttpResponse:
    """The report, file by file."""
    shown = get_object_or_404(IncomingBag.objects.select_related("record", "created_by").annotate(**COUNTED), pk=pk)
    return render(request, "digital/incoming_bag.html", {"bag": shown, "page": page_of(shown.files.all(), request)})


@needs(KEEP)
@require_POST
def store(request: HttpRequest, pk: int) -> HttpResponse:
    count = store_bag(get_object_or_404(IncomingBag, pk=pk), by=request.user)
    messages.success(
        request,
        ngettext(
            "%(count)s berkas masuk, sementara hanya untuk petugas. Atur siapa yang boleh membacanya.",
            "%(count)s berkas masuk, sementara hanya untuk petugas. Atur siapa yang boleh membacanya.",
            count,
        )
        % {"count": count},
    )
    return redirect("digital:incoming_bag", pk)


@needs(KEEP)
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    count = undo_bag(get_object_or_404(IncomingBag, pk=pk), by=request.user)
    messages.success(
        request,
        ngettext(
            "Bag dibatalkan; %(count)s berkas dikeluarkan dari judul.",
            "Bag dibatalkan; %(count)s berkas dikeluarkan dari judul.",
            count,
        )
        % {"count": count},
    )
    return redirect("digital:incoming_bag", pk)
