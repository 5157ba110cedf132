"""What each column of a spreadsheet is: guessed, shown with its first cells, and put right by a person before the rehearsal."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.submission import form_page, reasons_shown_on
from lumbung.moving.domain import course, inbox
from lumbung.moving.domain.sheets.choosing import WHAT, Look, look
from lumbung.moving.domain.sheets.columns import MEMBERS, TITLES
from lumbung.moving.jobs import carry_on
from lumbung.moving.permissions import MOVE
from lumbung.moving.web.forms import MoveForm


class ColumnsForm(forms.Form):
    """A choice for each column of the sheet that was looked at."""

    def __init__(self, data: Any, seen: Look) -> None:
        super().__init__(data)
        self.seen = seen
        choices = [("", _("Tidak dipindahkan, hanya disimpan")), *((each.key, each.label) for each in seen.targets)]
        for at, column in enumerate(seen.columns):
            self.fields[f"column-{at}"] = forms.ChoiceField(
                label=column.name, choices=choices, required=False, initial=column.target
            )

    def rows(self) -> list[tuple[forms.BoundField, Any]]:
        """The field for each column, with its first cells."""
        return [(self[f"column-{at}"], column.sample) for at, column in enumerate(self.seen.columns)]

    def said(self) -> dict[str, str]:
        """As the options of a move take it. Only for a form that is valid."""
        columns = {column.name: self.cleaned_data[f"column-{at}"] for at, column in enumerate(self.seen.columns)}
        return {WHAT: self.seen.what, **columns}


@needs(MOVE)
def columns(request: HttpRequest) -> HttpResponse:
    """The choices of the page before come along in the address; ``?what=`` looks at the sheet as titles or as members."""
    chosen = MoveForm(request.GET)
    if not chosen.is_valid():
        return redirect("moving:start")
    path = inbox.path_of(chosen.cleaned_data["file"])
    what = request.GET.get(WHAT, "")
    seen = look(path, {WHAT: what} if what in {TITLES, MEMBERS} else None)
    form = ColumnsForm(request.POST or None, seen)
    if form.is_valid():
        with reasons_shown_on(form):
            begun = course.start(
                chosen.cleaned_data["source"], path, options=chosen.options(columns=form.said()), by=request.user
            )
            carry_on.enqueue(move=begun.pk)
            return redirect("moving:move", begun.pk)
    kinds = [(TITLES, pgettext_lazy("many", "Judul")), (MEMBERS, pgettext_lazy("many", "Anggota"))]
    return form_page(request, "moving/columns.html", form, seen=seen, file=path.name, kinds=kinds)
