"""Lists chosen by librarians: read by all, made by staff."""

from typing import ClassVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from lumbung.catalogue.models import Record
from lumbung.discovery.domain import curating
from lumbung.discovery.models import CuratedList, CuratedTitle
from lumbung.discovery.permissions import CURATE
from lumbung.discovery.queries import Results, search_records
from lumbung.discovery.queries.curated import chosen_titles, picks, shown_lists
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.keys import key_in
from lumbung.kernel.ui.once import once
from lumbung.kernel.ui.pages import page_of
from lumbung.kernel.ui.submission import FormForVerb, form_page, reasons_shown_on
from lumbung.search.documents import Query
from lumbung.search.unready import unanswered

OFFERED = 8


class CuratedListForm(FormForVerb):
    class Meta:
        model = CuratedList
        fields = ("title", "intro", "purpose", "from_day", "until_day", "published")
        widgets: ClassVar = {
            "intro": forms.Textarea(attrs={"rows": 4}),
            "from_day": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "until_day": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }
        help_texts: ClassVar = {
            "purpose": gettext_lazy("Daftar ini tampil bagi pembaca yang datang untuk itu."),
            "published": gettext_lazy("Daftar yang terbit tampil di beranda dan halaman Pilihan pustakawan."),
        }


@require_safe
def shown(request: HttpRequest) -> HttpResponse:
    page = page_of(shown_lists(), request, 24)
    return render(request, "discovery/picks.html", {"page": page, "picks": picks(list(page))})


@require_safe
def pick(request: HttpRequest, pk: int) -> HttpResponse:
    curated = get_object_or_404(shown_lists(), pk=pk)
    rows = [each for each in chosen_titles(curated) if each.record]
    return render(request, "discovery/pick.html", {"curated": curated, "rows": rows})


@needs(CURATE)
@once
def lists(request: HttpRequest) -> HttpResponse:
    form = CuratedListForm(request.POST or None)
    if form.is_valid():
        with reasons_shown_on(form):
            made = curating.make_curated_list(by=request.user, **form.cleaned_data)
            return redirect("discovery:curated", made.pk)
    page = page_of(CuratedList.objects.kept(), request)
    removed = CuratedList.objects.filter(removed_at__isnull=False).order_by("-removed_at")[:5]
    return form_page(request, "discovery/curated_lists.html", form, page=page, picks=picks(list(page)), removed=removed)


@needs(CURATE)
def curated(request: HttpRequest, pk: int) -> HttpResponse:
    shown_list = get_object_or_404(CuratedList.objects.kept(), pk=pk)
    form = CuratedListForm(request.POST or None, instance=shown_list)
    if form.is_valid():
        with reasons_shown_on(form):
            curating.change_curated_list(shown_list, by=request.user, **form.cleaned_data)
            messages.success(request, _("Daftar “%(title)s” disimpan.") % {"title": form.cleaned_data["title"]})
            return redirect("discovery:curated", pk)
    words = request.GET.get("q", "").strip()
    found = search_records(Query(words=words, size=OFFERED, facets=()), request.user) if words else Results()
    facts = {"curated": shown_list, "rows": chosen_titles(shown_list), "q": words, "undo": _taken(request)}
    page = form_page(request, "discovery/curated_list.html", form, **facts, offered=found.rows, unready=not found.ready)
    return page if found.ready else unanswered(request, page)


@needs(CURATE)
@require_POST
def put(request: HttpRequest, pk: int) -> HttpResponse:
    shown_list = get_object_or_404(CuratedList.objects.kept(), pk=pk)
    record = get_object_or_404(Record.objects.listed().shown_to_public(), pk=key_in(request.POST.get("record")))
    place = key_in(request.POST.get("place")) or None
    curating.put_title(shown_list, record, by=request.user, note=request.POST.get("note", "")[:400], place=place)
    messages.success(request, _("Ditambahkan: %(title)s.") % {"title": record.title_told})
    return redirect("discovery:curated", pk)


@needs(CURATE)
@require_POST
def change_title(request: HttpRequest, pk: int, title: int) -> HttpResponse:
    """Move it up or down, take it out, or note something: whichever button was pressed."""
    chosen = get_object_or_404(CuratedTitle.objects.select_related("curated_list"), curated_list=pk, pk=title)
    if "up" in request.POST or "down" in request.POST:
        curating.move_title(chosen, up="up" in request.POST, by=request.user)
    elif "take" in request.POST:
        curating.take_title(chosen, by=request.user)
        request.session["taken"] = {"list": pk, "record": chosen.record_id, "place": chosen.place, "note": chosen.note}
    else:
        curating.note_title(chosen, request.POST.get("note", "")[:400], by=request.user)
        messages.success(request, _("Catatan disimpan."))
    return redirect("discovery:curated", pk)


@needs(CURATE)
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    curating.remove_curated_list(get_object_or_404(CuratedList, pk=pk), by=request.user)
    messages.success(request, _("Daftar dihapus. Bila keliru, kembalikan dari “Baru saja dihapus” di bawah."))
    return redirect("discovery:curated-lists")


@needs(CURATE)
@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    curating.restore_curated_list(get_object_or_404(CuratedList, pk=pk), by=request.user)
    messages.success(request, _("Daftar dikembalikan."))
    return redirect("discovery:curated", pk)


def _taken(request: HttpRequest) -> object:
    """What was just taken out of a list, to be put back at once; asked once."""
    return request.session.pop("taken", None) if request.method == "GET" and "taken" in request.session else None
