"""Writing down what was asked at the counter or by telephone."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from lumbung.desk.domain.log import Asked, log_question
from lumbung.desk.web.forms import LogForm
from lumbung.desk.web.guard import at_the_desk
from lumbung.kernel.ui.submission import form_page, reasons_shown_on
from lumbung.organization import queries as organization

_BRANCH = "desk_branch"


@at_the_desk
def log(request: HttpRequest) -> HttpResponse:
    """One form; what is done with is closed at once, and the form is ready for the next."""
    form = LogForm(request.POST or None, initial={"branch": _offered(request)})
    if form.is_valid():
        with reasons_shown_on(form):
            told = dict(form.cleaned_data)
            branch = told.pop("branch")
            conversation = log_question(Asked(**told), at=branch, by=request.user)
            request.session[_BRANCH] = branch.pk
            if conversation.is_open:
                messages.success(request, _("Tercatat, dan masih terbuka di tangan Anda."))
                return redirect("desk:conversation", conversation.pk)
            messages.success(request, _("Tercatat. Siap untuk pertanyaan berikutnya."))
            return redirect("desk:log")
    return form_page(request, "desk/log.html", form)


def _offered(request: HttpRequest) -> int | None:
    """The branch of the last question, else the one chosen at the circulation desk, else the front one."""
    if (last := request.session.get(_BRANCH)) is not None:
        return int(last)
    branch = organization.working_branch(request.session) or organization.front_branch()
    return branch.pk if branch is not None else None
