"""What the portal tells of itself: the readiness survey, the way from talk to use, the year, the audit, and hand-overs."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from lumbung.kernel import clock
from lumbung.kernel.permissions import may
from lumbung.kernel.ui.forms import Day
from lumbung.kernel.ui.keys import key_in
from lumbung.kernel.ui.once import once
from lumbung.kernel.ui.spreadsheet import csv_response
from lumbung.kernel.ui.submission import form_page, reasons_shown_on
from lumbung.knowledge.domain import hand_overs, surveys
from lumbung.knowledge.domain.audits import audit_knowledge
from lumbung.knowledge.drawing import funnel, gap_chart
from lumbung.knowledge.models import Action, Audit, HandOver, HandOverItem, SurveyRun
from lumbung.knowledge.permissions import MANAGE
from lumbung.knowledge.queries import measures
from lumbung.knowledge.queries.cycle import bounds_of, steps_between, stuck_at, year_of
from lumbung.knowledge.queries.hand_overs import gaps_of
from lumbung.knowledge.queries.ideas import hand_overs_visible_to, result_of, shares_of
from lumbung.knowledge.queries.interviews import gaps_in, interviews_in_hand
from lumbung.knowledge.web.gate import intranet
from lumbung.knowledge.web.people import whoever
from lumbung.knowledge.web.session_forms import PersonField
from lumbung.organization.queries import library

EARLIEST, LATEST = 2000, 9000


class HandOverForm(forms.Form):
    leaver = PersonField(gettext_lazy("Siapa yang pergi"))
    successor = PersonField(gettext_lazy("Penggantinya"), required=False)
    last_day = Day(label=gettext_lazy("Hari terakhir"))


class AuditForm(forms.Form):
    heads = forms.CharField(
        label=gettext_lazy("Yang hanya ada di kepala orang"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("Satu topik sebaris, lalu siapa yang tahu: “Menjilid koran lama: Tono, Rina”."),
    )


@intranet()
@require_safe
def cycle(request: HttpRequest) -> HttpResponse:
    """The way from talk to use in the year asked for, and where things wait now."""
    year = _year(request)
    first, last = bounds_of(year, library().zone)
    context = {"year": year, "bars": funnel(steps_between(first, last)), "stuck": stuck_at(clock.now())}
    context |= {
        "tasks": measures.four_tasks(first, last, whoever(request)),
        "months": measures.sharing_by_month(first, last, library().zone),
        "times": measures.answer_times(),
    }
    return render(request, "knowledge/cycle.html", context)


@intranet()
@require_safe
def year(request: HttpRequest) -> HttpResponseBase:
    """The report of a year; ``?form=csv`` takes the sessions by topic and the actions that are carried over."""
    asked = _year(request)
    told = year_of(asked, library().zone)
    if request.GET.get("form") == "csv":
        rows = [[_("topik"), topic or "–", held, products, ""] for topic, held, products in told.by_topic]
        rows += [[_("tindakan terbuka"), each.title, each.owner.name, each.due_on, each.session or ""] for each in told.carried]
        return csv_response(f"laporan-pengetahuan-{asked}.csv", [_("Jenis"), _("Apa"), "1", "2", "3"], rows)
    return render(request, "knowledge/year.html", {"year": asked, "told": told})


@intranet()
@require_safe
def plan(request: HttpRequest) -> HttpResponse:
    """Improvements by the three cores: people, process, technology."""
    rows = Action.objects.exclude(core="").select_related("owner").order_by("state", "due_on")
    by_core = [(label, [each for each in rows if each.core == value]) for value, label in Action.Cores.choices]
    return render(request, "knowledge/plan.html", {"by_core": by_core, "today": clock.today(library().zone)})


@intranet()
@require_safe
def surveys_page(request: HttpRequest) -> HttpResponse:
    """Every run, the latest first; those that are closed side by side by dimension."""
    runs = list(SurveyRun.objects.all()[:6])
    closed = [(each, result_of(each)) for each in runs if each.closed_at]
    rows = (
        [(score.label, [result.dimensions[n] for _, result in closed]) for n, score in enumerate(closed[0][1].dimensions)]
        if closed
        else []
    )
    answered = set(SurveyRun.objects.filter(returns__person=request.user.pk).values_list("pk", flat=True))
    context = {"runs": runs, "closed": [each for each, _ in closed], "rows": rows, "answered": answered}
    return render(request, "knowledge/surveys.html", context)


@intranet(MANAGE)
@require_POST
@once
def survey_open(request: HttpRequest) -> HttpResponse:
    surveys.open_run(request.POST.get("title", ""), by=whoever(request))
    return redirect("knowledge:surveys")


@intranet(MANAGE)
@require_POST
def survey_close(request: HttpRequest, pk: int) -> HttpResponse:
    surveys.close_run(get_object_or_404(SurveyRun, pk=pk), by=whoever(request))
    return redirect("knowledge:survey", pk)


@intranet()
def survey(request: HttpRequest, pk: int) -> HttpResponse:
    """While it is open, the sheet; once it is closed, its result."""
    run = get_object_or_404(SurveyRun, pk=pk)
    if run.closed_at:
        result = result_of(run)
        context = {"run": run, "result": result, "chart": gap_chart(result.items)}
        return render(request, "knowledge/survey_result.html", context)
    if request.method == "POST":
        values = {each.pk: key_in(request.POST.get(f"q{each.pk}")) for each in run.questions.all()}
        surveys.answer(run, values, by=whoever(request))
        messages.success(request, _("Terima kasih. Jawaban Anda dihitung, dan tidak disimpan bersama nama Anda."))
        return redirect("knowledge:surveys")
    return render(request, "knowledge/survey.html", {"run": run, "questions": run.questions.all(), "values": range(1, 6)})


@intranet()
def audits(request: HttpRequest) -> HttpResponse:
    """The latest audit beside what the Delphi Group found; a POST of those who manage makes another."""
    form = AuditForm(request.POST or None)
    if request.method == "POST" and not may(request.user, MANAGE):
        raise PermissionDenied("audit")
    if form.is_valid():
        audit_knowledge(heads=form.cleaned_data["heads"], by=whoever(request))
        messages.success(request, _("Audit disimpan."))
        return redirect("knowledge:audits")
    latest = Audit.objects.prefetch_related("lines").first()
    context = {"audit": latest, "shares": shares_of(latest) if latest else [], "others": Audit.objects.all()[1:6]}
    return form_page(request, "knowledge/audits.html", form, **context)


@intranet()
@once
def list_of_hand_overs(request: HttpRequest) -> HttpResponse:
    """The hand-overs one is in, or all; a POST of those who manage opens one."""
    form = HandOverForm(request.POST or None)
    if request.method == "POST" and not may(request.user, MANAGE):
        raise PermissionDenied("hand-over")
    if form.is_valid():
        with reasons_shown_on(form):
            return redirect("knowledge:hand_over", hand_overs.open_hand_over(**form.cleaned_data, by=whoever(request)).pk)
    return form_page(request, "knowledge/hand_overs.html", form, hand_overs=hand_overs_visible_to(request.user)[:50])


@intranet()
@require_safe
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    shown = _hand_over(request, pk)
    held = list(shown.interviews.select_related("interviewer"))
    gaps = gaps_in(held)
    context = {"hand_over": shown, "gaps": gaps_of(shown), "interviews": [(each, len(gaps[each.pk])) for each in held]}
    takes_part = may(request.user, MANAGE) or request.user.pk == shown.successor_id
    asks_already = interviews_in_hand(request.user).filter(person=shown.leaver_id).exists()
    may_ask = takes_part and not shown.closed_at and request.user.pk != shown.leaver_id
    context["interviews_them"] = may_ask and not asks_already
    return render(request, "knowledge/hand_over.html", context)


@intranet()
@require_POST
def hand_over_item(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell one thing (``item``), or add one (``title``)."""
    shown = _hand_over(request, pk)
    if "title" in request.POST:
        hand_overs.add_item(shown, request.POST["title"], by=whoever(request))
    else:
        item = get_object_or_404(
            HandOverItem.objects.select_related("hand_over"), hand_over=shown, pk=key_in(request.POST.get("item"))
        )
        hand_overs.tell(item, told=request.POST.get("told", ""), address=request.POST.get("address", ""), by=whoever(request))
    return redirect("knowledge:hand_over", pk)


@intranet(MANAGE)
@require_POST
def hand_over_close(request: HttpRequest, pk: int) -> HttpResponse:
    gaps = hand_overs.close_hand_over(_hand_over(request, pk), by=whoever(request))
    messages.success(
        request,
        ngettext(
            "Serah terima ditutup; %(gaps)s celah masih tercatat.", "Serah terima ditutup; %(gaps)s celah masih tercatat.", gaps
        )
        % {"gaps": gaps},
    )
    return redirect("knowledge:hand_over", pk)


def _hand_over(request: HttpRequest, pk: int) -> HandOver:
    return get_object_or_404(hand_overs_visible_to(request.user), pk=pk)


def _year(request: HttpRequest) -> int:
    asked = key_in(request.GET.get("year"))
    return asked if EARLIEST < asked < LATEST else clock.today(library().zone).year
