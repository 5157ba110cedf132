"""Every view of the portal stands behind ``intranet``: first where one is, then who one is."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from lumbung.kernel.permissions import may
from lumbung.kernel.ui.access import View, to_sign_in
from lumbung.knowledge.domain.gate import is_at_partner, is_inside
from lumbung.knowledge.permissions import ENTER

Invited = Callable[..., bool]


def intranet(permission: str = ENTER, *, invited: Invited | None = None) -> Callable[[View], View]:
    """For those with ``permission`` who are inside the house; elsewhere everybody meets 403, signed in or not.

    ``invited(user, **places)`` may let in a guest of a partner who lacks the permission, to this page only and with the places in
    its address; guests may come from networks of partners too. Without it no guest sees the page.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            inside = is_inside(request)
            if not inside and not (invited and is_at_partner(request)):
                return render(request, "knowledge/outside.html", status=403)
            if not request.user.is_authenticated:
                return to_sign_in(request)
            if inside and may(request.user, permission):
                return view(request, *args, **kwargs)
            if invited and not may(request.user, ENTER) and invited(request.user, **kwargs):
                return view(request, *args, **kwargs)
            raise PermissionDenied(permission)

        return guarded

    return guard
