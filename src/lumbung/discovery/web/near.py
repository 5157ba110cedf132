"""The branch whose copies are told first: chosen by the reader, kept in a cookie that names a branch and nothing else.

A member who chose none has their own branch; who chose to have none keeps none.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from lumbung.kernel.ui.own_pages import own_page
from lumbung.members.queries import member_of
from lumbung.organization.queries import public_branches

COOKIE = "near"
NONE = "none"
YEAR = 365 * 24 * 3600


def near_branch(request: HttpRequest) -> int | None:
    """The key of the branch chosen, while readers may choose it; else that of the member who is signed in."""
    chosen = request.COOKIES.get(COOKIE, "")
    if not chosen:
        member = member_of(request.user)
        return member.branch_id if member else None
    return next((branch.pk for branch in public_branches() if str(branch.pk) == chosen), None)


@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Remember the branch; none is forgotten. A plain link, so that result pages need no token and can be kept by browsers."""
    response = redirect(own_page(request, request.GET.get("next", "")) or "/search")
    chosen = request.GET.get("branch", "")
    if any(str(branch.pk) == chosen for branch in public_branches()):
        response.set_cookie(COOKIE, chosen, max_age=YEAR, httponly=True, samesite="Lax", secure=request.is_secure())
    elif request.user.is_authenticated:
        response.set_cookie(COOKIE, NONE, max_age=YEAR, httponly=True, samesite="Lax", secure=request.is_secure())
    else:
        response.delete_cookie(COOKIE, samesite="Lax")
    return response
