"""Consultations and small projects: what is decided and made together."""

from typing import ClassVar

from django import forms
from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_POST, require_safe

from lumbung.accounts.queries import staff
from lumbung.kernel import clock
from lumbung.kernel.ui.forms import Day
from lumbung.kernel.ui.keys import key_in
from lumbung.kernel.ui.once import once
from lumbung.kernel.ui.pages import page_of
from lumbung.kernel.ui.submission import FormForVerb, form_page, reasons_shown_on
from lumbung.knowledge.domain import boards, consultations
from lumbung.knowledge.models import BoardTask, Consultation, ConsultationVote
from lumbung.knowledge.permissions import LEAD
from lumbung.knowledge.queries.ideas import boards_visible_to, consultations_visible_to
from lumbung.knowledge.web.gate import intranet
from lumbung.knowledge.web.people import whoever
from lumbung.organization.queries import library


class ConsultationForm(FormForVerb):
    closes_on = Day(label=gettext_lazy("Suara sampai"))

    class Meta:
        model = Consultation
        fields: ClassVar = ["title", "text", "closes_on"]


class DecisionForm(forms.Form):
    decision = forms.ChoiceField(label=gettext_lazy("Keputusan"), choices=Consultation.Decisions)
    reasons = forms.CharField(label=gettext_lazy("Alasan"), widget=forms.Textarea(attrs={"rows": 3}))


class BoardForm(forms.Form):
    title = forms.CharField(label=gettext_lazy("Proyek"), max_length=160)
    goal = forms.CharField(label=pgettext_lazy("knowledge", "Tujuan"), max_length=300)
    members = forms.ModelMultipleChoiceField(
        staff().filter(is_active=True),
        label=gettext_lazy("Anggota proyek"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


@intranet()
@require_safe
def list_of_consultations(request: HttpRequest) -> HttpResponse:
    page = page_of(consultations_visible_to(request.user), request)
    return render(request, "knowledge/consultations.html", {"page": page})


@intranet()
@once
def consultation_new(request: HttpRequest) -> HttpResponse:
    form = ConsultationForm(request.POST or None)
    if form.is_valid():
        with reasons_shown_on(form):
            opened = consultations.open_consultation(**form.cleaned_data, by=whoever(request))
            return redirect("knowledge:consultation", opened.pk)
    return form_page(request, "knowledge/idea_form.html", form, heading=_("Ajukan usul kepada semua"))


@intranet()
@require_safe
def consultation(request: HttpRequest, pk: int) -> HttpResponse:
    return consultation_page(request, _consultation(request, pk), DecisionForm())


@intranet()
@require_POST
def consultation_vote(request: HttpRequest, pk: int) -> HttpResponse:
    choice = request.POST.get("choice", "")
    if choice in ConsultationVote.Choices.values:
        consultations.cast_vote(_consultation(request, pk), choice, by=whoever(request))
        messages.success(request, _("Suara Anda dicatat."))
    return redirect("knowledge:consultation", pk)


@intranet()
@require_POST
@once
def consultation_comment(request: HttpRequest, pk: int) -> HttpResponse:
    consultations.comment(_consultation(request, pk), request.POST.get("text", ""), by=whoever(request))
    return redirect("knowledge:consultation", pk)


@intranet(LEAD)
@require_POST
def consultation_decide(request: HttpRequest, pk: int) -> HttpResponse:
    shown, form = _consultation(request, pk), DecisionForm(request.POST)
    if form.is_valid():
        with reasons_shown_on(form):
            consultations.decide(shown, **form.cleaned_data, by=whoever(request))
            return redirect("knowledge:consultation", pk)
    return consultation_page(request, shown, form)


def consultation_page(request: HttpRequest, shown: Consultation, form: forms.Form) -> HttpResponse:
    counts = dict(shown.votes.order_by().values_list("choice").annotate(n=Count("pk")))
    mine = shown.votes.filter(person=request.user.pk).values_list("choice", flat=True).first()
    context = {
        "consultation": shown,
        "comments": shown.comments.select_related("person"),
        "choices": [(value, label, counts.get(value, 0)) for value, label in ConsultationVote.Choices.choices],
        "mine": mine,
        "is_open": not shown.decision and shown.closes_on >= clock.today(library().zone),
    }
    return form_page(request, "knowledge/consultation.html", form, **context)


def _consultation(request: HttpRequest, pk: int) -> Consultation:
    return get_object_or_404(consultations_visible_to(request.user), pk=pk)


@intranet()
@require_safe
def list_of_boards(request: HttpRequest) -> HttpResponse:
    return render(request, "knowledge/boards.html", {"page": page_of(boards_visible_to(request.user), request)})


@intranet()
@once
def board_new(request: HttpRequest) -> HttpResponse:
    form = BoardForm(request.POST or None)
    if form.is_valid():
        with reasons_shown_on(form):
            return redirect("knowledge:board", boards.begin(**form.cleaned_data, by=whoever(request)).pk)
    return form_page(request, "knowledge/idea_form.html", form, heading=_("Mulai proyek"))


@intranet()
def board(request: HttpRequest, pk: int) -> HttpResponse:
    """A project; a POST saves the shared draft. Where a colleague saved first, both texts are shown and none is lost."""
    shown = get_object_or_404(boards_visible_to(request.user), pk=pk)
    form = DraftForm(request.POST or None, initial={"draft": shown.draft, "based_on": shown.draft_version})
    if form.is_valid():
        with reasons_shown_on(form):
            boards.write_draft(shown, form.cleaned_data["draft"], based_on=form.cleaned_data["based_on"], by=whoever(request))
            messages.success(request, _("Naskah disimpan."))
            return redirect("knowledge:board", pk)
        form.data = {**form.data.dict(), "based_on": shown.draft_version}
    tasks = [
        (label, value, [each for each in shown.tasks.all() if each.state == value]) for value, label in BoardTask.States.choices
    ]
    is_mine = any(each.pk == request.user.pk for each in shown.members.all())
    return form_page(request, "knowledge/board.html", form, board=shown, tasks=tasks, is_mine=is_mine)


class DraftForm(forms.Form):
    draft = forms.CharField(label=gettext_lazy("Naskah bersama"), required=False, widget=forms.Textarea(attrs={"rows": 10}))
    based_on = forms.IntegerField(widget=forms.HiddenInput())


@intranet()
@require_POST
@once
def task_add(request: HttpRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(boards_visible_to(request.user), pk=pk)
    owner = staff().filter(pk=key_in(request.POST.get("owner"))).first()
    boards.add_task(shown, request.POST.get("title", ""), owner=owner, by=whoever(request))
    return redirect("knowledge:board", pk)


@intranet()
@require_POST
def task_move(request: HttpRequest, pk: int, key: int, state: str) -> HttpResponse:
    task = get_object_or_404(BoardTask.objects.select_related("board"), board=pk, pk=key)
    if state in BoardTask.States.values:
        boards.move_task(task, state, by=whoever(request))
    return redirect("knowledge:board", pk)


@intranet()
@require_POST
def board_end(request: HttpRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(boards_visible_to(request.user), pk=pk)
    boards.end(shown, output=request.POST.get("output", ""), by=whoever(request))
    return redirect("knowledge:board", pk)
