"""Who came to a library with INLISLite, and what members owe there.

Readings on the spot (``bacaditempat``) stay with the tables that are kept: who reads was counted as a visitor already.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from lumbung.moving.domain.plain import Owed, Plain, Visiting
from lumbung.moving.domain.sources import Source, text_of
from lumbung.moving.domain.staging import AT, Row
from lumbung.moving.domain.values import line, moment, number
from lumbung.moving.refusals import DAYS_UNREADABLE

PEOPLE, GROUPS = "memberguesses", "groupguesses"
UNPAID = "coalesce(paid, 0) NOT IN (1, '1', char(1), x'01') AND CAST(coalesce(jumlahdenda, 0) AS REAL) >= 1"
KINDS = (("lambat", "overdue"), ("hilang", "lost"), ("rusak", "damaged"), ("kartu", "card"))
"""What a violation is here, by the words of its kind; the rest is other."""


def visits(source: Source, after: int) -> Iterator[Plain]:
    """Members and guests one by one, then groups. Their places follow one another."""
    purposes = source.staged.named("tujuan_kunjungan", "id", "tujuankunjungan")
    first = source.staged.ask(f"SELECT max(rowid) AS last FROM {PEOPLE}")  # noqa: S608 -- ours
    last = int(first[0]["last"] or 0) if first else 0
    members = _numbers(source)
    for row in source.staged.rows(PEOPLE, after=after) if after < last else ():
        member = members.get(line(row.get("noanggota")).upper())
        yield _visit(source, row, f"p{text_of(row, 'id')}", row[AT], member=member, purposes=purposes)
    for row in source.staged.rows(GROUPS, after=max(0, after - last)):
        yield _visit(source, row, f"g{text_of(row, 'id')}", last + row[AT], is_group=True, purposes=purposes)


def _numbers(source: Source) -> dict[str, str]:
    """The members by their numbers, as visitors are told."""
    rows = source.staged.ask("SELECT id, memberno FROM members WHERE coalesce(memberno, '') <> ''")
    return {line(row["memberno"]).upper(): text_of(row, "id") for row in rows}


def _visit(
    source: Source,
    row: Row,
    key: str,
    at: int,
    *,
    purposes: dict[str, str],
    member: str | None = None,
    is_group: bool = False,
) -> Visiting:
    came_at = moment(row.get("createdate"), source.zone)
    purpose = text_of(row, "tujuankunjungan_id")
    return Visiting(
        source_id=key,
        at=at,
        came_at=came_at or datetime(1970, 1, 1, tzinfo=source.zone),
        member=member,
        name=line(row.get("namaketua" if is_group else "nama")),
        institution=line(row.get("asalinstansi")),
        people=(number(row.get("countpersonel"), least=1) or 1) if is_group else None,
        purpose=line(purposes.get(purpose, "")),
        faults=() if came_at else (DAYS_UNREADABLE(),),
        raw=row,
    )


def count_visits(source: Source) -> int:
    return source.staged.count(PEOPLE) + source.staged.count(GROUPS)


def visit_facts(source: Source, keys: Sequence[str]) -> dict[str, dict[str, str]]:
    """The day each visit has in its own table."""
    told = {}
    for table, mark in ((PEOPLE, "p"), (GROUPS, "g")):
        rows = source.staged.under(table, "id", [key[1:] for key in keys if key[0] == mark])
        for key, (row, *_) in rows.items():
            told[f"{mark}{key}"] = {"day": text_of(row, "createdate")[:10]}
    return told


def owed(source: Source, after: int) -> Iterator[Plain]:
    """Each violation whose fine is not paid; what was paid stays with the table that is kept."""
    kinds = source.staged.named("jenis_pelanggaran", "id", "jenispelanggaran")
    for row in source.staged.rows("pelanggaran", after=after, where=UNPAID):
        kind, amount = line(kinds.get(text_of(row, "jenispelanggaran_id"), "")), _amount(row)
        yield Owed(
            source_id=text_of(row, "id"),
            at=row[AT],
            member=text_of(row, "member_id"),
            amount=amount,
            note=(f"INLISLite: {kind}" if kind else "Denda dari INLISLite")[:200],
            kind=next((ours for word, ours in KINDS if word in kind.lower()), "other"),
            raw={**row, "amount": amount},
        )


def _amount(row: Row) -> int:
    return number(text_of(row, "jumlahdenda").partition(".")[0]) or 0


def count_owed(source: Source) -> int:
    return source.staged.count("pelanggaran", UNPAID)


def total_owed(source: Source) -> int:
    return sum(_amount(row) for row in source.staged.rows("pelanggaran", where=UNPAID))
