"""People registered twice: the queue, both side by side field by field, put together, taken apart again."""

from collections.abc import Collection, Sequence
from typing import cast

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lumbung.accounts.models import User
from lumbung.kernel.refusals import Refused
from lumbung.kernel.ui.access import needs
from lumbung.kernel.ui.keys import key_in
from lumbung.kernel.ui.pages import page_of
from lumbung.kernel.ui.submission import UNPROCESSABLE
from lumbung.members import queries
from lumbung.members.domain.merging import choosing, doubles, mergers
from lumbung.members.domain.merging.followers import followers
from lumbung.members.domain.privacy.looks import note_look
from lumbung.members.jobs import look_for_double_members
from lumbung.members.models import Member, MemberMerger, MemberPair
from lumbung.members.permissions import MERGE


@needs(MERGE)
@require_http_methods(["GET", "HEAD", "POST"])
def queue(request: HttpRequest) -> HttpResponse:
    """Pairs that may be one person, the surest first; ``?dismissed=1`` those that are not. A POST looks through all members now."""
    if request.method == "POST":
        look_for_double_members.enqueue()
        messages.success(request, _("Semua anggota sedang dibandingkan. Muat ulang halaman ini sebentar lagi."))
        return redirect("members:doubles")
    dismissed = "dismissed" in request.GET
    rows = MemberPair.objects.filter(dismissed_at__isnull=not dismissed).select_related("dismissed_by")
    rows = rows.select_related("first__category", "second__category").order_by("-dismissed_at" if dismissed else "weight", "id")
    return render(request, "members/doubles.html", {"page": page_of(rows, request), "dismissed": dismissed})


@needs(MERGE)
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Remember that a pair is two people, or (``step`` "reopen") ask about it again."""
    pair = get_object_or_404(MemberPair, pk=pk)
    apart = request.POST.get("step") != "reopen"
    doubles.tell_apart(pair, apart=apart, by=cast("User", request.user))
    if not apart:
        return redirect(f"{reverse('members:doubles')}?dismissed=1")
    messages.success(request, _("Diingat: keduanya orang yang berbeda."))
    return redirect("members:doubles")


@needs(MERGE)
@require_http_methods(["GET", "HEAD", "POST"])
def merging(request: HttpRequest, pk: int) -> HttpResponse:
    """What would come of it if the member of ``?with=`` (a card number or key) went into this one; a POST carries it out."""
    kept, gone = get_object_or_404(_people(), pk=pk), _other(request, pk)
    if gone is None:
        messages.error(request, _("Tulis nomor kartu anggota lain yang terdaftar."))
        return redirect("members:member", pk)
    if request.method != "POST":
        for each in (kept, gone):
            note_look(each, by=cast("User", request.user))
        return _page(request, kept, gone, choosing.usual(gone, kept))
    taken = frozenset(name for name in choosing.FIELDS if request.POST.get(name) == "gone")
    try:
        looked_at = request.POST.get("looked_at", "")
        merger = mergers.merge_members(gone, into=kept, taken=taken, looked_at=looked_at, by=cast("User", request.user))
    except Refused as refused:
        return _page(request, kept, gone, taken, reasons=[str(each) for each in refused.reasons])
    said = _("Digabungkan. Kartu %(card)s kini menemukan %(name)s; penggabungan dapat dibatalkan.")
    kept.refresh_from_db(fields=["name"])
    messages.success(request, said % {"card": merger.row["barcode"], "name": kept.name})
    return redirect("members:member", kept.pk)


@needs(MERGE)
@require_safe
def merged(request: HttpRequest) -> HttpResponse:
    """Every merger, the latest first."""
    page = page_of(MemberMerger.objects.select_related("by"), request)
    people = Member.objects.in_bulk([key for each in page for key in (each.into, each.gone)])
    rows = [(each, people.get(each.into), people.get(each.gone)) for each in page]
    return render(request, "members/mergers.html", {"page": page, "rows": rows})


@needs(MERGE)
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    back = mergers.undo_merger(get_object_or_404(MemberMerger, pk=pk), by=cast("User", request.user))
    messages.success(
        request, _("Keanggotaan %(name)s (%(card)s) berdiri sendiri lagi.") % {"name": back.name, "card": back.barcode}
    )
    return redirect("members:member", back.pk)


def _people() -> QuerySet[Member]:
    return Member.objects.select_related("category", "branch", "programme", "user")


def _other(request: HttpRequest, pk: int) -> Member | None:
    said = request.POST.get("with") or request.GET.get("with") or ""
    found = _people().filter(pk=key_in(said)).first() if "card" not in request.GET else None
    found = found or queries.member_by_barcode(said, _people())
    return found if found is not None and found.pk != pk else None


def _page(
    request: HttpRequest, kept: Member, gone: Member, taken: Collection[str], *, reasons: Sequence[str] = ()
) -> HttpResponse:
    pair = mergers.pair_of(gone, kept, taken)
    rows = [(each, "gone" if each.field in taken else "kept") for each in choosing.choices(gone, kept)]
    context = {
        "kept": kept,
        "gone": gone,
        "rows": rows,
        "looked_at": choosing.seen(gone, kept),
        "told": [sentence for each in followers() for sentence in each.told(pair)],
        "in_the_way": [] if reasons else [str(each) for each in mergers.reasons_against(pair)],
        "reasons": reasons,
        "next": request.GET.get("next", ""),
    }
    return render(request, "members/merging.html", context, status=UNPROCESSABLE if reasons else 200)
