"""Who calls the API, and what an operation needs of them: ``auth=Scoped("loans:write", LEND)``. One without is closed to all."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware

from lumbung.accounts.domain.permissions import may
from lumbung.accounts.domain.tokens import token_with
from lumbung.accounts.models import User


class Unauthenticated(Exception):
    """Nobody, or a key that is not honoured, asked for what needs somebody."""


class CrossSite(PermissionDenied):
    """A browser's session without its CSRF token asked for a change."""


@dataclass(frozen=True)
class Caller:
    """Whoever calls. ``scopes`` is None for a browser's session, which is bounded by the user's roles alone."""

    user: User | None
    token: int | None = None
    scopes: frozenset[str] | None = None

    def __bool__(self) -> bool:
        return True

    def may(self, scope: str, permission: str | None) -> bool:
        """Whether token and roles both allow it. Without a permission, being somebody is enough."""
        in_scope = self.scopes is None or scope in self.scopes
        return self.user is not None and in_scope and (permission is None or may(self.user, permission))


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


class Public:
    """An operation open to all; a key or session that is shown must still be good."""

    def __call__(self, request: HttpRequest) -> Caller:
        return caller_of(request)


def nobody(request: HttpRequest) -> Caller:
    """The need of an operation that names none."""
    raise PermissionDenied


def caller_of(request: HttpRequest) -> Caller:
    """Who sent this request: by bearer token, else by session (which needs a CSRF token for a change), else nobody."""
    scheme, _, key = request.headers.get("Authorization", "").partition(" ")
    if scheme:
        token = token_with(key.strip()) if scheme.lower() == "bearer" else None
        if token is None:
            raise Unauthenticated
        return Caller(token.user, token.pk, frozenset(token.scopes))
    if isinstance(request.user, User):
        _check_csrf(request)
        return Caller(request.user)
    return Caller(None)


def _check_csrf(request: HttpRequest) -> None:
    check = CsrfViewMiddleware(_protected)
    check.process_request(request)
    if check.process_view(request, _protected, (), {}) is not None:
        raise CrossSite


def _protected(request: HttpRequest) -> HttpResponse:
    """Stands for a view that is not exempt from the check."""
    return HttpResponse()
