"""Lists of members from the academic system: upload, match the columns, look at what would become of each row, store, undo."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lumbung.accounts.models import User
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.pages import page_of
from lumbung.kernel.ui.spreadsheet import csv_response
from lumbung.kernel.ui.submission import form_page, reasons_shown_on
from lumbung.kernel.ui.unread_sheets import tell_unread_sheets
from lumbung.members import permissions
from lumbung.members.domain.rosters import course
from lumbung.members.domain.rosters.reading import FIELDS
from lumbung.members.jobs import carry_out_roster, try_roster
from lumbung.members.models import Category, Roster, RosterRow
from lumbung.organization.models import Branch

LARGEST = 20 << 20
States = Roster.States
UNDER_WAY = {States.TRYING, States.RUNNING}
LABELS = {
    "nim": gettext_lazy("NIM"),
    "name": gettext_lazy("Nama"),
    "programme": gettext_lazy("Program studi (kode atau nama)"),
    "intake": gettext_lazy("Angkatan"),
    "email": gettext_lazy("Surel"),
    "phone": gettext_lazy("Telepon"),
    "expires_on": gettext_lazy("Berlaku sampai"),
}


class RosterForm(forms.Form):
    file = forms.FileField(label=gettext_lazy("Berkas CSV atau XLSX"))
    category = forms.ModelChoiceField(Category.objects.all(), label=gettext_lazy("Kategori bagi yang baru"))
    branch = forms.ModelChoiceField(Branch.objects.all(), label=gettext_lazy("Cabang asal"))

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST:
            raise forms.ValidationError(_("Berkas paling besar 20 MB."))
        return file


class ColumnsForm(forms.Form):
    """In which column of the file each field stands."""

    def __init__(self, *args: Any, roster: Roster, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "–"), *((str(at), heading) for at, heading in enumerate(roster.headings))]
        for name in FIELDS:
            at = roster.columns.get(name)
            initial = "" if at is None else str(at)
            self.fields[name] = forms.ChoiceField(label=LABELS[name], choices=choices, required=False, initial=initial)

    def told(self) -> dict[str, int | None]:
        return {name: int(value) if value else None for name, value in self.cleaned_data.items()}


@needs(permissions.IMPORT)
@require_safe
def rosters(request: HttpRequest) -> HttpResponse:
    return render(request, "members/rosters.html", {"page": page_of(Roster.objects.select_related("created_by"), request)})


@needs(permissions.IMPORT)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    form = RosterForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        given = form.cleaned_data
        with reasons_shown_on(form):
            file = given.pop("file")
            content = file.read()
            opened = course.open_roster(content, name=file.name, by=cast("User", request.user), **given)
            tell_unread_sheets(request, content)
            return redirect("members:roster", opened.pk)
    return form_page(request, "members/roster_new.html", form)


@needs(permissions.IMPORT)
@require_safe
def roster(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of one list; for htmx only the part that moves."""
    shown = get_object_or_404(Roster.objects.select_related("category", "branch"), pk=pk)
    outcome = request.GET.get("outcome", "")
    rows = shown.rows.filter(outcome=outcome) if outcome in RosterRow.Outcomes.values else shown.rows.all()
    context = {"roster": shown, "is_under_way": shown.state in UNDER_WAY, "page": page_of(rows, request), "outcome": outcome}
    if request.headers.get("HX-Request"):
        return render(request, "members/roster_state.html", context)
    return render(request, "members/roster.html", {**context, "form": ColumnsForm(roster=shown)})


@needs(permissions.IMPORT)
@require_POST
def columns(request: HttpRequest, pk: int) -> HttpResponse:
    """Match the columns; the list is then tried."""
    shown = get_object_or_404(Roster, pk=pk, stored_file__gt="", state__in=[States.MAPPING, States.TRIED])
    form = ColumnsForm(request.POST, roster=shown)
    if form.is_valid():
        course.match_columns(shown, form.told())
        try_roster.enqueue(roster=pk)
    return redirect("members:roster", pk)


@needs(permissions.IMPORT)
@require_POST
def go(request: HttpRequest, pk: int) -> HttpResponse:
    """Store what was tried; it goes on in the background."""
    course.start(get_object_or_404(Roster, pk=pk, stored_file__gt="", state=States.TRIED))
    carry_out_roster.enqueue(roster=pk)
    return redirect("members:roster", pk)


@needs(permissions.IMPORT)
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    course.undo(get_object_or_404(Roster, pk=pk), by=cast("User", request.user))
    messages.success(request, _("Daftar dibatalkan: yang baru dihapus, yang berubah seperti semula."))
    return redirect("members:roster", pk)


@needs(permissions.IMPORT)
@require_safe
def report(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Every row that is not the same, with what became of it, as a table."""
    shown = get_object_or_404(Roster, pk=pk)
    rows = (
        [each.row, each.number, each.name, each.get_outcome_display(), "; ".join(each.remarks)] for each in shown.rows.all()
    )
    return csv_response(f"siakad-{pk}.csv", [_("Baris"), _("NIM"), _("Nama"), _("Akibat"), _("Keterangan")], rows)
