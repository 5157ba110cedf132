"""Who is meant by what somebody typed to sign in: a username, an e-mail address, or a name another part knows (a card number)."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest

from lumbung.accounts import queries
from lumbung.accounts.models import User

Finder = Callable[[str], User | None]

_finders: list[Finder] = [queries.user_named, queries.user_with_email]


def also_by(finder: Finder) -> None:
    """Let people sign in by a name that ``finder`` knows. Asked in the order of registration, after username and e-mail."""
    _finders.append(finder)


def user_meant_by(login: str) -> User | None:
    """The user somebody means who types ``login``."""
    for finder in _finders:
        if user := finder(login):
            return user
    return None


class AnyNameBackend(ModelBackend):
    """Checks a password for whoever is meant. Takes as long for nobody as for somebody."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **others: Any
    ) -> User | None:
        login = username or others.get("email")
        if not login or not password or "\0" in login:
            return None
        user = user_meant_by(login)
        if user is None:
            User().set_password(password)
            return None
        return user if user.check_password(password) and self.user_can_authenticate(user) else None
