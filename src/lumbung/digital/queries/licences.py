"""How licences stand: told from the loan and its devices, never kept beside them."""

from datetime import datetime
from uuid import UUID

from lumbung.digital.models import ELoan, Licence, Passphrase
from lumbung.digital.queries.lending import blocks_to_renew, renewed_until
from lumbung.formats.lcp import Happening, States

_ENDED = {
    ELoan.Ends.EXPIRED: States.EXPIRED,
    ELoan.Ends.ENDED: States.REVOKED,
}


def licence_with(key: UUID) -> Licence | None:
    """The licence with its loan, file, member and devices, while it is known whose it is."""
    found = Licence.objects.filter(pk=key, loan__member__isnull=False)
    related = ("loan__lending__file__record", "loan__member__user")
    return (
        found.select_related(*related)
        .defer("loan__lending__file__record__marc", "loan__lending__file__record__findable")
        .prefetch_related("devices")
        .first()
    )


def is_over(loan: ELoan, now: datetime) -> bool:
    """Whether the loan lets nobody read any longer: ended, past its time, or its file withdrawn."""
    return loan.ended_at is not None or loan.until <= now or loan.lending.file.withdrawn_at is not None


def end_of(loan: ELoan) -> datetime:
    """Until when the loan lets its member read."""
    return min(each for each in (loan.until, loan.ended_at, loan.lending.file.withdrawn_at) if each is not None)


def state_of(licence: Licence, now: datetime) -> States:
    loan, was_opened = licence.loan, bool(licence.devices.all())
    if not is_over(loan, now):
        return States.ACTIVE if was_opened else States.READY
    if loan.lending.file.withdrawn_at is not None and loan.ended_at is None:
        return States.REVOKED
    if loan.end == ELoan.Ends.RETURNED:
        return States.RETURNED if was_opened else States.CANCELLED
    return _ENDED.get(ELoan.Ends(loan.end), States.EXPIRED) if loan.end else States.EXPIRED


def licence_updated(licence: Licence, passphrase: Passphrase | None) -> datetime:
    """When what the licence says changed last: with the loan, the passphrase, or the file."""
    changes = [licence.issued_at, licence.loan.changed_at, licence.loan.lending.file.withdrawn_at]
    return max(each for each in [*changes, passphrase and passphrase.set_at] if each)


def status_updated(licence: Licence, now: datetime) -> datetime:
    """When how the licence stands changed last."""
    changes = [licence.issued_at, licence.loan.changed_at, licence.loan.lending.file.withdrawn_at]
    changes += [each.registered_at for each in licence.devices.all()]
    over = end_of(licence.loan)
    return max(each for each in [*changes, over if over <= now else None] if each)


def longest_end(licence: Licence, now: datetime) -> datetime | None:
    """Until when a renewal would let the loan last; None where it would be refused."""
    loan = licence.loan
    if is_over(loan, now) or blocks_to_renew(loan.lending, loan):
        return None
    return renewed_until(loan.lending, loan, now)


def happenings_of(licence: Licence) -> list[Happening]:
    """The devices that opened it, and its end."""
    found = [Happening("register", each.registered_at, each.number, each.name) for each in licence.devices.all()]
    loan = licence.loan
    if loan.ended_at and loan.end == ELoan.Ends.RETURNED:
        found.append(Happening("return" if found else "cancel", loan.ended_at))
    elif loan.ended_at and loan.end == ELoan.Ends.ENDED:
        found.append(Happening("revoke", loan.ended_at))
    return found
