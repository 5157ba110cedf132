"""The board of issues and ideas, and the register of innovations."""

from typing import ClassVar

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from lumbung.kernel.ui.forms import Day
from lumbung.kernel.ui.once import once
from lumbung.kernel.ui.pages import page_of
from lumbung.kernel.ui.submission import FormForVerb, form_page, reasons_shown_on
from lumbung.knowledge.domain import ideas
from lumbung.knowledge.models import Idea, Issue
from lumbung.knowledge.queries.ideas import ideas_visible_to, issues_visible_to, may_move
from lumbung.knowledge.web.gate import intranet
from lumbung.knowledge.web.people import whoever
from lumbung.knowledge.web.session_forms import PersonField
from lumbung.knowledge.work_kinds import describe_ideas


class IssueForm(FormForVerb):
    class Meta:
        model = Issue
        fields: ClassVar = ["title", "text", "tag"]
        help_texts: ClassVar = {"tag": gettext_lazy("Misalnya “krisis”, “tik”, “layanan”.")}


class IdeaForm(FormForVerb):
    class Meta:
        model = Idea
        fields: ClassVar = ["title", "text", "tag"]
        help_texts: ClassVar = {"tag": gettext_lazy("Misalnya “krisis”, “tik”, “layanan”.")}


class ChooseForm(forms.Form):
    owner = PersonField(gettext_lazy("Siapa yang mengerjakan"))
    due_on = Day(label=gettext_lazy("Tenggat"))
    metric = forms.CharField(
        label=gettext_lazy("Yang diukur"), max_length=120, help_text=gettext_lazy("Misalnya “menit antre”.")
    )
    before = forms.DecimalField(label=gettext_lazy("Ukurannya sekarang"), required=False, max_digits=12, decimal_places=2)


class EndForm(forms.Form):
    after = forms.DecimalField(label=gettext_lazy("Ukurannya sesudah dicoba"), required=False, max_digits=12, decimal_places=2)
    outcome = forms.CharField(label=gettext_lazy("Hasilnya dalam satu kalimat"), max_length=300)


@intranet()
@require_safe
def list_of_ideas(request: HttpRequest) -> HttpResponse:
    """Issues that want ideas, and the register: ``?stage=`` and ``?tag=`` narrow it."""
    rows = ideas_visible_to(request.user)
    stage, tag = request.GET.get("stage", ""), request.GET.get("tag", "").strip().lower()
    if stage in Idea.Stages.values:
        rows = rows.filter(stage=stage)
    if tag:
        rows = rows.filter(tag=tag)
    context = {
        "page": page_of(rows, request),
        "issues": issues_visible_to(request.user)[:12],
        "stages": Idea.Stages,
        "stage": stage,
        "tag": tag,
    }
    return render(request, "knowledge/ideas.html", context)


@intranet()
@once
def issue_new(request: HttpRequest) -> HttpResponse:
    form = IssueForm(request.POST or None)
    if form.is_valid():
        with reasons_shown_on(form):
            return redirect("knowledge:issue", ideas.raise_issue(**form.cleaned_data, by=whoever(request)).pk)
    return form_page(request, "knowledge/idea_form.html", form, heading=_("Angkat isu"))


@intranet()
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    """An issue with its ideas, best supported first; a POST proposes one more."""
    shown = get_object_or_404(issues_visible_to(request.user), pk=pk)
    form = IdeaForm(request.POST or None)
    if form.is_valid():
        with reasons_shown_on(form):
            ideas.propose(**form.cleaned_data, issue=shown, by=whoever(request))
            return redirect("knowledge:issue", pk)
    rows = ideas_visible_to(request.user).filter(issue=shown).order_by(F("support").desc(), "proposed_at")
    return form_page(request, "knowledge/issue.html", form, issue=shown, ideas=rows)


@intranet()
@once
def idea_new(request: HttpRequest) -> HttpResponse:
    form = IdeaForm(request.POST or None, initial={"title": request.GET.get("title", "")})
    if form.is_valid():
        with reasons_shown_on(form):
            return redirect("knowledge:idea", ideas.propose(**form.cleaned_data, by=whoever(request)).pk)
    return form_page(request, "knowledge/idea_form.html", form, heading=_("Usulkan gagasan"))


@intranet()
@require_safe
def idea(request: HttpRequest, pk: int) -> HttpResponse:
    return idea_page(request, visible(request, pk))


@intranet()
@require_POST
def vote(request: HttpRequest, pk: int) -> HttpResponse:
    shown = visible(request, pk)
    ideas.vote(shown, by=whoever(request), wanted="against" not in request.POST)
    return redirect("knowledge:issue", shown.issue_id) if shown.issue_id else redirect("knowledge:idea", pk)


@intranet()
@require_POST
def choose(request: HttpRequest, pk: int) -> HttpResponse:
    shown, form = moved(request, pk), ChooseForm(request.POST)
    if form.is_valid():
        with reasons_shown_on(form):
            ideas.choose(shown, **form.cleaned_data, by=whoever(request))
            messages.success(request, _("Gagasan dipilih; tindakannya sudah dicatat bagi pemiliknya."))
            return redirect("knowledge:idea", pk)
    return idea_page(request, shown, form=form)


@intranet()
@require_POST
def pilot(request: HttpRequest, pk: int) -> HttpResponse:
    ideas.begin_pilot(moved(request, pk), by=whoever(request))
    return redirect("knowledge:idea", pk)


@intranet()
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Adopted, or with ``drop`` dropped."""
    shown, form = moved(request, pk), EndForm(request.POST)
    if form.is_valid():
        with reasons_shown_on(form):
            verb = ideas.drop if "drop" in request.POST else ideas.adopt
            verb(shown, **form.cleaned_data, by=whoever(request))
            return redirect("knowledge:idea", pk)
    return idea_page(request, shown, form=form)


def idea_page(request: HttpRequest, shown: Idea, *, form: forms.Form | None = None) -> HttpResponse:
    fresh = ChooseForm() if shown.stage == Idea.Stages.PROPOSED else EndForm()
    context = {
        "idea": shown,
        "thing": describe_ideas([shown.pk], request.user)[shown.pk],
        "moves": may_move(request.user, shown),
    }
    return form_page(request, "knowledge/idea.html", form or fresh, **context, stages=Idea.Stages)


def visible(request: HttpRequest, pk: int) -> Idea:
    return get_object_or_404(ideas_visible_to(request.user), pk=pk)


def moved(request: HttpRequest, pk: int) -> Idea:
    """The idea, if this reader may move it on."""
    shown = visible(request, pk)
    if not may_move(request.user, shown):
        raise PermissionDenied("idea")
    return shown
