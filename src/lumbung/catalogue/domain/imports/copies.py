"""Copies as records bring them: in 952 (Koha and its kin) or in 852 with 876–878 (MARC 21 holdings)."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import NamedTuple

from lumbung.catalogue.domain.holdings_words import holdings_words
from lumbung.catalogue.models import Item
from lumbung.formats.holdings import designations_in, holdings_in
from lumbung.formats.marc import Field, Record
from lumbung.kernel import amounts

HIGHEST_PRICE = Decimal("9999999999.99")
_ITEM_INFORMATION = ("876", "877", "878")


class Profile(StrEnum):
    """Where a file keeps its copies; ``AUTO`` takes 952, else 852 and 876–878, wherever they have a barcode."""

    AUTO = "auto"
    KOHA = "952"
    HOLDINGS = "852"
    NONE = "none"


class Copy(NamedTuple):
    """A copy as the record tells it; codes are the sender's. ``place`` is that of its field among those of the record."""

    place: int
    barcode: str
    branch: str = ""
    held_at: str = ""
    location: str = ""
    item_type: str = ""
    call_number: str = ""
    volume: str = ""
    number: str = ""
    accession_number: str = ""
    accessioned_on: str | None = None
    vendor: str = ""
    price: Decimal | None = None
    status: str = Item.Statuses.AVAILABLE.value
    lendable: bool = True
    note: str = ""


def copies(record: Record, profile: Profile) -> list[Copy]:
    """The copies of the record, in its order; those without a barcode only where the profile was chosen by name."""
    if profile is Profile.KOHA:
        return [_koha(at, each) for at, each in _fields(record, "952")]
    if profile is Profile.HOLDINGS:
        return list(_holdings(record))
    if profile is Profile.AUTO:
        found = [_koha(at, each) for at, each in _fields(record, "952") if each.get("p")]
        return found or [each for each in _holdings(record) if each.barcode]
    return []


def _fields(record: Record, *tags: str) -> list[tuple[int, Field]]:
    """The data fields with these tags, each with its place."""
    return [(at, each) for at, each in enumerate(record.fields) if each.tag in tags and not each.is_control]


def _koha(at: int, field: Field) -> Copy:
    first: dict[str, str] = {}
    for code, text in field.subfields:
        first.setdefault(code, text.strip())
    return Copy(
        place=at,
        barcode=first.get("p", ""),
        branch=first.get("a") or first.get("b", ""),
        held_at=first.get("b", ""),
        location=first.get("c", ""),
        item_type=first.get("y", ""),
        call_number=first.get("o", ""),
        volume=first.get("h", ""),
        number=first.get("t", ""),
        accession_number=first.get("i", ""),
        accessioned_on=_day(first.get("d", "")),
        vendor=first.get("e", ""),
        price=price_in(first.get("g") or first.get("v", "")),
        status=_koha_status(first),
        lendable=not _is_set(first.get("7", "")),
        note=first.get("z", ""),
    )


def _day(text: str) -> str | None:
    """The day as ``2024-05-31``; None for what is none."""
    if not text:
        return None
    try:
        return date.fromisoformat(text[:10]).isoformat()
    except ValueError:
        return None


def _koha_status(first: dict[str, str]) -> str:
    if _is_set(first.get("0", "")):
        return Item.Statuses.WITHDRAWN.value
    if _is_set(first.get("1", "")):
        return Item.Statuses.LOST.value
    if _is_set(first.get("4", "")):
        return Item.Statuses.DAMAGED.value
    if first.get("7") == "-2":
        return Item.Statuses.IN_REPAIR.value
    return Item.Statuses.IN_PROCESS.value if first.get("7", "").startswith("-") else Item.Statuses.AVAILABLE.value


def _is_set(value: str) -> bool:
    """Whether a status of Koha's is set; a negative "not for loan" is one that passes."""
    return value not in {"", "0"} and not value.startswith("-")


def _holdings(record: Record) -> Iterator[Copy]:
    homes = _fields(record, "852")
    details = _fields(record, *_ITEM_INFORMATION)
    holdings = holdings_in(record)
    heads = {id(each.place) for each in holdings}
    called = designations_in(record, holdings_words()) if holdings else {}
    for at, each in homes:
        if each.get("p") or not (details or id(each) in heads):
            yield _home(at, each)
    for at, each in details:
        home = next((one for one in homes if _link(each) and _link(each) in _links(one[1])), homes[0] if homes else None)
        there = _home(*home) if home else Copy(place=at, barcode="")
        yield there._replace(
            place=at,
            barcode=each.get("p").strip(),
            accession_number=each.get("a").strip(),
            volume=called.get(each.get("8").partition("\\")[0].strip(), ""),
            number=each.get("t").strip() or there.number,
            price=price_in(each.get("c")),
            held_at=each.get("l").strip() or there.held_at,
            note=each.get("z").strip() or there.note,
        )


def _home(at: int, field: Field) -> Copy:
    branch = (field.get("b") or field.get("a")).strip()
    return Copy(
        place=at,
        barcode=field.get("p").strip(),
        branch=branch,
        location=field.get("c").strip(),
        call_number=field.join("khim"),
        number=field.get("t").strip(),
        note=field.get("z").strip(),
    )


def _link(field: Field) -> str:
    """The number that ties 876 to its 852 ($8, before the full stop)."""
    return field.get("8").partition(".")[0]


def _links(field: Field) -> set[str]:
    return {text.partition(".")[0] for text in field.all("8")}


def price_in(text: str) -> Decimal | None:
    """The amount in ``Rp85.000,00``, ``85000``, ``85 ribu`` or ``$14.00``; None when there is none, or none that a book could cost."""
    if not text:
        return None
    if amounts.has_word(text):
        told = amounts.in_words(text)
        return told.quantize(Decimal("0.01")) if told is not None and told <= HIGHEST_PRICE else None
    digits = "".join(each for each in text if each in "0123456789.,").strip(".,")
    whole, mark, rest = digits.rpartition("," if digits.rfind(",") > digits.rfind(".") else ".")
    fraction = f".{rest}" if mark and len(rest) != 3 else rest  # noqa: PLR2004 -- three digits after the last mark are thousands
    digits = whole.replace(".", "").replace(",", "") + fraction
    try:
        amount = Decimal(digits).quantize(Decimal("0.01"))
    except InvalidOperation:
        return None
    return amount if amount <= HIGHEST_PRICE else None
