"""A member's own sign-in."""

import re

from django.db import transaction

from lumbung.accounts.domain.users import add_user
from lumbung.accounts.models import Role, User
from lumbung.kernel import events
from lumbung.kernel.refusals import Refused
from lumbung.members.domain.members import add_account
from lumbung.members.events import MemberInvited
from lumbung.members.models import Member
from lumbung.members.refusals import ACCOUNT_OF_STAFF

NOT_IN_A_USERNAME = re.compile(r"[^A-Za-z0-9._@+/-]+")


@transaction.atomic
def invite(member: Member, *, by: User | None) -> User:
    """The member's sign-in, for the desk to hand over; made when there is none, without a password.

    It is called by the card number, with a dash for blanks and the like.

    Refuses one with a role of staff: whoever hands out the way to its password could take more than a member's place.
    """
    user = member.user or _activate(member, by=by)
    if user.roles - {Role.MEMBER}:
        raise Refused(ACCOUNT_OF_STAFF())
    events.record(MemberInvited(member=member.pk, user=user.pk), by=by)
    return user


def _activate(member: Member, *, by: User | None) -> User:
    user = add_user(
        username=NOT_IN_A_USERNAME.sub("-", member.barcode).strip("-"),
        name=member.name,
        email=member.email,
        roles=[Role.MEMBER],
        by=by,
    )
    add_account(member, user, by=by)
    return user
