"""The catalogue of services: what there is for people, the way in from anywhere, and whether it is to be had now."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext

from lumbung.kernel import events
from lumbung.kernel.changes import set_changed
from lumbung.kernel.refusals import Reason, Refused
from lumbung.organization import queries
from lumbung.organization.events import ServiceAdded, ServiceChanged, ServiceRemoved, ServiceStateSet
from lumbung.organization.models import Offering
from lumbung.organization.refusals import (
    NAME_EMPTY,
    SERVICE_DESK_ONLY,
    SERVICE_NAME_TAKEN,
    SERVICE_STATE_UNEXPLAINED,
    SERVICE_SUMMARY_EMPTY,
    SERVICE_WAY_UNSAFE,
)

FIELDS = frozenset(
    {"name", "kind", "summary", "online_way", "by_contact", "desk_only_reason", "position", "is_published", "measure"}
)  # fmt: skip
STATE = frozenset({"state", "state_note"})
Kinds = Offering.Kinds


def default_services() -> list[dict[str, Any]]:
    """What a new library offers from the first day, each with the page that serves it."""
    return [
        {
            "name": gettext("Peminjaman dan pengembalian"), "kind": Kinds.LENDING, "online_way": "/search",
            "measure": "circulation.loans",
            "summary": gettext("Cari dan pesan dari mana saja, ambil di cabang pilihan, kembalikan di cabang mana pun."),
        },
        {
            "name": gettext("Perpanjangan pinjaman"), "kind": Kinds.LENDING, "online_way": "/my",
            "measure": "circulation.renewals",
            "summary": gettext("Perpanjang sendiri dari ponsel sebelum jatuh tempo."),
        },
        {
            "name": gettext("Menjadi anggota"), "kind": Kinds.OTHER, "online_way": "/join",
            "summary": gettext("Daftar dari rumah; kategori yang belum dibuka untuk itu mendaftar di meja layanan."),
        },
        {
            "name": gettext("Surat bebas pustaka"), "kind": Kinds.OTHER, "online_way": "/my/clearance",
            "measure": "members.clearance",
            "summary": gettext("Ajukan dari ponsel, lihat apa yang masih kurang, dan unduh suratnya."),
        },
        {
            "name": gettext("Tanya pustakawan"), "kind": Kinds.REFERENCE, "by_contact": True,
            "measure": "desk.questions",
            "summary": gettext("Pertanyaan apa saja tentang koleksi, sumber informasi, dan perpustakaan."),
        },
        {
            "name": gettext("Rujukan untuk kuliah"), "kind": Kinds.REFERENCE, "online_way": "/courses",
            "summary": gettext("Daftar bacaan tiap mata kuliah, dengan eksemplar yang ditandon."),
        },
        {
            "name": gettext("Panduan mencari dan memakai perpustakaan"), "kind": Kinds.GUIDANCE, "online_way": "/help",
            "summary": gettext("Cara mencari, memesan, dan mengutip, langkah demi langkah."),
        },
        {
            "name": gettext("Bimbingan penelusuran"), "kind": Kinds.GUIDANCE, "by_contact": True,
            "measure": "desk.consultations",
            "summary": gettext("Pustakawan menemani Anda mencari bahan untuk tugas dan penelitian."),
        },
        {
            "name": gettext("Kelas literasi informasi"), "kind": Kinds.GUIDANCE, "online_way": "/my/appointments/class",
            "summary": gettext("Pilih waktunya dari mana saja: pustakawan mengajar kelas Anda mencari, menilai, dan mengutip."),
        },
        {
            "name": gettext("Koleksi baru dan pilihan pustakawan"), "kind": Kinds.PROMOTION, "online_way": "/browse/new",
            "summary": gettext("Yang baru di rak, yang sedang ramai, dan yang dipilihkan untuk Anda."),
        },
        {
            "name": gettext("Kabar judul baru"), "kind": Kinds.PROMOTION, "online_way": "/my/searches",
            "measure": "discovery.news",
            "summary": gettext("Simpan pencarian Anda; judul baru yang cocok dikabarkan lewat surel."),
        },
        {
            "name": gettext("Membaca di tempat"), "kind": Kinds.OTHER,
            "desk_only_reason": gettext("Ruang baca ada di gedung."), "measure": "spaces.visits",
            "summary": gettext("Siapa pun boleh datang dan membaca koleksi di ruang baca."),
        },
    ]  # fmt: skip


@transaction.atomic
def create_default_services(*, by: events.Actor | None) -> list[Offering]:
    """Add the default services where there is none at all; returns all there are."""
    if not Offering.objects.exists():
        for position, facts in enumerate(default_services()):
            add_service(position=position, **facts, by=by)
    return list(Offering.objects.all())


@transaction.atomic
def add_service(*, by: events.Actor | None, **fields: Any) -> Offering:
    """Offer a service. Refuses an empty or taken name, an empty summary, an unsafe way in, and a desk-only service without a reason."""
    service = Offering()
    set_changed(service, fields, allowed=FIELDS)
    _refuse_faults(service)
    service.save(force_insert=True)
    queries.services.changed()
    events.record(ServiceAdded(service=service.pk, published=service.is_published), by=by)
    return service


@transaction.atomic
def change_service(service: Offering, *, by: events.Actor | None, **fields: Any) -> Offering:
    """Change what is named. Refuses like ``add_service``."""
    service = Offering.objects.select_for_update().get(pk=service.pk)
    if changed := set_changed(service, fields, allowed=FIELDS):
        _refuse_faults(service)
        service.save(update_fields=changed)
        queries.services.changed()
        events.record(ServiceChanged(service=service.pk, fields=changed), by=by)
    return service


@transaction.atomic
def set_state(service: Offering, state: str, *, note: str = "", by: events.Actor | None) -> Offering:
    """Say that the service is open, limited or closed. Refuses limited and closed without a note for the public."""
    service = Offering.objects.select_for_update().get(pk=service.pk)
    was = service.state
    changed = set_changed(service, {"state": state, "state_note": note if state != Offering.States.OPEN else ""}, allowed=STATE)
    if service.state != Offering.States.OPEN and not service.state_note:
        raise Refused(SERVICE_STATE_UNEXPLAINED())
    if changed:
        service.save(update_fields=changed)
        queries.services.changed()
        events.record(ServiceStateSet(service=service.pk, was=was, status=service.state), by=by)
    return service


@transaction.atomic
def remove_service(service: Offering, *, by: events.Actor | None) -> None:
    """Take a service out of the catalogue of services."""
    key = service.pk
    service.delete()
    queries.services.changed()
    events.record(ServiceRemoved(service=key), by=by)


def _refuse_faults(service: Offering) -> None:
    reasons: list[Reason] = []
    if not service.name:
        reasons.append(NAME_EMPTY())
    elif Offering.objects.filter(name__iexact=service.name).exclude(pk=service.pk).exists():
        reasons.append(SERVICE_NAME_TAKEN(name=service.name))
    if not service.summary:
        reasons.append(SERVICE_SUMMARY_EMPTY())
    if service.online_way and not _is_safe(service.online_way):
        reasons.append(SERVICE_WAY_UNSAFE())
    if not service.online_way and not service.by_contact and not service.desk_only_reason:
        reasons.append(SERVICE_DESK_ONLY())
    if reasons:
        raise Refused(reasons)


def _is_safe(way: str) -> bool:
    if any(each.isspace() or ord(each) < ord(" ") for each in way):
        return False
    return way.startswith("https://") or (way.startswith("/") and not way.startswith(("//", "/\\")))
