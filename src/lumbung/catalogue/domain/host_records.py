"""What the catalogue itself knows of the book or journal that a part names in 773."""

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any, NamedTuple

from django.db.models import QuerySet

from lumbung.catalogue.domain.bibliographic import UNREADABLE, Description, Host, describe
from lumbung.catalogue.domain.citable import EDITING, roles_of
from lumbung.catalogue.models import Identifier, Material, Record
from lumbung.kernel.rows import among
from lumbung.search.analysis import words_of

LEVELS = {Material.SERIAL: "s", Material.BOOK: "m", Material.EBOOK: "m"}
_OWN = (Identifier.Kinds.CONTROL_NUMBER, Identifier.Kinds.OTHER)


class HostRecord(NamedTuple):
    """The key of a record that a part names by number, and what it says."""

    key: int
    said: Description


Found = Mapping[str, HostRecord]
"""By the number that a part names."""


def hosts_of(parts: Sequence[Description]) -> Found:
    """The records that the parts name by number (773 $w), those that the public may see and whose MARC can be read; in one statement."""
    wanted = {number for said in parts if said.host for number in said.host.numbers}
    if not wanted:
        return {}
    shown = Record.objects.shown_to_public()
    found = Identifier.objects.filter(kind__in=_OWN, value__in=wanted, record__in=shown).select_related("record").order_by("pk")
    records: dict[str, HostRecord] = {}
    for each in found:
        with suppress(*UNREADABLE):
            records[each.value] = HostRecord(each.record_id, describe(each.record.marc_record))
    return records


def numbers_of(keys: Collection[int]) -> QuerySet[Identifier, Any]:
    """The numbers by which parts may name these records."""
    return Identifier.objects.filter(kind__in=_OWN, **among(keys, "record")).values("value")


def with_hosts(parts: Sequence[Description], found: Found | None = None) -> list[Description]:
    """The descriptions, each with what the record of its host tells where 773 does not: book or journal, editors, publisher, numbers.

    The host is one of those ``found`` by its number (``hosts_of``, asked where they are not given), where its title is the same.
    """
    records = hosts_of(parts) if found is None else found
    return [
        _with_host(said, [records[each].said for each in said.host.numbers if each in records]) if said.host else said
        for said in parts
    ]


def _with_host(said: Description, found: Sequence[Description]) -> Description:
    told = next((each for each in found if said.host and _same_title(said.host, each)), None)
    return said._replace(host=_completed(said.host, told)) if said.host and told else said


def _same_title(host: Host, said: Description) -> bool:
    """That of the record, or that and more: a part may name its host with or without the rest of the title."""
    title = words_of(said.title_proper)
    return bool(title) and words_of(host.title)[: len(title)] == title


def _completed(host: Host, said: Description) -> Host:
    editors = "; ".join(each.name for each in said.contributors if not each.work and roles_of(each) & EDITING)
    published = f"{said.place} : {said.publisher}, {said.year or ''}".rstrip(" ,") if said.publisher else ""
    return replace(
        host,
        level=LEVELS.get(Material(said.material), host.level),
        isbn=host.isbn or next(iter(said.isbns), ""),
        issn=host.issn or next(iter(said.issns), ""),
        published=host.published or published,
        maker=host.maker or editors,
    )
