"""Going back to a page that a request names: of this site, never of another."""

from urllib.parse import urlsplit

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def own_page(request: HttpRequest, address: str) -> str:
    """The path and query of ``address`` (whole, or without its host) when it is a page of this site; else empty."""
    if not url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure()):
        return ""
    parts = urlsplit(address)
    path = f"/{parts.path.lstrip('/')}"  # two slashes would make a host of what follows
    return f"{path}?{parts.query}" if parts.query else path
