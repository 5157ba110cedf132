"""Letting authorities out: as MARC 21, as they are kept, or as SKOS with their references."""

import json
from collections.abc import Iterator, Sequence

from lumbung.catalogue.domain.record_selection import STRETCH
from lumbung.catalogue.models import Authority, AuthorityName, AuthorityReference
from lumbung.formats import marc
from lumbung.formats.skos import Concept, to_skos

FORMS = {
    "iso2709": ("MARC 21 (ISO 2709)", "mrc", "application/marc"),
    "marcxml": ("MARCXML", "xml", "application/marcxml+xml"),
    "marcjson": ("MARC-in-JSON", "jsonl", "application/jsonl"),
    "skos": ("SKOS (Turtle)", "ttl", "text/turtle"),
}
Relations, Forms = AuthorityReference.Relations, AuthorityName.Forms
_RELATIONS = {Relations.BROADER: "broader", Relations.NARROWER: "narrower"}


def export_authorities(form: str, *, kind: str = "", base: str) -> Iterator[bytes]:
    """Every authority, or those of one kind, in the order of their keys, piece by piece. ``base`` begins the addresses of SKOS.

    ISO 2709 leaves out what it cannot carry (a record over 99,999 bytes).
    """
    if form == "skos":
        yield from (text.encode() for text in to_skos(_concepts(kind, base), scheme=base.rstrip("/")))
        return
    if form == "marcxml":
        yield marc.COLLECTION_START.encode()
    for some in _stretches(kind):
        for each in some:
            yield _written(each.marc_record, form)
    if form == "marcxml":
        yield marc.COLLECTION_END.encode()


def _written(record: marc.Record, form: str) -> bytes:
    if form == "marcxml":
        return marc.to_marcxml(record).encode()
    if form == "marcjson":
        return json.dumps(marc.to_json(record), ensure_ascii=False).encode() + b"\n"
    try:
        return marc.to_iso2709(record)
    except marc.RecordTooLong:
        return b""


def _stretches(kind: str) -> Iterator[list[Authority]]:
    rows, last = Authority.objects.order_by("pk"), 0
    rows = rows.filter(kind=kind) if kind else rows
    while some := list(rows.filter(pk__gt=last)[:STRETCH]):
        yield some
        last = some[-1].pk


def _concepts(kind: str, base: str) -> Iterator[Concept]:
    for some in _stretches(kind):
        names: dict[int, list[str]] = {}
        for key, label in AuthorityName.objects.filter(authority__in=some, form=Forms.SEE).values_list("authority", "label"):
            names.setdefault(key, []).append(label)
        references = list(AuthorityReference.objects.filter(authority__in=some))
        leads = _leads(references)
        for each in some:
            told: dict[str, list[str]] = {"broader": [], "narrower": [], "related": []}
            for one in references:
                if one.authority_id == each.pk and (target := leads.get((one.kind, one.key))):
                    told[_RELATIONS.get(Relations(one.relation), "related")].append(f"{base}{target}")
            notes = [note.join("i") or note.join("a") for note in each.marc_record.all("680")]
            yield Concept(
                uri=f"{base}{each.pk}", label=each.heading, others=names.get(each.pk, ()), notes=notes, kind=each.kind, **told
            )


def _leads(references: Sequence[AuthorityReference]) -> dict[tuple[str, str], int]:
    """Where the references lead, by kind and key."""
    found = Authority.objects.filter(key__in={each.key for each in references}).values_list("kind", "key", "pk")
    return {(kind, key): pk for kind, key, pk in found}
