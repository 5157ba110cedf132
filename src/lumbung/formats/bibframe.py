"""BIBFRAME 2 as N-Triples, made by mrrc: its mapping is that library's, not ours (see the decision on exports)."""

import re

from lumbung.formats.marc.marcxml_writer import to_marcxml
from lumbung.formats.marc.record import Field, Record

_PLAIN = re.compile(r"[A-Za-z0-9._-]+")
_NODE_FIRST = re.compile(r"^_:", re.MULTILINE)
_NODE_LAST = re.compile(r" _:(\w+ \.)$", re.MULTILINE)


def to_bibframe(record: Record, *, key: str, base: str = "") -> str:
    """Work and instance as triples, a line each. ``key`` (letters and digits) sets the record apart from others in the same file;
    with ``base``, which ends in "#" or "/", work and instance get addresses under it."""
    import mrrc  # noqa: PLC0415 -- five megabytes that only this export needs

    config = mrrc.BibframeConfig()
    if base:
        config.set_base_uri(base)
    told = mrrc.xml_to_record(to_marcxml(_named(record, key), namespace=True))
    triples = mrrc.marc_to_bibframe(told, config).serialize("ntriples")
    return _NODE_LAST.sub(rf" _:{key}\1", _NODE_FIRST.sub(f"_:{key}", triples))


def _named(record: Record, key: str) -> Record:
    """The record with a control number that can stand in an address."""
    if _PLAIN.fullmatch(record.control("001")):
        return record
    return Record(record.leader, [Field("001", value=key), *(each for each in record.fields if each.tag != "001")])
