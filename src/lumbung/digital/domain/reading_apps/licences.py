"""Licences of e-loans. A licence stands as its loan does: lending, renewing, returning and ending are those verbs, whoever calls them."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from lumbung.digital.domain.lending import renew_e_loan, return_early
from lumbung.digital.domain.reading_apps.passphrases import hash_of
from lumbung.digital.lending_events import LicenceIssued, ReadingDeviceRegistered
from lumbung.digital.models import ELoan, File, Lending, Licence, Passphrase, ReadingDevice
from lumbung.digital.queries.lending import open_loan
from lumbung.digital.queries.licences import is_over
from lumbung.digital.refusals import (
    DEVICE_NAMELESS,
    DEVICES_TOO_MANY,
    LICENCE_OVER,
    NOT_BORROWED,
    NOT_FOR_APPS,
    RENEWED_NO_LONGER,
)
from lumbung.kernel import clock, events
from lumbung.kernel.refusals import Refused
from lumbung.kernel.ui.words import day
from lumbung.members.models import Member

MOST_DEVICES = 12


@dataclass(frozen=True)
class Device:
    """A device as its reading program names it."""

    number: str
    name: str


@transaction.atomic
def issue(file: File, *, to: Member, by: events.Actor | None) -> Licence:
    """The licence of the member's loan of the file; the same however often it is asked for. Refuses who has not borrowed it, what is not
    lent to reading programs, and who has no passphrase yet."""
    lending = Lending.objects.select_for_update(of=("self",)).filter(file=file).first()
    loan = open_loan(lending, to, clock.now()) if lending else None
    if lending is None or loan is None:
        raise Refused(NOT_BORROWED())
    if not lending.in_apps:
        raise Refused(NOT_FOR_APPS())
    hash_of(Passphrase.objects.filter(member=to).first())
    licence, is_new = Licence.objects.get_or_create(loan=loan, defaults={"issued_at": clock.now()})
    if is_new:
        events.record(LicenceIssued(e_loan=loan.pk, file=file.pk, record=file.record_id, member=to.pk), by=by)
    return licence


@transaction.atomic
def register(licence: Licence, device: Device) -> ReadingDevice:
    """Note that the licence was opened on this device; once, however often it says so. Refuses one without a name, after the end, and more
    devices than anybody has."""
    loan = _current(licence)
    number, name = device.number.strip()[:255], device.name.strip()[:255]
    if not number or not name:
        raise Refused(DEVICE_NAMELESS())
    if found := ReadingDevice.objects.filter(licence=licence, number=number).first():
        return found
    if ReadingDevice.objects.filter(licence=licence).count() >= MOST_DEVICES:
        raise Refused(DEVICES_TOO_MANY(most=MOST_DEVICES))
    made = ReadingDevice.objects.create(licence=licence, number=number, name=name, registered_at=clock.now())
    file = loan.lending.file
    told = ReadingDeviceRegistered(e_loan=loan.pk, file=file.pk, record=file.record_id, member=loan.member_id)
    events.record(told, by=_reader_of(loan))
    return made


@transaction.atomic
def renew(licence: Licence, until: datetime | None = None) -> ELoan:
    """Lengthen the loan as its reader could on their own page. Refuses as that does, and an ``until`` later than they get."""
    loan = _current(licence)
    member = loan.member
    assert member is not None  # noqa: S101 -- an open loan has a member
    renewed = renew_e_loan(loan.lending.file, of=member, by=_reader_of(loan))
    if until is not None and until > renewed.until:
        raise Refused(RENEWED_NO_LONGER(day=day(until)))
    return renewed


@transaction.atomic
def give_back(licence: Licence) -> ELoan:
    """End the loan before its time, as its reader could on their own page."""
    loan = _current(licence)
    member = loan.member
    assert member is not None  # noqa: S101 -- an open loan has a member
    return return_early(loan.lending.file, of=member, by=_reader_of(loan))


def _current(licence: Licence) -> ELoan:
    """The loan of the licence, for others to wait. Refuses one that is over."""
    loan = ELoan.objects.select_for_update(of=("self",)).select_related("lending__file").get(pk=licence.loan_id)
    if is_over(loan, clock.now()):
        raise Refused(LICENCE_OVER())
    return loan


def _reader_of(loan: ELoan) -> events.Actor | None:
    return loan.member.user if loan.member else None
