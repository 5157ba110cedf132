"""Members and staff of SLiMS."""

from collections.abc import Iterator, Mapping, Sequence

from lumbung.kernel.days import iso_day as day
from lumbung.moving.domain.plain import Person, Plain, StaffUser
from lumbung.moving.domain.sources import Source, text_of
from lumbung.moving.domain.staging import AT
from lumbung.moving.domain.values import line, plain_text
from lumbung.moving.refusals import PENDING


def card(value: object) -> str:
    """A member's number as SLiMS compares it: blanks and case aside."""
    return line(value).upper()


def members(source: Source, after: int) -> Iterator[Plain]:
    for row in source.staged.rows("member", after=after):
        joined = day(row.get("member_since_date")) or day(row.get("register_date")) or day(row.get("input_date"))
        yield Person(
            source_id=card(row.get("member_id")) or card(row.get("member_name")),
            at=row[AT],
            name=line(row.get("member_name")),
            barcode=line(row.get("member_id")),
            category=line(row.get("member_type_id")) or None,
            joined_on=joined,
            expires_on=day(row.get("expire_date")),
            email=line(row.get("member_email")),
            phone=line(row.get("member_phone")),
            unit=line(row.get("inst_name")),
            blocked_because=str(PENDING.sentence) if text_of(row, "is_pending") == "1" else "",
            note=plain_text(row.get("member_notes")),
            old_password=text_of(row, "mpasswd").strip(),
            image=line(row.get("member_image")),
            raw={name: value for name, value in row.items() if name not in {"mpasswd", "pin"}},
        )


def staff(source: Source, after: int) -> Iterator[Plain]:
    for row in source.staged.rows("user", after=after):
        yield StaffUser(
            source_id=line(row.get("user_id")),
            at=row[AT],
            username=line(row.get("username")),
            name=line(row.get("realname")),
            email=line(row.get("email")),
            old_password=text_of(row, "passwd").strip(),
            raw={name: value for name, value in row.items() if name not in {"passwd", "2fa"}},
        )


def facts(source: Source, keys: Sequence[str]) -> Mapping[str, Mapping[str, str]]:
    """What ``member`` itself says of these members."""
    kinds = source.staged.named("mst_member_type", "member_type_id", "member_type_name")
    wanted = set(keys)
    found = {}
    for row in source.staged.rows("member"):
        if (key := card(row.get("member_id"))) in wanted:
            ends, began = day(row.get("expire_date")), day(row.get("member_since_date"))
            found[key] = {"name": text_of(row, "member_name"), "barcode": text_of(row, "member_id")}
            if kind := kinds.get(text_of(row, "member_type_id")):
                found[key]["category"] = kind
            if ends and began and began <= ends:
                found[key]["expires"] = ends.isoformat()
    return found
