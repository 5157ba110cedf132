"""Which types of copies and which libraries INLISLite lets each member borrow from.

There the list of a type of member (its defaults) is copied to each of its members. What is kept from all of a type is a rule of its
category here; only a member whose own list says otherwise has a rule of their own.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from lumbung.moving.domain.plain import Permitted, Plain, Rule
from lumbung.moving.domain.sources import Source, text_of
from lumbung.moving.domain.staging import AT
from lumbung.moving.domain.values import number

TYPES, LIBRARIES = "memberloanauthorizecategory", "memberloanauthorizelocation"
USUAL_TYPES = "collectioncategorysdefault"
SHORTEST = 7
"""How many days a copy is lent for that a member may have too, where the type of member says none."""


def of_defaults(source: Source) -> Iterator[Rule]:
    """The types of copies that are kept from each type of member."""
    usual, every = _usual(source), _every_type(source)
    for row in source.staged.rows("jenis_anggota"):
        kind = text_of(row, "id")
        for copy_type in every if kind in usual else ():
            if copy_type not in usual[kind]:
                yield Rule(
                    source_id=f"jenis-{kind}-{copy_type}",
                    at=row[AT],
                    category=kind,
                    copy_type=copy_type,
                    loan_days=0,
                    loan_limit=0,
                    renewal_limit=0,
                    terms=(("may_borrow", False),),
                    raw=row,
                )


def permits(source: Source, after: int) -> Iterator[Plain]:
    return (row for at, row in enumerate(_all(source), start=1) if at > after)


def count_permits(source: Source) -> int:
    return sum(1 for _ in _all(source))


def _all(source: Source) -> Iterator[Permitted]:
    """What each member may borrow otherwise than their type of member; their places follow one another."""
    types = _listed(source, TYPES, "categoryloan_id", _every_type(source))
    places = _places(source, _listed(source, LIBRARIES, "locationloan_id", list(_rooms(source))))
    usual, every, at = _usual(source), _every_type(source), 0
    days = {
        text_of(row, "id"): number(row.get("maxloandays"), least=1, most=3650) for row in source.staged.rows("jenis_anggota")
    }
    for row in source.staged.rows("members") if types or places else ():
        key, kind = text_of(row, "id"), text_of(row, "jenisanggota_id")
        common = usual.get(kind, every)
        own, where = types.get(key, common), places.get(key, ())
        more = tuple(each for each in every if each in own and each not in common)
        fewer = any(each not in own for each in common)
        told: list[tuple[str, bool, tuple[str, ...], int | None]] = []
        if more:
            told.append((f"{key}-juga", False, more, days.get(kind) or SHORTEST))
        if fewer or where:
            told.append((f"{key}-hanya", True, tuple(own) if fewer else (), None))
        for source_id, is_only, copy_types, loan_days in told:
            at += 1
            yield Permitted(
                source_id=source_id,
                at=at,
                member=key,
                is_only=is_only,
                copy_types=copy_types,
                places=tuple(where),
                loan_days=loan_days,
                raw=row,
            )


def _every_type(source: Source) -> list[str]:
    return [text_of(row, "id") for row in source.staged.rows("collectioncategorys")]


def _usual(source: Source) -> dict[str, list[str]]:
    """The types of copies that each type of member borrows, where it has a list of them."""
    return _gathered(source, USUAL_TYPES, "jenisanggota_id", "collectioncategory_id", _every_type(source))


def _listed(source: Source, table: str, column: str, every: Sequence[str]) -> dict[str, list[str]]:
    """What each member's list names of what there is; a list of what is gone names nothing and is none."""
    return _gathered(source, table, "member_id", column, every)


def _gathered(source: Source, table: str, owner: str, column: str, every: Sequence[str]) -> dict[str, list[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for row in source.staged.rows(table):
        found[text_of(row, owner)].add(text_of(row, column))
    told = {key: [each for each in every if each in named] for key, named in found.items()}
    return {key: named for key, named in told.items() if named}


def _rooms(source: Source) -> dict[str, list[str]]:
    """The rooms (``locations``) of each library."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in source.staged.rows("locations"):
        found[text_of(row, "locationlibrary_id")].append(text_of(row, "id"))
    return found


def _places(source: Source, listed: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """The rooms of the libraries each member may borrow from; nothing for those who may from all."""
    rooms = _rooms(source)
    return {
        member: [room for library in libraries for room in rooms[library]]
        for member, libraries in listed.items()
        if len(libraries) < len(rooms)
    }
