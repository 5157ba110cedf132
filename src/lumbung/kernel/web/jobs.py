"""Background work: what waits, what failed, and whether anybody works."""

from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lumbung.kernel import failures
from lumbung.kernel.events import Actor
from lumbung.kernel.jobs.condition import condition
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.pages import page_of
from lumbung.kernel.web.access import SEE_JOBS
from lumbung.kernel.web.lists import Listed

SHOWN = 30


@needs(SEE_JOBS)
def overview(request: HttpRequest) -> HttpResponse:
    rows: Any = Listed(failures.count_failures, failures.failures)
    page = page_of(rows, request, size=SHOWN)
    return render(request, "kernel/jobs.html", {"page": page, "condition": condition()})


@needs(SEE_JOBS)
@require_POST
def try_again(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    failures.retry(_known(kind), key, by=cast(Actor, request.user))
    messages.success(request, _("Pekerjaan itu dicoba lagi sekarang."))
    return redirect("kernel:jobs")


@needs(SEE_JOBS)
@require_POST
def give_up(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    failures.dismiss(_known(kind), key, by=cast(Actor, request.user))
    messages.success(request, _("Pekerjaan itu diabaikan. Catatannya ada di jurnal."))
    return redirect("kernel:jobs")


def _known(kind: str) -> failures.Kind:
    if kind not in {"task", "reaction"}:
        raise Http404
    return cast(failures.Kind, kind)
