"""The table of loan rules, its editor, and the answer to "which rule holds here, and why"."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lumbung.catalogue.models import Item
from lumbung.circulation import permissions, queries
from lumbung.circulation.domain.rules import add_rule, change_rule, remove_rule
from lumbung.circulation.models import LoanRule
from lumbung.circulation.web.forms import RuleForm, TesterForm
from lumbung.circulation.web.scan import clean, look_up
from lumbung.circulation.web.working_branch import working_branch
from lumbung.kernel import clock
from lumbung.kernel.refusals import Reason
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.submission import form_page, reasons_shown_on
from lumbung.members.models import Member
from lumbung.organization.models import Branch


@dataclass(frozen=True)
class Answer:
    """What would happen if this item were lent to this member at this branch now."""

    member: Member
    item: Item
    branch: Branch

    @property
    def rule(self) -> LoanRule | None:
        return queries.loan_rule(self.item, self.member, self.branch)

    @property
    def due_at(self) -> datetime | None:
        days, now = self.rule.loan_days if self.rule else None, clock.now()
        return None if days is None else queries.due_at(days, now=now, at=self.branch, expires_on=self.member.expires_on)

    @property
    def blocks(self) -> list[Reason]:
        return queries.blocks_to_check_out(self.item, self.member, at=self.branch)


@needs(permissions.RULES)
@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """Every rule, the most particular last to be read and first to hold."""
    rows = sorted(
        queries.loan_rules(), key=lambda rule: (str(rule.branch or ""), str(rule.item_type or ""), str(rule.category or ""))
    )
    return render(request, "circulation/rules.html", {"rules": rows})


@needs(permissions.RULES)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    form = RuleForm(request.POST or None)
    if form.is_valid():
        with reasons_shown_on(form):
            add_rule(**form.cleaned_data, by=request.user)
            messages.success(request, _("Aturan ditambahkan."))
            return redirect("circulation:rules")
    return form_page(request, "circulation/rule.html", form, rule=None)


@needs(permissions.RULES)
@require_http_methods(["GET", "POST", "DELETE"])
def rule(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a rule; DELETE removes it. Loans already made keep their terms."""
    shown = get_object_or_404(LoanRule, pk=pk)
    if request.method == "DELETE":
        return _removed(request, shown)
    form = RuleForm(request.POST or None, instance=shown)
    if form.is_valid():
        with reasons_shown_on(form):
            change_rule(shown, **form.cleaned_data, by=request.user)
            messages.success(request, _("Perubahan disimpan."))
            return redirect("circulation:rules")
    return form_page(request, "circulation/rule.html", form, rule=shown)


def _removed(request: HttpRequest, rule: LoanRule) -> HttpResponse:
    remove_rule(rule, by=request.user)
    messages.success(request, _("Aturan dihapus. Pinjaman yang sudah berjalan tetap memakai syarat lamanya."))
    return redirect("circulation:rules")


@needs(permissions.RULES)
@require_safe
def tester(request: HttpRequest) -> HttpResponse:
    """Which rule holds for this member and this item at this branch, and what stands against lending it now."""
    form = TesterForm(request.GET if "item" in request.GET else None, initial={"branch": working_branch(request)})
    answer = _answer(form) if form.is_valid() else None
    return form_page(request, "circulation/tester.html", form, answer=answer)


def _answer(form: TesterForm) -> Answer | None:
    """The answer; on a code that nobody and nothing has, None, and the form says which."""
    member = look_up(clean(form.cleaned_data["member"])).member
    item = look_up(clean(form.cleaned_data["item"])).item
    if member is None:
        form.add_error("member", _("Tidak ada anggota dengan nomor ini."))
    if item is None:
        form.add_error("item", _("Tidak ada eksemplar dengan barcode ini."))
    return Answer(member, item, form.cleaned_data["branch"]) if member and item else None
