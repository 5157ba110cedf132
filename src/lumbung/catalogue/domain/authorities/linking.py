"""Which authority stands behind each heading of a bibliographic record.

A heading is an authority's when its $0 has the authority's number, or when both have one key; then the established heading counts
before a see reference, and that before a person's name without the year of birth. Where several authorities are equally near, a
person has to decide: the heading stays without one.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Exists, OuterRef

from lumbung.catalogue.domain.authorities.keys import DIVIDED, Heading, headings_in
from lumbung.catalogue.events import RecordsRelinked
from lumbung.catalogue.models import Authority, AuthorityName, HeadingKind, Record, RecordHeading
from lumbung.formats.marc import Record as Marc
from lumbung.formats.marc import from_json
from lumbung.kernel import events, rows

STRETCH = 500
MANY = 100
"""So many headings are not asked for where there is no authority at all."""
NEAREST_FIRST = (AuthorityName.Forms.HEADING, AuthorityName.Forms.SEE, AuthorityName.Forms.UNDATED)
COLUMNS = ("record_id", "kind", "key", "label", "about", "whole", "authority_id")
LONGEST_LABEL = 300
KINDS = {each: each.value for each in HeadingKind}
"""As the database takes them."""
Keys = Collection[tuple[str, str]]


class Named(NamedTuple):
    """A heading of a record as it is stored; ``number`` is what its $0 says, by which an authority may be found."""

    kind: str
    key: str
    label: str
    about: bool
    whole: bool
    number: str


def named_in(marc: Marc) -> list[Named]:
    """Every heading of the record that authorities may control."""
    return [
        Named(KINDS[each.kind], each.key, each.label[:LONGEST_LABEL], each.field.tag[0] == "6", each.whole, number_in(each))
        for each in headings_in(marc)
    ]


def link_records(keys: Collection[int]) -> None:
    """Read the headings of these records anew, find the authorities behind them, and tell which records have some now or had some.

    May be done again at any time. Goes in stretches, each told by ``RecordsRelinked``, so that search follows.
    """
    wanted = sorted(keys)
    for first in range(0, len(wanted), STRETCH):
        some = wanted[first : first + STRETCH]
        with transaction.atomic():
            held = Record.objects.filter(pk__in=some).order_by("pk").select_for_update().values_list("pk", "marc")
            before = _links(some)
            replace_headings((key, from_json(marc)) for key, marc in held)
            if changed := sorted({record for record, _ in before ^ _links(some)}):
                events.record(RecordsRelinked(records=changed), by=None)


def _links(records: Collection[int]) -> set[tuple[int, int | None]]:
    linked = RecordHeading.objects.filter(record__in=records, authority__isnull=False)
    return set(linked.values_list("record", "authority"))


def link_imported(first: int, last: int) -> None:
    """Find the authorities that became known while records with these keys came in, neither having seen the other."""
    if not AuthorityName.objects.exists():
        return
    named = AuthorityName.objects.filter(kind=OuterRef("kind"), key=OuterRef("key"))
    alone = RecordHeading.objects.filter(record__gte=first, record__lte=last, authority__isnull=True)
    link_records(set(alone.filter(Exists(named)).values_list("record", flat=True)))


def replace_headings(given: Iterable[tuple[int, Marc]]) -> None:
    """Put the headings of these records in place of those that were told before. Only inside a transaction."""
    found = {record: named_in(marc) for record, marc in given}
    RecordHeading.objects.filter(record__in=found).delete()
    add_headings((record, each) for record, headings in found.items() for each in headings)


def add_headings(given: Iterable[tuple[int, Named]]) -> None:
    """Store headings, each told with the key of its record, which has none yet. Only inside a transaction."""
    found = list(given)
    known = found if len(found) <= MANY or Authority.objects.exists() else []
    by_key = authorities_by_key({(each.kind, each.key) for _, each in known})
    by_number = authorities_by_number({each.number for _, each in known if each.number})
    rows.insert(RecordHeading, COLUMNS, list(_rows(found, by_key, by_number)))


def _rows(
    found: Iterable[tuple[int, Named]], by_key: Mapping[tuple[str, str], int], by_number: Mapping[str, int]
) -> Iterator[tuple[Any, ...]]:
    for record, (kind, key, label, about, whole, number) in found:
        authority = by_number.get(number) or by_key.get((kind, key))
        if authority is not None or not whole:
            yield record, kind, key, label, about, whole, authority


def number_in(heading: Heading) -> str:
    """The control number that the field's $0 names, without the code of the agency or the address before it."""
    told = "" if heading.whole else heading.field.get("0")
    return told.rpartition(")")[2].rpartition("/")[2].strip()[:120]


def authorities_by_key(keys: Keys) -> dict[tuple[str, str], int]:
    """The one authority that each of these (kind, key) leads to; those that lead to none or several are left out."""
    names = AuthorityName.objects.filter(key__in={key for _, key in keys}).values_list("kind", "key", "form", "authority")
    found: dict[tuple[str, str], dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for kind, key, form, authority in names if keys else ():
        found[kind, key][form].add(authority)
    nearest = {asked: next(forms[form] for form in NEAREST_FIRST if form in forms) for asked, forms in found.items()}
    return {asked: next(iter(owners)) for asked, owners in nearest.items() if len(owners) == 1}


def authorities_by_number(numbers: Collection[str]) -> dict[str, int]:
    """The one authority that has each of these control numbers; numbers that none or several have are left out."""
    if not numbers:
        return {}
    rows_found = Authority.objects.filter(control_number__in=numbers).values_list("control_number", "pk")
    several: dict[str, set[int]] = defaultdict(set)
    for number, key in rows_found:
        several[number].add(key)
    return {number: next(iter(owners)) for number, owners in several.items() if len(owners) == 1}


def link_authorities(keys: Collection[int]) -> None:
    """Find anew what stands behind the headings that these authorities may concern: those linked to them, and those that have one of
    their names. Search follows every one of them, for their see references may have changed."""
    for first in range(0, len(keys), STRETCH):
        some = sorted(keys)[first : first + STRETCH]
        concerned = set(RecordHeading.objects.filter(authority__in=some).values_list("record", flat=True))
        names = set(AuthorityName.objects.filter(authority__in=some).values_list("key", flat=True))
        names |= {name.partition(DIVIDED)[0] for name in names}
        concerned |= set(RecordHeading.objects.filter(key__in=names).values_list("record", flat=True))
        for start in range(0, len(concerned), STRETCH):
            stretch = sorted(concerned)[start : start + STRETCH]
            link_records(stretch)
            with transaction.atomic():
                events.record(RecordsRelinked(records=stretch), by=None)
