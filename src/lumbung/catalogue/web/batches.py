"""Changing many records or items: say what, look at every difference, agree, watch, take back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lumbung.catalogue import queries
from lumbung.catalogue.domain import batches as verbs
from lumbung.catalogue.jobs import go_on_with_batch
from lumbung.catalogue.models import Batch, BatchLine
from lumbung.catalogue.permissions import BATCHES
from lumbung.catalogue.web.batch_forms import ItemBatchForm, RecordBatchForm, Steps, steps_in
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.keys import key_in
from lumbung.kernel.ui.pages import page_of
from lumbung.kernel.ui.submission import UNPROCESSABLE, form_page, reasons_shown_on

STEPS = {"start": verbs.go_ahead, "drop": verbs.drop_batch, "undo": verbs.take_back_batch}
SHOWN = 20


@needs(BATCHES)
def batches(request: HttpRequest) -> HttpResponse:
    return render(request, "catalogue/batches.html", {"page": page_of(queries.batches(), request)})


@needs(BATCHES)
def start_records(request: HttpRequest) -> HttpResponse:
    """What is done to which records. ``?from=`` begins with what another batch did, the address with what it chooses."""
    form, steps = RecordBatchForm(request.POST or None, request.FILES or None, initial=_begun(request)), _steps(request)
    if request.method == "POST" and "more" not in request.POST and form.is_valid() and steps.is_valid():
        with reasons_shown_on(form):
            told = form.cleaned_data
            made = verbs.start_record_batch(form.selection(), steps_in(steps), name=told["name"], by=request.user)
            return _set_going(made)
    wrong = request.method == "POST" and "more" not in request.POST
    context = {"form": form, "steps": steps}
    return render(request, "catalogue/batch_records.html", context, status=UNPROCESSABLE if wrong else 200)


@needs(BATCHES)
def start_items(request: HttpRequest) -> HttpResponse:
    form = ItemBatchForm(request.POST or None, request.FILES or None, initial=request.GET.dict())
    if form.is_valid():
        with reasons_shown_on(form):
            told = form.cleaned_data
            return _set_going(verbs.start_item_batch(form.selection(), form.changes(), name=told["name"], by=request.user))
    return form_page(request, "catalogue/batch_items.html", form)


@needs(BATCHES)
def batch(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of one batch, with every difference; for htmx only the part that moves."""
    shown = get_object_or_404(queries.batches(), pk=pk)
    counts = queries.batch_counts(shown)
    outcome = request.GET.get("outcome", "")
    lines = shown.lines.filter(outcome=outcome) if outcome in BatchLine.Outcomes.values else shown.lines.all()
    page = page_of(lines, request, size=SHOWN)
    context = {
        "batch": shown,
        "counts": [(value, label, counts[value]) for value, label in BatchLine.Outcomes.choices if counts.get(value)],
        "planned": counts.get("planned", 0),
        "done": sum(counts.get(each, 0) for each in ("changed", "left", "undone")),
        "of": sum(counts.get(each, 0) for each in ("planned", "changed", "left", "undone")),
        "outcome": outcome,
        "page": page,
        "differences": [] if shown.is_under_way else verbs.differences(shown, page.object_list),
    }
    template = "catalogue/batch_state.html" if request.headers.get("HX-Request") else "catalogue/batch.html"
    return render(request, template, context)


@needs(BATCHES)
@require_POST
def go_on(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Go ahead, drop it, or take it back."""
    now = STEPS[step](get_object_or_404(Batch, pk=pk), by=request.user)
    if now.is_under_way:
        go_on_with_batch.enqueue(batch=now.pk)
        messages.success(request, _("Dikerjakan di belakang layar. Halaman ini boleh ditinggalkan."))
    return redirect("catalogue:batch", pk) if now.state != Batch.States.DROPPED else redirect("catalogue:batches")


def _set_going(made: Batch) -> HttpResponse:
    go_on_with_batch.enqueue(batch=made.pk)
    return redirect("catalogue:batch", made.pk)


def _begun(request: HttpRequest) -> dict[str, Any]:
    told: dict[str, Any] = request.GET.dict()
    earlier = _earlier(request)
    return {**earlier.selection, "name": earlier.name} if earlier else told


def _steps(request: HttpRequest) -> Any:
    """The steps as sent, with one more where that was asked for; else those of the batch to begin with."""
    if request.method != "POST":
        earlier = _earlier(request)
        return Steps(prefix="steps", initial=earlier.steps if earlier else _first_step(request))
    sent = request.POST.copy()
    if "more" in sent:
        sent["steps-TOTAL_FORMS"] = str((key_in(sent.get("steps-TOTAL_FORMS")) or 1) + 1)
    return Steps(sent, prefix="steps")


def _first_step(request: HttpRequest) -> list[dict[str, str]]:
    """The step that the address begins with, where a page led here for it."""
    action, tag = request.GET.get("step", ""), request.GET.get("tag", "")
    return [{"action": action, "tag": tag}] if action in {*verbs.Action} else []


def _earlier(request: HttpRequest) -> Batch | None:
    return Batch.objects.filter(pk=key_in(request.GET.get("from")), kind=Batch.Kinds.RECORDS).first()
