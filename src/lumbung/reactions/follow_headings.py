"""Headings of records follow the authorities, and find them."""

from collections.abc import Sequence

from lumbung.catalogue.domain.authorities.linking import link_authorities, link_imported, link_records
from lumbung.catalogue.domain.authorities.rewriting import carry_out, take_back
from lumbung.catalogue.models import HeadingChange
from lumbung.kernel.jobs import Reaction
from lumbung.kernel.models import JournalEntry

LINKING = ("RecordsImported", "RecordsMatched", "TitlesArrived", "AuthorityAdded", "AuthorityChanged", "AuthoritiesImported")
REWRITING = ("HeadingRenamed", "AuthoritiesMerged", "HeadingChangeUndoing")


def link_headings(entries: Sequence[JournalEntry]) -> None:
    """Find the authorities behind the headings of what an import touched, and the headings that these authorities stand behind."""
    records: set[int] = set()
    authorities: set[int] = set()
    for entry in entries:
        if entry.name == "RecordsImported":
            link_imported(entry.data["first"], entry.data["last"])
        elif entry.name == "TitlesArrived":
            records.update(range(entry.data["first"] or 0, (entry.data["last"] or -1) + 1))
        elif entry.name == "RecordsMatched":
            records.update(entry.data["records"])
        elif entry.name == "AuthoritiesImported":
            authorities.update(range(entry.data["first"], entry.data["last"] + 1))
        else:
            authorities.add(entry.data["authority"])
    link_records(records)
    link_authorities(authorities)


def rewrite_headings(entry: JournalEntry) -> None:
    """Carry the change of a heading into the records, or take it back; a worker that ends in the middle is taken over from there."""
    change = HeadingChange.objects.filter(pk=entry.data["heading_change"]).first()
    if change is None:
        return
    if entry.name == "HeadingChangeUndoing":
        take_back(change)
    else:
        carry_out(change)
    link_authorities([change.authority_id])


LINK = Reaction("link_headings", LINKING, link_headings, coalesced=True)
REWRITE = Reaction("rewrite_headings", REWRITING, rewrite_headings)
