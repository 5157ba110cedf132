"""Who calls the API, and what an operation needs of them: ``auth=Scoped("loans:write", LEND)``. One without is closed to all."""

from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware

from lumbung.accounts.domain.permissions import may
from lumbung.accounts.domain.rates import Allowance
from lumbung.accounts.domain.tokens import token_with
from lumbung.accounts.models import User


class Unauthenticated(Exception):
    """Nobody, or a key that is not honoured, asked for what needs somebody."""


class TooOften(Exception):
    """The caller asked more often than allowed; ``wait`` is in seconds."""

    def __init__(self, wait: int) -> None:
        super().__init__(wait)
        self.wait = wait


@dataclass(frozen=True)
class Caller:
    """Whoever calls. ``scopes`` is None for a browser's session, which is bounded by the user's roles alone."""

    user: User | None
    token: int | None = None
    scopes: frozenset[str] | None = None

    def may(self, scope: str, permission: str | None = None) -> bool:
        """Whether token and roles both allow it. Without a permission, being somebody is enough."""
        in_scope = self.scopes is None or scope in self.scopes
        return self.user is not None and in_scope and (permission is None or may(self.user, permission))

    @property
    def actor(self) -> User:
        """Who acts, in an operation that needs somebody."""
        if self.user is None:
            raise Unauthenticated
        return self.user


class ApiRequest(HttpRequest):
    """A request that passed its operation's need; ``auth`` tells who sent it."""

    auth: Caller


@dataclass(frozen=True)
class Scoped:
    """What an operation needs: a scope of the token and, by role, a permission of the user. Raises what is missing."""

    scope: str
    permission: str | None = None

    def __call__(self, request: HttpRequest) -> Caller:
        caller = caller_of(request)
        if caller.user is None:
            raise Unauthenticated
        if not caller.may(self.scope, self.permission):
            raise PermissionDenied(self.scope)
        return caller


@dataclass(frozen=True)
class Public:
    """An operation open to all; a key or session that is shown must still be good."""

    def __call__(self, request: HttpRequest) -> Caller:
        return caller_of(request)


def closed(request: HttpRequest) -> Caller:
    """The need of an operation that names none."""
    raise PermissionDenied


_strangers = Allowance(settings.API_REQUESTS_PER_MINUTE["anonymous"])
_tokens = Allowance(settings.API_REQUESTS_PER_MINUTE["token"])
_BY_KEY = "member_key"


def caller_of(request: HttpRequest) -> Caller:
    """Who sent this request: by bearer token, else by session (which needs a CSRF token for a change), else nobody.

    Raises Unauthenticated for a key that is not honoured, TooOften for a token or an address that asked too often.
    """
    scheme, _, key = request.headers.get("Authorization", "").partition(" ")
    if scheme:
        return _bearer(request, scheme, key)
    if isinstance(request.user, User):
        _check_csrf(request)
        return Caller(request.user)
    _count(_strangers, address_of(request))
    return Caller(None)


def _bearer(request: HttpRequest, scheme: str, key: str) -> Caller:
    token = token_with(key.strip()) if scheme.lower() == "bearer" else None
    if token is None:
        _count(_strangers, address_of(request))
        raise Unauthenticated
    _count(_tokens, str(token.pk))
    return Caller(token.user, token.pk, frozenset(token.scopes))


def _count(allowance: Allowance, caller: str) -> None:
    if wait := allowance.seconds_to_wait(caller):
        raise TooOften(wait)


def address_of(request: HttpRequest) -> str:
    """The client's address; behind ``PROXIES`` reverse proxies, the one the outermost of them saw."""
    seen = [each.strip() for each in request.headers.get("X-Forwarded-For", "").split(",") if each.strip()]
    proxies = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    if proxies and len(seen) >= proxies:
        return seen[-proxies]
    return str(request.META.get("REMOTE_ADDR", ""))


def comes_by_key(request: HttpRequest) -> bool:
    """Whether who asks showed a key of a member's instead of signing in: they may do what a member may, whatever else they are."""
    return bool(vars(request).get(_BY_KEY))


def let_in_by_key(request: HttpRequest, user: User) -> None:
    """Whoever showed this user's key is that user, as a member, for this request."""
    request.user = user
    vars(request)[_BY_KEY] = True


def _check_csrf(request: HttpRequest) -> None:
    check = CsrfViewMiddleware(_protected)
    check.process_request(request)
    if check.process_view(request, _protected, (), {}) is not None:
        raise PermissionDenied("CSRF")


def _protected(request: HttpRequest) -> HttpResponse:
    """Stands for a view that is not exempt from the check."""
    return HttpResponse()
