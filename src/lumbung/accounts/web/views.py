"""The pages of one's own account. Signing in and passwords are allauth's views with our templates."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, override

from lumbung.accounts.domain import users
from lumbung.accounts.domain.notices import choose_notices
from lumbung.accounts.models import User
from lumbung.accounts.web.forms import PreferencesForm
from lumbung.kernel.ui.language import remember


class SignedIn(HttpRequest):
    user: User


@login_required
def preferences(request: SignedIn) -> HttpResponse:
    """The language and the clock in which the signed-in user is shown everything."""
    form = PreferencesForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        told = dict(form.cleaned_data)
        choose_notices(request.user, told.pop("notices", ()), by=request.user)
        changed = users.change(request.user, by=request.user, **told)
        with override(changed.language or None):
            messages.success(request, gettext("Pengaturan disimpan."))
        response = redirect("account_preferences")
        remember(response, changed.language)
        return response
    return render(request, "account/preferences.html", {"form": form})
