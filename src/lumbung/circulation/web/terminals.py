"""Pages on which staff keep the machines at which members serve themselves."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lumbung.circulation import permissions, queries
from lumbung.circulation.domain.terminals import add_terminal, change_terminal, remove_terminal, renew_secret
from lumbung.circulation.models import Terminal
from lumbung.circulation.web.forms import TerminalForm
from lumbung.circulation.web.working_branch import working_branch
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.pages import page_of
from lumbung.kernel.ui.submission import form_page, reasons_shown_on


@needs(permissions.TERMINALS)
@require_safe
def terminals(request: HttpRequest) -> HttpResponse:
    """Every machine, and when it was last heard of."""
    return render(request, "circulation/terminals.html", {"page": page_of(queries.terminals(), request)})


@never_cache
@needs(permissions.TERMINALS)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Make a machine known; its secret is in this one answer and nowhere else."""
    form = TerminalForm(request.POST or None, initial={"branch": working_branch(request), "account": request.user})
    if form.is_valid():
        with reasons_shown_on(form):
            added, secret = add_terminal(**form.cleaned_data, by=request.user)
            return _told(request, added, secret)
    return form_page(request, "circulation/terminal.html", form, terminal=None)


@needs(permissions.TERMINALS)
@require_http_methods(["GET", "POST", "DELETE"])
def terminal(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a machine; DELETE forgets it."""
    shown = get_object_or_404(queries.terminals(), pk=pk)
    if request.method == "DELETE":
        return _removed(request, shown)
    form = TerminalForm(request.POST or None, instance=shown)
    if form.is_valid():
        with reasons_shown_on(form):
            change_terminal(shown, **form.cleaned_data, by=request.user)
            messages.success(request, _("Perubahan disimpan."))
            return redirect("circulation:terminals")
    return form_page(request, "circulation/terminal.html", form, terminal=shown)


@never_cache
@needs(permissions.TERMINALS)
@require_POST
def secret(request: HttpRequest, pk: int) -> HttpResponse:
    """Another secret, in place of one that was lost or seen."""
    shown = get_object_or_404(queries.terminals(), pk=pk)
    return _told(request, shown, renew_secret(shown, by=request.user))


def _told(request: HttpRequest, terminal: Terminal, secret: str) -> HttpResponse:
    return render(request, "circulation/terminal_secret.html", {"terminal": terminal, "secret": secret})


def _removed(request: HttpRequest, terminal: Terminal) -> HttpResponse:
    remove_terminal(terminal, by=request.user)
    messages.success(request, _("Mesin dihapus. Yang pernah dikerjakannya tetap tercatat."))
    return redirect("circulation:terminals")
