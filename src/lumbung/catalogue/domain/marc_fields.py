"""Changing the fields of a MARC record in place, without disturbing their neighbours."""

from collections.abc import Callable, Collection, Sequence
from difflib import SequenceMatcher

from lumbung.catalogue.domain.simple_entry import marked, tail
from lumbung.formats.marc import Field, Record

Rewrite = Callable[[Field, str], None]
Make = Callable[[str], Field]


def set_code(field: Field, code: str, text: str, order: str) -> None:
    """Set the first subfield ``code``, keeping the punctuation after it; an empty text takes it away.

    A new one goes before the first subfield that comes later in ``order``.
    """
    at = next((n for n, (each, _) in enumerate(field.subfields) if each == code), None)
    if at is not None and text:
        field.subfields[at] = (code, marked(text, tail(field.subfields[at][1])))
    elif at is not None:
        del field.subfields[at]
    elif text:
        later = order[order.index(code) + 1 :]
        after = next((n for n, (each, _) in enumerate(field.subfields) if each in later), len(field.subfields))
        field.subfields.insert(after, (code, text))


def place(marc: Record, field: Field, *, after: Field | None = None, before: Field | None = None) -> None:
    """Put the field right after ``after``, or before ``before``, if that is of its hundred; else behind its like, in order of tags."""
    if after is not None and after.tag[0] == field.tag[0]:
        at = _index(marc, after) + 1
    elif before is not None and before.tag[0] == field.tag[0]:
        at = _index(marc, before)
    else:
        same = [n for n, each in enumerate(marc.fields) if each.tag == field.tag]
        later = next((n for n, each in enumerate(marc.fields) if each.tag > field.tag), len(marc.fields))
        at = same[-1] + 1 if same else later
    marc.fields.insert(at, field)


def with_tags(marc: Record, fields: Sequence[Field], removed: Collection[str]) -> Record:
    """A copy of the record in which ``fields`` stand in place of all fields of their tags, each where the first of its tag stood;
    those with a tag in ``removed`` are gone. Everything else stays where it is."""
    given: dict[str, list[Field]] = {}
    for each in fields:
        given.setdefault(each.tag, []).append(each)
    kept: list[Field] = []
    for each in marc.fields:
        if each.tag in given:
            kept += given.pop(each.tag)
        elif each.tag not in removed and not any(each.tag == new.tag for new in fields):
            kept.append(each)
    new = Record(marc.leader, kept)
    for same_tag in given.values():
        for each in same_tag:
            place(new, each)
    return new


def _index(marc: Record, field: Field) -> int:
    return next(at for at, each in enumerate(marc.fields) if each is field)


def align(
    marc: Record,
    held: Sequence[Field],
    shown: Sequence[str],
    wanted: Sequence[str],
    *,
    rewrite: Rewrite,
    make: Make,
    leaves: str = "",
) -> list[Field]:
    """Make the repeated fields ``held``, which read as ``shown``, read as ``wanted``; the resulting fields, in order.

    Equal ones stay as they are, changed ones are rewritten in place, others come and go.
    """
    result: list[Field] = []
    for kind, first, last, start, end in SequenceMatcher(None, shown, wanted, autojunk=False).get_opcodes():
        if kind == "equal":
            result += held[first:last]
            continue
        pairs = min(last - first, end - start)
        for field, text in zip(held[first : first + pairs], wanted[start : start + pairs], strict=True):
            rewrite(field, text)
            result.append(field)
        for field in held[first + pairs : last]:
            _take_out(marc, field, leaves)
        for text in wanted[start + pairs : end]:
            new = make(text)
            place(marc, new, after=result[-1] if result else None)
            result.append(new)
    return result


def _take_out(marc: Record, field: Field, leaves: str) -> None:
    left = [(code, text) for code, text in field.subfields if code in leaves]
    if left:
        field.subfields = left
    else:
        marc.fields = [each for each in marc.fields if each is not field]
