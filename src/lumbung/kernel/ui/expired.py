"""What is told to whoever sends a form of a page that was opened before the last sign-in: nothing of it was done."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from lumbung.kernel.ui.own_pages import own_page

FORBIDDEN = 403


def expired_page(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A page that leads back to the form, read anew. Where only a part of a page was asked for the whole is read again and says so; what
    is no browser's page gets the sentence."""
    said = _("Halaman tadi sudah kedaluwarsa: yang terakhir Anda isi atau pindai belum tercatat. Ulangi sekali lagi.")
    if request.headers.get("HX-Request"):
        messages.error(request, said)
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    if "text/html" not in request.headers.get("Accept", ""):
        return HttpResponse(said, status=FORBIDDEN, content_type="text/plain; charset=utf-8")
    back = own_page(request, request.headers.get("Referer", ""))
    return render(request, "403_csrf.html", {"back": back}, status=FORBIDDEN)
