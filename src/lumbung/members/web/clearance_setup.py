"""Purposes, their conditions and letters, and the hook to the academic system: what staff set up."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lumbung.kernel import clock
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.once import once
from lumbung.kernel.ui.submission import form_page, reasons_shown_on
from lumbung.members import permissions
from lumbung.members.domain.clearance import purposes, siakad
from lumbung.members.domain.clearance.letter_form import USUAL_TEXT
from lumbung.members.domain.clearance.numbering import example
from lumbung.members.models import ClearanceCondition, ClearanceHook, ClearancePurpose
from lumbung.members.web.clearance_forms import ConditionForm, HookForm, PurposeForm
from lumbung.organization.queries import library


@needs(permissions.CLEARANCE_SET)
@require_http_methods(["GET", "POST"])
def overview(request: HttpRequest) -> HttpResponse:
    """Every purpose; a POST makes the usual ones where there are none of their codes."""
    if request.method == "POST":
        purposes.create_default_purposes(by=request.user)
        return redirect("members:clearance_purposes")
    rows = ClearancePurpose.objects.prefetch_related("conditions")
    context = {"purposes": rows, "hook": ClearanceHook.objects.first()}
    return render(request, "members/clearance_purposes.html", context)


@needs(permissions.CLEARANCE_SET)
@require_http_methods(["GET", "POST"])
@once
def new(request: HttpRequest) -> HttpResponse:
    usual = {"letter_title": _("Surat Keterangan Bebas Pustaka"), "letter_text": USUAL_TEXT}
    form = PurposeForm(request.POST or None, initial=usual)
    if form.is_valid():
        with reasons_shown_on(form):
            added = purposes.add_purpose(by=request.user, **form.told())
            messages.success(request, _("Keperluan ditambahkan. Sekarang isi syarat-syaratnya."))
            return redirect("members:clearance_purpose", added.pk)
    return form_page(request, "members/clearance_purpose.html", form, purpose=None)


@needs(permissions.CLEARANCE_SET)
@require_http_methods(["GET", "POST", "DELETE"])
def purpose(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a purpose and its letter; DELETE removes one nobody applied for."""
    shown = get_object_or_404(ClearancePurpose, pk=pk)
    if request.method == "DELETE":
        purposes.remove_purpose(shown, by=request.user)
        messages.success(request, _("Keperluan %(name)s dihapus.") % {"name": shown.name})
        return redirect("members:clearance_purposes")
    form = PurposeForm(request.POST or None, instance=shown)
    if form.is_valid():
        with reasons_shown_on(form):
            purposes.change_purpose(shown, by=request.user, **form.told())
            messages.success(request, _("Perubahan disimpan."))
            return redirect("members:clearance_purpose", pk)
    kept = ClearancePurpose.objects.get(pk=pk)
    conditions = kept.conditions.prefetch_related("categories", "programmes", "verifiers")
    number = example(kept.number_pattern, clock.today(library().zone))
    return form_page(request, "members/clearance_purpose.html", form, purpose=kept, conditions=conditions, number=number)


@needs(permissions.CLEARANCE_SET)
@require_http_methods(["GET", "POST"])
@once
def new_condition(request: HttpRequest, pk: int) -> HttpResponse:
    of = get_object_or_404(ClearancePurpose, pk=pk)
    form = ConditionForm(request.POST or None, initial={"kind": "automatic"})
    if form.is_valid():
        with reasons_shown_on(form):
            purposes.set_condition(of, by=request.user, **form.cleaned_data)
            messages.success(request, _("Syarat ditambahkan."))
            return redirect("members:clearance_purpose", pk)
    return form_page(request, "members/clearance_condition.html", form, purpose=of, condition=None)


@needs(permissions.CLEARANCE_SET)
@require_http_methods(["GET", "POST", "DELETE"])
def condition(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a condition; DELETE removes one nobody answered."""
    shown = get_object_or_404(ClearanceCondition.objects.select_related("purpose"), pk=pk)
    if request.method == "DELETE":
        purposes.remove_condition(shown, by=request.user)
        messages.success(request, _("Syarat dihapus."))
        return redirect("members:clearance_purpose", shown.purpose_id)
    form = ConditionForm(request.POST or None, instance=shown)
    if form.is_valid():
        with reasons_shown_on(form):
            purposes.set_condition(shown.purpose, condition=shown, by=request.user, **form.cleaned_data)
            messages.success(request, _("Perubahan disimpan."))
            return redirect("members:clearance_purpose", shown.purpose_id)
    return form_page(request, "members/clearance_condition.html", form, purpose=shown.purpose, condition=shown)


@needs(permissions.CLEARANCE_SET)
@require_POST
def place(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a condition stand earlier or later."""
    moved = get_object_or_404(ClearanceCondition, pk=pk)
    purposes.move_condition(moved, up=request.POST.get("to") == "up", by=request.user)
    return redirect("members:clearance_purpose", moved.purpose_id)


@needs(permissions.CLEARANCE_SET)
@require_http_methods(["GET", "POST"])
def hook(request: HttpRequest) -> HttpResponse:
    """Where letters are told to the academic system, and how the last one went. The key that signs them is shown when it is made."""
    kept = ClearanceHook.objects.first()
    initial = {"address": kept.address, "is_active": kept.is_active} if kept else {"is_active": True}
    form = HookForm(request.POST or None, initial=initial)
    if form.is_valid():
        with reasons_shown_on(form):
            made = siakad.set_hook(by=request.user, **form.cleaned_data)
            messages.success(request, _("Perubahan disimpan."))
            return redirect("members:clearance_hook") if kept else _with_key(request, made)
    return form_page(request, "members/clearance_hook.html", form, hook=kept)


@needs(permissions.CLEARANCE_SET)
@require_POST
def hook_key(request: HttpRequest) -> HttpResponse:
    """Make a new key, shown this once."""
    renewed = siakad.renew_key(get_object_or_404(ClearanceHook), by=request.user)
    messages.success(request, _("Kunci baru berlaku mulai sekarang; pasang juga di SIAKAD."))
    return _with_key(request, renewed)


def _with_key(request: HttpRequest, hook: ClearanceHook) -> HttpResponse:
    form = HookForm(initial={"address": hook.address, "is_active": hook.is_active})
    answer = render(request, "members/clearance_hook.html", {"form": form, "hook": hook, "key": hook.secret})
    answer["Cache-Control"] = "no-store"
    return answer
