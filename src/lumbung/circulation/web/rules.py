"""The table of loan rules, its editor with a preview of what a change would do, and the answer to "which rule holds here, and why"."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lumbung.catalogue.models import Item
from lumbung.circulation import permissions, queries
from lumbung.circulation.domain.rules import add_rule, change_rule, remove_rule, weigh
from lumbung.circulation.models import LoanRule
from lumbung.circulation.queries import previewing
from lumbung.circulation.queries.rule_book import rule_book
from lumbung.circulation.queries.rules import Rules, rules_now
from lumbung.circulation.refusals import RULE_GONE
from lumbung.circulation.web.rule_forms import RuleForm, TesterForm, WeightsForm
from lumbung.circulation.web.scan import clean, look_up
from lumbung.circulation.web.working_branch import working_branch
from lumbung.kernel import clock
from lumbung.kernel.refusals import Reason
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.once import once_pressed
from lumbung.kernel.ui.pages import page_of
from lumbung.kernel.ui.submission import form_page, reasons_shown_on, row_of_form
from lumbung.members.models import Member
from lumbung.organization.models import Branch

SEEN = "seen"
"""The name of the button that saves: it stands only under the preview."""


@dataclass(frozen=True)
class Answer:
    """What would happen if this item were lent to this member at this branch, now or on another day."""

    member: Member
    item: Item
    branch: Branch
    kind: str
    now: datetime

    @cached_property
    def decision(self) -> queries.Decision | None:
        waiting: dict[str, Any] = {
            "in_demand": queries.is_waited_for(self.item, self.member),
            "demand": queries.demand_for(self.item, self.member),
        }
        return queries.decision(self.item, self.member, self.branch, kind=self.kind, now=self.now, **waiting)

    @property
    def due_at(self) -> datetime | None:
        found, expires = self.decision, self.member.expires_on
        if found is None or not found.policy.may_borrow or not found.policy.has_a_period:
            return None
        return queries.due_at(found.policy, now=self.now, at=self.branch, expires_on=expires, kind=self.kind)

    @property
    def told(self) -> Sequence[queries.Told]:
        told = queries.explanation(self.decision) if self.decision else []
        return [*told, *queries.explanation_of_copy(queries.decision_of_copy(self.item))]

    @property
    def limits(self) -> Sequence[queries.LimitStanding]:
        lent = queries.open_loans(self.member)
        return queries.limit_standings(self.member, lent, at=self.branch, item=self.item, kind=self.kind)

    @property
    def blocks(self) -> list[Reason]:
        return queries.blocks_to_check_out(self.item, self.member, at=self.branch, kind=self.kind)


@needs(permissions.RULES)
@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """Every rule, the weightiest first."""
    words = request.GET.get("q", "").strip().casefold()
    by_key = {rule.pk: rule for rule in queries.loan_rules()}
    rulings = sorted(Rules(by_key.values(), rule_book()[1]).rulings, key=lambda ruling: (-ruling.weight, ruling.title))
    rows = [(by_key[each.pk], each) for each in rulings if words in f"{each.title} {by_key[each.pk].case_in_words}".casefold()]
    shown = page_of(rows, request)
    lines = [(rule, ruling, queries.said_words(ruling)) for rule, ruling in shown.object_list]
    return render(request, "circulation/rules.html", {"page": shown, "lines": lines, "q": request.GET.get("q", "")})


@needs(permissions.RULES)
@require_http_methods(["GET", "POST"])
@once_pressed(SEEN)
def new(request: HttpRequest) -> HttpResponse:
    form = RuleForm(request.POST or None)
    if form.is_valid() and SEEN in request.POST:
        with reasons_shown_on(form):
            add_rule(**form.cleaned_data, by=request.user)
            messages.success(request, _("Aturan ditambahkan."))
            return redirect("circulation:rules")
    return form_page(request, "circulation/rule.html", form, rule=None, preview=_preview(form))


@needs(permissions.RULES)
@require_http_methods(["GET", "POST", "DELETE"])
def rule(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a rule; DELETE removes it. Loans already made keep their terms."""
    shown = row_of_form(request, LoanRule, pk, gone=RULE_GONE)
    if request.method == "DELETE":
        return _removed(request, shown)
    form = RuleForm(request.POST or None, instance=shown)
    if form.is_valid() and SEEN in request.POST:
        with reasons_shown_on(form):
            change_rule(shown, **form.cleaned_data, by=request.user)
            messages.success(request, _("Perubahan disimpan."))
            return redirect("circulation:rules")
    return form_page(request, "circulation/rule.html", form, rule=shown, preview=_preview(form))


@needs(permissions.RULES)
@require_safe
def removal(request: HttpRequest, pk: int) -> HttpResponse:
    """What removing the rule would do, before it is removed."""
    shown = get_object_or_404(LoanRule, pk=pk)
    seen = previewing.preview(previewing.rules_without(shown))
    return render(request, "circulation/rule_removal.html", {"rule": shown, "preview": seen})


@needs(permissions.RULES)
@require_http_methods(["GET", "POST"])
def weights(request: HttpRequest) -> HttpResponse:
    """How much each criterion weighs, with a preview like that of a rule."""
    form = WeightsForm(request.POST or None, weights=rules_now().weights)
    if form.is_valid() and SEEN in request.POST:
        with reasons_shown_on(form):
            weigh(form.cleaned_data, by=request.user)
            messages.success(request, _("Bobot disimpan."))
            return redirect("circulation:rules")
    seen = previewing.preview(Rules(queries.loan_rules(), form.cleaned_data)) if form.is_valid() else None
    return form_page(request, "circulation/rule_weights.html", form, preview=seen)


def _preview(form: RuleForm) -> previewing.Preview | None:
    """What the rule in the form would do; None while the form is fresh or cannot be read."""
    return previewing.preview(previewing.rules_with(form.drawn())) if form.is_bound and form.is_valid() else None


def _removed(request: HttpRequest, rule: LoanRule) -> HttpResponse:
    remove_rule(rule, by=request.user)
    messages.success(request, _("Aturan dihapus. Pinjaman yang sudah berjalan tetap memakai syarat lamanya."))
    return redirect("circulation:rules")


@needs(permissions.RULES)
@require_safe
def tester(request: HttpRequest) -> HttpResponse:
    """Which rules hold for this member and this item at this branch, and what stands against lending it now."""
    form = TesterForm(request.GET if "item" in request.GET else None, initial={"branch": working_branch(request)})
    answer = _answer(form) if form.is_valid() else None
    return form_page(request, "circulation/tester.html", form, answer=answer)


def _answer(form: TesterForm) -> Answer | None:
    """The answer; on a code that nobody and nothing has, None, and the form says which."""
    given = form.cleaned_data
    member, item = look_up(clean(given["member"])).member, look_up(clean(given["item"])).item
    if member is None:
        form.add_error("member", _("Tidak ada anggota dengan nomor ini."))
    if item is None:
        form.add_error("item", _("Tidak ada eksemplar dengan barcode ini."))
    branch = given["branch"]
    now = datetime.combine(given["day"], time(12), branch.zone) if given["day"] else clock.now()
    return Answer(member, item, branch, given["kind"] or "normal", now) if member and item else None
