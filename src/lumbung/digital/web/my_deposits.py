"""Unggah mandiri as its author sees it, on a phone: step by step, kept after each, handed in when nothing is missing."""

from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lumbung.digital.domain.deposits.drafts import change_deposit, discard_deposit, start_deposit
from lumbung.digital.domain.deposits.submitting import STEPS, lacks_of, submit_deposit
from lumbung.digital.models import Deposit, DepositKinds
from lumbung.digital.queries.deposits import deposits_of, known_people, rule_for
from lumbung.digital.web.deposit_forms import PeopleForms, RightsForm, StatementsForm, WorkForm
from lumbung.kernel.ui.access import signed_in
from lumbung.kernel.ui.keys import key_in
from lumbung.kernel.ui.submission import form_page, reasons_shown_on
from lumbung.members.queries import member_of

STEP_NAMES = {
    "work": gettext_lazy("Karya"),
    "people": gettext_lazy("Pembimbing dan penguji"),
    "files": pgettext_lazy("many", "Berkas"),
    "rights": gettext_lazy("Lisensi dan embargo"),
    "statements": gettext_lazy("Pernyataan"),
}


def own(request: HttpRequest, pk: int) -> Deposit:
    """The deposit of this reader. Raises Http404 for anybody else's."""
    return get_object_or_404(deposits_of(request.user), pk=pk)


@require_http_methods(["GET", "POST"])
@signed_in
def deposits(request: HttpRequest) -> HttpResponse:
    """The works of this member; a POST begins another."""
    member = member_of(request.user)
    if request.method == "POST" and member is not None:
        kind = request.POST.get("kind", "")
        if kind not in DepositKinds.values:
            raise Http404
        return redirect("digital:deposit", start_deposit(member, DepositKinds(kind), by=request.user).pk)
    facts = {"member": member, "mine": deposits_of(request.user), "kinds": DepositKinds.choices}
    return render(request, "digital/deposits/mine.html", facts)


@require_safe
@signed_in
def deposit(request: HttpRequest, pk: int) -> HttpResponse:
    """One work: where it stands, what is missing step by step, and what the library said."""
    shown = own(request, pk)
    lacks = lacks_of(shown) if shown.is_open_to_author else []
    steps = [(step, STEP_NAMES[step], [each.reason for each in lacks if each.step == step]) for step in STEPS]
    remarks = list(shown.remarks.select_related("by"))
    done = sum(1 for _step, _name, missing in steps if not missing)
    asked = next((said for said in reversed(remarks) if not said.by_author), None)
    facts = {"deposit": shown, "steps": steps, "done": done, "remarks": remarks, "ready": not lacks, "asked": asked}
    return render(request, "digital/deposits/deposit.html", facts)


@signed_in
def work(request: HttpRequest, pk: int) -> HttpResponse:
    shown = own(request, pk)
    form = WorkForm(request.POST or None, instance=shown)
    return _step(request, shown, "work", form, lambda: form.cleaned_data)


@signed_in
def rights(request: HttpRequest, pk: int) -> HttpResponse:
    shown = own(request, pk)
    form = RightsForm(request.POST or None, instance=shown)
    return _step(request, shown, "rights", form, lambda: form.cleaned_data)


@signed_in
def statements(request: HttpRequest, pk: int) -> HttpResponse:
    shown = own(request, pk)
    agreed = {"original": shown.original_at is not None, "consented": shown.consented_at is not None}
    form = StatementsForm(request.POST or None, instance=shown, initial=agreed)
    certificates = shown.files.filter(use="similarity")
    facts = {"certificates": certificates, "rule": rule_for(shown)}
    return _step(
        request,
        shown,
        "statements",
        form,
        lambda: {"similarity": form.cleaned_data["similarity"], "statements": form.statements()},
        **facts,
    )


@signed_in
def people(request: HttpRequest, pk: int) -> HttpResponse:
    """Supervisors and examiners, with room for some more."""
    shown = own(request, pk)
    there = list(shown.people.values("role", "name", "number_kind", "number"))
    form, known = PeopleForms(request.POST or None, initial=there), known_people(shown)
    if form.is_valid():
        people = [each.person() for each in form]
        return _kept(request, shown, "people", form.management_form, {"people": people}, forms=form, known=known)
    facts = {"deposit": shown, "step": "people", "step_name": STEP_NAMES["people"], "forms": form, "known": known}
    return form_page(request, "digital/deposits/people.html", form.management_form, **facts)


def _step(request: HttpRequest, shown: Deposit, step: str, form: BaseForm, said: Any, **facts: Any) -> HttpResponse:
    if form.is_valid():
        return _kept(request, shown, step, form, said(), **facts)
    return form_page(
        request, f"digital/deposits/{step}.html", form, deposit=shown, step=step, step_name=STEP_NAMES[step], **facts
    )


def _kept(request: HttpRequest, shown: Deposit, step: str, form: BaseForm, said: dict[str, Any], **facts: Any) -> HttpResponse:
    """Keep what was typed and go on to the next step; or show the form again with every reason why not."""
    with reasons_shown_on(form):
        change_deposit(shown, version=key_in(request.POST.get("version")), by=request.user, **said)
        messages.success(request, _("Tersimpan."))
        if "later" in request.POST:
            return redirect("digital:deposit", shown.pk)
        after = STEPS[STEPS.index(step) + 1 :][:1]
        return redirect(f"digital:deposit_{after[0]}" if after else "digital:deposit", shown.pk)
    fresh = own(request, shown.pk)
    return form_page(
        request, f"digital/deposits/{step}.html", form, deposit=fresh, step=step, step_name=STEP_NAMES[step], **facts
    )


@require_POST
@signed_in
def submission(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand the work in."""
    version, text = key_in(request.POST.get("version")), request.POST.get("text", "")[:2000]
    submit_deposit(own(request, pk), version=version, by=request.user, text=text)
    messages.success(request, _("Terkirim. Perpustakaan memeriksa karya Anda; kabarnya kami kirim lewat surel."))
    return redirect("digital:deposit", pk)


@require_POST
@signed_in
def discarding(request: HttpRequest, pk: int) -> HttpResponse:
    discard_deposit(own(request, pk), by=request.user)
    messages.success(request, _("Draf dibatalkan."))
    return redirect("digital:deposits")
