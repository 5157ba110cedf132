"""Reading a style out of a file, with lxml loaded only then: it is large, and few processes need it."""

from lumbung.formats.citation.style import Fault, Style


def read_style(data: bytes) -> Style | Fault:
    """The style in the file, or what is wrong with it. Nothing is fetched: no entities, no DTD, no network, no parent style."""
    from lumbung.formats.citation.style_files import read  # noqa: PLC0415 -- see above

    return read(data)
