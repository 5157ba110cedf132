"""A member's own page: loans, holds, history, settings. Everybody sees their own alone."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lumbung.circulation import queries as circulation
from lumbung.circulation.domain.holds import cancel_hold
from lumbung.circulation.domain.loans import renew as renew_loan
from lumbung.discovery.addresses import asked
from lumbung.discovery.domain.suggestions import choose_suggestions
from lumbung.discovery.queries.suggestions import may_have_suggestions, suggestions_for, waits_for_search, wants_suggestions
from lumbung.kernel.refusals import Refused
from lumbung.kernel.rooms import belongs_to
from lumbung.kernel.ui.access import signed_in
from lumbung.kernel.ui.pages import page_of
from lumbung.kernel.ui.words import day, rupiah
from lumbung.members.domain.members import choose_gathering, choose_history
from lumbung.members.models import Member
from lumbung.members.queries import has_ended, member_of
from lumbung.search.unready import unanswered


@require_safe
@signed_in
def loans(request: HttpRequest) -> HttpResponse:
    member = member_of(request.user)
    if member is None:
        return render(request, "discovery/no_member.html")
    lent = list(circulation.open_loans(member))
    blocks = circulation.blocks_to_renew_each(lent)
    rows = [(loan, blocks[loan.pk], circulation.loan_words(loan), circulation.renewal_fee_words(loan)) for loan in lent]
    facts = {
        "member": member,
        "has_ended": has_ended(member),
        "rows": rows,
        "holds": list(circulation.open_holds(member)),
        "renewable": any(not why for _loan, why, *_words in rows),
        "all_cost": sum(loan.terms.renewal_fee for loan in lent if not blocks[loan.pk]),
        "limits": circulation.limit_standings(member, lent),
        "personal": circulation.personal_lines(member),
        "suggests": may_have_suggestions(member),
    }
    return render(request, "discovery/my.html", facts)


@belongs_to("circulation")
@require_POST
@signed_in
def renew(request: HttpRequest, pk: int) -> HttpResponse:
    loan = get_object_or_404(circulation.open_loans(_own(request)), pk=pk)
    renewed = renew_loan(loan, by=request.user)
    told = _("Diperpanjang: %(title)s, kembali %(day)s.") % {"title": loan.item.title_told, "day": day(renewed.due)}
    messages.success(request, told + _what_it_cost(renewed.terms.renewal_fee))
    return redirect("discovery:my")


@belongs_to("circulation")
@require_POST
@signed_in
def renew_all(request: HttpRequest) -> HttpResponse:
    """Renew what may be renewed; for each of the others say why not."""
    done = cost = 0
    for loan in circulation.open_loans(_own(request)):
        try:
            renewed = renew_loan(loan, by=request.user)
            done, cost = done + 1, cost + renewed.terms.renewal_fee
        except Refused as refused:
            why = " ".join(str(reason) for reason in refused.reasons)
            messages.warning(request, f"{loan.item.title_told}: {why}")
    if done:
        told = ngettext("%(n)d pinjaman diperpanjang.", "%(n)d pinjaman diperpanjang.", done) % {"n": done}
        messages.success(request, told + _what_it_cost(cost))
    return redirect("discovery:my")


@belongs_to("circulation")
@require_http_methods(["DELETE"])
@signed_in
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    hold = get_object_or_404(circulation.open_holds(_own(request)), pk=pk)
    cancel_hold(hold, by=request.user)
    messages.success(request, _("Pesanan dibatalkan: %(title)s.") % {"title": hold.title_told})
    return redirect("discovery:my")


@belongs_to("circulation")
@require_safe
@signed_in
def history(request: HttpRequest) -> HttpResponse:
    member = _own(request)
    return render(
        request, "discovery/history.html", {"member": member, "page": page_of(circulation.loan_history(member), request)}
    )


@require_http_methods(["GET", "POST"])
@signed_in
def settings(request: HttpRequest) -> HttpResponse:
    member = member_of(request.user)
    if request.method == "POST" and member is not None:
        choose_history(member, "keeps_history" in request.POST, by=request.user)
        choose_gathering(member, "gathers_notices" in request.POST, by=request.user)
        if "offers_suggestions" in request.POST:
            choose_suggestions(member, "suggestions" in request.POST, by=request.user)
        messages.success(request, _("Pilihan Anda disimpan."))
        return redirect("discovery:settings")
    facts = {
        "member": member,
        "suggestions": member is not None and wants_suggestions(member),
        "may_have_suggestions": member is not None and may_have_suggestions(member),
    }
    return render(request, "discovery/settings.html", facts)


@require_safe
@signed_in
def suggestions(request: HttpRequest) -> HttpResponse:
    """What to read next; put into the page of loans after it is there, a page of its own otherwise."""
    alone = not request.headers.get("HX-Request")
    found = suggestions_for(_own(request), lambda search: asked(QueryDict(search.address.removeprefix("?"))))
    facts = {"suggestions": found, "alone": alone, "unready": not found and waits_for_search(_own(request))}
    page = render(request, "discovery/suggestions_page.html" if alone else "discovery/suggestions.html", facts)
    return unanswered(request, page) if facts["unready"] else page


def _what_it_cost(fee: int) -> str:
    return " " + _("Biayanya %(amount)s.") % {"amount": rupiah(fee)} if fee else ""


def _own(request: HttpRequest) -> Member:
    """The member who is signed in. Raises Http404 for an account without membership."""
    member = member_of(request.user)
    if member is None:
        raise Http404
    return member
