"""Introducing two colleagues to each other, and what waits for one's own word."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from lumbung.kernel.ui.keys import key_in
from lumbung.kernel.ui.submission import form_page, reasons_shown_on
from lumbung.knowledge.domain import introductions as verbs
from lumbung.knowledge.domain.strangers import strangers_for
from lumbung.knowledge.models import Introduction, Topic
from lumbung.knowledge.queries.introductions import introductions_of
from lumbung.knowledge.web.gate import intranet
from lumbung.knowledge.web.people import whoever
from lumbung.knowledge.web.people_pages import told_of
from lumbung.knowledge.web.session_forms import PersonField


class IntroductionForm(forms.Form):
    one = PersonField(gettext_lazy("Siapa"))
    other = PersonField(gettext_lazy("Dengan siapa"))
    topic = forms.ModelChoiceField(Topic.objects.all(), label=gettext_lazy("Topik"), required=False, empty_label="–")
    text = forms.CharField(
        label=gettext_lazy("Kata pengantar"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Dibaca keduanya. Baru sesudah keduanya setuju, masing-masing diberi tahu."),
    )


@intranet()
def introductions(request: HttpRequest) -> HttpResponse:
    """What waits for one's word, whom one might like to know, and a form for any two."""
    by = whoever(request)
    initial = {
        "one": key_in(request.GET.get("one")) or by.pk,
        "other": request.GET.get("other"),
        "topic": request.GET.get("topic"),
    }
    form = IntroductionForm(request.POST or None, initial=initial)
    if form.is_valid():
        with reasons_shown_on(form):
            verbs.introduce(**form.cleaned_data, by=by)
            messages.success(request, _("Diusulkan. Baru terjadi bila keduanya setuju."))
            return redirect("knowledge:introductions")
    mine = [(each, by.pk in {each.first_id, each.second_id}, each.agreed_by(by.pk)) for each in introductions_of(by)[:50]]
    strangers = [(each, told_of(each.evidence)) for each in strangers_for(by)]
    return form_page(request, "knowledge/introductions.html", form, mine=mine, strangers=strangers)


@intranet()
@require_POST
def introduction_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Yes or no, by one of the two. Nobody learns who said no."""
    by = whoever(request)
    row = get_object_or_404(introductions_of(by), pk=pk)
    if request.POST.get("answer") == "yes":
        agreed = verbs.agree(row, by=by).is_agreed
        messages.success(request, _("Kalian sudah saling diperkenalkan.") if agreed else _("Menunggu rekan Anda setuju juga."))
    else:
        verbs.decline(Introduction.objects.get(pk=row.pk), by=by)
        messages.success(request, _("Tidak jadi. Tidak ada yang diberi tahu siapa yang menolak."))
    return redirect("knowledge:introductions")
