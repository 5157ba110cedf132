"""Letters: issued when every condition holds, checked by anybody, revoked with a reason."""

import hashlib
import secrets
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.formats import date_format

from lumbung.kernel import clock, events, uploads
from lumbung.kernel.constraints import refuse_when_broken
from lumbung.kernel.refusals import Reason, Refused
from lumbung.kernel.typesetting import pdf
from lumbung.kernel.ui.qr_codes import drawn
from lumbung.members.domain.clearance.applying import open_application
from lumbung.members.domain.clearance.letter_form import SOURCE, paragraphs
from lumbung.members.domain.clearance.numbering import next_number
from lumbung.members.domain.clearance.standing import Standing, standings_of
from lumbung.members.events import ClearanceIssued, ClearanceRevoked
from lumbung.members.models import ClearanceApplication, ClearanceLetter, Member, MemberIdentifier
from lumbung.members.refusals import ALREADY_ISSUED, ALREADY_REVOKED, CONDITION_UNMET, REVOCATION_REASON_EMPTY
from lumbung.organization.queries import library

States = ClearanceApplication.States
FOLDER = "clearance-letters"
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 16
"""Sixteen of thirty signs are 78 bits: nobody guesses one, and people can type it from paper."""


@refuse_when_broken(one_valid_letter_for_an_application=ALREADY_ISSUED)
@transaction.atomic
def issue(
    application: ClearanceApplication, *, address: str, by: events.Actor | None, dated: date | None = None
) -> ClearanceLetter:
    """Issue the letter, dated today unless said otherwise, and end the membership if the purpose says so.

    ``address`` is where codes are checked, without the code. Refuses an application that is not open, and names every condition
    that does not hold at this moment: the member is locked, so no desk lends to them meanwhile.
    """
    member = Member.objects.select_for_update(of=("self",)).get(pk=application.member_id)
    current = open_application(application)
    standing = standings_of(current)
    if reasons := [_unmet(each) for each in standing if not each.met]:
        raise Refused(reasons)
    dated = dated or clock.today(library().zone)
    letter = _written(
        current, standing, number=next_number(current.purpose.number_pattern, dated), dated=dated, address=address
    )
    letter.issued_by_id = by.pk if by is not None else None
    _end_membership(member, letter)
    letter.save(force_insert=True)
    current.state, current.closed_at = States.ISSUED, clock.now()
    current.met = current.asked = len(standing)
    current.save(update_fields=["state", "closed_at", "met", "asked"])
    events.record(ClearanceIssued(letter=letter.pk, application=current.pk, member=member.pk, number=letter.number), by=by)
    return letter


@transaction.atomic
def revoke(letter: ClearanceLetter, *, reason: str, by: events.Actor | None) -> ClearanceLetter:
    """Make the letter void from now on: whoever checks it is told so. The application opens again, and what issuing took from the
    membership is given back unless it was changed since. Refuses without a reason, and a letter revoked already."""
    current = ClearanceLetter.objects.select_for_update(of=("self",)).select_related("application__purpose").get(pk=letter.pk)
    reasons = [] if reason.strip() else [REVOCATION_REASON_EMPTY()]
    if current.revoked_at:
        reasons.append(ALREADY_REVOKED(number=current.number))
    if reasons:
        raise Refused(reasons)
    current.revoked_at, current.revoked_because = clock.now(), reason.strip()[:300]
    current.revoked_by_id = by.pk if by is not None else None
    current.save(update_fields=["revoked_at", "revoked_because", "revoked_by"])
    _give_membership_back(current)
    _open_again(current.application)
    told = {"letter": current.pk, "application": current.application_id, "member": current.application.member_id}
    events.record(ClearanceRevoked(**told, number=current.number), by=by)
    return current


def letter_with(code: str) -> ClearanceLetter | None:
    """The letter with this code, however it was typed; None for a code nobody was given."""
    typed = "".join(each for each in code.upper() if each.isalnum())
    if len(typed) != CODE_LENGTH:
        return None
    return ClearanceLetter.objects.select_related("application__purpose").filter(code=typed).first()


def masked(name: str) -> str:
    """A name that tells whoever knows it that it is the same, and nobody else whose: N* M*** A** S*******."""
    return " ".join(word[0] + "*" * (len(word) - 1) for word in name.split())


def _unmet(standing: Standing) -> Reason:
    told = "; ".join(standing.because) or standing.way
    return CONDITION_UNMET(condition=standing.condition.name, told=told.rstrip("."))


def _written(
    application: ClearanceApplication, standing: list[Standing], *, number: str, dated: date, address: str
) -> ClearanceLetter:
    """The letter with its file, not saved yet."""
    member = application.member
    code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
    letter = ClearanceLetter(
        application=application, number=number, code=code, dated=dated, issued_at=clock.now(), name=member.name,
        identifier=_identifier(member), programme=str(member.programme or member.unit),
    )  # fmt: skip
    with translation.override("id"):
        told = _told(letter, [each.condition.name for each in standing], address)
    file = pdf(SOURCE, told)
    letter.stored_file = uploads.keep(file, kind="pdf", folder=FOLDER).stored_file
    letter.digest = hashlib.sha256(file).hexdigest()
    return letter


def _told(letter: ClearanceLetter, conditions: list[str], address: str) -> dict[str, Any]:
    ours, purpose = library(), letter.application.purpose
    day = date_format(letter.dated, "j F Y")
    facts = [["Nama", letter.name], ["Nomor induk", letter.identifier]]
    facts += [["Program studi", letter.programme]] if letter.programme else []
    faculty = letter.application.member.programme.faculty if letter.application.member.programme else None
    facts += [["Fakultas", str(faculty)]] if faculty else []
    places = {
        "{nama}": letter.name, "{nomor_induk}": letter.identifier, "{program_studi}": letter.programme,
        "{keperluan}": purpose.name[:1].lower() + purpose.name[1:], "{perpustakaan}": ours.name, "{tanggal}": day,
    }  # fmt: skip
    return {
        "library": ours.name, "institution": ours.institution, "address": " ".join(ours.address.split()),
        "npp": ours.registration_number, "title": purpose.letter_title, "number": letter.number,
        "parts": paragraphs(purpose.letter_text, places), "facts": facts, "conditions": conditions,
        "place_and_date": f"{purpose.place}, {day}" if purpose.place else day, "signers": purpose.signers,
        "code": letter.code_to_read, "check_address": address, "code_image": drawn(f"{address}/{letter.code}"),
    }  # fmt: skip


def _identifier(member: Member) -> str:
    """The number the campus knows the person by, else the card number."""
    kinds = MemberIdentifier.Kinds
    order = {kinds.NIM: 0, kinds.NUPTK: 1, kinds.NIDN: 2, kinds.NIDK: 3, kinds.NIP: 4, kinds.NISN: 5}
    known = sorted((order[kinds(each.kind)], each.value) for each in member.identifiers.all() if each.kind in order)
    return known[0][1] if known else member.barcode


def _end_membership(member: Member, letter: ClearanceLetter) -> None:
    purpose = letter.application.purpose
    last_day = max(member.joined_on, letter.dated - timedelta(days=1))
    if purpose.ends_membership and member.expires_on > last_day:
        letter.membership_until, member.expires_on = member.expires_on, last_day
    if purpose.becomes_id and purpose.becomes_id != member.category_id:
        letter.category_before_id, member.category_id = member.category_id, purpose.becomes_id
    member.save(update_fields=["expires_on", "category"])


def _give_membership_back(letter: ClearanceLetter) -> None:
    member = Member.objects.select_for_update(of=("self",)).get(pk=letter.application.member_id)
    if letter.membership_until and member.expires_on == max(member.joined_on, letter.dated - timedelta(days=1)):
        member.expires_on = letter.membership_until
    if letter.category_before_id and member.category_id == letter.application.purpose.becomes_id:
        member.category_id = letter.category_before_id
    member.save(update_fields=["expires_on", "category"])


def _open_again(application: ClearanceApplication) -> None:
    others = ClearanceApplication.objects.filter(
        member=application.member_id, purpose=application.purpose_id, state=States.OPEN
    )
    if not others.exists():
        application.state, application.closed_at = States.OPEN, None
        application.save(update_fields=["state", "closed_at"])
