"""The keys with which programs act for the one who is signed in: everybody sees, issues and revokes their own alone."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from lumbung.accounts.domain.tokens import issue_token, revoke_token
from lumbung.accounts.queries import tokens_of
from lumbung.accounts.web.forms import TokenForm
from lumbung.accounts.web.views import SignedIn
from lumbung.kernel import clock
from lumbung.kernel.ui.access import signed_in
from lumbung.kernel.ui.submission import form_page, reasons_shown_on


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request: SignedIn) -> HttpResponse:
    """The tokens one has; POST issues another. Its key is in that one answer, which nothing keeps, and nowhere else."""
    form = TokenForm(request.POST or None, user=request.user)
    if form.is_valid():
        with reasons_shown_on(form):
            issued, key = issue_token(request.user, by=request.user, **form.wanted)
            return render(request, "account/token_issued.html", {"token": issued, "key": key})
    return form_page(request, "account/tokens.html", form, tokens=tokens_of(request.user), now=clock.now())


@signed_in
@require_http_methods(["DELETE"])
def token(request: SignedIn, pk: int) -> HttpResponse:
    """DELETE makes the key worthless."""
    revoked = get_object_or_404(tokens_of(request.user), pk=pk)
    revoke_token(revoked, by=request.user)
    messages.success(request, _("Token “%(name)s” dicabut. Kuncinya tidak berlaku lagi.") % {"name": revoked.name})
    return redirect("account_tokens")
