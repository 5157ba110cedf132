"""A member's own sign-in."""

import re

from django.db import transaction
from django.urls import reverse

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


def first_password_link(user: User, root: str) -> str:
    """The whole address where the user makes a password; ``root`` is ours, without a slash at its end. It works once, for a day."""
    from allauth.account.forms import default_token_generator  # noqa: PLC0415 -- needs the models, and is seldom wanted
    from allauth.account.utils import user_pk_to_url_str  # noqa: PLC0415 -- as above

    key = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    return root + reverse("account_reset_password_from_key", kwargs=key)


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
