"""The PIN of a member: set at the desk or by the member, checked at machines, and at rest after too many wrong tries."""

from datetime import timedelta

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from lumbung.circulation.events import PinLocked, PinSet
from lumbung.circulation.models import Pin
from lumbung.circulation.refusals import PIN_LOCKED, PIN_NOT_SET, PIN_TOO_EASY, PIN_WRONG, PIN_WRONG_FORM
from lumbung.kernel import clock, events
from lumbung.kernel.refusals import Reason, Refused
from lumbung.members.models import Member

LEAST, MOST = 4, 8
TRIES = 5
REST = timedelta(minutes=15)
_LADDER = "01234567890 09876543210"


@transaction.atomic
def set_pin(member: Member, pin: str, *, by: events.Actor | None) -> None:
    """Give the member this PIN, in place of an earlier one. Refuses what is not four to eight digits, and what everybody tries first:
    one digit repeated, digits in a row, the beginning or end of the card number."""
    if reasons := _faults(member, pin):
        raise Refused(reasons)
    fresh = {"hashed": make_password(pin), "set_at": clock.now(), "wrong": 0, "locked_until": None}
    Pin.objects.update_or_create(member=member, defaults=fresh)
    events.record(PinSet(member=member.pk), by=by)


def check_pin(member: Member, pin: str) -> None:
    """Refuses a PIN that is not the member's. After five wrong tries it rests for fifteen minutes, and not even the right one will do.

    The tries are counted in a transaction of their own, which a refusal does not undo.
    """
    if reason := _tried(member, pin):
        raise Refused(reason)


@transaction.atomic
def _tried(member: Member, given: str) -> Reason | None:
    now, pin = clock.now(), Pin.objects.select_for_update(of=("self",)).filter(member=member).first()
    if pin is None:
        return PIN_NOT_SET()
    if pin.locked_until is not None and now < pin.locked_until:
        return PIN_LOCKED(minutes=-(-(pin.locked_until - now).seconds // 60))
    if given and check_password(given, pin.hashed):
        if pin.wrong:
            pin.wrong, pin.locked_until = 0, None
            pin.save(update_fields=["wrong", "locked_until"])
        return None
    pin.wrong += 1
    if locked := pin.wrong >= TRIES:
        pin.wrong, pin.locked_until = 0, now + REST
        events.record(PinLocked(member=member.pk), by=None)
    pin.save(update_fields=["wrong", "locked_until"])
    return PIN_LOCKED(minutes=REST.seconds // 60) if locked else PIN_WRONG()


def _faults(member: Member, pin: str) -> list[Reason]:
    if not (pin.isascii() and pin.isdigit() and LEAST <= len(pin) <= MOST):
        return [PIN_WRONG_FORM(least=LEAST, most=MOST)]
    guessed = len(set(pin)) == 1 or pin in _LADDER or member.barcode.startswith(pin) or member.barcode.endswith(pin)
    return [PIN_TOO_EASY()] if guessed else []
