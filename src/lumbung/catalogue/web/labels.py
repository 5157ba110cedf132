"""Labels and cards: choose the items, the paper and the kind; look at the first sheet; take the PDF."""

from base64 import b64encode
from typing import Any

from django.http import HttpRequest, HttpResponse

from lumbung.catalogue.domain import labels
from lumbung.catalogue.domain.item_selection import Selection
from lumbung.catalogue.models import Item
from lumbung.catalogue.permissions import ITEMS
from lumbung.catalogue.refusals import LABELS_TOO_MANY, NO_ITEMS_CHOSEN
from lumbung.catalogue.web.label_forms import LabelForm
from lumbung.kernel import clock
from lumbung.kernel.refusals import Refused
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.submission import form_page, reasons_shown_on
from lumbung.organization import queries as organization

MOST_AT_ONCE = 2000


@needs(ITEMS)
def sheets(request: HttpRequest) -> HttpResponse:
    """A GET begins with what the address chooses; a POST shows the first sheet, or with ``print`` sends the whole as PDF."""
    form = LabelForm(request.POST or None, request.FILES or None, initial=request.GET.dict())
    context: dict[str, Any] = {}
    if form.is_valid():
        with reasons_shown_on(form):
            items = _chosen(form.selection())
            if "print" in request.POST:
                return _printed(request, items, form.layout())
            context = _looked_at(items, form)
    return form_page(request, "catalogue/labels.html", form, **context)


def _chosen(selection: Selection) -> list[Item]:
    items = list(selection.items()[: MOST_AT_ONCE + 1])
    if not items:
        raise Refused(NO_ITEMS_CHOSEN())
    if len(items) > MOST_AT_ONCE:
        raise Refused(LABELS_TOO_MANY(most=MOST_AT_ONCE))
    return items


def _printed(request: HttpRequest, items: list[Item], layout: labels.Layout) -> HttpResponse:
    response = HttpResponse(labels.as_pdf(items, layout), content_type="application/pdf")
    day = clock.today(organization.library().zone)
    response["Content-Disposition"] = f'attachment; filename="label-{layout.kind}-{day:%Y-%m-%d}.pdf"'
    labels.mark_printed(items, layout.kind, by=request.user)
    return response


def _looked_at(items: list[Item], form: LabelForm) -> dict[str, Any]:
    layout = form.layout()
    return {
        "count": len(items),
        "sheets": labels.sheet_count(len(items), layout),
        "unknown": form.selection().unknown_barcodes(),
        "pictures": [b64encode(page).decode() for page in labels.as_pictures(items, layout)],
    }
