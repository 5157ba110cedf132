"""The journal: who did what, when and through which channel."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from lumbung.kernel import journal
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.forms import Day
from lumbung.kernel.web.access import SEE_JOURNAL


class JournalForm(forms.Form):
    event = forms.ChoiceField(label=_("Kejadian"), required=False)
    person = forms.CharField(label=_("Dilakukan oleh (nama pengguna)"), required=False, max_length=60)
    channel = forms.ChoiceField(label=_("Melalui"), required=False, choices=[("", _("Semua")), *journal.CHANNELS.items()])
    record = forms.IntegerField(label=_("Nomor cantuman"), required=False, min_value=1)
    item = forms.IntegerField(label=_("Nomor sistem eksemplar"), required=False, min_value=1)
    member = forms.IntegerField(label=_("Nomor sistem anggota"), required=False, min_value=1)
    first_day = Day(label=_("Dari tanggal"), required=False)
    last_day = Day(label=_("Sampai tanggal"), required=False)
    before = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        event = self.fields["event"]
        if isinstance(event, forms.ChoiceField):
            event.choices = [("", _("Semua")), *journal.event_choices()]


@needs(SEE_JOURNAL)
def entries(request: HttpRequest) -> HttpResponse:
    form = JournalForm(request.GET)
    stretch = None
    if form.is_valid():
        asked = dict(form.cleaned_data)
        before, event = asked.pop("before"), asked.pop("event")
        stretch = journal.entries(journal.Asked(events=[event] if event else (), **asked), before=before)
    is_asked = any(value for key, value in request.GET.items() if key != "before")
    return render(request, "kernel/journal.html", {"form": form, "stretch": stretch, "is_asked": is_asked})
