"""Two clicks from anywhere in the portal: one line, and what it is."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lumbung.kernel.refusals import Refused
from lumbung.kernel.ui.once import once
from lumbung.knowledge.domain.agenda import add_point
from lumbung.knowledge.domain.ideas import propose, raise_issue
from lumbung.knowledge.domain.incidents import report
from lumbung.knowledge.queries.sessions import next_session
from lumbung.knowledge.refusals.sessions import NO_NEXT_SESSION
from lumbung.knowledge.web.gate import intranet
from lumbung.knowledge.web.people import whoever


@intranet()
@require_POST
@once
def jot(request: HttpRequest) -> HttpResponse:
    """Keep the line as an incident, a point of the next agenda, an idea or an issue."""
    line, by = request.POST.get("line", ""), whoever(request)
    kind = request.POST.get("as", "incident")
    if kind == "point":
        return _as_point(request, line)
    if kind == "idea":
        return redirect("knowledge:idea", propose(line, by=by).pk)
    if kind == "issue":
        return redirect("knowledge:issue", raise_issue(line, by=by).pk)
    return redirect("knowledge:incident", report(line, by=by).pk)


def _as_point(request: HttpRequest, line: str) -> HttpResponse:
    session = next_session()
    if session is None:
        raise Refused(NO_NEXT_SESSION())
    add_point(session, line, by=whoever(request))
    messages.success(request, _("Ditaruh di agenda “%(session)s”.") % {"session": session})
    return redirect("knowledge:session", session.pk)
