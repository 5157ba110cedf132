"""The desk for the time without a line: its page, what it takes along, what it brings in later, and the conflicts of that."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lumbung.accounts.domain.who_did import signed_name, users_named
from lumbung.accounts.models import User
from lumbung.circulation import permissions, queries
from lumbung.circulation.domain.offline import AHEAD, OLDEST, Kept, dismiss_entry, retry_entry, take_entries
from lumbung.circulation.models import OfflineEntry
from lumbung.circulation.web.scan import clean
from lumbung.circulation.web.working_branch import at_a_branch, working_branch
from lumbung.kernel import seals
from lumbung.kernel.device_clock import lag, set_right
from lumbung.kernel.device_texts import readable
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.pages import page_of
from lumbung.kernel.ui.submission import text_sent
from lumbung.organization.models import Branch
from lumbung.organization.queries import branches

WORKER = "lumbung/offline-worker.js"
SEAL = "X-Lumbung-Seal"
MOST_AT_ONCE = 200
LARGEST_SEQUENCE = 2**31
PAGE = "offline desk"
"""By which the names signed on it are known."""


@ensure_csrf_cookie
@needs(permissions.LEND)
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """The page that opens without a line too. Where one works is asked elsewhere: what stands here is kept by the device."""
    branch = working_branch(request)
    if branch is None:
        return redirect(f"{reverse('circulation:working_branch')}?next={request.path}")
    shown = {"branch": branch, "conflicts": queries.offline_conflicts().count(), "seal_key": seals.public_key()}
    return render(request, "circulation/offline.html", {**shown, "by": signed_name(request.user, page=PAGE)})


@never_cache
@needs(permissions.LEND)
@require_safe
@at_a_branch
def provisions(request: HttpRequest, branch: Branch) -> JsonResponse:
    """What the desk takes along, sealed: a device that finds it altered does not use it."""
    answer = JsonResponse(queries.provisions(branch))
    answer[SEAL] = seals.seal(answer.content)
    return answer


@needs(permissions.LEND)
@require_POST
def entries(request: HttpRequest) -> JsonResponse:
    """Takes what was kept: ``{"device", "branch", "now", "entries": [{"sequence", "at", "by", "form": {"kind", "card", "code"}}]}``; a form
    with ``"taken_back"`` may have been sent before without it. ``by`` names, signed, who did it, ``now`` is by the device's clock.
    ``standing`` are the numbers of those that were done by then."""
    try:
        told = json.loads(request.body)
        branch = next(each for each in branches() if each.code == told["branch"])
        late, some = lag(told.get("now")), told["entries"][:MOST_AT_ONCE]
        by = {str(each.get("by")) for each in some}
        clerks = users_named(by, page=PAGE, within=OLDEST, permission=permissions.LEND)
        kept = [_kept(each, clerks, late) for each in some]
        device = readable(str(told["device"]))[:40]
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, StopIteration):
        return JsonResponse({"error": _("Kiriman meja tidak terbaca.")}, status=400)
    taken = take_entries(device, kept, at=branch, by=request.user)
    conflicts = sum(entry.state == OfflineEntry.States.CONFLICT for entry in taken)
    standing = [entry.sequence for entry in taken if entry.is_taken_back and entry.state == OfflineEntry.States.CONFLICT]
    return JsonResponse({"taken": [entry.sequence for entry in taken], "conflicts": conflicts, "standing": standing})


@needs(permissions.LEND)
@require_safe
def conflicts(request: HttpRequest) -> HttpResponse:
    """What could not be brought in, why, and what to do about it."""
    return render(request, "circulation/offline_conflicts.html", {"page": page_of(queries.offline_conflicts(), request)})


@needs(permissions.LEND)
@require_http_methods(["POST", "DELETE"])
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    """POST tries it once more, DELETE leaves it as it is, with a reason."""
    kept = get_object_or_404(OfflineEntry, pk=pk)
    if request.method == "DELETE":
        dismiss_entry(kept, reason=text_sent(request, "reason", 200), by=request.user)
        messages.success(request, _("Dikesampingkan."))
    elif retry_entry(kept, by=request.user).state == OfflineEntry.States.DONE:
        messages.success(request, _("Sekarang tercatat."))
    else:
        messages.warning(request, _("Masih ada halangan; lihat alasannya."))
    return redirect("circulation:offline_conflicts")


@needs(permissions.LEND)
@require_safe
def worker(_request: HttpRequest) -> HttpResponse:
    """The service worker of this page. It must stand at this address to have power over it, and over nothing else."""
    response = HttpResponse(Path(finders.find(WORKER) or "").read_bytes(), content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response


def _kept(told: Any, clerks: dict[str, User], late: timedelta) -> Kept:
    """Raises ValueError, KeyError or TypeError for what is no entry."""
    at, form = set_right(told["at"], late, believed=AHEAD), told["form"]
    if at is None or form["kind"] not in OfflineEntry.Kinds.values:
        raise ValueError(told)
    card, code = clean(readable(str(form.get("card", "")))), clean(readable(str(form["code"])))
    is_taken_back, clerk = bool(form.get("taken_back")), clerks.get(str(told.get("by")))
    sequence = int(told["sequence"])
    if not 0 <= sequence < LARGEST_SEQUENCE:
        raise ValueError(told)
    return Kept(sequence, at, form["kind"], card, code, is_taken_back, clerk)
