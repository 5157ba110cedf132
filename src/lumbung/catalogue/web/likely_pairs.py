"""The clean-up queue: pairs that may be duplicates, looked at one by one, merged or dismissed by a key."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lumbung.catalogue.domain import likely_pairs as verbs
from lumbung.catalogue.domain.comparison import compared
from lumbung.catalogue.domain.field_choices import together, usual_choice
from lumbung.catalogue.domain.mergers import merge_records
from lumbung.catalogue.jobs import search_for_duplicates
from lumbung.catalogue.models import DuplicateSearch, LikelyPair, Record
from lumbung.catalogue.models.titles_of_copies import copies_counted
from lumbung.catalogue.permissions import EDIT
from lumbung.catalogue.web.mergers import in_the_way, tell_of
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.keys import key_in
from lumbung.kernel.ui.pages import page_of

SIZE = 20


@needs(EDIT)
def likely_pairs(request: HttpRequest) -> HttpResponse:
    """The next pair side by side, ``?pair=`` or the first; under it the queue. ``?dismissed=1`` shows those that are not the same."""
    search = DuplicateSearch.objects.first()
    if "dismissed" in request.GET:
        rows = LikelyPair.objects.filter(dismissed_at__isnull=False).order_by("-dismissed_at")
        page = page_of(_listed(rows).select_related("dismissed_by"), request, SIZE)
        return render(request, "catalogue/dismissed_pairs.html", {"page": page, "search": search})
    queue = LikelyPair.objects.filter(dismissed_at__isnull=True)
    page = page_of(_listed(queue), request, SIZE)
    wanted = key_in(request.GET.get("pair"))
    shown = queue.filter(pk=wanted).first() if wanted else None
    shown = shown or (page.object_list[0] if page.object_list else None)
    context = {"page": page, "search": search, "is_under_way": _is_running(search), **_shown(request, shown)}
    return render(request, "catalogue/likely_pairs.html", context)


@needs(EDIT)
def progress(request: HttpRequest) -> HttpResponse:
    """How far the search is: a part of the page."""
    search = DuplicateSearch.objects.first()
    return render(request, "catalogue/duplicate_search.html", {"search": search, "is_under_way": _is_running(search)})


@needs(EDIT)
@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    begun = verbs.begin_search_for_duplicates(by=request.user)
    search_for_duplicates.enqueue(search=begun.pk)
    return redirect("catalogue:likely_pairs")


@needs(EDIT)
@require_POST
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Merge the pair as is usual, into the one that was shown on the left; the page of the fields where that makes a faulty record."""
    pair = get_object_or_404(LikelyPair.objects.select_related("first", "second"), pk=pk)
    kept, gone = pair.first, pair.second
    if request.POST.get("kept") == str(pair.second_id):
        kept, gone = gone, kept
    made = together(kept.marc_record, gone.marc_record, usual_choice(kept.marc_record, gone.marc_record))
    if in_the_way(made, kept.marc_record):
        return redirect(f"{reverse('catalogue:record_merging', args=[kept.pk])}?with={gone.pk}&next=pairs")
    versions = key_in(request.POST.get("gone_version")), key_in(request.POST.get("kept_version"))
    tell_of(request, merge_records(gone, into=kept, made=made, versions=versions, by=request.user))
    return redirect(_after(pair))


@needs(EDIT)
@require_POST
def dismiss(request: HttpRequest, pk: int) -> HttpResponse:
    pair = verbs.dismiss_pair(get_object_or_404(LikelyPair, pk=pk), by=request.user)
    messages.success(request, _("Diingat: keduanya bukan ganda."))
    return redirect(_after(pair))


@needs(EDIT)
@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    pair = verbs.reopen_pair(get_object_or_404(LikelyPair, pk=pk), by=request.user)
    return redirect(f"{reverse('catalogue:likely_pairs')}?pair={pair.pk}")


def _listed(rows: QuerySet[LikelyPair]) -> QuerySet[LikelyPair]:
    return rows.select_related("first", "second").defer("first__marc", "first__findable", "second__marc", "second__findable")


def _shown(request: HttpRequest, pair: LikelyPair | None) -> dict[str, object]:
    """Both records of the pair, on the left the one that should stay: with more copies, else the older; ``?swap=1`` the other."""
    if pair is None:
        return {"pair": None}
    records = Record.objects.in_bulk([pair.first_id, pair.second_id])
    copies = copies_counted(records)
    left, right = pair.first_id, pair.second_id
    if (copies.get(right, 0) > copies.get(left, 0)) != ("swap" in request.GET):
        left, right = right, left
    kept, gone = records[left], records[right]
    return {
        "pair": pair,
        "kept": kept,
        "gone": gone,
        "swapped": "swap" in request.GET,
        "copies": (copies.get(left, 0), copies.get(right, 0)),
        "rows": compared(kept.marc_record, gone.marc_record),
        "following": _next_after(pair),
    }


def _next_after(pair: LikelyPair) -> int | None:
    queue = LikelyPair.objects.filter(dismissed_at__isnull=True)
    behind = queue.filter(weight=pair.weight, pk__gt=pair.pk) | queue.filter(weight__gt=pair.weight)
    return behind.order_by("weight", "pk").values_list("pk", flat=True).first()


def _after(pair: LikelyPair) -> str:
    """The address of the queue at the pair behind this one."""
    following = _next_after(pair)
    return reverse("catalogue:likely_pairs") + (f"?pair={following}" if following else "")


def _is_running(search: DuplicateSearch | None) -> bool:
    return search is not None and search.state == DuplicateSearch.States.RUNNING
