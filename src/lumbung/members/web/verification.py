"""Checking a letter: for whoever holds one, without signing in. Little is shown, and codes cannot be tried by the thousand."""

import hashlib

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from lumbung.accounts.domain.api_access import address_of
from lumbung.members.domain.clearance.checking import seconds_to_wait
from lumbung.members.domain.clearance.letters import letter_with, masked

LARGEST_COPY = 5 << 20


@require_safe
def verify(request: HttpRequest) -> HttpResponse:
    """Type a code from paper."""
    if code := request.GET.get("code", "").strip():
        return redirect("membership:verified", "".join(each for each in code.upper() if each.isalnum())[:40] or "-")
    return render(request, "members/verify.html")


@require_http_methods(["GET", "HEAD", "POST"])
def verified(request: HttpRequest, code: str) -> HttpResponse:
    """What was issued under this code; with a file, whether it is that very file."""
    if wait := seconds_to_wait(address_of(request)):
        answer = render(request, "members/verified.html", {"wait": wait}, status=429)
        answer["Retry-After"] = str(wait)
        return answer
    letter = letter_with(code)
    if letter is None:
        return render(request, "members/verified.html", {"unknown": code[:40]}, status=404)
    is_same = None
    if request.method == "POST" and (copy := request.FILES.get("copy")):
        is_same = hashlib.sha256(copy.read(LARGEST_COPY)).hexdigest() == letter.digest
    context = {"letter": letter, "name": masked(letter.name), "number": letter.identifier[-3:], "is_same": is_same}
    return render(request, "members/verified.html", context)
