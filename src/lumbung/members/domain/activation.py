"""A member's own sign-in."""

from django.db import transaction

from lumbung.accounts.domain.users import add_user
from lumbung.accounts.models import Role, User
from lumbung.members.domain.members import add_account
from lumbung.members.models import Member


@transaction.atomic
def activate(member: Member, *, by: User) -> User:
    """Make a sign-in for the member, called by the card number and without a password yet. Refuses a member who has one."""
    user = add_user(username=member.barcode, name=member.name, email=member.email, roles=[Role.MEMBER], by=by)
    add_account(member, user, by=by)
    return user
