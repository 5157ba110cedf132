"""MARCXML that the published schema accepts whatever a record holds: what it has no room for is put right or left out."""

import re
from xml.sax.saxutils import escape

from lumbung.formats.marc.record import Field, Record
from lumbung.formats.xml_tree import escaped, quoted

NAMESPACE = "http://www.loc.gov/MARC21/slim"
SCHEMA = "http://www.loc.gov/standards/marcxml/schema/MARC21slim.xsd"
START = (
    f'<record xmlns="{NAMESPACE}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    f' xsi:schemaLocation="{NAMESPACE} {SCHEMA}" type="Bibliographic">\n'
)
END = "</record>\n"
_CONTROL = re.compile(r"00[1-9A-Za-z]", re.ASCII)
_DATA = re.compile(r"0(?:[1-9A-Z][0-9A-Z]|[1-9a-z][0-9a-z])|[1-9A-Z][0-9A-Z]{2}|[1-9a-z][0-9a-z]{2}", re.ASCII)
_INDICATOR = re.compile(r"[\da-z ]", re.ASCII)
_CODE = re.compile(r"""[\dA-Za-z!"#$%&'()*+,\-./:;<=>?{}_^`~\[\]\\]""", re.ASCII)
_LEADER = (
    (0, 5, r"[\d ]{5}", "00000"),
    (5, 6, r"[\dA-Za-z ]", "n"),
    (6, 7, r"[\dA-Za-z]", "a"),
    (7, 10, r"[\dA-Za-z ]{3}", "m  "),
)
_LEADER_END = ((12, 17, r"[\d ]{5}", "00000"), (17, 20, r"[\dA-Za-z ]{3}", "   "))


def to_slim(record: Record) -> str:
    """Leader and fields, without the element around them."""
    control = [_control(each) for each in record.fields if each.value is not None and _CONTROL.fullmatch(each.tag)]
    data = [_data(each) for each in record.fields if _DATA.fullmatch(each.tag)]
    return f"<leader>{escape(leader_of(record.leader))}</leader>\n" + "".join(control) + "".join(data)


def leader_of(given: str) -> str:
    """The leader, with what the schema refuses in it replaced by what is usual there."""
    text = given.ljust(24)[:24]
    start = "".join(_part(text, *each) for each in _LEADER)
    return f"{start}22{''.join(_part(text, *each) for each in _LEADER_END)}4500"


def _data_field(tag: str, ind1: str, ind2: str, subfields: list[tuple[str, str]]) -> str:
    """One data field; empty when none of its subfields can be told."""
    told = "".join(
        [f"<subfield code={quoted(code)}>{escaped(text)}</subfield>\n" for code, text in subfields if _is_code(code)]
    )
    return f'<datafield tag="{tag}" ind1="{ind1}" ind2="{ind2}">\n{told}</datafield>\n' if told else ""


def _control(field: Field) -> str:
    return f'<controlfield tag="{field.tag}">{escaped(field.value or "")}</controlfield>\n'


def _data(field: Field) -> str:
    subfields = field.subfields if field.value is None else [("a", field.value)]
    return _data_field(field.tag, _indicator(field.ind1), _indicator(field.ind2), subfields)


def _indicator(given: str) -> str:
    return given if _INDICATOR.fullmatch(given) else " "


def _is_code(code: str) -> bool:
    return code.isascii() and ((code.isalnum() and len(code) == 1) or bool(_CODE.fullmatch(code)))


def _part(text: str, first: int, end: int, pattern: str, usual: str) -> str:
    return text[first:end] if re.fullmatch(pattern, text[first:end], re.ASCII) else usual
