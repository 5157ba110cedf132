"""Licences as reading programs ask for them. A licence is known by a key that nobody can guess; it opens nothing without the passphrase,
so its document, its status and the book under lock are given to whoever knows the key, as the specification wants."""

from base64 import b64encode
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lumbung.digital.domain.reading_apps.licences import Device, give_back, register, renew
from lumbung.digital.domain.reading_apps.locking import key_of, locked, locked_file
from lumbung.digital.domain.reading_apps.passphrases import hash_of
from lumbung.digital.domain.reading_apps.provider import profile, signer
from lumbung.digital.models import ELoan, Licence, Passphrase
from lumbung.digital.queries.licences import (
    end_of,
    happenings_of,
    is_over,
    licence_updated,
    licence_with,
    longest_end,
    state_of,
    status_updated,
)
from lumbung.digital.refusals import RENEWED_NO_LONGER
from lumbung.digital.web.serving import sandboxed
from lumbung.formats import lcp
from lumbung.kernel import clock
from lumbung.kernel.api.problems import MEDIA_TYPE
from lumbung.kernel.days import is_within_reach
from lumbung.kernel.refusals import Refused
from lumbung.kernel.ui.words import day


def document_of(request: HttpRequest, licence: Licence) -> bytes:
    """The licence document as it is now. Refuses while its reader has no passphrase."""
    loan, file = licence.loan, licence.loan.lending.file
    passphrase = Passphrase.objects.filter(member=loan.member).first()
    user_hash = hash_of(passphrase)
    assert passphrase is not None  # noqa: S101 -- it has a hash
    publication = locked(file)
    said = lcp.Licence(
        identifier=str(licence.pk),
        provider=request.build_absolute_uri("/"),
        issued=licence.issued_at,
        updated=licence_updated(licence, passphrase),
        start=loan.lent_at,
        end=end_of(loan),
        content_key=key_of(publication),
        user_hash=user_hash,
        hint=passphrase.hint,
        user=str(passphrase.subject),
        links=[
            _link(request, "hint", reverse("digital:reading_apps"), "text/html"),
            {
                **_link(request, "publication", _to("book", licence), file.media_type, title=file.record.title),
                "hash": b64encode(bytes.fromhex(publication.locked_sha256)).decode(),
                "length": publication.locked_size,
            },
            _link(request, "self", _to("document", licence), lcp.LICENCE_TYPE),
            _link(request, "status", _to("status", licence), lcp.STATUS_TYPE),
        ],
        copies=loan.lending.app_copies,
        prints=loan.lending.app_prints,
    )
    return lcp.document(said, profile(), signer())


@require_safe
def document(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """The licence as it is now: after a renewal with the later end, after the end with that."""
    return _unkept(HttpResponse(document_of(request, _found(key)), content_type=lcp.LICENCE_TYPE))


@require_safe
def book(_request: HttpRequest, key: UUID) -> HttpResponseBase:
    """The book under lock, while the licence lasts."""
    licence = _found(key)
    if is_over(licence.loan, clock.now()):
        raise Http404
    file = licence.loan.lending.file
    path = locked_file(file, locked(file))
    return sandboxed(FileResponse(path.open("rb"), content_type=file.media_type, as_attachment=True, filename=file.name))


@require_safe
def status(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """How the licence stands."""
    return _status(request, _found(key))


@csrf_exempt  # no session counts here: the key in the address does
@require_POST
def registration(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """A device tells that it opened the licence."""
    licence = _found(key)
    try:
        register(licence, Device(_said(request, "id"), _said(request, "name")))
    except Refused as refused:
        return _fault("register", refused)
    return _status(request, _found(key))


@csrf_exempt  # as above
@require_http_methods(["PUT"])
def renewal(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """A reading program asks for more time."""
    licence = _found(key)
    try:
        renew(licence, _moment(_said(request, "end")))
    except Refused as refused:
        return _fault("renew/date" if RENEWED_NO_LONGER.code in refused.codes else "renew", refused)
    return _status(request, _found(key))


@csrf_exempt  # as above
@require_http_methods(["PUT"])
def giving_back(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """A reading program gives the book back."""
    licence = _found(key)
    try:
        give_back(licence)
    except Refused as refused:
        was_returned = licence.loan.end == ELoan.Ends.RETURNED
        return _fault("return/already" if was_returned else "return/expired", refused)
    return _status(request, _found(key))


def _found(key: UUID) -> Licence:
    """The licence. Raises Http404 for a key that is none, or whose reader was forgotten."""
    if (licence := licence_with(key)) is None:
        raise Http404
    return licence


def _status(request: HttpRequest, licence: Licence) -> HttpResponseBase:
    now, passphrase = clock.now(), Passphrase.objects.filter(member=licence.loan.member).first()
    told = lcp.Standing(
        identifier=str(licence.pk),
        state=state_of(licence, now),
        message=_message(licence, now),
        licence_updated=licence_updated(licence, passphrase),
        status_updated=status_updated(licence, now),
        links=list(_ways(request, licence, now)),
        longest=longest_end(licence, now),
        happenings=happenings_of(licence),
    )
    return _unkept(JsonResponse(lcp.status_document(told), content_type=lcp.STATUS_TYPE))


def _message(licence: Licence, now: datetime) -> str:
    if is_over(licence.loan, now):
        return _("Pinjaman ini sudah berakhir.")
    return _("Dipinjam sampai %(day)s.") % {"day": day(licence.loan.due)}


def _ways(request: HttpRequest, licence: Licence, now: datetime) -> list[dict[str, Any]]:
    """What can be done with the licence now."""
    found = [_link(request, "license", _to("document", licence), lcp.LICENCE_TYPE)]
    if is_over(licence.loan, now):
        return found
    found.append(_templated(request, "register", _to("registration", licence), "{?id,name}"))
    found.append(_templated(request, "return", _to("return", licence), "{?id,name}"))
    if longest_end(licence, now):
        found.append(_templated(request, "renew", _to("renewal", licence), "{?end,id,name}"))
    return found


def _to(name: str, licence: Licence) -> str:
    return reverse(f"digital:licence_{name}", args=[licence.pk])


def _link(request: HttpRequest, relation: str, path: str, media_type: str, title: str = "") -> dict[str, Any]:
    told = {"href": request.build_absolute_uri(path), "rel": relation, "type": media_type}
    return {**told, "title": title} if title else told


def _templated(request: HttpRequest, relation: str, path: str, template: str) -> dict[str, Any]:
    href = f"{request.build_absolute_uri(path)}{template}"
    return {"href": href, "rel": relation, "templated": True, "type": lcp.STATUS_TYPE}


def _said(request: HttpRequest, name: str) -> str:
    return request.GET.get(name) or request.POST.get(name, "")


def _moment(said: str) -> datetime | None:
    """The moment a program asks for; None where it names none, or one without a zone or sense."""
    try:
        found = parse_datetime(said)
    except ValueError:
        return None
    return found if found is not None and found.tzinfo is not None and is_within_reach(found) else None


def _fault(kind: str, refused: Refused) -> HttpResponseBase:
    told, code = lcp.FAULTS[kind]
    detail = " ".join(str(reason) for reason in refused.reasons)
    titles = {
        "register": _("Perangkat Anda tidak dapat didaftarkan."),
        "renew": _("Pinjaman tidak dapat diperpanjang."),
        "renew/date": _("Pinjaman tidak dapat diperpanjang selama itu."),
        "return/already": _("Buku ini sudah dikembalikan."),
        "return/expired": _("Pinjaman ini sudah berakhir."),
    }
    return _unkept(JsonResponse({"type": told, "title": titles[kind], "detail": detail}, status=code, content_type=MEDIA_TYPE))


def _unkept(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response
