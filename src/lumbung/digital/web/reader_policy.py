"""What the reader page may load: books bring their own styles, fonts and pictures, and no script but ours runs, inside them or out."""

import secrets

from django.http import HttpRequest, HttpResponse

POLICY = (
    "default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic'; style-src 'self' 'unsafe-inline' blob:; "
    "img-src 'self' data: blob:; media-src 'self' blob:; font-src 'self' data: blob:; connect-src 'self' blob:; "
    "frame-src blob:; worker-src 'self'; manifest-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
NONCE = b"@nonce@"
"""Stands in the template where the nonce of the answer goes."""


def policed(_request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The reader page with its policy: scripts are known by a number of this answer alone, which no book can know."""
    nonce = secrets.token_urlsafe(18)
    response.content = response.content.replace(NONCE, nonce.encode())
    response["Content-Security-Policy"] = POLICY.format(nonce=nonce)
    response["Cache-Control"] = "private, no-cache"
    return response
