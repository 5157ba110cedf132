"""Where one is signed in: everybody sees and ends their own sessions alone."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from lumbung.accounts.domain.sessions import end_other_sessions, end_session
from lumbung.accounts.queries import devices_of
from lumbung.accounts.web.views import SignedIn
from lumbung.kernel.ui.access import signed_in


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "DELETE"])
def devices(request: SignedIn) -> HttpResponse:
    """The devices one is signed in on; DELETE signs out on all but this one."""
    if request.method == "DELETE":
        ended = end_other_sessions(request.user, but=request.session.session_key, by=request.user)
        told = ngettext("Keluar di %(n)d perangkat lain.", "Keluar di %(n)d perangkat lain.", ended) % {"n": ended}
        messages.success(request, told if ended else _("Anda tidak masuk di perangkat lain."))
        return redirect("account_devices")
    kept = devices_of(request.user)
    here = [each for each in kept if each.session_key == request.session.session_key]
    return render(request, "account/devices.html", {"here": here, "others": [each for each in kept if each not in here]})


@signed_in
@require_http_methods(["DELETE"])
def device(request: SignedIn, handle: str) -> HttpResponse:
    """DELETE signs out there."""
    was_in = end_session(request.user, handle, by=request.user)
    messages.success(
        request, _("Akun Anda keluar di perangkat itu.") if was_in else _("Akun Anda sudah keluar di perangkat itu.")
    )
    return redirect("account_devices")
