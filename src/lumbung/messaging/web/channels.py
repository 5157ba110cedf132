"""The library's channels: what each needs, set up, tested, switched on and off, and all cut at once."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.once import once
from lumbung.kernel.ui.submission import form_page, reasons_shown_on
from lumbung.messaging import queries
from lumbung.messaging.channels import Needs, channel_called, kinds, offers
from lumbung.messaging.domain import accounts
from lumbung.messaging.models import Account
from lumbung.messaging.permissions import SET_CHANNELS
from lumbung.messaging.web.forms import AccountForm


@dataclass(frozen=True)
class Kind:
    """A kind of channel as the page shows it."""

    name: str
    needs: Needs
    accounts: list[Account]

    @property
    def can_be_added(self) -> bool:
        return bool(self.needs.fields)


@needs(SET_CHANNELS)
@require_safe
def channels(request: HttpRequest) -> HttpResponse:
    for kind in sorted(accounts.BUILT_IN):
        accounts.built_in(kind)
    rows = list(Account.objects.all())
    shown = [Kind(kind, channel_called(kind).needs(), [row for row in rows if row.kind == kind]) for kind in kinds()]
    unread = queries.unread_arrivals().count()
    context = {"kinds": shown, "are_cut": any(row.cut_at for row in rows), "unread": unread}
    return render(request, "messaging/channels.html", context)


@needs(SET_CHANNELS)
@once
def add(request: HttpRequest, kind: str) -> HttpResponse:
    asked = _needs_of(kind)
    form = AccountForm(request.POST or None, needs=asked)
    if form.is_valid():
        with reasons_shown_on(form):
            account = accounts.open_account(kind, by=request.user, **form.given())
            messages.success(request, _("Saluran “%(name)s” disimpan. Uji dahulu, lalu nyalakan.") % {"name": account})
            return redirect("messaging:channel", account.pk)
    return form_page(request, "messaging/channel_add.html", form, needs=asked)


@needs(SET_CHANNELS)
def channel(request: HttpRequest, pk: int) -> HttpResponse:
    """One account: its condition, its form, its address for events."""
    account = get_object_or_404(Account, pk=pk)
    asked = _needs_of(account.kind)
    form = AccountForm(request.POST or None, needs=asked, account=account)
    if form.is_valid():
        with reasons_shown_on(form):
            accounts.change_account(account, by=request.user, **form.given())
            messages.success(request, _("Saluran “%(name)s” disimpan.") % {"name": account})
            return redirect("messaging:channel", pk)
    hook = request.build_absolute_uri(f"/hooks/{account.kind}/{account.hook_key}") if _pastes(asked, account) else ""
    shown = {"needs": asked, "hook": hook, "has_templates": offers(channel_called(account.kind), "forms") is not None}
    return form_page(request, "messaging/channel.html", form, account=account, **shown)


def _pastes(asked: Needs, account: Account) -> bool:
    return asked.has_hook and asked.pastes_hook(account)


def _needs_of(kind: str) -> Needs:
    if kind not in kinds():
        raise Http404
    return channel_called(kind).needs()


@needs(SET_CHANNELS)
@require_POST
def check(request: HttpRequest, pk: int) -> HttpResponse:
    health = accounts.look_after(get_object_or_404(Account, pk=pk))
    if health.is_well:
        messages.success(request, _("Saluran ini bekerja. %(note)s") % {"note": health.note})
    else:
        messages.error(request, _("Saluran ini belum bekerja: %(note)s") % {"note": health.note})
    return redirect("messaging:channel", pk)


@needs(SET_CHANNELS)
@require_POST
def switch(request: HttpRequest, pk: int) -> HttpResponse:
    account = get_object_or_404(Account, pk=pk)
    accounts.switch(account, on=request.POST.get("on") == "yes", by=request.user)
    return redirect("messaging:channel", pk)


@needs(SET_CHANNELS)
@require_POST
def cut(request: HttpRequest) -> HttpResponse:
    """Cut every channel, or, with ``restore``, end the cut."""
    if request.POST.get("restore"):
        accounts.restore_all(by=request.user)
        messages.success(request, _("Semua saluran disambung lagi."))
    else:
        accounts.cut_all(by=request.user)
        messages.success(
            request, _("Semua saluran diputus: tidak ada pesan yang keluar atau masuk sampai Anda menyambungnya lagi.")
        )
    return redirect("messaging:channels")
