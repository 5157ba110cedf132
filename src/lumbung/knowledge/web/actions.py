"""Actions: mine and everybody's, overdue first; ended, and carried to the next agenda in one click."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lumbung.kernel import clock
from lumbung.kernel.ui.once import once
from lumbung.kernel.ui.pages import page_of
from lumbung.kernel.ui.submission import form_page, reasons_shown_on
from lumbung.knowledge.domain import actions
from lumbung.knowledge.models import Session
from lumbung.knowledge.queries.sessions import actions_visible_to, may_end, sessions_visible_to
from lumbung.knowledge.web.gate import intranet
from lumbung.knowledge.web.people import whoever
from lumbung.knowledge.web.session_forms import ActionForm
from lumbung.knowledge.work_kinds import describe_actions
from lumbung.organization.queries import library

WHOSE = ("mine", "overdue", "all", "ended")


@intranet()
@require_safe
def list_of_actions(request: HttpRequest) -> HttpResponse:
    """``?whose=mine`` (unless another is asked), ``overdue``, ``all``, ``ended``."""
    today = clock.today(library().zone)
    rows, whose = actions_visible_to(request.user), request.GET.get("whose", "mine")
    chosen = {
        "mine": rows.filter(state="open", owner=request.user.pk),
        "overdue": rows.filter(state="open", due_on__lt=today),
        "all": rows.filter(state="open"),
        "ended": rows.exclude(state="open").order_by("-ended_at"),
    }
    page = page_of(chosen.get(whose, chosen["mine"]), request)
    return render(request, "knowledge/actions.html", {"page": page, "whose": whose, "today": today})


@intranet()
def action(request: HttpRequest, pk: int) -> HttpResponse:
    """One action: where it came from, and its result."""
    shown = get_object_or_404(actions_visible_to(request.user), pk=pk)
    context = {
        "action": shown,
        "thing": describe_actions([pk], request.user)[pk],
        "may_end": may_end(request.user, shown),
        "today": clock.today(library().zone),
    }
    return render(request, "knowledge/action.html", context)


@intranet()
@once
def new(request: HttpRequest) -> HttpResponse:
    """Take something on, from a session (``?session=``) or by itself."""
    session = _session_asked(request)
    form = ActionForm(request.POST or None, initial={"owner": request.user.pk})
    if form.is_valid():
        with reasons_shown_on(form):
            taken = actions.take_on(**form.cleaned_data, session=session, by=whoever(request))
            messages.success(request, _("Tindakan dicatat."))
            return redirect("knowledge:session", session.pk) if session else redirect("knowledge:action", taken.pk)
    return form_page(request, "knowledge/action_form.html", form, session=session)


@intranet()
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(actions_visible_to(request.user), pk=pk)
    if not may_end(request.user, shown):
        raise PermissionDenied("action")
    actions.end(shown, result=request.POST.get("result", ""), dropped="dropped" in request.POST, by=whoever(request))
    messages.success(request, _("Tindakan diakhiri."))
    return redirect("knowledge:action", pk)


@intranet()
@require_POST
def carry(request: HttpRequest, pk: int) -> HttpResponse:
    point = actions.carry(get_object_or_404(actions_visible_to(request.user), pk=pk), by=whoever(request))
    messages.success(request, _("Ditaruh di agenda “%(session)s”.") % {"session": point.session})
    return redirect("knowledge:session", point.session_id)


def _session_asked(request: HttpRequest) -> Session | None:
    asked = request.GET.get("session", "")
    return get_object_or_404(sessions_visible_to(request.user), pk=asked) if asked.isdigit() else None
