"""What a MARC 21 record says, in the words of a library: read once here for lists, pages, search documents and the API."""

from lumbung.catalogue.domain.bibliographic.columns import Columns, columns_of, has_title
from lumbung.catalogue.domain.bibliographic.description import UNREADABLE, Description, describe
from lumbung.catalogue.domain.bibliographic.findable import CURRENT, Findable, findable_of, taken_up
from lumbung.catalogue.domain.bibliographic.materials import material_of
from lumbung.catalogue.domain.bibliographic.names import Contributor
from lumbung.catalogue.domain.bibliographic.numbers import Number
from lumbung.catalogue.domain.bibliographic.relations import Host, Link
from lumbung.catalogue.domain.bibliographic.subjects import Subject

__all__ = [
    "CURRENT",
    "UNREADABLE",
    "Columns",
    "Contributor",
    "Description",
    "Findable",
    "Host",
    "Link",
    "Number",
    "Subject",
    "columns_of",
    "describe",
    "findable_of",
    "has_title",
    "material_of",
    "taken_up",
]
