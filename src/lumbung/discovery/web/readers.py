"""Who is reading."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from lumbung.accounts.models import User


def reader(request: HttpRequest) -> User:
    """The user who is signed in. Raises PermissionDenied for nobody; views for readers ask ``signed_in`` first."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
