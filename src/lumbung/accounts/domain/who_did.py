"""Whose deed it is that a device keeps and sends later: the page it was done on names its user, signed, and each deed carries that name."""

from django.contrib.auth.models import AnonymousUser
from django.core import signing

from lumbung.accounts.models import User

_SIGNER = signing.Signer(salt="accounts.who_did")


def signed_name(user: User | AnonymousUser) -> str:
    """What a page gives its device along, to be sent with all that is done there."""
    return _SIGNER.sign(str(user.pk))


def users_named(told: set[str]) -> dict[str, User]:
    """The users whom these signed names name. What we never signed names nobody."""
    keys = {each: key for each in told if (key := _key(each)) is not None}
    users = User.objects.in_bulk(keys.values())
    return {each: users[key] for each, key in keys.items() if key in users}


def _key(told: str) -> int | None:
    try:
        return int(_SIGNER.unsign(told))
    except signing.BadSignature:
        return None
