"""Who a visitor of the web chat is: a random name in a signed cookie of this browser, and nothing else."""

import secrets
from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from lumbung.kernel import clock
from lumbung.messaging.domain.accounts import built_in
from lumbung.messaging.models import Identity

COOKIE = "chat"
SALT = "lumbung.chat"
DAYS_30 = 30 * 24 * 3600
_doors: list[Callable[[HttpRequest], bool]] = []


def address_of(request: HttpRequest) -> str:
    """The visitor's address; empty for one who has not written yet, and for a forged cookie."""
    return str(request.get_signed_cookie(COOKIE, default="", salt=SALT, max_age=DAYS_30))


def new_address() -> str:
    return secrets.token_urlsafe(18)


def remember(response: HttpResponseBase, address: str) -> None:
    """Let this browser be the same visitor for thirty days after its last message."""
    response.set_signed_cookie(COOKIE, address, salt=SALT, max_age=DAYS_30, httponly=True, samesite="Lax")


def register_door(lets_in: Callable[[HttpRequest], bool]) -> None:
    """Let ``lets_in`` say whether one more new visitor may come from where this request comes from."""
    _doors.append(lets_in)


def is_silenced(request: HttpRequest) -> bool:
    """Whether this visitor is not listened to just now: blocked, or one of too many new ones from one place."""
    identity = identity_of_visitor(request)
    if identity is None:
        return not all(lets_in(request) for lets_in in _doors)
    return identity.is_blocked(clock.now())


def identity_of_visitor(request: HttpRequest) -> Identity | None:
    address = address_of(request)
    if not address:
        return None
    return Identity.objects.filter(account=built_in("web"), address=address).select_related("account").first()
