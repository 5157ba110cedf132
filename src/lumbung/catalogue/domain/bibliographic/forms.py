"""The literary form of a book (008/33): the code of MARC 21, or "" where none is told."""

from lumbung.catalogue.domain.bibliographic.text import Fields, fixed

_BOOKS, _NOT_SERIAL = frozenset("at"), frozenset("acdm")
_FORMS = frozenset("1cdefhijmps")


def literary_form(leader: str, fields: Fields) -> str:
    """The code: "1" fiction, "d" drama, "e" essays, "f" novels, "h" humour, "i" letters, "j" short stories, "m" mixed, "p" poetry,
    "s" speeches."""
    if leader[6:7] not in _BOOKS or leader[7:8] not in _NOT_SERIAL:
        return ""
    code = fixed(fields, 33, 34)
    return code if code in _FORMS else ""
