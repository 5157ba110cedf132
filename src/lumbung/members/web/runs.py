"""Many members at once: chosen, looked at, carried out in the background with progress, an extension undone."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lumbung.accounts.models import User
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.addresses import root
from lumbung.kernel.ui.forms import Day
from lumbung.kernel.ui.once import once_pressed
from lumbung.kernel.ui.pages import page_of
from lumbung.kernel.ui.submission import FormForVerb, form_page, reasons_shown_on
from lumbung.members import permissions
from lumbung.members.domain import runs as verbs
from lumbung.members.jobs import carry_out_member_run
from lumbung.members.models import MemberRun


class RunForm(FormForVerb):
    """What is to be done, with which members."""

    ends_by = Day(
        label=gettext_lazy("Yang berakhir paling lambat"),
        required=False,
        help_text=gettext_lazy("Bila kosong: semua."),
    )
    until = Day(
        label=gettext_lazy("Perpanjang sampai"),
        required=False,
        help_text=gettext_lazy("Hanya untuk perpanjangan."),
    )

    class Meta:
        model = MemberRun
        fields = ("kind", "category", "programme", "intake", "roster", "ends_by", "until")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("category", "programme", "roster"):
            self.fields[name].empty_label = gettext_lazy("Semua")  # type: ignore[attr-defined]


@needs(permissions.IMPORT)
@require_safe
def runs(request: HttpRequest) -> HttpResponse:
    """What was done with many at once, latest first."""
    page = page_of(MemberRun.objects.select_related("category", "programme", "started_by"), request)
    return render(request, "members/runs.html", {"page": page})


@needs(permissions.IMPORT)
@require_http_methods(["GET", "HEAD", "POST"])
@once_pressed("sure")
def new(request: HttpRequest) -> HttpResponse:
    """The first sending shows whom it would reach; only the second, with ``sure``, begins."""
    form = RunForm(request.POST or None, initial=request.GET.dict())
    choice = None
    if form.is_valid():
        run = MemberRun(**form.cleaned_data)
        if request.POST.get("sure"):
            with reasons_shown_on(form):
                started = verbs.start(run, address=root(request), by=cast("User", request.user))
                carry_out_member_run.enqueue(run=started.pk)
                return redirect("members:run", started.pk)
        choice = verbs.choice_of(run)
    return form_page(request, "members/run_new.html", form, choice=choice)


@needs(permissions.IMPORT)
@require_safe
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it got; for htmx only the part that moves."""
    shown = get_object_or_404(MemberRun.objects.select_related("category", "programme", "roster", "started_by"), pk=pk)
    template = "members/run_state.html" if request.headers.get("HX-Request") else "members/run.html"
    return render(request, template, {"run": shown})


@needs(permissions.IMPORT)
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Give memberships the days they had."""
    count = verbs.undo(get_object_or_404(MemberRun, pk=pk), by=request.user)
    said = ngettext("%(n)d keanggotaan dikembalikan.", "%(n)d keanggotaan dikembalikan.", count) % {"n": count}
    messages.success(request, said)
    return redirect("members:run", pk)
