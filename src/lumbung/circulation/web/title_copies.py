"""The copies of the title whose page is drawn, read once for all that ask about them."""

from django.http import HttpRequest

from lumbung.catalogue.models import Item, Record
from lumbung.circulation.queries.articles import copies_of_title


def copies_read(request: HttpRequest, record: Record) -> list[Item]:
    """Those that are there, in the order of their volumes."""
    read = vars(request)
    if "copies_of_title" not in read:
        read["copies_of_title"] = copies_of_title(record)
    found: list[Item] = read["copies_of_title"]
    return found
