"""Agreeing, and taking it back: nothing that needs consent is done without asking here at the moment it is done."""

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext

from lumbung.kernel import clock, events
from lumbung.kernel.refusals import Refused
from lumbung.members.events import ConsentGiven, ConsentTextChanged, ConsentWithdrawn
from lumbung.members.models import Consent, ConsentPurpose, Member
from lumbung.members.refusals import CONSENT_TEXT_EMPTY


def consented(purpose: str, members: Collection[int]) -> set[int]:
    """Those of the members (primary keys) who agree now to the present text of the purpose; nobody for an unknown purpose.

    Whoever sends to many asks again for each stretch, so that a withdrawal counts also in the middle.
    """
    rows = Consent.objects.filter(purpose__code=purpose, member__in=members, withdrawn_at__isnull=True)
    current = {each.pk: each.version for each in ConsentPurpose.objects.filter(code=purpose)}
    return {member for member, key, version in rows.values_list("member", "purpose", "version") if current[key] == version}


@transaction.atomic
def choose(member: Member, purpose: ConsentPurpose, *, agrees: bool, by: events.Actor | None) -> None:
    """Agree to the present text, or withdraw; asked again, nothing happens. A consent to an older text ends."""
    Member.objects.select_for_update(of=("self",)).standing(member.pk)
    purpose.refresh_from_db()
    standing = Consent.objects.filter(member=member, purpose=purpose, withdrawn_at__isnull=True).first()
    if standing is not None and agrees and standing.version == purpose.version:
        return
    if standing is not None:
        standing.withdrawn_at = clock.now()
        standing.save(update_fields=["withdrawn_at"])
    told = {"version": purpose.version, "text": purpose.text, "given_at": clock.now()}
    if agrees:
        Consent.objects.create(member=member, purpose=purpose, **told)
        events.record(ConsentGiven(member=member.pk, consent_purpose=purpose.code, version=purpose.version), by=by)
    elif standing is not None:
        events.record(ConsentWithdrawn(member=member.pk, consent_purpose=purpose.code), by=by)


@transaction.atomic
def change_text(purpose: ConsentPurpose, *, name: str, text: str, by: events.Actor | None) -> ConsentPurpose:
    """Say it in other words: everybody is asked anew. A name alone changes nothing else. Refuses an empty text."""
    if not text.strip():
        raise Refused(CONSENT_TEXT_EMPTY())
    current = ConsentPurpose.objects.select_for_update().get(pk=purpose.pk)
    if current.text != text.strip():
        current.text, current.version, current.changed_at = text.strip(), current.version + 1, clock.now()
    current.name = name.strip() or current.name
    current.save()
    events.record(ConsentTextChanged(consent_purpose=current.code, version=current.version), by=by)
    return current


def default_consents() -> list[tuple[str, str, str]]:
    """Code, name and text of what a new library may ask for."""
    return [
        (
            "whatsapp",
            gettext("Pemberitahuan lewat WhatsApp"),
            gettext("Perpustakaan boleh mengirim pemberitahuan pinjaman dan pesanan ke nomor WhatsApp saya."),
        ),
        (
            "news",
            gettext("Kabar dan undangan"),
            gettext("Perpustakaan boleh mengirimi saya kabar koleksi baru dan undangan kegiatan."),
        ),
        (
            "interests",
            gettext("Minat dari pinjaman dan pencarian"),
            gettext(
                "Perpustakaan boleh mengusulkan minat dari buku yang saya pinjam dan pencarian yang saya simpan. Yang saya terima"
                " dipakai untuk kabar dan saran bacaan saya, dan dihitung tanpa nama."
            ),
        ),
        (
            "screen",
            gettext("Nama di layar pengunjung"),
            gettext("Nama saya boleh tampil di layar sapaan ketika saya masuk perpustakaan."),
        ),
        (
            "top_readers",
            gettext("Nama pada daftar pemustaka teraktif"),
            gettext("Nama dan program studi saya boleh diumumkan pada daftar pemustaka teraktif."),
        ),
    ]


@transaction.atomic
def create_default_consents() -> None:
    """Make those of the usual purposes that are not there yet."""
    for code, name, text in default_consents():
        ConsentPurpose.objects.get_or_create(code=code, defaults={"name": name, "text": text, "changed_at": clock.now()})
