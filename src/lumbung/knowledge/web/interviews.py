"""Interviews: begun from a hand-over or for anybody, written down question by question."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from lumbung.kernel.ui.keys import key_in
from lumbung.kernel.ui.once import once
from lumbung.kernel.ui.submission import form_page, reasons_shown_on
from lumbung.knowledge.domain import interviews as verbs
from lumbung.knowledge.models import Interview, InterviewAnswer, Topic
from lumbung.knowledge.queries.ideas import hand_overs_visible_to
from lumbung.knowledge.queries.interviews import answers_visible_to, gaps_in, interviews_visible_to
from lumbung.knowledge.web.gate import intranet
from lumbung.knowledge.web.interview_page import Kept, keep, lines_of
from lumbung.knowledge.web.people import whoever
from lumbung.knowledge.web.session_forms import PersonField

CONFLICT = 409


class InterviewForm(forms.Form):
    person = PersonField(gettext_lazy("Siapa yang diwawancarai"))


@intranet()
@once
def list_of_interviews(request: HttpRequest) -> HttpResponse:
    """Those one may read something of; a POST begins one, with ``?hand_over=`` that of a colleague who leaves."""
    form = InterviewForm(request.POST or None)
    if form.is_valid():
        with reasons_shown_on(form):
            asked = hand_overs_visible_to(request.user).filter(pk=key_in(request.GET.get("hand_over"))).first()
            fitting = asked if asked and asked.leaver_id == form.cleaned_data["person"].pk else None
            begun = verbs.open_interview(form.cleaned_data["person"], hand_over=fitting, by=whoever(request))
            return redirect("knowledge:interview", begun.pk)
    rows = list(interviews_visible_to(request.user)[:50])
    return form_page(request, "knowledge/interviews.html", form, interviews=rows)


@intranet()
@require_safe
def interview(request: HttpRequest, pk: int) -> HttpResponse:
    """The two see all of it, anybody else what they may read."""
    return _page(request, _interview(request, pk), Kept())


@intranet()
@require_POST
def interview_answer(request: HttpRequest, pk: int, key: int) -> HttpResponse:
    """What was told, while it is open; and who may read it, by whoever told it. Back to the answer at which one saved."""
    shown = _interview(request, pk)
    get_object_or_404(answers_visible_to(request.user), interview=shown, pk=key)
    if (kept := _keep(request, shown)).refused:
        return _page(request, shown, kept)
    messages.success(request, _("Tersimpan."))
    return redirect(f"{request.path.rsplit('/answers', 1)[0]}#a{key}")


@intranet()
@require_POST
def interview_question(request: HttpRequest, pk: int) -> HttpResponse:
    """One question more, with all that was typed besides."""
    shown = _interview(request, pk)
    if (kept := _keep(request, shown)).refused:
        return _page(request, shown, kept)
    return redirect("knowledge:interview", pk)


@intranet()
@require_POST
def interview_close(request: HttpRequest, pk: int) -> HttpResponse:
    shown = _interview(request, pk)
    if (kept := _keep(request, shown)).refused:
        return _page(request, shown, kept)
    gaps = verbs.close_interview(shown, by=whoever(request))
    messages.success(
        request,
        ngettext("Wawancara ditutup; %(gaps)s celah masih tercatat.", "Wawancara ditutup; %(gaps)s celah masih tercatat.", gaps)
        % {"gaps": gaps},
    )
    return redirect("knowledge:interview", pk)


def _keep(request: HttpRequest, shown: Interview) -> Kept:
    kept = keep(answers_visible_to(request.user).filter(interview=shown), request.POST, by=whoever(request))
    if not kept.refused and (question := request.POST.get("question", "").strip()):
        verbs.ask(shown, question, by=whoever(request))
    return kept


def _page(request: HttpRequest, shown: Interview, kept: Kept) -> HttpResponse:
    two = {shown.person_id, shown.interviewer_id}
    answers = answers_visible_to(request.user).filter(interview=shown)
    context = {
        "interview": shown,
        "writes": request.user.pk in two and (shown.closed_at is None or bool(kept.refused)),
        "own": request.user.pk == shown.person_id,
        "lines": lines_of(answers if request.user.pk in two else answers.exclude(told=""), kept),
        "reasons": list(dict.fromkeys(map(str, kept.reasons))),
        "gaps": gaps_in([shown])[shown.pk] if request.user.pk in two else [],
        "topics": Topic.objects.all(),
        "circles": InterviewAnswer.Circles,
        "question": request.POST.get("question", ""),
    }
    return render(request, "knowledge/interview.html", context, status=CONFLICT if kept.refused else 200)


def _interview(request: HttpRequest, pk: int) -> Interview:
    return get_object_or_404(interviews_visible_to(request.user), pk=pk)
