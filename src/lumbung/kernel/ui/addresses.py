"""Our own address, to begin whole links with."""

from django.conf import settings
from django.http import HttpRequest


def root(request: HttpRequest) -> str:
    """As the library says it (``LUMBUNG_URL``), else as it was asked for; without a slash at its end."""
    return (settings.SITE_URL or request.build_absolute_uri("/")).rstrip("/")
