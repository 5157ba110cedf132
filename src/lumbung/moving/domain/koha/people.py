"""Patrons and staff of Koha: both stand in ``borrowers``."""

import binascii
import re
from base64 import b64decode
from collections.abc import Iterator, Mapping, Sequence

from lumbung.kernel.days import iso_day as day
from lumbung.moving.domain.koha.tables import SECRET
from lumbung.moving.domain.plain import Person, Plain, StaffUser
from lumbung.moving.domain.sources import Source, text_of
from lumbung.moving.domain.staging import AT, Row
from lumbung.moving.domain.values import line, number, plain_text
from lumbung.moving.refusals import CARD_LOST, DEBARRED, GONE_AWAY

STAFF = "CAST(coalesce(flags, 0) AS INTEGER) > 0"
_OLD_MD5 = re.compile(r"[A-Za-z0-9+/]{22}")


def members(source: Source, after: int) -> Iterator[Plain]:
    for row in source.staged.rows("borrowers", after=after):
        yield Person(
            source_id=text_of(row, "borrowernumber"),
            at=row[AT],
            name=name_of(row),
            barcode=line(row.get("cardnumber")) or line(row.get("userid")),
            category=line(row.get("categorycode")) or None,
            place=line(row.get("branchcode")) or None,
            joined_on=day(row.get("dateenrolled")),
            expires_on=day(row.get("dateexpiry")),
            email=line(row.get("email")) or line(row.get("emailpro")),
            phone=line(row.get("mobile")) or line(row.get("smsalertnumber")) or line(row.get("phone")),
            blocked_because=_blocked(row),
            note=plain_text(row.get("borrowernotes")),
            old_password=password(row.get("password")),
            raw={name: value for name, value in row.items() if name not in SECRET},
        )


def staff(source: Source, after: int) -> Iterator[Plain]:
    """Whoever Koha lets into its staff pages."""
    if not count_staff(source):
        return
    for row in source.staged.rows("borrowers", after=after, where=STAFF):
        yield StaffUser(
            source_id=text_of(row, "borrowernumber"),
            at=row[AT],
            username=line(row.get("userid")) or line(row.get("cardnumber")),
            name=name_of(row),
            email=line(row.get("email")),
            old_password=password(row.get("password")),
            raw={name: value for name, value in row.items() if name not in SECRET},
        )


def count_staff(source: Source) -> int:
    """How many they are; none where the borrowers came without that column."""
    return source.staged.count("borrowers", STAFF) if "flags" in source.staged.columns.get("borrowers", ()) else 0


def name_of(row: Row) -> str:
    """The name as it is spoken."""
    return " ".join(each for name in ("firstname", "middle_name", "surname") if (each := line(row.get(name))))


def password(value: object) -> str:
    """bcrypt as it is; the MD5 of old versions, written in base64 there, in hexadecimal."""
    kept = line(value)
    if not _OLD_MD5.fullmatch(kept):
        return "" if kept == "!" else kept
    try:
        return b64decode(kept + "==").hex()
    except binascii.Error:
        return kept


def _blocked(row: Row) -> str:
    if debarred := line(row.get("debarred")):
        until = day(debarred)
        return line(row.get("debarredcomment")) or str(DEBARRED(day=f"{until:%d/%m/%Y}" if until else debarred))
    if number(row.get("gonenoaddress")):
        return str(GONE_AWAY())
    return str(CARD_LOST()) if number(row.get("lost")) else ""


def facts(source: Source, keys: Sequence[str]) -> Mapping[str, Mapping[str, str]]:
    """What ``borrowers`` itself says of these members."""
    kinds = source.staged.named("categories", "categorycode", "description")
    found = {}
    for key, (row, *_) in source.staged.under("borrowers", "borrowernumber", keys).items():
        told = {"name": name_of(row)}
        if card := text_of(row, "cardnumber") or text_of(row, "userid"):
            told["barcode"] = card
        if kind := kinds.get(text_of(row, "categorycode")):
            told["category"] = kind
        ends, began = day(row.get("dateexpiry")), day(row.get("dateenrolled"))
        if ends and began and began <= ends:
            told["expires"] = ends.isoformat()
        found[str(key)] = told
    return found
