"""The queue of deposits, and one of them under review."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lumbung.digital.domain.deposits import looking
from lumbung.digital.domain.deposits.publishing import publish
from lumbung.digital.domain.deposits.reviewing import approve, send_back, take_up
from lumbung.digital.domain.deposits.rules import set_rule, set_words, usual_words
from lumbung.digital.models import Deposit, DepositRule, DepositStates
from lumbung.digital.permissions import REVIEW, TERMS
from lumbung.digital.queries import deposits as reads
from lumbung.digital.web.deposit_forms import RuleForm, WordsForm
from lumbung.kernel import clock
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.addresses import root
from lumbung.kernel.ui.pages import page_of
from lumbung.kernel.ui.submission import form_page, reasons_shown_on
from lumbung.organization.models import StudyProgramme
from lumbung.organization.queries import library

SHOWN_STATES = (DepositStates.NEEDS_REVISION, DepositStates.PUBLISHED)


@needs(REVIEW)
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """What waits for the library, the soonest due first."""
    state = request.GET.get("state", "")
    page = page_of(reads.queue(state if state in SHOWN_STATES else ""), request)
    today = clock.today(library().zone)
    facts = {"page": page, "state": state, "states": SHOWN_STATES, "today": today, "overdue": reads.overdue(today)}
    return render(request, "digital/deposits/queue.html", facts)


def _shown(request: HttpRequest, pk: int) -> Deposit:
    rows = reads.deposits_visible_to(request.user).select_related("programme", "reviewer", "member", "record")
    return get_object_or_404(rows, pk=pk)


@needs(REVIEW)
@require_safe
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """One deposit: what it says, its files, the rubric, the talk so far, and the verdicts."""
    deposit = _shown(request, pk)
    last = deposit.remarks.filter(by_author=False).last()
    files = [
        (file, looking.said_of(file.findings), last is not None and file.added_at > last.at) for file in deposit.files.all()
    ]
    facts: dict[str, Any] = {
        "deposit": deposit,
        "files": files,
        "people": deposit.people.all(),
        "rule": reads.rule_for(deposit),
    }
    facts |= {"rubric": reads.rubric(), "reasons": reads.return_reasons(), "ticked": last.ticked if last else []}
    facts["remarks"] = deposit.remarks.select_related("by")
    return render(request, "digital/deposits/review.html", facts)


@needs(REVIEW)
@require_POST
def verdict(request: HttpRequest, pk: int) -> HttpResponse:
    """Take up, send back, approve or publish, as the button says."""
    deposit, ticked = _shown(request, pk), request.POST.getlist("ticked")
    text = request.POST.get("text", "")[:2000]
    match request.POST.get("verdict"):
        case "take":
            take_up(deposit, by=request.user)
        case "return":
            send_back(deposit, reasons=request.POST.getlist("reasons"), text=text, ticked=ticked, by=request.user)
            messages.success(request, _("Dikembalikan kepada penulis beserta alasannya."))
        case "approve":
            approve(deposit, ticked=ticked, text=text, by=request.user)
            messages.success(request, _("Disetujui."))
        case "publish":
            publish(deposit, site=root(request), by=request.user)
            messages.success(request, _("Terbit: judulnya sudah ada di katalog."))
    return redirect("digital:review", pk)


@needs(TERMS)
def rules(request: HttpRequest) -> HttpResponse:
    """What is asked of deposits, of each programme; and the words of the reviewers."""
    usual_lines, usual_reasons = usual_words()
    words = {
        "rubric": "\n".join(each.text for each in reads.rubric()) or "\n".join(usual_lines),
        "reasons": "\n".join(each.text for each in reads.return_reasons()) or "\n".join(usual_reasons),
    }
    form = WordsForm(request.POST or None, initial=words)
    if form.is_valid():
        set_words(**{name: text.splitlines() for name, text in form.cleaned_data.items()}, by=request.user)
        messages.success(request, _("Perubahan disimpan."))
        return redirect("digital:deposit_rules")
    return form_page(request, "digital/deposits/rules.html", form, rules=reads.rules(), default=DepositRule())


@needs(TERMS)
def rule(request: HttpRequest, programme: int = 0) -> HttpResponse:
    """What is asked of deposits of one programme, or of all the others."""
    of = get_object_or_404(StudyProgramme, pk=programme) if programme else None
    shown = DepositRule.objects.filter(programme=of).first() or DepositRule(programme=of)
    form = RuleForm(request.POST or None, instance=shown)
    if form.is_valid():
        with reasons_shown_on(form):
            set_rule(by=request.user, **form.cleaned_data)
            messages.success(request, _("Perubahan disimpan."))
            return redirect("digital:deposit_rules")
    return form_page(request, "digital/deposits/rule.html", form, rule=shown)
