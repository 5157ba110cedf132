"""The branch a clerk works at: chosen once, remembered with the session, shown on every page of the desk."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from lumbung.circulation import permissions
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.own_pages import own_page
from lumbung.organization import queries as organization
from lumbung.organization.models import Branch


def working_branch(request: HttpRequest) -> Branch | None:
    """The branch chosen in this session; the only one where there is only one; else None."""
    return organization.working_branch(request.session)


def at_a_branch(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """For views that act somewhere: they get ``branch``; a clerk who has not chosen one is asked first and comes back."""

    @wraps(view)
    def placed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        branch = working_branch(request)
        if branch is None:
            back = request.get_full_path() if request.method == "GET" else ""
            return _ask(request, back)
        return view(request, *args, branch=branch, **kwargs)

    return placed


@needs(permissions.LEND)
@require_http_methods(["GET", "POST"])
def choose(request: HttpRequest) -> HttpResponseBase:
    """Choose the working branch, then go back to what one was about to do."""
    back = request.POST.get("next", "") or request.GET.get("next", "")
    if request.method == "GET":
        return _ask(request, back)
    request.session[organization.WORKING_BRANCH] = get_object_or_404(Branch, pk=request.POST.get("branch")).pk
    return redirect(own_page(request, back) or "circulation:desk")


def _ask(request: HttpRequest, back: str) -> HttpResponseBase:
    chosen = working_branch(request)
    return render(
        request, "circulation/working_branch.html", {"branches": organization.branches(), "chosen": chosen, "next": back}
    )
