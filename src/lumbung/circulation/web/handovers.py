"""While the doors are closed: what staff set and do about times and parcels, who works where, and what members book."""

from datetime import datetime, timedelta
from typing import Any, ClassVar, cast

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from lumbung.accounts.models import Role, User
from lumbung.circulation.domain import handovers as verbs
from lumbung.circulation.models import ClosedDoors, DutyDay, Handover
from lumbung.circulation.permissions import CLOSE_DOORS, LEND
from lumbung.circulation.queries.closed_doors import announced, closed_doors, slots_of
from lumbung.circulation.queries.parcels import holds_to_send_home
from lumbung.kernel.days import is_within_reach
from lumbung.kernel.ui.access import needs, signed_in
from lumbung.kernel.ui.forms import Rupiah
from lumbung.kernel.ui.keys import key_in
from lumbung.kernel.ui.once import once
from lumbung.kernel.ui.pages import page_of_few
from lumbung.kernel.ui.submission import FormForVerb, form_page, reasons_shown_on, text_sent
from lumbung.members.domain.privacy.looks import note_looks
from lumbung.members.models import Member
from lumbung.members.queries import member_of
from lumbung.organization.models import Branch
from lumbung.organization.queries import branch_of

WEEKDAYS = [
    ("1", gettext_lazy("Senin")), ("2", gettext_lazy("Selasa")), ("3", gettext_lazy("Rabu")), ("4", gettext_lazy("Kamis")),
    ("5", gettext_lazy("Jumat")), ("6", gettext_lazy("Sabtu")), ("7", gettext_lazy("Minggu")),
]  # fmt: skip


class HandoverForm(FormForVerb):
    """Times, parcels and rest of one closure."""

    slot_days = forms.MultipleChoiceField(
        label=gettext_lazy("Hari pengambilan"), choices=WEEKDAYS, widget=forms.CheckboxSelectMultiple, required=False
    )

    class Meta:
        model = ClosedDoors
        fields = (
            "slot_days", "slot_from", "slot_until", "slot_minutes", "slot_limit", "delivers", "delivery_fee", "quarantine_days",
        )  # fmt: skip
        field_classes: ClassVar = {"delivery_fee": Rupiah}
        widgets: ClassVar = {name: forms.TimeInput({"type": "time"}, format="%H:%M") for name in ("slot_from", "slot_until")}
        help_texts: ClassVar = {
            "slot_limit": gettext_lazy("Berapa orang sekaligus; 0: tidak ada pengambilan."),
            "delivery_fee": gettext_lazy("Rupiah sekali kirim, dikenakan ketika paketnya berangkat."),
            "quarantine_days": gettext_lazy("Buku dari kotak pengembalian tidak dipinjamkan selama itu; 0: langsung."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["slot_days"] = list(self.instance.slot_days)

    def clean_slot_days(self) -> str:
        return "".join(self.cleaned_data["slot_days"])


@needs(CLOSE_DOORS)
@require_http_methods(["GET", "HEAD", "POST"])
def terms(request: HttpRequest, pk: int) -> HttpResponse:
    """Set what is offered during one closure."""
    shown = get_object_or_404(closed_doors(), pk=pk)
    form = HandoverForm(request.POST or None, instance=shown)
    if form.is_valid():
        with reasons_shown_on(form):
            verbs.set_handovers(shown, by=request.user, **form.cleaned_data)
            messages.success(request, _("Perubahan disimpan."))
            return redirect("circulation:closed_doors_one", pk)
    return form_page(request, "circulation/handover_terms.html", form, shown=ClosedDoors.objects.get(pk=pk))


@needs(LEND)
@require_http_methods(["GET", "HEAD", "POST"])
def handovers(request: HttpRequest, pk: int) -> HttpResponse:
    """What is to be handed over, in the order of its times; a POST sends, finishes or calls off one."""
    shown = get_object_or_404(closed_doors(), pk=pk)
    if request.method == "POST":
        one = get_object_or_404(Handover, pk=key_in(request.POST.get("handover")), closed_doors=shown)
        _done(request, one)
        return redirect("circulation:handovers", pk)
    rows = Handover.objects.filter(closed_doors=shown).select_related("member", "branch")
    rows = rows if "all" in request.GET else rows.filter(state__in=Handover.OPEN)
    page = page_of_few(rows, request)
    note_looks([each.member for each in page if each.address and each.member], by=cast("User", request.user))
    return render(request, "circulation/handovers.html", {"shown": shown, "page": page})


@needs(CLOSE_DOORS)
@require_http_methods(["GET", "HEAD", "POST"])
def duty(request: HttpRequest, pk: int) -> HttpResponse:
    """Who works where on which day."""
    shown = get_object_or_404(closed_doors(), pk=pk)
    staff = list(User.objects.filter(is_active=True, role_grants__role__in=_ROLES).distinct().order_by("name", "pk"))
    days = [shown.first_day + timedelta(days=n) for n in range((shown.last_day - shown.first_day).days + 1)]
    if request.method == "POST":
        places = {(user.pk, day): request.POST.get(f"{user.pk}-{day.isoformat()}", "") for user in staff for day in days}
        known = {at: place for at, place in places.items() if place in DutyDay.Places.values}
        verbs.set_duty(shown, known, by=cast("User", request.user))
        messages.success(request, _("Jadwal disimpan."))
        return redirect("circulation:duty", pk)
    kept = {(each.user_id, each.day): each.place for each in shown.duty.all()}
    rows = [(user, [(day, kept.get((user.pk, day), "")) for day in days]) for user in staff]
    return render(
        request, "circulation/duty.html", {"shown": shown, "days": days, "rows": rows, "places": DutyDay.Places.choices}
    )


@require_POST
@signed_in
@once
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """A member books a time, or asks for a parcel."""
    member, closed = _own(request), get_object_or_404(ClosedDoors, pk=pk)
    branch = get_object_or_404(Branch, pk=key_in(request.POST.get("branch")))
    if address := text_sent(request, "address", 300):
        verbs.ask_delivery(closed, member, branch=branch, address=address, by=request.user)
        messages.success(request, _("Permintaan kirim diterima. Nomor resinya tampil di sini."))
    else:
        verbs.book(closed, member, branch=branch, starts_at=_moment(request.POST.get("starts_at", "")), by=request.user)
        messages.success(request, _("Jam pengambilan dipesan. Datanglah tepat waktu; bukunya sudah disiapkan."))
    return redirect("/my")


@require_POST
@signed_in
def call_off(request: HttpRequest, pk: int) -> HttpResponse:
    """A member calls their own off."""
    verbs.cancel(get_object_or_404(Handover, pk=pk, member=_own(request), closed_doors__isnull=False), by=request.user)
    messages.success(request, _("Dibatalkan."))
    return redirect("/my")


def own_panel(request: HttpRequest, *, member: Member | None) -> SafeString:
    """On a member's own page while doors are closed and something waits: the times, the parcel, and what was asked."""
    told = [each for each in announced() if each.slot_limit or each.delivers]
    if member is None or not told:
        return SafeString("")
    ready = holds_to_send_home(member).values_list("pickup_branch", flat=True)
    waiting = sorted({branch_of(key).pk for key in ready})
    shown = [_offer(each, branch_of(key)) for each in told for key in waiting if each.branch_id in (None, key)]
    asked = Handover.objects.filter(closed_doors__in=[each.pk for each in told], member=member).exclude(state="cancelled")
    context = {"offers": shown, "asked": list(asked.select_related("branch"))}
    return render_to_string("circulation/own_handover.html", context, request)


_ROLES = [Role.LIBRARIAN, Role.CIRCULATION, Role.CATALOGUER, Role.HEAD]


def _offer(closed: ClosedDoors, branch: Branch) -> dict[str, Any]:
    free = [slot for slot in slots_of(closed, branch) if slot.left]
    return {"closed": closed, "branch": branch, "slots": free}


def _done(request: HttpRequest, one: Handover) -> None:
    match request.POST.get("step"):
        case "send":
            courier, tracking = text_sent(request, "courier", 60), text_sent(request, "tracking", 60)
            verbs.send(one, courier=courier, tracking=tracking, by=request.user)
            messages.success(request, _("Dikirim; anggota melihat nomor resinya."))
        case "cancel":
            verbs.cancel(one, by=request.user)
            messages.success(request, _("Dibatalkan."))
        case "finish":
            verbs.finish(one, by=request.user)
            messages.success(request, _("Selesai."))
        case _other:
            raise Http404


def _moment(said: str) -> datetime:
    try:
        moment = datetime.fromisoformat(said)
    except ValueError:
        raise Http404 from None
    if not is_within_reach(moment):
        raise Http404
    return moment


def _own(request: HttpRequest) -> Member:
    member = member_of(request.user)
    if member is None:
        raise Http404
    return member
