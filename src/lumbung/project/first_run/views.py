"""The page of the first run."""

from django.contrib import messages
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from lumbung.accounts.domain.sessions import note_device
from lumbung.kernel.ui.submission import form_page, reasons_shown_on
from lumbung.project.first_run import code
from lumbung.project.first_run.form import FirstRunForm
from lumbung.project.first_run.founding import found_library


@sensitive_post_parameters("code", "password", "password_again")
def first_run(request: HttpRequest) -> HttpResponse:
    if not code.is_awaited():
        raise Http404
    form = FirstRunForm(request.POST or None)
    if form.is_valid():
        with reasons_shown_on(form):
            librarian = found_library(**form.answers())
            code.spend()
            login(request, librarian)
            note_device(request)
            messages.success(request, _("%(library)s siap. Selamat bekerja!") % {"library": form.cleaned_data["library_name"]})
            return redirect("staff_home")
    return form_page(request, "project/first_run.html", form)
