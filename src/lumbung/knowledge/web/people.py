"""Who asks."""

from typing import cast

from django.http import HttpRequest

from lumbung.accounts.models import User


def whoever(request: HttpRequest) -> User:
    """The person behind a request that the gate let in."""
    return cast("User", request.user)
