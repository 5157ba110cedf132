"""Becoming a member from home, and the staff's queue of those who asked."""

from typing import Any, ClassVar, cast

from django import forms
from django.contrib import messages as said
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lumbung.accounts.domain.api_access import address_of
from lumbung.accounts.models import User
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.addresses import root
from lumbung.kernel.ui.once import once
from lumbung.kernel.ui.pages import page_of
from lumbung.kernel.ui.submission import FormForVerb, form_page, reasons_shown_on
from lumbung.members import permissions, queries
from lumbung.members.domain import joining as verbs
from lumbung.members.models import Category, JoinRequest
from lumbung.organization.models import Branch
from lumbung.organization.queries import public_branches


class JoinForm(FormForVerb):
    """What somebody tells of themselves, in the categories that take people in from home."""

    class Meta:
        model = JoinRequest
        fields = ("name", "email", "phone", "category", "branch", "programme", "unit", "identifier_kind", "identifier")
        widgets: ClassVar = {"phone": forms.TextInput({"type": "tel"}), "email": forms.EmailInput({"autocomplete": "email"})}
        help_texts: ClassVar = {
            "name": gettext_lazy("Seperti ditulis pemiliknya. Nama satu kata juga diterima."),
            "email": gettext_lazy("Kode dikirim ke sini."),
            "identifier": gettext_lazy("NIM, NIP, NISN, atau nomor lain yang dikenal kampus; boleh kosong."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].queryset = open_categories()  # type: ignore[attr-defined]
        self.fields["branch"].queryset = Branch.objects.filter(pk__in=[each.pk for each in public_branches()])  # type: ignore[attr-defined]
        if len(public_branches()) == 1:
            self.fields["branch"].initial = public_branches()[0].pk


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@once
def join(request: HttpRequest) -> HttpResponse:
    """The form; after a POST a code is on its way."""
    if request.method == "POST" and (wait := verbs.seconds_to_wait(address_of(request))):
        answer = render(request, "members/join.html", {"wait": wait}, status=429)
        answer["Retry-After"] = str(wait)
        return answer
    form = JoinForm(request.POST or None)
    if form.is_valid():
        with reasons_shown_on(form):
            asked = verbs.ask_to_join(**form.cleaned_data, language=get_language() or "")
            return redirect("membership:join_request", asked.key)
    return form_page(request, "members/join.html", form, is_open=open_categories().exists())


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join_request(request: HttpRequest, key: str) -> HttpResponse:
    """Where one's request stands; a POST gives the code, or asks for another."""
    asked = get_object_or_404(JoinRequest.objects.select_related("category"), key=key)
    fault = None
    if request.method == "POST" and "again" in request.POST:
        verbs.new_code(asked)
        said.success(request, _("Kode baru dikirim."))
        return redirect("membership:join_request", key)
    if request.method == "POST":
        fault = verbs.prove(asked, request.POST.get("code", ""))
        if fault is None:
            verbs.accept_at_once(asked, address=root(request))
            return redirect("membership:join_request", key)
    status = 422 if fault else 200
    return render(request, "members/join_request.html", {"asked": asked, "fault": fault}, status=status)


@needs(permissions.CHANGE)
@require_safe
def requests(request: HttpRequest) -> HttpResponse:
    """Who asked and proved their address: those waiting first."""
    rows = JoinRequest.objects.exclude(state=JoinRequest.States.UNPROVEN).select_related(
        "category", "branch", "programme", "member", "closed_by"
    )
    page = page_of(
        rows.order_by("closed_at", "proven_at", "pk") if "all" in request.GET else rows.filter(closed_at=None), request
    )
    return render(request, "members/join_requests.html", {"page": page, "all": "all" in request.GET})


@needs(permissions.CHANGE)
@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Take them in, with the way to a first password by e-mail, or say why not."""
    asked, user = get_object_or_404(JoinRequest, pk=pk), cast("User", request.user)
    if request.POST.get("verdict") == "accept":
        member = verbs.accept(asked, address=root(request), by=user)
        told = {"name": member.name, "card": member.barcode}
        said.success(request, _("%(name)s terdaftar dengan nomor kartu %(card)s.") % told)
    else:
        verbs.refuse(asked, reason=request.POST.get("reason", ""), by=user)
        said.success(request, _("Ditolak; alasannya dikirim ke pemohon."))
    return redirect("members:join_requests")


def join_panel(_request: HttpRequest) -> SafeString:
    """On the sign-in page: the way to become a member from home, where there is one."""
    is_open = any(each.joining != Category.Joining.AT_THE_DESK for each in queries.categories())
    return render_to_string("members/join_panel.html", {"is_open": is_open})


def open_categories() -> Any:
    return Category.objects.exclude(joining=Category.Joining.AT_THE_DESK)
