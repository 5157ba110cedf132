"""Records with MARC in them, for tests of search."""

from lumbung.catalogue.domain.records import add_record
from lumbung.catalogue.models import Record
from lumbung.formats import marc


def catalogued(title: str, creator: str = "", **said: str) -> Record:
    """A record as a cataloguer would add it: ``subject``, ``isbn``, ``year``, ``language``, ``classification``, ``note``,
    ``edition``."""
    year, language = said.get("year", "    "), said.get("language", "ind")
    fields = [marc.Field("008", value=f"260101s{year}    io a     b    000 0 {language} d")]
    tags = {"classification": "082", "creator": "100", "title": "245", "edition": "250", "note": "520", "subject": "650"}
    places = {"isbn": "020", **tags}
    texts = {**said, "title": title, "creator": creator}
    for name, tag in places.items():
        if text := texts.get(name):
            fields.append(marc.Field(tag, "1" if tag in {"100", "245"} else " ", "0" if tag == "245" else " ", [("a", text)]))
    return add_record(marc.Record("00000nam a2200000 i 4500", fields), by=None)
