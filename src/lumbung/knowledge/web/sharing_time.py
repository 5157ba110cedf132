"""The time one gave to sharing: noted on one's own page, in one's own report."""

from datetime import date

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_POST

from lumbung.kernel.refusals import Refused
from lumbung.kernel.ui.forms import Day
from lumbung.kernel.ui.once import once
from lumbung.knowledge.domain import sharing_time as verbs
from lumbung.knowledge.models import Session, SharingTime
from lumbung.knowledge.queries.articles import today
from lumbung.knowledge.queries.sessions import sessions_visible_to
from lumbung.knowledge.refusals.people import TIME_UNTOLD
from lumbung.knowledge.web.gate import intranet
from lumbung.knowledge.web.people import whoever


class TimeForm(forms.Form):
    what = forms.CharField(label=gettext_lazy("Untuk apa"), max_length=200)
    minutes = forms.IntegerField(label=pgettext_lazy("knowledge", "Menit"), min_value=1, max_value=verbs.LONGEST, initial=30)
    on = Day(label=gettext_lazy("Tanggal"), required=False)
    session = forms.ModelChoiceField(Session.objects.none(), required=False, widget=forms.HiddenInput)

    def clean_on(self) -> date:
        """Today, where no day is said."""
        return self.cleaned_data["on"] or today()


@intranet()
@require_POST
@once
def times(request: HttpRequest) -> HttpResponse:
    """Note some minutes; of a session in one click."""
    form, by = TimeForm(request.POST), whoever(request)
    form.fields["session"].queryset = sessions_visible_to(by)  # type: ignore[attr-defined]
    if not form.is_valid():
        raise Refused(TIME_UNTOLD())
    verbs.note_time(**form.cleaned_data, by=by)
    messages.success(request, _("Waktu berbagi dicatat; tampil di laporan kegiatan Anda."))
    return redirect("knowledge:person", by.pk)


@intranet()
@require_POST
def time_removal(request: HttpRequest, pk: int) -> HttpResponse:
    verbs.forget_time(get_object_or_404(SharingTime, pk=pk, person=request.user), by=whoever(request))
    return redirect("knowledge:person", whoever(request).pk)
