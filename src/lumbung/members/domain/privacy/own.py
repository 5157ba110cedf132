"""What this part itself keeps of a member."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy

from lumbung.accounts.queries import devices_of
from lumbung.kernel import uploads
from lumbung.members.domain.privacy.holdings import Holding
from lumbung.members.models import (
    ChannelLink,
    ClearanceAnswer,
    ClearanceApplication,
    Consent,
    ConsentPurpose,
    JoinRequest,
    LinkCode,
    Look,
    Member,
    MemberIdentifier,
    MemberMerger,
    MemberRun,
    PrivacyRequest,
    RosterRow,
)
from lumbung.messaging.chat import memory


def _told(member: Member) -> Mapping[str, Any]:
    applications = member.clearances.select_related("purpose").prefetch_related("letters")
    return {
        "name": member.name,
        "card": member.barcode,
        "former_cards": list(member.former_cards.values_list("barcode", flat=True)),
        "put_together": list(MemberMerger.objects.filter(into=member.pk).values("at", "undone_at")),
        "numbers": [{"kind": each.kind, "value": each.value} for each in member.identifiers.all()],
        "category": str(member.category),
        "branch": str(member.branch),
        "programme": str(member.programme or member.unit),
        "intake": member.intake,
        "born_on": member.born_on,
        "email": member.email,
        "phone": member.phone,
        "member_since": member.joined_on,
        "member_until": member.expires_on,
        "blocked_because": member.blocked_because,
        "blocked_until": member.blocked_until,
        "note": member.note,
        "guarantor": member.guarantor,
        "guarantor_contact": member.guarantor_contact,
        "photo": "/my/photo" if member.photo else None,
        "keeps_history": member.keeps_history,
        "gathers_notices": member.gathers_notices,
        "consents": list(member.consents.values("purpose__code", "version", "text", "given_at", "withdrawn_at")),
        "clearances": [
            {
                "purpose": str(each.purpose),
                "applied": each.applied_at,
                "state": each.state,
                "letters": [{"number": letter.number, "revoked": letter.revoked_at} for letter in each.letters.all()],
            }
            for each in applications
        ],
        "requests": list(member.privacy_requests.values("kind", "text", "state", "answer", "asked_at", "closed_at")),
        "chats": [
            {
                "channel": str(each.identity.account),
                "address": each.identity.address,
                "linked": each.linked_at,
                "notices_since": each.notices_since,
                "ended": each.ended_at,
            }
            for each in member.channel_links.select_related("identity__account")
        ],
        "devices": [
            {"device": each.device, "signed_in": each.began_at, "last_used": each.last_used_on}
            for each in (devices_of(member.user) if member.user else ())
        ],
        "join_requests": list(member.join_requests.values("asked_at", "proven_at", "closed_at", "email", "phone")),
        "looked_at_by": [
            {"day": each.day, "by": str(each.by), "times": each.times} for each in member.looks.select_related("by")
        ],
    }


def _purpose(code: str) -> str:
    purpose = ConsentPurpose.objects.filter(code=code).first()
    return purpose.name if purpose else code


def _erase(member: Member) -> None:
    """Consents, looks, links to chats, corrections asked for and files sent go.

    A letter keeps its number and code, so that whoever holds it can still check it.
    """
    for link in ChannelLink.objects.filter(member=member).select_related("identity"):
        memory.forget(link.identity)
    ChannelLink.objects.filter(member=member).delete()
    LinkCode.objects.filter(member=member).delete()
    answers = ClearanceAnswer.objects.filter(application__member=member)
    for each in answers.exclude(stored_file=""):
        uploads.forget(each.stored_file)
    answers.update(stored_file="", file_name="", file_hash="", reason="-")
    RosterRow.objects.filter(member=member).update(name="", number="", told=[], before=None, member=None)
    Consent.objects.filter(member=member).delete()
    Look.objects.filter(member=member).delete()
    JoinRequest.objects.filter(member=member).delete()
    for run in MemberRun.objects.filter(before__has_key=str(member.pk)):
        run.before.pop(str(member.pk))
        run.save(update_fields=["before"])
    PrivacyRequest.objects.filter(member=member, kind=PrivacyRequest.Kinds.CORRECTION).delete()
    PrivacyRequest.objects.filter(member=member, state=PrivacyRequest.States.REFUSED).update(text="", answer="-")
    ClearanceApplication.objects.filter(member=member, state=ClearanceApplication.States.OPEN).delete()


HOLDING = Holding(
    code="membership",
    name=gettext_lazy("Keanggotaan, persetujuan, dan bebas pustaka"),
    told=_told,
    erase=_erase,
    words={
        "card": gettext_lazy("nomor kartu"),
        "former_cards": gettext_lazy("kartu lama"),
        "put_together": gettext_lazy("digabungkan"),
        "undone_at": gettext_lazy("dibatalkan"),
        "numbers": gettext_lazy("nomor identitas"),
        "value": gettext_lazy("nomor"),
        "category": gettext_lazy("kategori"),
        "branch": gettext_lazy("cabang"),
        "programme": gettext_lazy("program studi"),
        "intake": gettext_lazy("angkatan"),
        "born_on": gettext_lazy("tanggal lahir"),
        "member_since": gettext_lazy("anggota sejak"),
        "member_until": gettext_lazy("anggota sampai"),
        "blocked_because": gettext_lazy("sebab diblokir"),
        "blocked_until": gettext_lazy("diblokir sampai"),
        "guarantor": gettext_lazy("penjamin"),
        "guarantor_contact": gettext_lazy("kontak penjamin"),
        "photo": gettext_lazy("foto"),
        "keeps_history": gettext_lazy("menyimpan riwayat pinjaman"),
        "gathers_notices": gettext_lazy("pemberitahuan disatukan"),
        "consents": gettext_lazy("persetujuan"),
        "purpose__code": gettext_lazy("keperluan"),
        "version": gettext_lazy("versi"),
        "given_at": gettext_lazy("diberikan"),
        "withdrawn_at": gettext_lazy("dicabut"),
        "clearances": gettext_lazy("bebas pustaka"),
        "purpose": gettext_lazy("keperluan"),
        "applied": gettext_lazy("diajukan"),
        "letters": gettext_lazy("surat"),
        "revoked": gettext_lazy("dicabut"),
        "requests": gettext_lazy("permintaan"),
        "answer": gettext_lazy("jawaban"),
        "chats": gettext_lazy("chat"),
        "linked": gettext_lazy("dihubungkan"),
        "notices_since": gettext_lazy("pemberitahuan sejak"),
        "ended": gettext_lazy("berakhir"),
        "devices": gettext_lazy("perangkat yang masuk"),
        "device": gettext_lazy("perangkat"),
        "signed_in": gettext_lazy("masuk sejak"),
        "last_used": gettext_lazy("terakhir dipakai"),
        "join_requests": gettext_lazy("permintaan menjadi anggota"),
        "proven_at": gettext_lazy("dibuktikan"),
        "looked_at_by": gettext_lazy("dilihat oleh petugas"),
        "day": gettext_lazy("hari"),
        "by": gettext_lazy("oleh"),
        "times": gettext_lazy("kali"),
    },
    choices={
        "numbers.kind": MemberIdentifier.Kinds, "clearances.state": ClearanceApplication.States,
        "requests.kind": PrivacyRequest.Kinds, "requests.state": PrivacyRequest.States,
    },
    names={"consents.purpose__code": _purpose},
    models=(
        "members.MemberIdentifier", "members.ClearanceApplication", "members.Consent", "members.Look", "members.PrivacyRequest",
        "members.Member", "members.RosterRow", "members.ChannelLink", "members.LinkCode", "members.JoinRequest",
        "members.ClearanceCondition", "members.FormerCard",
        "members.MemberMerger", "members.MemberPair", "accounts.ApiToken", "accounts.DeviceSession", "accounts.RoleGrant",
        "account.EmailAddress",
    ),
)  # fmt: skip
