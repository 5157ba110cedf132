"""Elements as text, one after another, for answers that carry a hundred records: no tree is built."""

from collections.abc import Iterable

from lumbung.formats.xml_tree import escaped

OAI_DC = "http://www.openarchives.org/OAI/2.0/oai_dc/"
OAI_DC_SCHEMA = "http://www.openarchives.org/OAI/2.0/oai_dc.xsd"
OAI_DC_START = (
    f'<oai_dc:dc xmlns:oai_dc="{OAI_DC}" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    f' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="{OAI_DC} {OAI_DC_SCHEMA}">\n'
)
OAI_DC_END = "</oai_dc:dc>\n"


def flat(told: Iterable[tuple[str, str]]) -> str:
    """Each (qualified name, text) once, in its order."""
    return "".join([f"<{name}>{escaped(text)}</{name}>\n" for name, text in dict.fromkeys(told)])


def simple(told: Iterable[tuple[str, str]]) -> str:
    """The fifteen elements, told by their bare names."""
    return flat((f"dc:{name}", text) for name, text in told)
