"""Becoming a member from home: asked, the address proven by a code, then accepted at once or by the staff, as the category says."""

import secrets
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Sum
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _

from lumbung.accounts.domain.rates import Allowance
from lumbung.accounts.models import User
from lumbung.kernel import clock, events
from lumbung.kernel.emails import is_email
from lumbung.kernel.refusals import Reason, Refused
from lumbung.kernel.retention import Term, declare, kept_for
from lumbung.members.domain.activation import invite
from lumbung.members.domain.members import register
from lumbung.members.domain.phones import normal_phone
from lumbung.members.events import JoinAccepted, JoinAsked, JoinCodeRenewed, JoinProven, JoinRefused
from lumbung.members.models import Category, JoinRequest, Member, numbers
from lumbung.members.refusals import (
    CATEGORY_NOT_OPEN,
    EMAIL_WRONG,
    JOIN_ANSWERED,
    JOIN_CODE_OLD,
    JOIN_CODE_WRONG,
    JOIN_CODES_TOO_MANY,
    JOIN_REASON_EMPTY,
    NAME_EMPTY,
    PHONE_WRONG,
)

CODE_LASTS, SPAN = timedelta(minutes=30), timedelta(hours=1)
MOST_CODES, MOST_TRIES, DIGITS = 3, 5, 6
UNPROVEN_KEPT = timedelta(days=2)
TERM = declare(Term("join_requests", _("Permintaan menjadi anggota yang sudah dijawab"), _("dihapus"), 30))
ASKED_A_MINUTE = 6
States = JoinRequest.States
_allowance = Allowance(ASKED_A_MINUTE)


def seconds_to_wait(caller: str) -> int:
    """Count one request of the caller's; 0 when it is allowed, else the seconds to wait."""
    return _allowance.seconds_to_wait(caller)


@transaction.atomic
def ask_to_join(*, name: str, email: str, category: Category, **facts: Any) -> JoinRequest:
    """Ask; a code goes to ``email`` and nowhere else. Whether a number or address is known already is told to nobody here.

    ``facts``: branch, programme, unit, phone, identifier_kind, identifier, language. Refuses, all at once, a category that takes nobody
    in from home, an empty name, a wrong address, telephone number or identifier, and more than three codes an hour for an address.
    """
    request = JoinRequest(name=" ".join(name.split()), email=email.strip().lower(), category=category, **facts)
    request.key, request.asked_at = secrets.token_urlsafe(24), clock.now()
    if reasons := _faults(request):
        raise Refused(reasons)
    _await_code(request)
    request.save(force_insert=True)
    events.record(JoinAsked(join_request=request.pk, category=category.pk), by=None)
    return request


@transaction.atomic
def new_code(request: JoinRequest) -> JoinRequest:
    """Another code is to go out, and the one before ends. Refuses more than three an hour for an address, and a request past this."""
    current = JoinRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if current.state != States.UNPROVEN:
        raise Refused(JOIN_ANSWERED())
    if reasons := _too_many(current.email):
        raise Refused(reasons)
    _await_code(current)
    current.save(update_fields=["code_digest", "code_until", "tries", "codes_sent"])
    events.record(JoinCodeRenewed(join_request=current.pk), by=None)
    return current


@transaction.atomic
def make_code(request: JoinRequest) -> str:
    """The code for the letter that was asked for last: made as the letter is written, and kept as a digest only.

    Refuses a request that is past this.
    """
    current = JoinRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if current.state != States.UNPROVEN:
        raise Refused(JOIN_ANSWERED())
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    current.code_digest = _digest(current.key, code)
    current.save(update_fields=["code_digest"])
    return code


@transaction.atomic
def prove(request: JoinRequest, code: str) -> Reason | None:
    """The code came back: the request counts. Wrong codes are counted, so this returns why not: a refusal would undo the count."""
    current = JoinRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if current.state != States.UNPROVEN:
        return None
    if current.code_until is None or current.code_until < clock.now() or current.tries >= MOST_TRIES:
        return JOIN_CODE_OLD()
    if not constant_time_compare(current.code_digest, _digest(current.key, "".join(code.split()))):
        current.tries += 1
        current.save(update_fields=["tries"])
        return JOIN_CODE_WRONG(left=MOST_TRIES - current.tries)
    current.state, current.proven_at, current.code_digest = States.WAITING, clock.now(), ""
    current.save(update_fields=["state", "proven_at", "code_digest"])
    events.record(JoinProven(join_request=current.pk), by=None)
    return None


@transaction.atomic
def accept(request: JoinRequest, *, address: str, by: User | None) -> Member:
    """Take them in as a member with a sign-in. ``address`` is ours, for the link in their letter.

    Refuses as ``register`` and ``invite`` do, and a request that does not wait.
    """
    current = _waiting(request)
    pairs = [(current.identifier_kind, current.identifier)] if current.identifier else []
    member = register(
        name=current.name,
        category=current.category,
        branch=current.branch,
        email=current.email,
        phone=current.phone,
        unit=current.unit,
        programme=current.programme,
        identifiers=pairs,
        by=by,
    )
    member.user = invite(member, by=by)
    current.state, current.member, current.address = States.ACCEPTED, member, address
    _close(current, by)
    events.record(JoinAccepted(join_request=current.pk, member=member.pk), by=by)
    return member


@transaction.atomic
def refuse(request: JoinRequest, *, reason: str, by: User) -> JoinRequest:
    """Say no, and why: they read it. Refuses an empty reason, and a request that does not wait."""
    current = _waiting(request)
    if not reason.strip():
        raise Refused(JOIN_REASON_EMPTY())
    current.state, current.answer = States.REFUSED, reason.strip()[:300]
    _close(current, by)
    events.record(JoinRefused(join_request=current.pk), by=by)
    return current


def accept_at_once(request: JoinRequest, *, address: str) -> Member | None:
    """Take in somebody with a proven address whose category needs nobody of the staff; None where staff must look after all.

    A number, card or e-mail address that is somebody's already is such a case: a stranger is not told.
    """
    current = JoinRequest.objects.select_related("category").get(pk=request.pk)
    if current.state != States.WAITING or current.category.joining != Category.Joining.AT_ONCE:
        return None
    try:
        return accept(current, address=address, by=None)
    except Refused:
        return None


def forget_join_requests() -> int:
    """Delete requests never proven after two days, and answered ones after the days chosen; how many. For the nightly job."""
    now = clock.now()
    idle = JoinRequest.objects.filter(state=States.UNPROVEN, asked_at__lt=now - UNPROVEN_KEPT).delete()[0]
    return idle + JoinRequest.objects.filter(closed_at__lt=now - kept_for(TERM)).delete()[0]


def _faults(request: JoinRequest) -> list[Reason]:
    reasons: list[Reason] = [] if request.name else [NAME_EMPTY()]
    if request.category.joining == Category.Joining.AT_THE_DESK:
        reasons.append(CATEGORY_NOT_OPEN(category=request.category.name))
    if not is_email(request.email):
        reasons.append(EMAIL_WRONG(email=request.email))
    if request.phone:
        normal = normal_phone(request.phone)
        reasons += [] if normal else [PHONE_WRONG(phone=request.phone)]
        request.phone = normal or request.phone
    if request.identifier:
        request.identifier = numbers.normal(request.identifier_kind, request.identifier)
        fault = numbers.fault(request.identifier_kind, request.identifier)
        reasons += [fault] if fault else []
    return reasons + _too_many(request.email)


def _too_many(email: str) -> list[Reason]:
    lately = JoinRequest.objects.filter(email=email, code_until__gt=clock.now() - SPAN + CODE_LASTS)
    sent = lately.aggregate(sent=Sum("codes_sent"))["sent"] or 0
    return [JOIN_CODES_TOO_MANY(most=MOST_CODES)] if sent >= MOST_CODES else []


def _await_code(request: JoinRequest) -> None:
    request.code_digest, request.code_until, request.tries = "", clock.now() + CODE_LASTS, 0
    request.codes_sent += 1


def _digest(key: str, code: str) -> str:
    return salted_hmac("lumbung.members.joining", f"{key}:{code}", algorithm="sha256").hexdigest()


def _waiting(request: JoinRequest) -> JoinRequest:
    rows = JoinRequest.objects.select_for_update(of=("self",)).select_related("category", "branch", "programme")
    current = rows.get(pk=request.pk)
    if current.state != States.WAITING:
        raise Refused(JOIN_ANSWERED())
    return current


def _close(request: JoinRequest, by: User | None) -> None:
    request.closed_at, request.closed_by = clock.now(), by
    request.save(update_fields=["state", "member", "answer", "address", "closed_at", "closed_by"])
