"""Writing MARCXML (http://www.loc.gov/standards/marcxml/)."""

import re
from xml.sax.saxutils import escape, quoteattr

from lumbung.formats.marc.record import Field, Record

NAMESPACE = "http://www.loc.gov/MARC21/slim"
COLLECTION_START = f'<?xml version="1.0" encoding="UTF-8"?>\n<collection xmlns="{NAMESPACE}">\n'
COLLECTION_END = "</collection>\n"
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def to_marcxml(record: Record, *, namespace: bool = False) -> str:
    """The record as a ``<record>`` element; ``namespace`` declares MARCXML's on it, for one that stands alone.

    The few control characters that XML cannot carry become U+FFFD.
    """
    start = f'<record xmlns="{NAMESPACE}">' if namespace else "<record>"
    fields = "".join([_field(each) for each in record.fields])
    return f"{start}\n  <leader>{_text(record.leader)}</leader>\n{fields}</record>\n"


def _field(field: Field) -> str:
    tag = _attribute(field.tag)
    if field.value is not None:
        return f"  <controlfield tag={tag}>{_text(field.value)}</controlfield>\n"
    subfields = "".join([f"    <subfield code={_attribute(code)}>{_text(text)}</subfield>\n" for code, text in field.subfields])
    indicators = f"ind1={_attribute(field.ind1)} ind2={_attribute(field.ind2)}"
    return f"  <datafield tag={tag} {indicators}>\n{subfields}  </datafield>\n"


def _text(text: str) -> str:
    return escape(_FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)).replace("\r", "&#13;")


def _attribute(text: str) -> str:
    return quoteattr(_FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text))
