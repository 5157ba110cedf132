"""The chats of a member: link one by proof, choose where notices go, take a link away."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lumbung.kernel.ui.access import signed_in
from lumbung.members import queries
from lumbung.members.domain import channel_links
from lumbung.members.models import ChannelLink, Member
from lumbung.members.queries.channel_links import links_of
from lumbung.messaging.channels import channel_called
from lumbung.messaging.queries import open_accounts

HERE = "membership:channels"


@require_safe
@signed_in
def channels(request: HttpRequest) -> HttpResponse:
    return render(request, "members/my_channels.html", _shown(_own(request)))


@require_POST
@never_cache
@signed_in
def code(request: HttpRequest) -> HttpResponse:
    """A fresh code, shown once."""
    member = _own(request)
    made = channel_links.make_code(member, by=request.user)
    minutes = channel_links.CODE_LASTS.seconds // 60
    return render(request, "members/my_channels.html", {**_shown(member), "code": made, "minutes": minutes})


@require_http_methods(["POST", "DELETE"])
@signed_in
def channel(request: HttpRequest, pk: int) -> HttpResponse:
    """POST chooses whether notices go there, DELETE takes the link away."""
    link = get_object_or_404(links_of(_own(request)), pk=pk)
    if request.method == "DELETE":
        channel_links.unlink(link, ended_by=ChannelLink.Ends.MEMBER, by=request.user)
        messages.success(request, _("Chat diputuskan. Dari sana tidak ada lagi yang dapat melihat pinjaman Anda."))
    else:
        wants, preferred = "notices" in request.POST, "preferred" in request.POST
        channel_links.choose_notices(link, wants=wants, preferred=preferred, by=request.user)
        messages.success(request, _("Pilihan Anda disimpan."))
    return redirect(HERE)


@require_http_methods(["GET", "POST"])
@never_cache
@signed_in
def link(request: HttpRequest, page: str) -> HttpResponse:
    """The page that the chat gave: agree to link that chat."""
    member = _own(request)
    if request.method == "POST" and "mine" in request.POST:
        channel_links.link_by_page(page, member=member, by=request.user)
        messages.success(request, _("Chat terhubung."))
        return redirect(HERE)
    return render(request, "members/link_channel.html", {"member": member, "identity": channel_links.identity_on(page)})


def _shown(member: Member) -> dict[str, object]:
    accounts = open_accounts().exclude(kind__in=["walk_in"])
    reached = [str(channel_called(each.kind).needs().title) if each.is_built_in else each.name for each in accounts]
    return {"member": member, "links": list(links_of(member)), "reached": reached}


def _own(request: HttpRequest) -> Member:
    member = queries.member_of(request.user)
    if member is None:
        raise Http404
    return member
