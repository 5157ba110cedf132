"""The web chat: a page that works by itself, and the same as a box on every page, which asks for what is new."""

import secrets
from typing import Any

from django import forms
from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lumbung.kernel import uploads
from lumbung.kernel.ui.submission import UNPROCESSABLE
from lumbung.messaging import queries
from lumbung.messaging.channels.web import keep_raw
from lumbung.messaging.domain import arrivals, continuing, deliveries
from lumbung.messaging.domain.accounts import built_in
from lumbung.messaging.domain.attachments import MOST_BYTES
from lumbung.messaging.models import Account, Delivery, Incoming
from lumbung.messaging.web import visitors

FRAGMENT = "Lumbung-Fragment"
"""The header by which the box on the page asks for a piece instead of a page."""
SHOWN_AFTER = "Lumbung-After"
TOO_MANY, UNAVAILABLE = 429, 503


class MailForm(forms.Form):
    address = forms.EmailField(label=gettext_lazy("Surel Anda"), max_length=254)


class WordsField(forms.CharField):
    """Any words: what no database holds is left out, and refused to nobody."""

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).replace("\0", "")


class SayForm(forms.Form):
    """What a visitor says: words, a file, or both."""

    text = WordsField(required=False)
    file = forms.FileField(required=False, max_length=200)

    @property
    def says_nothing(self) -> bool:
        return not self.data.get("text", "").strip() and not self.files

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        file = given.get("file")
        if self.says_nothing:
            raise forms.ValidationError("")
        if file and file.size > MOST_BYTES:
            raise forms.ValidationError(_("Berkas itu terlalu besar; paling besar 10 MB."))
        return given


@require_http_methods(["GET", "HEAD", "POST"])
def chat(request: HttpRequest) -> HttpResponse:
    """The conversation of this browser; a POST says ``text`` in it."""
    account = built_in("web")
    if not account.is_open:
        return _closed(request)
    if request.method == "POST":
        return _said(request, account)
    identity = visitors.identity_of_visitor(request)
    lines = queries.transcript(identity) if identity else []
    if identity is not None:
        deliveries.mark_read(identity)
    template = "messaging/chat_panel.html" if FRAGMENT in request.headers else "messaging/chat.html"
    context = {"lines": lines, "after": queries.last_said_to(lines), "visitor": identity, "mail_form": MailForm()}
    return render(request, template, context)


def _closed(request: HttpRequest) -> HttpResponse:
    """Switched off, or every channel cut: the page says by which other ways one is heard, the box on it one sentence."""
    if FRAGMENT not in request.headers:
        return render(request, "messaging/chat_closed.html", status=UNAVAILABLE)
    return render(request, "messaging/chat_closed.txt", status=UNAVAILABLE, content_type="text/plain; charset=utf-8")


def _said(request: HttpRequest, account: Account) -> HttpResponse:
    form = SayForm(request.POST, request.FILES)
    address = visitors.address_of(request) or visitors.new_address()
    incoming = _taken_in(request, account, address, form.cleaned_data) if form.is_valid() else None
    faults = "" if form.says_nothing else " ".join(str(fault) for faults in form.errors.values() for fault in faults)
    if FRAGMENT in request.headers and faults:
        response = HttpResponse(faults, status=UNPROCESSABLE, content_type="text/plain; charset=utf-8")
    elif FRAGMENT in request.headers:
        lines = [queries.line_of(incoming)] if incoming else []
        status = 200 if incoming or form.says_nothing else TOO_MANY
        response = render(request, "messaging/chat_lines.html", {"lines": lines}, status=status)
    else:
        if faults:
            messages.error(request, faults)
        response = redirect("messaging:chat")
    visitors.remember(response, address)
    return response


def _taken_in(request: HttpRequest, account: Account, address: str, said: dict[str, Any]) -> Incoming | None:
    """The message of a visitor, kept raw and understood at once; None for one who is not listened to."""
    if visitors.is_silenced(request):
        return None
    name = secrets.token_urlsafe(12)
    user = request.user.pk if request.user.is_authenticated else None
    payload = {"visitor": address, "id": name, "text": said["text"], "language": request.LANGUAGE_CODE, "user": user}
    if file := said["file"]:
        payload |= keep_raw(file.name or "", file.read())
    inbound = arrivals.receive(account, name, payload)
    return next(iter(arrivals.take_in(inbound.pk)), None) if inbound else None


@require_safe
def news(request: HttpRequest) -> HttpResponse:
    """What was said to this visitor after the key ``after``; nothing (204) while there is nothing."""
    address, after = visitors.address_of(request), request.GET.get("after", "0")
    asked = bool(address) and after.isdecimal() and len(after) < 19  # noqa: PLR2004 -- a key's length
    lines = queries.news_for_visitor(address, int(after)) if asked else []
    identity = lines[0].said.identity if lines else None
    if identity is None:
        return HttpResponse(status=204)
    deliveries.mark_read(identity)
    response = render(request, "messaging/chat_lines.html", {"lines": lines, "is_news": True})
    response[SHOWN_AFTER] = str(queries.last_said_to(lines))
    return response


@require_safe
def picture(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A picture that was sent to this visitor, and to nobody else."""
    identity = visitors.identity_of_visitor(request)
    delivery = get_object_or_404(Delivery.objects.exclude(picture=""), pk=pk, identity=identity or 0)
    kind = delivery.content.get("picture_kind", "png")
    return uploads.shown(delivery.picture, kind=kind, name=f"{pk}.{kind}", inline=True)


@require_POST
def by_mail(request: HttpRequest) -> HttpResponse:
    """From now on answers come by e-mail too when this visitor has gone."""
    identity = visitors.identity_of_visitor(request)
    form = MailForm(request.POST)
    if identity is None or not form.is_valid():
        messages.error(request, _("Tulis dahulu pesan Anda, lalu alamat surel yang benar."))
    else:
        continuing.continue_by_mail(identity, form.cleaned_data["address"])
        messages.success(
            request, _("Bila Anda sudah menutup halaman ini, jawaban kami kirim ke %(address)s.") % form.cleaned_data
        )
    return redirect("messaging:chat")


@require_safe
def resume(request: HttpRequest, token: str) -> HttpResponse:
    """The way back into a conversation from a letter."""
    try:
        address = continuing.address_in(token)
    except signing.BadSignature:
        raise Http404 from None
    response = redirect("messaging:chat")
    visitors.remember(response, address)
    return response
