"""Copy cataloguing: ask other catalogues, look at what they have, take it over."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lumbung.catalogue.domain import bibliographic
from lumbung.catalogue.domain.comparison import compared
from lumbung.catalogue.domain.copying import kept
from lumbung.catalogue.domain.copying.asking import ask, begin_search, give_up_left_over
from lumbung.catalogue.domain.copying.best import best_of
from lumbung.catalogue.domain.copying.profiles import profile_of
from lumbung.catalogue.domain.copying.taking import prepared, take_over
from lumbung.catalogue.domain.copying.twins import Twin, twins_of
from lumbung.catalogue.domain.marc_check import remarks_on
from lumbung.catalogue.domain.simple_entry import entry_of
from lumbung.catalogue.models import ForeignAnswer, ForeignRecord, ForeignSearch, Record
from lumbung.catalogue.permissions import EDIT
from lumbung.catalogue.refusals import ALREADY_HERE
from lumbung.catalogue.web.copying_forms import QuestionForm, TakeForm, remembered
from lumbung.catalogue.web.entry_form import said
from lumbung.catalogue.web.marc_form import marc_page
from lumbung.formats.marc.lines import to_lines
from lumbung.kernel import clock
from lumbung.kernel.refusals import Refused
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.keys import key_in
from lumbung.kernel.ui.once import once
from lumbung.kernel.ui.submission import UNPROCESSABLE, form_page, reasons_shown_on

LAST_CHOICE = "copying"
PATIENCE = 3
"""Seconds after which the best of what has come is shown, though some have not answered."""
BUSY = 202
ASK = "catalogue/copying_ask.html"


@dataclass(frozen=True, slots=True)
class Hit:
    """A foreign record as a list shows it, with the one of ours that seems the same."""

    foreign: ForeignRecord
    columns: bibliographic.Columns
    twin: Twin | None


@dataclass(frozen=True, slots=True)
class Panel:
    answer: ForeignAnswer
    hits: list[Hit]


@needs(EDIT)
def copying(request: HttpRequest) -> HttpResponse:
    """The question; what was taken over last. ``?taken=`` is the title that was taken over a moment ago."""
    form = QuestionForm(request.POST or None)
    if form.is_valid():
        with reasons_shown_on(form):
            return redirect("catalogue:copying_search", begin_search(by=request.user, **form.cleaned_data).pk)
    taken = Record.objects.listed().filter(pk=key_in(request.GET.get("taken"))).first()
    lately = kept.lately_taken(request.user)
    barcodes = "\n".join(barcode for _record, held in lately for barcode in held)
    targets = kept.targets().filter(switched_on=True)
    return form_page(request, "catalogue/copying.html", form, taken=taken, lately=lately, barcodes=barcodes, targets=targets)


@needs(EDIT)
def search(request: HttpRequest, pk: int) -> HttpResponse:
    """What was asked, and every answer as far as it is there."""
    asked = get_object_or_404(kept.searches_of(request.user), pk=pk)
    give_up_left_over(asked)
    panels = _panels(asked)
    initial = {"isbn": asked.isbn, "title": asked.title, "creator": asked.creator, "words": asked.words}
    context = {
        "search": asked,
        "panels": panels,
        "waiting": any(panel.answer.state == ForeignAnswer.States.WAITING for panel in panels),
        "form": QuestionForm(initial=initial),
        **_best(request, asked, panels),
    }
    return render(request, "catalogue/copying_search.html", context)


@needs(EDIT)
@require_POST
def asking(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask now. For htmx nothing comes back, the panels look for themselves; 202 when others are being asked for, with what tries again."""
    asked = get_object_or_404(kept.searches_of(request.user), pk=pk)
    begun = ask(asked)
    if request.headers.get("HX-Request"):
        return HttpResponse() if begun else render(request, ASK, {"search": asked, "is_busy": True}, status=BUSY)
    if not begun:
        messages.warning(request, _("Server sedang menanyakan hal lain. Coba lagi sebentar lagi."))
    return redirect("catalogue:copying_search", pk)


@needs(EDIT)
def answer(request: HttpRequest, pk: int, answer: int) -> HttpResponse:
    """One panel: what this target answered, or that it has not yet."""
    asked = get_object_or_404(kept.searches_of(request.user), pk=pk)
    give_up_left_over(asked)
    panels = _panels(asked, only=answer)
    return render(request, "catalogue/copying_answer.html", {"search": asked, "panel": panels[0] if panels else None})


@needs(EDIT)
def best(request: HttpRequest, pk: int) -> HttpResponse:
    """The record to take, as soon as one can say."""
    asked = get_object_or_404(kept.searches_of(request.user), pk=pk)
    return render(request, "catalogue/copying_best.html", {"search": asked, **_best(request, asked, _panels(asked))})


@needs(EDIT)
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """One foreign record: what it would become, and what the profile changes."""
    foreign = get_object_or_404(kept.foreign_records_for(request.user), pk=pk)
    return _record_page(request, foreign, _take_form(request, foreign))


@needs(EDIT)
@require_POST
@once
def take(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the record over: into the editor, or straight into the catalogue with its copy."""
    foreign = get_object_or_404(kept.foreign_records_for(request.user), pk=pk)
    form = TakeForm(request.POST)
    if not form.is_valid():
        return _record_page(request, foreign, form, status=UNPROCESSABLE)
    if "edit" in request.POST:
        return marc_page(request, None, to_lines(prepared(foreign, form.cleaned_data["profile"])))
    try:
        made = take_over(
            foreign,
            by=request.user,
            profile=form.cleaned_data["profile"],
            despite_twin="despite_twin" in request.POST,
            **form.copies(),
        )
    except Refused as refused:
        for reason in refused.reasons:
            form.add_error(None, str(reason))
        return _record_page(request, foreign, form, status=UNPROCESSABLE, here=ALREADY_HERE.code in refused.codes)
    _remember(request, form)
    messages.success(request, _("“%(title)s” diambil alih.") % {"title": made.title})
    return redirect(f"{reverse('catalogue:copying')}?taken={made.pk}")


def _record_page(
    request: HttpRequest, foreign: ForeignRecord, form: TakeForm, *, status: int = 200, here: bool = False
) -> HttpResponse:
    profile = form.cleaned_data.get("profile") if form.is_bound else None
    made = prepared(foreign, profile)
    [twin] = twins_of([made])
    context = {
        "foreign": foreign,
        "form": form,
        "here": here,
        "twin": twin,
        "columns": bibliographic.columns_of(made)[0],
        "said": said(entry_of(made)),
        "marc": made,
        "rows": [row for row in compared(foreign.marc_record, made) if not row.same],
        "remarks": remarks_on(made, before=None),
    }
    return render(request, "catalogue/copying_record.html", context, status=status)


def _panels(asked: ForeignSearch, only: int | None = None) -> list[Panel]:
    answers = asked.answers.select_related("target__profile")
    answers = answers.filter(pk=only) if only is not None else answers
    records: dict[int, list[ForeignRecord]] = {}
    for each in ForeignRecord.objects.filter(answer__in=answers).select_related("answer__target").order_by("place", "pk"):
        records.setdefault(each.answer_id, []).append(each)
    hits = _hits([each for held in records.values() for each in held])
    return [Panel(each, [hits[record.pk] for record in records.get(each.pk, [])]) for each in answers]


def _hits(foreign: list[ForeignRecord]) -> dict[int, Hit]:
    marcs = [each.marc_record for each in foreign]
    twins = twins_of(marcs) if marcs else []
    return {
        each.pk: Hit(each, bibliographic.columns_of(marc)[0], twin)
        for each, marc, twin in zip(foreign, marcs, twins, strict=True)
    }


def _best(request: HttpRequest, asked: ForeignSearch, panels: list[Panel]) -> dict[str, object]:
    """What the part of the page with the best record needs; whether it should look again."""
    hits = {hit.foreign.pk: hit for panel in panels for hit in panel.hits}
    is_open = any(panel.answer.is_open for panel in panels)
    found = best_of((hit.foreign for hit in hits.values()), asked.isbn) if asked.isbn else None
    ready = found is not None and (not is_open or (clock.now() - asked.at).total_seconds() > PATIENCE)
    told: dict[str, object] = {"looking": bool(asked.isbn) and is_open and not ready, "done": not is_open}
    if found is not None and ready:
        told |= {"best": hits[found.pk], "take_form": _take_form(request, found)}
    return told


def _take_form(request: HttpRequest, foreign: ForeignRecord) -> TakeForm:
    last = request.session.get(LAST_CHOICE) or kept.last_place(request.user)
    return TakeForm(initial=remembered(profile_of(foreign.answer.target), last))


def _remember(request: HttpRequest, form: TakeForm) -> None:
    """The next book of the pile most likely goes to the same place."""
    told = form.cleaned_data
    if told["barcode"].strip():
        places = {name: told[name].pk for name in ("branch", "location", "item_type") if told[name]}
        request.session[LAST_CHOICE] = {**places, "numbered": told["numbered"]}
