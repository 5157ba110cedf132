"""Parcels sent home: what the desk packs and sends, what the head sets, what a member asks for."""

from typing import ClassVar, cast

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from lumbung.accounts.models import User
from lumbung.circulation.domain import parcels as verbs
from lumbung.circulation.models import DeliveryTerms, Handover
from lumbung.circulation.permissions import DELIVERY_TERMS, LEND
from lumbung.circulation.queries.parcels import delivery_terms, kept_address, offers_for, own_parcels, parcels
from lumbung.circulation.web.working_branch import at_a_branch
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

MY_PAGE = "/my"


class DeliveryForm(FormForVerb):
    """The terms of one branch."""

    class Meta:
        model = DeliveryTerms
        fields = ("is_on", "fee", "categories", "programmes", "way_back")
        field_classes: ClassVar = {"fee": Rupiah}
        widgets: ClassVar = {"categories": forms.CheckboxSelectMultiple, "programmes": forms.SelectMultiple({"size": 8})}
        help_texts: ClassVar = {
            "fee": gettext_lazy("Rupiah sekali kirim, dikenakan ketika paketnya berangkat. 0: tidak ada."),
            "categories": gettext_lazy("Kosong: semua kategori."),
            "programmes": gettext_lazy("Kosong: semua program studi, juga anggota tanpa program studi."),
            "way_back": gettext_lazy(
                "Dibaca anggota. Contoh: kirim lewat pos ke alamat kami, atau kotak pengembalian mana pun."
            ),
        }


@needs(DELIVERY_TERMS)
@require_http_methods(["GET", "HEAD", "POST"])
@at_a_branch
def terms(request: HttpRequest, branch: Branch) -> HttpResponse:
    """Whether the working branch sends books home, to whom, for how much."""
    form = DeliveryForm(request.POST or None, instance=delivery_terms(branch))
    if form.is_valid():
        with reasons_shown_on(form):
            verbs.set_delivery(branch, by=request.user, **form.cleaned_data)
            messages.success(request, _("Perubahan disimpan."))
            return redirect("circulation:parcels")
    return form_page(request, "circulation/delivery_terms.html", form, branch=branch)


@needs(LEND)
@require_http_methods(["GET", "HEAD", "POST"])
@at_a_branch
def queue(request: HttpRequest, branch: Branch) -> HttpResponse:
    """What is to be packed and sent from the working branch, oldest first; a POST takes one a step on."""
    if request.method == "POST":
        _step(request, get_object_or_404(parcels(), pk=key_in(request.POST.get("parcel")), branch=branch))
        return redirect("circulation:parcels")
    rows = parcels().filter(branch=branch)
    rows = rows.order_by("-asked_at", "-id") if "all" in request.GET else rows.filter(state__in=Handover.OPEN)
    page = page_of_few(rows, request)
    note_looks([each.member for each in page if each.address and each.member], by=cast("User", request.user))
    return render(request, "circulation/parcels.html", {"branch": branch, "page": page})


@require_POST
@signed_in
@once
def ask(request: HttpRequest) -> HttpResponse:
    """A member has what is ready at a branch sent home."""
    branch = get_object_or_404(Branch, pk=key_in(request.POST.get("branch")))
    address, keeps = text_sent(request, "address", verbs.LONGEST_ADDRESS), "keeps" in request.POST
    verbs.ask_parcel(_own(request), branch=branch, address=address, keeps=keeps, by=request.user)
    messages.success(request, _("Permintaan kirim diterima. Kami memberi tahu Anda bila paketnya berangkat."))
    return redirect(MY_PAGE)


@require_POST
@signed_in
def own(request: HttpRequest, pk: int) -> HttpResponse:
    """A member calls their own parcel off, or says that it has arrived."""
    parcel = get_object_or_404(parcels(), pk=pk, member=_own(request))
    if request.POST.get("step") == "arrive":
        verbs.arrive(parcel, by=request.user)
        messages.success(request, _("Terima kasih. Selamat membaca."))
    else:
        verbs.call_off_parcel(parcel, by=request.user)
        messages.success(request, _("Dibatalkan; bukunya menunggu di rak pesanan."))
    return redirect(MY_PAGE)


@require_POST
@signed_in
def forget(request: HttpRequest) -> HttpResponse:
    """A member no longer wants the address kept."""
    verbs.forget_address(_own(request), by=request.user)
    messages.success(request, _("Alamat dihapus."))
    return redirect(MY_PAGE)


def own_panel(request: HttpRequest, *, member: Member | None) -> SafeString:
    """On a member's own page: what may be sent home, and what is on its way."""
    if member is None:
        return SafeString("")
    offers, mine = offers_for(member), own_parcels(member)
    if not offers and not mine:
        return SafeString("")
    context = {
        "offers": offers,
        "parcels": mine,
        "address": kept_address(member),
        "asked_at": {each.branch_id for each in mine},
    }
    return render_to_string("circulation/own_parcels.html", context, request)


def own_address_panel(request: HttpRequest, *, member: Member | None) -> SafeString:
    """Among a member's settings: the address that is kept, and the way to be rid of it."""
    address = kept_address(member) if member is not None else ""
    return render_to_string("circulation/panels/own_address.html", {"address": address}, request) if address else SafeString("")


def _step(request: HttpRequest, parcel: Handover) -> None:
    match request.POST.get("step"):
        case "pack":
            verbs.pack(parcel, by=request.user)
            messages.success(request, _("Dikemas. Isi kurir dan nomor resinya bila berangkat."))
        case "send":
            courier, tracking = text_sent(request, "courier", 60), text_sent(request, "tracking", 60)
            verbs.send_parcel(parcel, courier=courier, tracking=tracking, by=request.user)
            messages.success(request, _("Dikirim dan dipinjamkan; anggota diberi tahu."))
        case "arrive":
            verbs.arrive(parcel, by=request.user)
            messages.success(request, _("Selesai."))
        case "come_back":
            verbs.come_back(parcel, by=request.user)
            messages.success(request, _("Paket kembali; isinya sudah diterima kembali."))
        case "cancel":
            verbs.call_off_parcel(parcel, by=request.user)
            messages.success(request, _("Dibatalkan; bukunya menunggu di rak pesanan."))
        case _other:
            raise Http404


def _own(request: HttpRequest) -> Member:
    member = member_of(request.user)
    if member is None:
        raise Http404
    return member
