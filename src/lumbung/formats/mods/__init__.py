"""MODS 3.8, read out of MARC 21 by the Library of Congress's mapping (https://www.loc.gov/standards/mods/mods-mapping.html)."""

from lumbung.formats.marc.record import Record
from lumbung.formats.mods.describing import abstracts, access, details, genres, identifiers, notes, physical, types
from lumbung.formats.mods.headings import classifications, names, subjects, titles
from lumbung.formats.mods.origin import languages, origin
from lumbung.formats.mods.related import related
from lumbung.formats.mods.whereabouts import Copy, locations
from lumbung.formats.xml_tree import branch, written

NAMESPACE = "http://www.loc.gov/mods/v3"
SCHEMA = "http://www.loc.gov/standards/mods/v3/mods-3-8.xsd"
_DECLARED = {
    "xmlns": NAMESPACE,
    "xmlns:xlink": "http://www.w3.org/1999/xlink",
    "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "xsi:schemaLocation": f"{NAMESPACE} {SCHEMA}",
}
COLLECTION_START = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<modsCollection '
    + " ".join(f'{name}="{value}"' for name, value in _DECLARED.items())
    + ">\n"
)
COLLECTION_END = "</modsCollection>\n"

__all__ = ["COLLECTION_END", "COLLECTION_START", "Copy", "to_mods"]


def to_mods(record: Record, *, copies: tuple[Copy, ...] = (), namespace: bool = False) -> str:
    """The record as a ``<mods>`` element, with our ``copies``; ``namespace`` declares MODS's on it, for one that stands alone."""
    told = [
        *titles(record),
        *names(record),
        *types(record),
        *genres(record),
        *origin(record),
        *languages(record),
        *physical(record),
        *abstracts(record),
        *notes(record),
        *subjects(record),
        *classifications(record),
        *related(record),
        *identifiers(record),
        *locations(record, copies),
        *access(record),
        *details(record),
    ]
    root = branch("mods", told)
    root.attributes = {**(_DECLARED if namespace else {}), "version": "3.8"}
    return written(root)
