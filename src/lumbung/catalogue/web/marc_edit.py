"""The MARC view: adding and changing a record field by field, checking while typing, copying, printing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST

from lumbung.catalogue import queries
from lumbung.catalogue.domain.marc_check import Remark
from lumbung.catalogue.domain.revision import new_marc
from lumbung.catalogue.domain.simple_entry import SimpleEntry, entry_of
from lumbung.catalogue.models import Draft, Material, Record
from lumbung.catalogue.permissions import EDIT, SEE
from lumbung.catalogue.web.drafts import draft_to_take_up, kept_by_hand
from lumbung.catalogue.web.entry_form import EntryForm
from lumbung.catalogue.web.marc_form import marc_page, read, remarks_of
from lumbung.catalogue.web.saving import save_changed, save_new
from lumbung.formats.marc import Record as Marc
from lumbung.formats.marc.definitions import text_of_definitions
from lumbung.formats.marc.lines import from_lines, to_lines
from lumbung.kernel.refusals import Refused
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.keys import key_in
from lumbung.kernel.ui.once import once

A_YEAR = 365 * 24 * 3600
FIRST_FIELDS = "020 ## $a\n040 ## $bind$erda\n082 04 $a$223\n100 1# $a\n245 10 $a\n264 #1 $a$b$c\n300 ## $a$c\n650 #4 $a\n"


@needs(EDIT)
@once
def add(request: HttpRequest) -> HttpResponse:
    return _edit(request, None)


@needs(EDIT)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    return _edit(request, get_object_or_404(Record, pk=pk))


def _edit(request: HttpRequest, record: Record | None) -> HttpResponse:
    """The lines, fresh or from a draft; or what was sent: the simple view, a draft, or the record to be saved."""
    draft = draft_to_take_up(request, record, Draft.Views.MARC)
    if draft is not None:
        return marc_page(request, record, draft.typed.get("lines", ""), version=draft.version, draft=draft.pk)
    if request.method != "POST":
        return marc_page(request, record, _first_lines(request, record), version=record.version if record else None)
    if "keep_draft" in request.POST:
        return kept_by_hand(request, record, Draft.Views.MARC)
    lines, version, key = request.POST.get("lines", ""), request.POST.get("version", ""), request.POST.get("draft", "")
    return _sent(request, record, lines, key_in(version) or None, key_in(key) or None)


def _sent(request: HttpRequest, record: Record | None, lines: str, version: int | None, key: int | None) -> HttpResponse:
    remarks, made = remarks_of(lines, record), read(lines)
    if "to_form" in request.POST and made is not None:
        return _form_page(request, record, made, version, key)
    reasons: list[str] = []
    if made is not None and not any(each.blocks for each in remarks):
        try:
            if record is None:
                return save_new(request, made, draft=key)
            return save_changed(request, record, made, version=version or 0)
        except Refused as refused:
            reasons = [str(each) for each in refused.reasons]
    return marc_page(request, record, lines, version=version, draft=key, remarks=remarks, refused=True, reasons=reasons)


def _form_page(request: HttpRequest, record: Record | None, made: Marc, version: int | None, key: int | None) -> HttpResponse:
    """The simple view of what was typed here; the MARC goes along, so that nothing the form does not show is lost."""
    form = EntryForm(entry=entry_of(made), version=version)
    form.initial.update(lines=to_lines(made), draft=key)
    context = {"form": form, "record": record, "saves": queries.draft_saves(request.user, key)}
    return render(request, "catalogue/record_form.html", context)


def _first_lines(request: HttpRequest, record: Record | None) -> str:
    if record is not None:
        return to_lines(record.marc_record)
    kind = request.GET.get("material", "")
    made = new_marc(SimpleEntry(material=Material(kind) if kind in Material.values else Material.BOOK))
    made.fields = sorted([*made.fields, *from_lines(FIRST_FIELDS).fields], key=lambda field: field.tag)
    return to_lines(made)


@needs(EDIT)
@require_POST
def check(request: HttpRequest) -> HttpResponse:
    """What there is to say about the lines while they are typed: a part of the page."""
    record = Record.objects.filter(pk=key_in(request.POST.get("record"))).first()
    remarks: list[Remark] = remarks_of(request.POST.get("lines", ""), record)
    return render(request, "catalogue/marc_remarks.html", {"remarks": remarks})


@needs(SEE)
def lines(request: HttpRequest, pk: int) -> HttpResponse:
    """The record as lines of text, to copy from."""
    return HttpResponse(to_lines(get_object_or_404(Record, pk=pk).marc_record), content_type="text/plain; charset=utf-8")


@needs(SEE)
def printed(request: HttpRequest, pk: int) -> HttpResponse:
    """The record on paper."""
    record = get_object_or_404(Record, pk=pk)
    return render(request, "catalogue/marc_print.html", {"record": record, "marc": record.marc_record})


@needs(EDIT)
def definitions(request: HttpRequest) -> HttpResponse:
    """MARC 21 for the grid. Its address carries the version of the program, so that a browser asks once."""
    response = HttpResponse(text_of_definitions(), content_type="application/json")
    response["Cache-Control"] = f"private, max-age={A_YEAR}, immutable"
    return response
