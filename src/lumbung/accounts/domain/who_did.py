"""Whose deed it is that a device keeps and sends later: the page it was done on names its user, signed, and each deed carries that name."""

from datetime import timedelta

from django.contrib.auth.models import AnonymousUser
from django.core import signing

from lumbung.accounts.models import User
from lumbung.kernel.permissions import may


def signed_name(user: User | AnonymousUser, *, page: str) -> str:
    """What a page gives its device along, to be sent with all that is done there."""
    return _signer(page).sign(str(user.pk))


def users_named(told: set[str], *, page: str, within: timedelta, permission: str) -> dict[str, User]:
    """The users whom these signed names name who may still do what is done on that page. What was signed for another page or longer
    ago than ``within``, and what we never signed, names nobody."""
    keys = {each: key for each in told if (key := _key(each, page, within)) is not None}
    users = User.objects.in_bulk(keys.values())
    able = {key: user for key, user in users.items() if may(user, permission)}
    return {each: able[key] for each, key in keys.items() if key in able}


def _signer(page: str) -> signing.TimestampSigner:
    return signing.TimestampSigner(salt=f"accounts.who_did.{page}")


def _key(told: str, page: str, within: timedelta) -> int | None:
    try:
        return int(_signer(page).unsign(told, max_age=within))
    except (signing.BadSignature, ValueError):  # ValueError: what has no bytes to sign, and the name of nobody
        return None
