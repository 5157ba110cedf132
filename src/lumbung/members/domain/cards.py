"""Cards on paper: ID-1 (ISO/IEC 7810, 85.6 × 53.98 mm), one a page or ten on a sheet of A4, with photo, QR code and bars."""

from base64 import b64encode
from collections.abc import Sequence
from importlib.resources import files
from typing import Any

from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from lumbung.kernel import typesetting
from lumbung.kernel.ui.bars import Bars, picture
from lumbung.kernel.ui.words import day, initials
from lumbung.members.models import Member
from lumbung.organization.queries import library

A_SHEET = 10
MOST = 500
"""How many cards are set at once."""


def cards(members: Sequence[Member], *, single: bool = False, start: int = 1, outlines: bool = True) -> bytes:
    """The cards as PDF, in the order given: one a page of its own size (``single``), else ten a sheet of A4, the first at the place
    ``start`` (1 to 10). Members need category and programme at hand."""
    source = files("lumbung.members.domain").joinpath("cards.typ").read_text(encoding="utf-8")
    of = library()
    data = {"library": of.name, "institution": of.institution, "single": single, "outlines": outlines and not single}
    return typesetting.pdf(source, {**data, "sheets": _sheets([_told(each) for each in members], 1 if single else start)})


def _sheets(told: list[dict[str, Any]], start: int) -> list[list[tuple[int, dict[str, Any]]]]:
    placed = [divmod(start - 1 + at, A_SHEET) for at in range(len(told))]
    count = placed[-1][0] + 1 if placed else 0
    return [[(place, each) for (sheet, place), each in zip(placed, told, strict=True) if sheet == n] for n in range(count)]


def _told(member: Member) -> dict[str, Any]:
    bars = picture(member.barcode, Bars.CODE_128)
    linear = bars["kind"] == "bars"
    return {
        "name": member.name,
        "initials": initials(member.name),
        "category": str(member.category),
        "unit": str(member.programme or member.unit),
        "number": member.barcode,
        "valid": _("Berlaku sampai %(day)s") % {"day": day(member.expires_on)},
        "photo": _photo(member),
        "qr": picture(member.barcode, Bars.QR)["svg"],
        "bars": bars["svg"] if linear else "",
        "modules": bars["modules"],
    }


def _photo(member: Member) -> str:
    """The photo inside an SVG picture, which Typst reads from text; empty where there is none, or its file is lost."""
    if not member.photo or not default_storage.exists(member.photo):
        return ""
    with default_storage.open(member.photo) as file:
        content = b64encode(file.read()).decode()
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="360" height="480" viewBox="0 0 360 480">'
        f'<image width="360" height="480" href="data:image/jpeg;base64,{content}"/></svg>'
    )
