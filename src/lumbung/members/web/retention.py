"""How long what is kept of people is kept: the library chooses, and everybody may read it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from lumbung.kernel import retention as verbs
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.submission import form_page, reasons_shown_on
from lumbung.members import permissions
from lumbung.members.domain.privacy.holdings import registered
from lumbung.members.models import ConsentPurpose


class RetentionForm(forms.Form):
    """A field of days for each term."""

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        for term, days in verbs.terms():
            help_text = _("Sesudahnya: %(then)s.") % {"then": term.then}
            if not term.least:
                help_text += " " + _("0: tidak dijalankan.")
            self.fields[term.code] = forms.IntegerField(
                label=str(term.name), initial=days, min_value=term.least, max_value=term.most, help_text=help_text
            )


@needs(permissions.PRIVACY)
@require_http_methods(["GET", "HEAD", "POST"])
def retention(request: HttpRequest) -> HttpResponse:
    """The table, to change; the work of the next night follows it."""
    form = RetentionForm(request.POST or None)
    if form.is_valid():
        with reasons_shown_on(form):
            changed = verbs.choose(form.cleaned_data, by=request.user)
            said = ngettext("%(n)d masa simpan diubah.", "%(n)d masa simpan diubah.", changed) % {"n": changed}
            messages.success(request, said)
            return redirect("members:retention")
    return form_page(request, "members/retention.html", form)


@require_safe
def public(request: HttpRequest) -> HttpResponse:
    """For everybody: what is kept of people, how long, and what they may ask."""
    context = {"terms": verbs.terms(), "holdings": registered(), "purposes": ConsentPurpose.objects.all()}
    return render(request, "members/public_privacy.html", context)
