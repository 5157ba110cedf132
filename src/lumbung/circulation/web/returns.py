"""The book drop: many scans one after the other, as of one day, with a list of what became of each and where it goes now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lumbung.catalogue.models import Item
from lumbung.catalogue.queries import item_by_barcode
from lumbung.circulation import permissions, queries
from lumbung.circulation.domain.loans import check_in
from lumbung.circulation.models import Hold, Loan
from lumbung.circulation.web.back_dating import earlier_day
from lumbung.circulation.web.scan import clean
from lumbung.circulation.web.working_branch import at_a_branch
from lumbung.kernel import clock
from lumbung.kernel.permissions import may
from lumbung.kernel.refusals import Refused
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.submission import text_sent
from lumbung.organization.models import Branch

AT_MOST = 300
_KEY = "book_drop"


@dataclass(frozen=True)
class Row:
    """What became of one scan: ``outcome`` is returned, seen (not on loan), again (in the list already), unknown or refused."""

    code: str
    outcome: str
    item: Item | None = None
    loan: Loan | None = None
    hold: Hold | None = None
    send_to: Branch | None = None
    owed: int = 0
    reasons: Sequence[str] = field(default=())
    was_lost: bool = False
    credit: int = 0

    @property
    def days_late(self) -> int:
        return queries.days_late_at_return(self.loan) if self.loan else 0

    @property
    def tone(self) -> str:
        if self.outcome in {"unknown", "refused"}:
            return "error"
        is_plain = self.outcome == "returned" and not (self.hold or self.send_to or self.days_late or self.was_lost)
        return "ok" if is_plain else "attention"


@needs(permissions.LEND)
@require_http_methods(["GET", "HEAD", "POST"])
@at_a_branch
def returns(request: HttpRequest, branch: Branch) -> HttpResponse:
    """GET shows the list so far; POST takes ``code``, or ``codes`` with one in each line, back as of the day given.

    An earlier day stays for the next scan in the address alone: who leaves the page and comes back begins with today.
    """
    if request.method == "POST":
        scanned = [request.POST.get("code", ""), *request.POST.get("codes", "").splitlines()[:AT_MOST]]
        _keep(request, [code for each in scanned if (code := clean(each))], branch)
        return redirect(_as_of(request))
    template = "circulation/returns_list.html" if request.headers.get("HX-Request") else "circulation/returns.html"
    response = render(request, template, _page(request, branch))
    add_never_cache_headers(response)
    return response


@needs(permissions.LEND)
@require_POST
def finish(request: HttpRequest) -> HttpResponse:
    """The drop is empty: the next list begins."""
    request.session.pop(_KEY, None)
    return redirect("circulation:returns")


def _keep(request: HttpRequest, codes: Sequence[str], branch: Branch) -> None:
    kept = request.session.get(_KEY) or {"rows": []}
    rows = kept["rows"]
    for code in codes:
        there = {row["code"] for row in rows if row["outcome"] == "returned"}
        rows.append({"code": code, **_taken_back(request, code, branch, is_again=code in there)})
    request.session[_KEY] = {"rows": rows[-AT_MOST:]}


def _as_of(request: HttpRequest) -> str:
    day = request.POST.get("on", "").strip()[:10]
    return reverse("circulation:returns", query={"on": day, "reason": text_sent(request, "reason", 200)} if day else None)


def _taken_back(request: HttpRequest, code: str, branch: Branch, *, is_again: bool) -> dict[str, Any]:
    item = item_by_barcode(code)
    if item is None:
        return {"outcome": "unknown"}
    if is_again and queries.loan_of(item) is None:
        return {"outcome": "again", "item": item.pk}
    try:
        result = check_in(item, at=branch, by=request.user, **earlier_day(request))
    except Refused as refused:
        return {"outcome": "refused", "item": item.pk, "reasons": [str(reason) for reason in refused.reasons]}
    return {
        "outcome": "returned" if result.loan else "seen",
        "item": item.pk,
        "loan": result.loan.pk if result.loan else None,
        "found": result.was_lost,
    }


def _page(request: HttpRequest, branch: Branch) -> dict[str, Any]:
    kept: Mapping[str, Any] = request.session.get(_KEY) or {"rows": []}
    rows = _rows(request, kept["rows"], branch)
    return {
        "branch": branch,
        "rows": rows,
        "last": rows[0] if rows else None,
        "back": sum(row.outcome == "returned" for row in rows),
        "on": request.GET.get("on", ""),
        "reason": request.GET.get("reason", ""),
        "today": clock.today(branch.zone),
        "now": clock.now(),
        "may_back_date": may(request.user, permissions.BACK_DATE),
        "usual_reason": _("Dari kotak pengembalian"),
    }


def _rows(request: HttpRequest, kept: Sequence[Mapping[str, Any]], branch: Branch) -> list[Row]:
    """Latest first, with what each needs read at once for all."""
    items = queries.items_in_hand().in_bulk([row["item"] for row in kept if row.get("item")])
    loans = queries.loans_visible_to(request.user).in_bulk([row["loan"] for row in kept if row.get("loan")])
    holds = {hold.item_id: hold for hold in queries.set_aside(items)}
    owed = queries.owed_for(loans)
    payers = {loans[row["loan"]].member_id for row in kept if row.get("found") and row["loan"] in loans}
    credit = queries.credit_of([payer for payer in payers if payer is not None]) if payers else {}
    found = []
    for row in reversed(kept):
        item, hold, loan = items.get(row.get("item")), holds.get(row.get("item")), loans.get(row.get("loan"))
        goes_to = (hold.pickup_branch if hold else item.goes_to) if item else branch
        was_lost = bool(row.get("found"))
        found.append(
            Row(
                row["code"],
                row["outcome"],
                item,
                loan,
                hold,
                goes_to if goes_to.pk != branch.pk else None,
                owed.get(row.get("loan"), 0),
                row.get("reasons", ()),
                was_lost,
                credit.get(loan.member_id, 0) if was_lost and loan and loan.member_id else 0,
            )
        )
    return found
