"""Errors as RFC 9457 problem details."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext_lazy as _

MEDIA_TYPE = "application/problem+json"

TITLES = {
    400: _("Permintaan tidak dapat dibaca"),
    401: _("Perlu masuk atau memakai token"),
    403: _("Tidak diizinkan"),
    404: _("Tidak ada"),
    405: _("Metode tidak dikenal di alamat ini"),
    406: _("Format yang diminta tidak tersedia"),
    409: _("Ditolak"),
    412: _("Sudah berubah"),
    413: _("Terlalu besar"),
    415: _("Jenis isi tidak dikenal"),
    422: _("Isian keliru"),
    428: _("Sebutkan versi yang diubah"),
    429: _("Terlalu sering"),
    500: _("Ada gangguan di pihak kami"),
    503: _("Belum siap"),
    507: _("Ruang penyimpanan penuh"),
}


class UnknownName(Exception):
    """A key, code or barcode in the body of a request names nothing: ``field`` says which, ``value`` what was sent."""

    def __init__(self, field: str, value: object) -> None:
        super().__init__(f"{field}: {value}")
        self.field = field


def problem(status: int, detail: str = "", headers: Mapping[str, str] | None = None, **members: Any) -> HttpResponse:
    """An answer of ``application/problem+json``. ``type`` names the kind by its status phrase, and leads to the page that explains it."""
    told = {
        "type": f"/api/v1/reference#{name_of(status)}",
        "title": str(TITLES.get(status, HTTPStatus(status).phrase)),
        "status": status,
        **({"detail": detail} if detail else {}),
        **members,
    }
    return JsonResponse(told, status=status, content_type=MEDIA_TYPE, headers=dict(headers or {}))


def name_of(status: int) -> str:
    """``conflict`` for 409: its phrase as an address."""
    return HTTPStatus(status).phrase.lower().replace(" ", "-")
