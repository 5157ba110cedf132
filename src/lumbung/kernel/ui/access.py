"""Who may see a page: nobody, unless the view says who."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _

from lumbung.kernel.permissions import may
from lumbung.kernel.ui.own_pages import own_page

View = Callable[..., HttpResponseBase]


def signed_in(view: View) -> View:
    """For everybody who has signed in; others are asked to, and come back afterwards."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return view(request, *args, **kwargs) if request.user.is_authenticated else to_sign_in(request)

    return guarded


def needs(permission: str) -> Callable[[View], View]:
    """For those who have ``permission``: a visitor is asked to sign in, anybody else meets the 403 page."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return to_sign_in(request)
            if not may(request.user, permission):
                raise PermissionDenied(permission)
            return view(request, *args, **kwargs)

        return guarded

    return guard


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """The way to the sign-in page and back: to this page, or after a form to the page the form stood on, and that nothing came of it."""
    asks = request.method in {"GET", "HEAD"}
    if not asks:
        messages.warning(request, _("Anda perlu masuk lagi. Yang terakhir Anda kirim belum tercatat: ulangi setelah masuk."))
    came_from = request.headers.get("HX-Current-URL") or request.headers.get("Referer", "")
    if request.headers.get("HX-Request"):
        sign_in = redirect_to_login(own_page(request, came_from))
        return HttpResponse(status=204, headers={"HX-Redirect": sign_in.url})
    return redirect_to_login(request.get_full_path() if asks else own_page(request, came_from))
