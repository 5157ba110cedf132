"""The copies of the title whose page is drawn, read once for all that ask about them."""

from django.http import HttpRequest

from lumbung.catalogue.models import Item, Record
from lumbung.circulation.queries.articles import copies_of_title


def copies_read(request: HttpRequest, record: Record) -> list[Item]:
    """Those that are there, in the order of their volumes."""
    read: dict[int, list[Item]] = vars(request).setdefault("copies_of_titles", {})
    if record.pk not in read:
        read[record.pk] = copies_of_title(record)
    return read[record.pk]
