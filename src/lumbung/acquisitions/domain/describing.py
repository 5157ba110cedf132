"""What title is meant: the facts as they were told, made plain, and a brief record of them for the catalogue."""

from collections.abc import Mapping
from typing import Any

from lumbung.acquisitions.models.wanted import FACTS, MOST_COPIES
from lumbung.acquisitions.refusals import COPIES_OUT_OF_RANGE, ISBN_WRONG, TITLE_EMPTY
from lumbung.catalogue.domain.bibliographic.numbers import isbn_13
from lumbung.catalogue.domain.name_entry import enter_names
from lumbung.catalogue.domain.revision import new_marc
from lumbung.catalogue.domain.simple_entry import SimpleEntry, entry_of
from lumbung.catalogue.models import Record
from lumbung.formats.marc import Record as Marc
from lumbung.kernel.refusals import Reason

LONGEST = {"title": 300, "creator": 200, "publisher": 200, "year": 10, "isbn": 40}


def plain(told: Mapping[str, str], copies: int) -> tuple[dict[str, str], list[Reason]]:
    """The facts without blanks around them and with an ISBN of thirteen digits; and every reason why they will not do."""
    facts = {name: " ".join(told.get(name, "").split())[: LONGEST[name]] for name in FACTS}
    reasons = [] if facts["title"] else [TITLE_EMPTY()]
    if facts["isbn"]:
        known = isbn_13(facts["isbn"])
        reasons += [] if known else [ISBN_WRONG(isbn=facts["isbn"])]
        facts["isbn"] = known
    if not 1 <= copies <= MOST_COPIES:
        reasons.append(COPIES_OUT_OF_RANGE(most=MOST_COPIES))
    return facts, reasons


def facts_of(record: Record) -> dict[str, Any]:
    """What a record of the catalogue says of itself, as one tells it in a request."""
    entry = entry_of(record.marc_record)
    return {
        "title": record.title,
        "creator": record.creator,
        "publisher": entry.publisher,
        "year": entry.year,
        "isbn": next(filter(None, map(isbn_13, entry.isbn)), ""),
    }


def brief_marc(facts: Mapping[str, str]) -> Marc:
    """A record that says no more than this; a cataloguer completes it. Names are entered by the library's rule."""
    title, _, subtitle = facts["title"].partition(":")
    return enter_names(
        new_marc(
            SimpleEntry(
                title=title.strip() or facts["title"],
                subtitle=subtitle.strip(),
                people=[facts["creator"]] if facts["creator"] else [],
                publisher=facts["publisher"],
                year=facts["year"],
                isbn=[facts["isbn"]] if facts["isbn"] else [],
            )
        )
    )
