"""The first page of the portal."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lumbung.kernel import clock
from lumbung.knowledge.models import Consultation, SessionMinutes, SurveyRun
from lumbung.knowledge.queries.learning import learning_around
from lumbung.knowledge.queries.sessions import actions_visible_to, coming
from lumbung.knowledge.web.gate import intranet
from lumbung.organization.queries import library


@intranet()
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What waits for this reader, what is to come, and the picture: one screen."""
    me, today = request.user.pk, clock.today(library().zone)
    mine = SessionMinutes.objects.filter(state="proposed", session__attendances__person=me).exclude(approvals__person=me)
    surveys = SurveyRun.objects.filter(closed_at=None).exclude(returns__person=me)
    learning, accompanied = learning_around(request.user)
    context = {
        "coming": coming(request.user)[:4],
        "actions": actions_visible_to(request.user).filter(state="open", owner=me)[:6],
        "to_approve": mine.select_related("session")[:5],
        "surveys": surveys[:1],
        "consultations": Consultation.objects.filter(decision="", closes_on__gte=today).exclude(votes__person=me)[:3],
        "learning": learning[:3],
        "accompanied": accompanied[:3],
        "today": today,
    }
    return render(request, "knowledge/home.html", context)
