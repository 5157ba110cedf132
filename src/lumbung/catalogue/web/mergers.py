"""Merging two records: looked at field by field, carried out, taken back."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from lumbung.catalogue.domain.comparison import side_of
from lumbung.catalogue.domain.field_choices import Chosen, pairs, together, usual_choice
from lumbung.catalogue.domain.marc_check import Remark, remarks_on
from lumbung.catalogue.domain.mergers import merge_records, undo_merger
from lumbung.catalogue.domain.record_followers import followers
from lumbung.catalogue.models import BoundTitle, Draft, Item, Merger, Record
from lumbung.catalogue.permissions import EDIT, SEE
from lumbung.formats.marc import Record as Marc
from lumbung.kernel.refusals import Refused
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.keys import key_in
from lumbung.kernel.ui.pages import page_of
from lumbung.kernel.ui.submission import UNPROCESSABLE

TWICE = frozenset({"repeated", "several_main_entries"})


@needs(SEE)
def mergers(request: HttpRequest) -> HttpResponse:
    """Every merger, the latest first."""
    rows = Merger.objects.select_related("by").defer("row", "before", "moved")
    page = page_of(rows, request)
    titles = Record.objects.in_bulk([each.into for each in page], field_name="pk")
    shown = [(each, titles.get(each.into)) for each in page]
    return render(request, "catalogue/mergers.html", {"page": page, "rows": shown})


@needs(EDIT)
def merging(request: HttpRequest, pk: int) -> HttpResponse:
    """What would come of it if ``?with=`` went into this record; a POST carries it out with the fields that were ticked."""
    kept = get_object_or_404(Record, pk=pk)
    gone = Record.objects.filter(pk=key_in(request.POST.get("with") or request.GET.get("with"))).exclude(pk=pk).first()
    if gone is None:
        messages.error(request, _("Tulis nomor judul lain yang ada di katalog."))
        return redirect("catalogue:record", pk)
    if request.method != "POST":
        return _page(request, kept, gone, usual_choice(kept.marc_record, gone.marc_record))
    chosen = Chosen(_places(request, "ours"), _places(request, "theirs"))
    made = together(kept.marc_record, gone.marc_record, chosen)
    if remarks := in_the_way(made, kept.marc_record):
        return _page(request, kept, gone, chosen, remarks=remarks)
    try:
        merger = merge_records(gone, into=kept, made=made, versions=_versions(request), by=request.user)
    except Refused as refused:
        return _page(request, kept, gone, chosen, reasons=[str(each) for each in refused.reasons])
    tell_of(request, merger)
    return redirect(_next(request, merger))


@needs(EDIT)
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    back = undo_merger(get_object_or_404(Merger, pk=pk), by=request.user)
    messages.success(request, _("“%(title)s” kembali berdiri sendiri.") % {"title": back.title})
    return redirect("catalogue:record", back.pk)


def in_the_way(made: Marc, kept: Marc) -> list[Remark]:
    """What keeps a merger from being saved: errors, and fields that are twice there now though there may be but one."""
    before = {(each.tag, each.kind) for each in remarks_on(kept, before=None)}
    told = remarks_on(made, before=kept)
    return [each for each in told if each.blocks or (each.kind in TWICE and (each.tag, each.kind) not in before)]


def tell_of(request: HttpRequest, merger: Merger) -> None:
    """Say that it is done, and what came along."""
    count = len(merger.moved["items"])
    told = ngettext(
        "“%(title)s” digabungkan; %(count)d eksemplar pindah. Alamat lamanya tetap berlaku.",
        "“%(title)s” digabungkan; %(count)d eksemplar pindah. Alamat lamanya tetap berlaku.",
        count,
    )
    messages.success(request, told % {"title": merger.title, "count": count})


def _page(
    request: HttpRequest,
    kept: Record,
    gone: Record,
    chosen: Chosen,
    *,
    remarks: Sequence[Remark] = (),
    reasons: Sequence[str] = (),
) -> HttpResponse:
    rows = [
        (pair, side_of(pair.ours), side_of(pair.theirs), pair.our_place in chosen.ours, pair.their_place in chosen.theirs)
        for pair in pairs(kept.marc_record, gone.marc_record)
    ]
    context = {
        "kept": kept,
        "gone": gone,
        "rows": rows,
        "remarks": remarks,
        "reasons": reasons,
        "told": _told(gone, kept),
        "next": request.GET.get("next", ""),
    }
    return render(request, "catalogue/merging.html", context, status=UNPROCESSABLE if remarks or reasons else 200)


def _told(gone: Record, kept: Record) -> list[str]:
    """All that follows besides the fields."""
    items = Item.objects.filter(record=gone).count()
    bound = BoundTitle.objects.filter(record=gone).count()
    drafts = Draft.objects.filter(record=gone, discarded_at__isnull=True).count()
    told = [ngettext("%(n)d eksemplar pindah.", "%(n)d eksemplar pindah.", items) % {"n": items}]
    if bound:
        sentence = ngettext("%(n)d jilidan bersama ikut pindah.", "%(n)d jilidan bersama ikut pindah.", bound)
        told.append(sentence % {"n": bound})
    told += [sentence for each in followers() for sentence in each.told(gone, kept)]
    if drafts:
        sentence = ngettext(
            "%(n)d draf perubahan atas judul ini menjadi draf tanpa judul; pemiliknya tetap dapat membukanya.",
            "%(n)d draf perubahan atas judul ini menjadi draf tanpa judul; pemiliknya tetap dapat membukanya.",
            drafts,
        )
        told.append(sentence % {"n": drafts})
    return told


def _places(request: HttpRequest, name: str) -> frozenset[int]:
    return frozenset(int(each) for each in request.POST.getlist(name) if each.isascii() and each.isdigit() and len(each) < 6)  # noqa: PLR2004


def _versions(request: HttpRequest) -> tuple[int, int]:
    return key_in(request.POST.get("gone_version")), key_in(request.POST.get("kept_version"))


def _next(request: HttpRequest, merger: Merger) -> str:
    """Back to the queue for those who came from there."""
    if request.POST.get("next") == "pairs":
        return reverse("catalogue:likely_pairs")
    return reverse("catalogue:record", args=[merger.into])
