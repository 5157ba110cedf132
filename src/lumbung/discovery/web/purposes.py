"""What a reader comes for: said once, kept in a cookie that names a purpose and nothing else, and followed by the home page."""

from typing import ClassVar

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from lumbung.discovery.domain.purposes import change_purpose, restore_purpose
from lumbung.discovery.models import Purpose
from lumbung.discovery.permissions import CURATE
from lumbung.discovery.queries.curated import lists_for, picks
from lumbung.discovery.queries.purposes import BUILT_IN, Aim, aim_called, aims, own_words
from lumbung.discovery.web.near import YEAR
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.submission import FormForVerb, form_page, reasons_shown_on
from lumbung.organization.queries import public_branches

COOKIE = "purpose"
LISTS = 12


class PurposeForm(FormForVerb):
    class Meta:
        model = Purpose
        fields = ("name", "intro", "people", "shown")
        widgets: ClassVar = {"intro": forms.Textarea(attrs={"rows": 2}), "people": forms.Textarea(attrs={"rows": 3})}
        help_texts: ClassVar = {
            "name": gettext_lazy("Boleh kosong: dipakai nama bawaan, dalam bahasa pembaca."),
            "intro": gettext_lazy("Boleh kosong: dipakai pengantar bawaan."),
            "people": gettext_lazy(
                "Nama, tempat, jam, dan cara menghubungi, misalnya pustakawan rujukan. Tampil di halaman keperluan ini."
            ),
        }


@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Remember what the reader comes for and show the home page; an unknown or empty purpose is forgotten. A plain link."""
    aim = aim_called(request.GET.get("purpose", ""))
    response = redirect("/#tujuan")
    if aim is None:
        response.delete_cookie(COOKIE, samesite="Lax")
    else:
        response.set_cookie(COOKIE, aim.key, max_age=YEAR, httponly=True, samesite="Lax", secure=request.is_secure())
    return response


def chosen_aim(request: HttpRequest) -> Aim | None:
    """What this reader came for, as far as they said it and it still is offered."""
    return aim_called(request.COOKIES.get(COOKIE, ""))


@require_safe
def purpose(request: HttpRequest, key: str) -> HttpResponse:
    """Everything for one purpose: ways in, lists, guides, people."""
    aim = aim_called(key)
    if aim is None:
        raise Http404
    facts = {"aim": aim, "picks": picks(list(lists_for(key)[:LISTS])), "branches": public_branches()}
    return render(request, "discovery/purpose.html", facts)


@needs(CURATE)
@require_safe
def purposes(request: HttpRequest) -> HttpResponse:
    return render(request, "discovery/staff_purposes.html", {"aims": aims(), "own": own_words()})


@needs(CURATE)
def staff_purpose(request: HttpRequest, key: str) -> HttpResponse:
    """What the library says of one purpose."""
    if key not in BUILT_IN:
        raise Http404
    form = PurposeForm(request.POST or None, instance=Purpose.objects.filter(key=key).first() or Purpose(key=key))
    if form.is_valid():
        with reasons_shown_on(form):
            changed = change_purpose(key, by=request.user, **form.cleaned_data)
            messages.success(request, _("“%(name)s” disimpan.") % {"name": changed})
            return redirect("discovery:staff-purposes")
    return form_page(request, "discovery/staff_purpose.html", form, built_in=BUILT_IN[key], is_own=key in own_words())


@needs(CURATE)
@require_POST
def restore(request: HttpRequest, key: str) -> HttpResponse:
    if key not in BUILT_IN:
        raise Http404
    messages.success(request, _("“%(name)s” kembali seperti bawaan.") % {"name": restore_purpose(key, by=request.user)})
    return redirect("discovery:staff-purposes")
