"""Signing in from a reading program (Authentication for OPDS 1.0): a password once, for a key; and the key with every request."""

import base64
import binascii
import json
from collections.abc import Callable
from typing import Any

from allauth.account.adapter import get_adapter
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from lumbung.accounts.domain.api_access import let_in_by_key
from lumbung.accounts.domain.tokens import token_with
from lumbung.accounts.models import User
from lumbung.digital.queries import terms
from lumbung.digital.queries.lending import count_e_loans
from lumbung.discovery.domain.reading_programs import LASTS, key_for
from lumbung.discovery.gateways.opds.editions import Edition
from lumbung.discovery.gateways.opds.publications import asker_of
from lumbung.formats.opds import Link, json_form
from lumbung.formats.opds.shapes import FEED_2, SHELF
from lumbung.kernel.ui.other_sites import open_to_other_sites, told_to_other_sites
from lumbung.members.permissions import ME
from lumbung.organization.queries import library

PLACES = ("/opds/", "/files/", "/iiif/")
"""Where a key in the header counts: the feeds, and what they lead to."""


class Keys:
    """Who shows a key of theirs that may do what a member does is that person here, for this request. A key that is not good is told."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        shown = request.headers.get("Authorization", "")
        if shown and request.path_info.startswith(PLACES) and request.path_info != reverse("opds:token"):
            user = _user_of(shown)
            if user is None:
                return told_to_other_sites(request, asked_to_sign_in(request))
            let_in_by_key(request, user)
        return self.get_response(request)


def asked_to_sign_in(request: HttpRequest) -> HttpResponse:
    """401 with the Authentication Document, as the specification wants it."""
    response = _document(request, status=401)
    response["WWW-Authenticate"] = 'Basic realm="OPDS", charset="UTF-8"'
    return response


@open_to_other_sites
@require_safe
def authentication(request: HttpRequest) -> HttpResponse:
    """The Authentication Document; open to all."""
    return _document(request)


@csrf_exempt  # nothing of a browser's session counts here: a password is sent, and a key comes back
@require_POST
def token(request: HttpRequest) -> HttpResponse:
    """A key for a password: OAuth 2.0, Resource Owner Password Credentials (RFC 6749, 4.3), throttled as the sign-in page is."""
    given = _given(request)
    if given.get("grant_type") != "password":
        return _fault("unsupported_grant_type", 400)
    if not given.get("username") or not given.get("password"):
        return _fault("invalid_request", 400)
    try:
        user = get_adapter(request).authenticate(request, username=given["username"], password=given["password"])
    except ValidationError:
        response = _fault("temporarily_unavailable", 429)
        response["Retry-After"] = "300"
        return response
    if user is None:
        return _fault("invalid_grant", 400)
    told = {"access_token": key_for(user), "token_type": "Bearer", "expires_in": int(LASTS.total_seconds())}
    return _unkept(JsonResponse(told))


@open_to_other_sites
@require_safe
def profile(request: HttpRequest) -> HttpResponse:
    """Who is signed in, and how much more they may borrow."""
    asker = asker_of(request)
    if not asker.is_signed_in:
        return asked_to_sign_in(request)
    limit = terms().e_loans_at_once if asker.member else 0
    taken = count_e_loans(asker.member) if asker.member else 0
    edit = Link(request.build_absolute_uri(reverse("discovery:settings")), "text/html", ["edit"])
    told = json_form.profile(name=asker.user.name, links=[edit], loans=limit, left=max(0, limit - taken))
    return _unkept(JsonResponse(told, content_type=json_form.PROFILE))


def _document(request: HttpRequest, status: int = 200) -> HttpResponse:
    edition = Edition(request, "2")
    links = [
        Link(edition.href("root"), FEED_2, ["start"]),
        Link(edition.href("shelf"), FEED_2, [SHELF]),
        Link(edition.whole(reverse("opds:profile")), json_form.PROFILE, ["profile"]),
        Link(edition.whole(reverse("discovery:help")), "text/html", ["help"]),
    ]
    told = json_form.authentication(
        address=edition.sign_in,
        title=library().name or _("Perpustakaan"),
        description=_(
            "Masuk dengan akun perpustakaan Anda. Untuk cara Basic, pakailah token dari halaman akun sebagai kata sandi."
        ),
        links=links,
        token=edition.whole(reverse("opds:token")),
        login=_("NIM, nomor anggota, atau surel"),
        password=_("Kata sandi"),
        key=_("Token"),
    )
    response = HttpResponse(json.dumps(told, ensure_ascii=False), content_type=json_form.AUTHENTICATION, status=status)
    response["Link"] = f'<{edition.sign_in}>; rel="{json_form.AUTHENTICATION_RELATION}"; type="{json_form.AUTHENTICATION}"'
    return _unkept(response)


def _user_of(shown: str) -> User | None:
    """Whose key stands in the header: as a bearer's, or as the password of Basic."""
    scheme, _blank, given = shown.partition(" ")
    key = given.strip() if scheme.lower() == "bearer" else _password_in(given) if scheme.lower() == "basic" else ""
    token = token_with(key) if key and "\0" not in key else None
    return token.user if token is not None and ME in token.scopes else None


def _password_in(given: str) -> str:
    try:
        return base64.b64decode(given.strip(), validate=True).decode().partition(":")[2]
    except (binascii.Error, ValueError):
        return ""


def _given(request: HttpRequest) -> dict[str, str]:
    """The parameters: as a form, as RFC 6749 has them, or as JSON, as some programs send them."""
    told: Any = request.POST.dict()
    if request.content_type == "application/json":
        try:
            told = json.loads(request.body)
        except ValueError:
            told = {}
    return {name: value for name, value in told.items() if isinstance(value, str)} if isinstance(told, dict) else {}


def _fault(error: str, status: int) -> HttpResponse:
    return _unkept(JsonResponse({"error": error}, status=status))


def _unkept(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response
