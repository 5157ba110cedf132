"""Interviews: begun from a hand-over or for anybody, written down question by question."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from lumbung.kernel.ui.keys import key_in
from lumbung.kernel.ui.submission import form_page, reasons_shown_on
from lumbung.knowledge.domain import interviews as verbs
from lumbung.knowledge.models import Interview, InterviewAnswer, Topic
from lumbung.knowledge.queries.ideas import hand_overs_visible_to
from lumbung.knowledge.queries.interviews import answers_visible_to, gaps_in, interviews_visible_to
from lumbung.knowledge.web.gate import intranet
from lumbung.knowledge.web.people import whoever
from lumbung.knowledge.web.session_forms import PersonField


class InterviewForm(forms.Form):
    person = PersonField(gettext_lazy("Siapa yang diwawancarai"))


@intranet()
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
    shown = _interview(request, pk)
    two = {shown.person_id, shown.interviewer_id}
    answers = answers_visible_to(request.user).filter(interview=shown)
    context = {
        "interview": shown,
        "writes": request.user.pk in two and shown.closed_at is None,
        "own": request.user.pk == shown.person_id,
        "answers": answers if request.user.pk in two else answers.exclude(told=""),
        "gaps": gaps_in([shown])[shown.pk] if request.user.pk in two else [],
        "topics": Topic.objects.all(),
        "circles": InterviewAnswer.Circles,
    }
    return render(request, "knowledge/interview.html", context)


@intranet()
@require_POST
def interview_answer(request: HttpRequest, pk: int, key: int) -> HttpResponse:
    """What was told, while it is open; and who may read it, by whoever told it."""
    shown, by = _interview(request, pk), whoever(request)
    row = get_object_or_404(answers_visible_to(by), interview=shown, pk=key)
    if "told" in request.POST:
        topic = Topic.objects.filter(pk=key_in(request.POST.get("topic"))).first()
        verbs.tell(row, request.POST["told"], topic=topic, in_head_only="in_head_only" in request.POST, by=by)
    if request.POST.get("circle", row.circle) != row.circle:
        verbs.set_circle(row, request.POST["circle"], by=by)
    messages.success(request, _("Tersimpan."))
    return redirect(f"{request.path.rsplit('/answers', 1)[0]}#a{row.pk}")


@intranet()
@require_POST
def interview_question(request: HttpRequest, pk: int) -> HttpResponse:
    verbs.ask(_interview(request, pk), request.POST.get("question", ""), by=whoever(request))
    return redirect("knowledge:interview", pk)


@intranet()
@require_POST
def interview_close(request: HttpRequest, pk: int) -> HttpResponse:
    gaps = verbs.close_interview(_interview(request, pk), by=whoever(request))
    messages.success(request, _("Wawancara ditutup; %(gaps)s celah masih tercatat.") % {"gaps": gaps})
    return redirect("knowledge:interview", pk)


def _interview(request: HttpRequest, pk: int) -> Interview:
    return get_object_or_404(interviews_visible_to(request.user), pk=pk)
