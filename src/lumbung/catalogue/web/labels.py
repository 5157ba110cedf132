"""Labels and cards: choose the items, the paper and the kind; look at the first sheet; take the PDF. Many are set in the background."""

from base64 import b64encode
from typing import Any

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from lumbung.catalogue.domain import labels
from lumbung.catalogue.domain.item_selection import Selection
from lumbung.catalogue.jobs import set_labels
from lumbung.catalogue.models import Item
from lumbung.catalogue.permissions import ITEMS
from lumbung.catalogue.queries.files import label_runs
from lumbung.catalogue.refusals import LABELS_TOO_MANY, NO_ITEMS_CHOSEN
from lumbung.catalogue.web.label_forms import KINDS, LabelForm
from lumbung.kernel import clock
from lumbung.kernel.refusals import Refused
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.submission import form_page, reasons_shown_on
from lumbung.organization import queries as organization

MOST = 10_000
AT_ONCE = 300
"""More labels than these are set in the background."""
SHOWN = 5


@needs(ITEMS)
def sheets(request: HttpRequest) -> HttpResponse:
    """A GET begins with what the address chooses; a POST shows the first sheet, or with ``print`` sends the whole as PDF."""
    form = LabelForm(request.POST or None, request.FILES or None, initial=request.GET.dict())
    context: dict[str, Any] = {"runs": label_runs()[:SHOWN]}
    if form.is_valid():
        with reasons_shown_on(form):
            chosen = _chosen(form.selection())
            if "print" in request.POST:
                return _printed(request, chosen, form.layout())
            context |= _looked_at(chosen, form)
    return form_page(request, "catalogue/labels.html", form, **context)


def _chosen(selection: Selection) -> list[int]:
    keys = list(selection.items().values_list("pk", flat=True)[: MOST + 1])
    if not keys:
        raise Refused(NO_ITEMS_CHOSEN())
    if len(keys) > MOST:
        raise Refused(LABELS_TOO_MANY(most=MOST))
    return keys


def _printed(request: HttpRequest, chosen: list[int], layout: labels.Layout) -> HttpResponse:
    if len(chosen) > AT_ONCE:
        with transaction.atomic():  # what is asked for is also done
            begun = labels.start_labels(chosen, layout, by=request.user)
            set_labels.enqueue(run=begun.pk)
        return redirect("catalogue:label_run", begun.pk)
    items = labels.items_in_order(chosen)
    response = HttpResponse(labels.as_pdf(items, layout), content_type="application/pdf")
    day = clock.today(organization.library().zone)
    response["Content-Disposition"] = f'attachment; filename="label-{layout.kind}-{day:%Y-%m-%d}.pdf"'
    labels.mark_printed(items, layout.kind, by=request.user)
    return response


def _looked_at(chosen: list[int], form: LabelForm) -> dict[str, Any]:
    layout = form.layout()
    first = labels.items_in_order(chosen[: layout.paper.places])
    uncalled = _without_call_number(form.selection(), layout.kind)
    return {
        "count": len(chosen),
        "later": len(chosen) > AT_ONCE,
        "sheets": labels.sheet_count(len(chosen), layout),
        "unknown": form.selection().unknown_barcodes(),
        "uncalled": uncalled.count(),
        "first_uncalled": uncalled[:SHOWN],
        "pictures": [b64encode(page).decode() for page in labels.as_pictures(first, layout)],
    }


def _without_call_number(selection: Selection, kind: labels.Kind) -> QuerySet[Item]:
    """Those whose label would not tell where they stand; none for labels that do not tell it anyway."""
    items = selection.items().filter(call_number="")
    return items.none() if kind is labels.Kind.BARCODE else items


@needs(ITEMS)
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of labels set in the background; for htmx only the part that moves."""
    shown = get_object_or_404(label_runs(), pk=pk)
    template = "catalogue/label_state.html" if request.headers.get("HX-Request") else "catalogue/label_run.html"
    return render(request, template, {"run": shown, "name": dict(KINDS)[labels.Kind(shown.kind)]})


@needs(ITEMS)
@require_POST
def fetch(request: HttpRequest, pk: int) -> FileResponse:
    """The PDF; whoever takes it prints it."""
    shown = get_object_or_404(label_runs(), pk=pk)
    if not shown.stored_file or not default_storage.exists(shown.stored_file):
        raise Http404
    labels.take_labels(shown, by=request.user)
    name = f"label-{shown.kind}-{timezone.localdate(shown.created_at):%Y-%m-%d}-{shown.pk}.pdf"
    return FileResponse(
        default_storage.open(shown.stored_file, "rb"), as_attachment=True, filename=name, content_type="application/pdf"
    )
