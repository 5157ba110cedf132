"""Drafts: kept while one types, taken up again, discarded and brought back. Each sees none but one's own."""

import json
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lumbung.catalogue import queries
from lumbung.catalogue.domain import drafts as verbs
from lumbung.catalogue.models import Draft, Record
from lumbung.catalogue.permissions import EDIT
from lumbung.kernel.refusals import Refused
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.pages import page_of

NOT_TYPED = {"csrfmiddlewaretoken", "keep_draft", "saves", "draft"}
CONFLICT, BAD_REQUEST = 409, 400


@needs(EDIT)
def drafts(request: HttpRequest) -> HttpResponse:
    """The list; and, posted as JSON while somebody types, one draft to keep."""
    if request.method == "POST":
        return _keep(request)
    discarded = Draft.objects.filter(
        pk=_number(request.GET.get("discarded")) or 0, owner_id=request.user.pk, discarded_at__isnull=False
    )
    context = {"page": page_of(queries.drafts_of(request.user), request), "discarded": discarded.defer("typed").first()}
    return render(request, "catalogue/drafts.html", context)


def _keep(request: HttpRequest) -> JsonResponse:
    try:
        told = json.loads(request.body)
        typed = {str(name): str(value) for name, value in told["typed"].items() if name not in NOT_TYPED}
        view = Draft.Views(told["view"])
    except (ValueError, KeyError, TypeError, AttributeError):
        return JsonResponse({"error": "malformed"}, status=BAD_REQUEST)
    record = get_object_or_404(Record, pk=told["record"]) if _number(told.get("record")) else None
    try:
        kept = verbs.keep_draft(
            typed,
            view=view,
            record=record,
            version=_number(typed.get("version")),
            key=_number(told.get("draft")),
            saves=_number(told.get("saves")) or 0,
            by=request.user,
        )
    except Refused as refused:
        return JsonResponse({"error": " ".join(map(str, refused.reasons))}, status=CONFLICT)
    at = date_format(localtime(kept.saved_at), "TIME_FORMAT")
    return JsonResponse({"draft": kept.pk, "saves": kept.saves, "said": _("Draf tersimpan pukul %(at)s.") % {"at": at}})


@needs(EDIT)
@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a draft aside; the list then offers to bring it back."""
    draft = get_object_or_404(Draft, pk=pk, owner=request.user)
    verbs.discard_draft(draft)
    return redirect(f"{reverse('catalogue:drafts')}?discarded={draft.pk}")


@needs(EDIT)
@require_POST
def bring_back(request: HttpRequest, pk: int) -> HttpResponse:
    draft = get_object_or_404(Draft, pk=pk, owner=request.user)
    verbs.bring_back_draft(draft)
    messages.success(request, _("Draf dikembalikan."))
    return redirect("catalogue:drafts")


def kept_by_hand(request: HttpRequest, record: Record | None, view: Draft.Views) -> HttpResponse:
    """The button that keeps a draft, for browsers without JavaScript. Refuses as ``keep_draft`` does."""
    typed = {name: value for name, value in request.POST.items() if name not in NOT_TYPED and isinstance(value, str)}
    key = _number(request.POST.get("draft"))
    held = (
        queries.draft_for(request.user, record)
        if record
        else Draft.objects.filter(owner_id=request.user.pk, pk=key or 0).first()
    )
    verbs.keep_draft(
        typed,
        view=view,
        record=record,
        version=_number(typed.get("version")),
        key=key,
        saves=held.saves if held else 0,
        by=request.user,
    )
    messages.success(request, _("Draf disimpan. Lanjutkan kapan saja dari daftar ini."))
    return redirect("catalogue:drafts")


def draft_to_take_up(request: HttpRequest, record: Record | None, view: Draft.Views) -> Draft | None:
    """The draft that ``?draft=`` names, if it is the user's own and of this record and view."""
    key = _number(request.GET.get("draft"))
    if request.method != "GET" or key is None:
        return None
    draft = Draft.objects.filter(pk=key, owner_id=request.user.pk, record=record, view=view).first()
    if draft is not None:
        draft.typed["draft"] = str(draft.pk)
    return draft


def _number(text: Any) -> int | None:
    return int(text) if str(text).isascii() and str(text).isdigit() and len(str(text)) < 16 else None  # noqa: PLR2004 -- fits a key
