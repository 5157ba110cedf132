"""Which parts are shared with what the record of their book or journal says, so that they are shared anew when that changes."""

from collections.abc import Collection, Iterator, Mapping

from django.db import transaction

from lumbung.catalogue.domain.bibliographic import Description
from lumbung.catalogue.domain.host_records import Found, numbers_of
from lumbung.cooperation.models import NamedHost
from lumbung.cooperation.models.named_host import LONGEST_NUMBER
from lumbung.kernel import rows
from lumbung.kernel.rows import among

AT_ONCE = 5_000
COLUMNS = ("part", "number", "host")
Naming = tuple[int, str, int | None]


def parts_of(keys: Collection[int]) -> set[int]:
    """The keys of the parts that name one of these records as their host, or named it when they were last shared.

    One statement for each AT_ONCE records: by the numbers they have now, and by their keys for those that had other numbers or are gone.
    """
    distinct, parts = sorted(set(keys)), set[int]()
    for first in range(0, len(distinct), AT_ONCE):
        some = distinct[first : first + AT_ONCE]
        had = NamedHost.objects.filter(**among(some, "host")).values_list("part", flat=True)
        parts.update(had.union(NamedHost.objects.filter(number__in=numbers_of(some)).values_list("part", flat=True)))
    return parts


@transaction.atomic
def keep_named_hosts(keys: Collection[int], said: Mapping[int, Description], found: Found) -> None:
    """Keep which hosts those of these records name that are shared, as ``said``, and which of them were ``found``; forget the others'."""
    named = set(_namings(said, found))
    held = set(NamedHost.objects.filter(**among(keys, "part")).values_list(*COLUMNS))
    if changed := {part for part, _number, _host in named ^ held}:
        NamedHost.objects.filter(part__in=changed).delete()
        rows.put(NamedHost, COLUMNS, sorted(each for each in named if each[0] in changed), key=("part", "number"))


def _namings(said: Mapping[int, Description], found: Found) -> Iterator[Naming]:
    for key, each in said.items():
        for number in each.host.numbers if each.host else ():
            if len(number) <= LONGEST_NUMBER:
                yield key, number, found[number].key if number in found else None
