"""Adding and changing a record on the simple form."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from lumbung.catalogue import queries
from lumbung.catalogue.domain.authorities.choosing import settle_chosen
from lumbung.catalogue.domain.crosswalk.numbers import counterpart
from lumbung.catalogue.domain.duplicates import Candidate, candidates_for
from lumbung.catalogue.domain.name_entry import entered
from lumbung.catalogue.domain.revision import new_marc, revised
from lumbung.catalogue.domain.simple_entry import entry_of
from lumbung.catalogue.models import Draft, NameRule, Record
from lumbung.catalogue.permissions import EDIT
from lumbung.catalogue.web.drafts import draft_to_take_up, kept_by_hand
from lumbung.catalogue.web.duplicates import sure_ones
from lumbung.catalogue.web.entry_form import EntryForm
from lumbung.catalogue.web.marc_form import marc_page
from lumbung.catalogue.web.saving import chosen, meeting, parts_of, save_changed, save_new
from lumbung.formats import marc
from lumbung.formats.marc.lines import Unreadable, from_lines, to_lines
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.keys import key_in
from lumbung.kernel.ui.once import once
from lumbung.kernel.ui.submission import form_page, reasons_shown_on

RETYPED = frozenset({"enter_names", "use_class"})
"""Buttons that change what was typed and show it again."""


@needs(EDIT)
@once
def add(request: HttpRequest) -> HttpResponse:
    return _edit(request, None)


@needs(EDIT)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    return _edit(request, get_object_or_404(Record, pk=pk))


def _edit(request: HttpRequest, record: Record | None) -> HttpResponse:
    """The form, fresh or from a draft; or what was sent: another template, the MARC view, a draft, or the record to be saved."""
    draft = draft_to_take_up(request, record, Draft.Views.FORM)
    typed = draft.typed if draft else request.POST if request.method == "POST" else None
    if RETYPED & request.POST.keys():
        typed = _retyped(request.POST)
    held = _marc_held(record, typed)
    form = EntryForm(typed, entry=entry_of(held) if held else None, version=record.version if record else None)
    if draft or {"template", *RETYPED} & request.POST.keys():
        return _page(request, record, form, fresh=True)
    if "keep_draft" in request.POST:
        return kept_by_hand(request, record, Draft.Views.FORM)
    if form.is_valid():
        made = settle_chosen(revised(held, form.entry()) if held else new_marc(form.entry()), held)
        if "to_marc" in request.POST:
            return marc_page(
                request, record, to_lines(made), version=form.cleaned_data["version"], draft=form.cleaned_data["draft"]
            )
        twins = _twins(form, made, record)
        with reasons_shown_on(form):
            if not twins:
                return _saved(request, record, made, form)
        return _page(request, record, form, candidates=twins, stopped=True)
    return _page(request, record, form)


def _retyped(typed: QueryDict) -> QueryDict:
    """The same typing, with the class in the other scheme or the names of people as the library enters them, whichever was asked for."""
    told, rule = typed.copy(), queries.name_rule()
    if "use_class" in typed:
        told["classification"] = typed.get("use_class", "")
        return told
    told["people"] = "\n".join(entered(line, rule).heading for line in told.get("people", "").splitlines() if line.strip())
    return told


def _saved(request: HttpRequest, record: Record | None, made: marc.Record, form: EntryForm) -> HttpResponse:
    if record is None:
        answer = save_new(request, made, draft=form.cleaned_data["draft"])
    else:
        answer = save_changed(request, record, made, version=form.cleaned_data["version"] or 0)
    for warning in form.warnings():
        messages.warning(request, warning)
    return answer


def _marc_held(record: Record | None, typed: Any) -> marc.Record | None:
    """The MARC under the form: what came over from the MARC view, else the version the form was opened on."""
    if typed and typed.get("lines"):
        try:
            return from_lines(typed["lines"])
        except Unreadable:
            return record.marc_record if record else None
    if record is None:
        return None
    version = key_in(str(typed.get("version", ""))) if typed else 0
    return (queries.marc_at(record, version) if version else None) or record.marc_record


def _twins(form: EntryForm, made: marc.Record, record: Record | None) -> list[Candidate]:
    """Records with the same number that the cataloguer has not yet looked at; of a new one also those that say the same throughout, as when
    the form is sent again by way of the back button."""
    if form.cleaned_data["confirmed"] or (record is not None and "isbn" not in form.changed_data):
        return []
    found = candidates_for(made, besides=record.pk if record else None)
    if record is not None:
        return sure_ones(found)
    return [each for each in found if each.is_sure or entry_of(each.record.marc_record) == entry_of(made)]


def _page(request: HttpRequest, record: Record | None, form: EntryForm, *, fresh: bool = False, **context: Any) -> HttpResponse:
    offered = queries.draft_for(request.user, record) if request.method == "GET" and "draft" not in request.GET else None
    key = key_in(str(form["draft"].value() or ""))
    saves = queries.draft_saves(request.user, key) if key else 0
    enters_names = queries.name_rule().order != NameRule.Orders.GIVEN
    other_class = counterpart(str(form["classification"].value() or ""), queries.class_pairs())
    told = {"record": record, "offered": offered, "saves": saves, "enters_names": enters_names, "other_class": other_class}
    context = {**told, **context}
    if fresh:
        return render(request, "catalogue/record_form.html", {"form": _without_errors(form), **context})
    return form_page(request, "catalogue/record_form.html", form, **context)


def _without_errors(form: EntryForm) -> EntryForm:
    """The same typing, not judged yet."""
    form.errors.clear()
    return form


@needs(EDIT)
@require_POST
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """What was decided where two cataloguers' changes met: save it, or look at it in the MARC view first."""
    record = get_object_or_404(Record, pk=pk)
    told: QueryDict = request.POST
    try:
        mine, version, seen = from_lines(told.get("mine", "")), int(told.get("version", "")), int(told.get("seen", ""))
    except (Unreadable, ValueError):
        return redirect("catalogue:record_edit", pk)
    if seen != record.version:
        return meeting(request, record, mine, version=version)
    made = chosen(request, parts_of(record, mine, version))
    if "to_marc" in told:
        return marc_page(request, record, to_lines(made), version=record.version)
    return save_changed(request, record, made, version=record.version)
