"""Claims returned: what members say they brought back, looked for along the shelves."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lumbung.circulation import permissions, queries
from lumbung.circulation.domain.claims import claim_return, withdraw_claim
from lumbung.circulation.models import Loan
from lumbung.circulation.queries.fines import cost_of_loss
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.pages import page_of


@needs(permissions.SEE)
@require_safe
def claimed(request: HttpRequest) -> HttpResponse:
    """What is to be looked for, in the order of the shelves, to print and take along."""
    page = page_of(queries.claimed_loans(), request)
    return render(request, "circulation/claimed.html", {"page": page, "rows": [(each, cost_of_loss(each)) for each in page]})


@needs(permissions.LEND)
@require_http_methods(["POST", "DELETE"])
def claim(request: HttpRequest, pk: int) -> HttpResponse:
    """POST: the member says it was brought back. DELETE: the member has it after all."""
    loan = get_object_or_404(Loan, pk=pk)
    if request.method == "DELETE":
        withdraw_claim(loan, by=request.user)
        messages.success(request, _("Pencarian dibatalkan; pinjaman berjalan lagi."))
    else:
        claim_return(loan, by=request.user)
        messages.success(request, _("Masuk daftar yang dicari di rak. Selama itu denda dan pengingat berhenti."))
    return redirect("circulation:loan", pk)
