"""Writing ISO 2709, in UTF-8."""

from lumbung.formats.marc.record import Field, Record

LONGEST_RECORD = 99_999
LONGEST_FIELD = 9_999


class RecordTooLong(ValueError):
    """ISO 2709 cannot carry this record (or one field of it); MARCXML and MARC-in-JSON can."""


def to_iso2709(record: Record) -> bytes:
    """The record as one ISO 2709 record in UTF-8. Raises ``RecordTooLong``.

    Length, base address, leader/09 and the constants of the leader are set anew; the rest is as it stands.
    """
    directory, parts, start = [], [], 0
    for each in record.fields:
        part = _field(each)
        if len(part) > LONGEST_FIELD:
            raise RecordTooLong(f"field {each.tag} has {len(part):,} bytes, the most is {LONGEST_FIELD:,}")
        directory.append(f"{each.tag}{len(part):04d}{start:05d}")
        parts.append(part)
        start += len(part)
    names = "".join(directory).encode("ascii") + b"\x1e"
    base = 24 + len(names)
    length = base + start + 1
    if length > LONGEST_RECORD:
        raise RecordTooLong(f"the record has {length:,} bytes, the most is {LONGEST_RECORD:,}")
    old = record.leader
    leader = f"{length:05d}{old[5:9]}a22{base:05d}{old[17:20]}4500"
    return b"".join([leader.encode("ascii", "replace"), names, *parts, b"\x1d"])


def _field(field: Field) -> bytes:
    if field.value is not None:
        return f"{field.value}\x1e".encode()
    subfields = "".join([f"\x1f{code}{text}" for code, text in field.subfields])
    return f"{field.ind1}{field.ind2}{subfields}\x1e".encode()
