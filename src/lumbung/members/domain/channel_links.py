"""Linking a chat to a member: only by proof, reversibly from either side.

Two proofs: a code shown to the signed-in member and sent from the chat; or a link given in the chat and opened by the signed-in member.
"""

import re
import secrets
from datetime import UTC, datetime, timedelta
from typing import Any

from django.core import signing
from django.db import transaction
from django.utils.crypto import salted_hmac

from lumbung.kernel import clock, events
from lumbung.kernel.constraints import refuse_when_broken
from lumbung.kernel.refusals import Reason, Refused
from lumbung.members.events import ChannelLinked, ChannelNoticesChosen, ChannelUnlinked
from lumbung.members.models import ChannelLink, LinkAttempt, LinkCode, Member
from lumbung.members.refusals import (
    CHAT_IS_A_GROUP,
    CHAT_LINKED,
    CHAT_LINKED_TO_ANOTHER,
    LINK_CODE_WRONG,
    LINK_CODES_TOO_MANY,
    LINK_ENDED,
    LINK_PAGE_OLD,
    LINK_RESTS,
)
from lumbung.messaging.chat import memory
from lumbung.messaging.models import Identity

CODE_LASTS, PAGE_LASTS = timedelta(minutes=15), timedelta(minutes=30)
MOST_CODES, MOST_WRONG = 6, 5
SPAN = timedelta(hours=1)
LETTERS, DIGITS, LENGTH = "ABCDEFGHJKMNPQRSTUVWXYZ23456789", "23456789", 8
"""No letter or digit that is taken for another; the last is a digit, so that a code is no two words."""
_PAGES = "lumbung.members.link_pages"


@transaction.atomic
def make_code(member: Member, *, by: events.Actor | None) -> str:
    """A fresh code for the member, in place of those before. Refuses more than six in an hour."""
    Member.objects.select_for_update(of=("self",), no_key=True).standing(member.pk)
    now = clock.now()
    if LinkCode.objects.filter(member=member, made_at__gt=now - SPAN).count() >= MOST_CODES:
        raise Refused(LINK_CODES_TOO_MANY(most=MOST_CODES))
    LinkCode.objects.filter(member=member, used_at=None).update(used_at=now)
    code = _fresh_code()
    LinkCode.objects.create(member=member, digest=_digest(code), made_at=now, expires_at=now + CODE_LASTS)
    return f"{code[:4]}-{code[4:]}"


@transaction.atomic
def link_by_code(identity: Identity, code: str) -> ChannelLink | Reason:
    """Link the side that sent a member's code, or tell why not. Wrong codes are counted, so this returns and does not raise: a refusal
    would undo the count."""
    now = clock.now()
    if LinkAttempt.objects.filter(identity=identity, at__gt=now - SPAN).count() >= MOST_WRONG:
        return LINK_RESTS(most=MOST_WRONG)
    shown = LinkCode.objects.select_for_update().filter(digest=_digest(code), used_at=None, expires_at__gt=now).first()
    if shown is None:
        LinkAttempt.objects.create(identity=identity, at=now)
        return LINK_CODE_WRONG()
    if reasons := _reasons_against(identity, shown.member):
        return reasons[0]
    shown.used_at = now
    shown.save(update_fields=["used_at"])
    return _linked(identity, shown.member, ChannelLink.Proofs.CODE, by=shown.member.user)


def page_for(identity: Identity) -> str:
    """What stands in the address that the chat gives to this side: signed, good for half an hour."""
    return signing.dumps([identity.pk, int(clock.now().timestamp())], salt=_PAGES)


def identity_on(page: str) -> Identity:
    """The side that was given this page. Refuses one that is forged, spoilt, too old, or used since."""
    try:
        key, made = signing.loads(page, salt=_PAGES)
    except signing.BadSignature:
        raise Refused(LINK_PAGE_OLD()) from None
    identity, given_at = Identity.objects.select_related("account").filter(pk=key).first(), datetime.fromtimestamp(made, UTC)
    used = ChannelLink.objects.filter(identity=key, linked_at__gte=given_at).exists()
    if identity is None or used or clock.now() - given_at > PAGE_LASTS:
        raise Refused(LINK_PAGE_OLD())
    return identity


@refuse_when_broken(one_member_stands_behind_an_identity=CHAT_LINKED_TO_ANOTHER)
@transaction.atomic
def link_by_page(page: str, *, member: Member, by: events.Actor) -> ChannelLink:
    """The signed-in member, who came by the page that the chat gave, links that chat. Refuses a page that holds no longer, a group, and a
    chat that is linked."""
    identity = identity_on(page)
    if reasons := _reasons_against(identity, member):
        raise Refused(reasons)
    return _linked(identity, member, ChannelLink.Proofs.PAGE, by=by)


@transaction.atomic
def unlink(link: ChannelLink, *, ended_by: str, by: events.Actor | None) -> None:
    """End the link, from whichever side; what the chat remembers of it is forgotten. Refuses one that has ended."""
    ended = ChannelLink.objects.filter(pk=link.pk, ended_at=None).update(
        ended_at=clock.now(), ended_by=ended_by, is_preferred=False, notices_since=None
    )
    if not ended:
        raise Refused(LINK_ENDED())
    memory.forget(link.identity)
    facts: dict[str, Any] = {"link": link.pk, "member": link.member_id, "identity": link.identity_id}
    events.record(ChannelUnlinked(**facts, ended_by=ended_by), by=by)


@transaction.atomic
def choose_notices(link: ChannelLink, *, wants: bool, preferred: bool, by: events.Actor | None) -> ChannelLink:
    """The member wants the library's notices there, or not; ``preferred``: there before elsewhere. Refuses a link that has ended."""
    Member.objects.select_for_update(of=("self",), no_key=True).standing(link.member_id)
    current = ChannelLink.objects.select_for_update(of=("self",)).filter(pk=link.pk, ended_at=None).first()
    if current is None:
        raise Refused(LINK_ENDED())
    if preferred and wants:
        ChannelLink.objects.filter(member=link.member_id, is_preferred=True).exclude(pk=link.pk).update(is_preferred=False)
    current.notices_since = (current.notices_since or clock.now()) if wants else None
    current.is_preferred = preferred and wants
    current.save(update_fields=["notices_since", "is_preferred"])
    chosen = ChannelNoticesChosen(link=link.pk, member=link.member_id, wants=wants, preferred=current.is_preferred)
    events.record(chosen, by=by)
    return current


def forget_attempts() -> int:
    """Delete wrong tries and codes that count no longer; how many rows. Nightly."""
    before = clock.now() - timedelta(days=1)
    tries, _tables = LinkAttempt.objects.filter(at__lt=before).delete()
    codes, _tables = LinkCode.objects.filter(made_at__lt=before).delete()
    return tries + codes


def _reasons_against(identity: Identity, member: Member) -> list[Reason]:
    reasons = [CHAT_IS_A_GROUP()] if identity.is_group else []
    standing = ChannelLink.objects.filter(identity=identity, ended_at=None).first()
    if standing is not None:
        reasons.append(CHAT_LINKED() if standing.member_id == member.pk else CHAT_LINKED_TO_ANOTHER())
    return reasons


def _linked(identity: Identity, member: Member, proof: str, *, by: events.Actor | None) -> ChannelLink:
    link = ChannelLink.objects.create(member=member, identity=identity, proof=proof, linked_at=clock.now())
    if member.user is not None and member.user.language:
        memory.choose_language(identity, member.user.language)
    events.record(ChannelLinked(link=link.pk, member=member.pk, identity=identity.pk, proof=proof), by=by)
    return link


def _fresh_code() -> str:
    while True:
        code = "".join(secrets.choice(LETTERS) for _ in range(LENGTH - 1)) + secrets.choice(DIGITS)
        if not re.search(r"(.)\1\1", code):  # chats shorten what is written three times over
            return code


def _digest(code: str) -> str:
    plain = "".join(each for each in code.upper() if each.isalnum())
    return salted_hmac("lumbung.members.link_codes", plain, algorithm="sha256").hexdigest()
