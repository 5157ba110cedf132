"""Qualified Dublin Core: the same record with the refinements of DCMI Terms, in the container that DSpace made usual."""

from collections.abc import Iterator

from lumbung.formats.marc.record import Record

NAMESPACE = "http://dspace.org/qualifieddc/"
SCHEMA = "http://www.ukoln.ac.uk/metadata/dcmi/xmlschema/qualifieddc.xsd"
START = (
    f'<qdc:qualifieddc xmlns:qdc="{NAMESPACE}" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    f' xsi:schemaLocation="{NAMESPACE} {SCHEMA}'
    " http://purl.org/dc/elements/1.1/ http://dublincore.org/schemas/xmls/qdc/2006/01/06/dc.xsd"
    ' http://purl.org/dc/terms/ http://dublincore.org/schemas/xmls/qdc/2006/01/06/dcterms.xsd">\n'
)
END = "</qdc:qualifieddc>\n"
_REFINED = {"date": "dcterms:issued", "coverage": "dcterms:spatial"}
_BY_TAG = {
    "505": ("dcterms:tableOfContents", "agrtu"),
    "520": ("dcterms:abstract", "ab"),
    "300": ("dcterms:extent", "abce"),
    "773": ("dcterms:isPartOf", "tgx"),
    "506": ("dcterms:accessRights", "au"),
    "540": ("dcterms:license", "au"),
}


def refined(record: Record, told: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """The qualified names and texts of a record of which simple Dublin Core tells ``told``."""
    narrower = [(name, _plain(each.join(codes))) for each in record.fields for name, codes in _refinement(each.tag)]
    said = {text.rstrip(" .") for _, text in narrower}
    titles = 0
    for name, text in told:
        if text.rstrip(" .") in said:
            continue
        titles += name == "title"
        yield "dcterms:alternative" if name == "title" and titles > 1 else _REFINED.get(name, f"dc:{name}"), text
    yield from ((name, text) for name, text in narrower if text)


def _refinement(tag: str) -> list[tuple[str, str]]:
    return [_BY_TAG[tag]] if tag in _BY_TAG else []


def _plain(text: str) -> str:
    return " ".join(text.split()).rstrip(" /:;=,")
