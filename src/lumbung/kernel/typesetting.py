"""Paper: labels, cards and minutes set by Typst. It is loaded only when something is set, because it takes 30 MB."""

import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

REMEMBERED = 10
"""Typst keeps what it worked out for so many settings: for a thousand rows a tenth of a GiB each."""
LARGE = 30_000
"""Letters of data from which on it is made to forget."""


def pdf(source: str, data: Mapping[str, Any]) -> bytes:
    """The document as PDF. ``source`` is Typst and finds the data, plain values, as ``json(bytes(sys.inputs.data))``."""
    return bytes(_set(source, data, format="pdf")[0])


def pages(source: str, data: Mapping[str, Any], *, ppi: float = 110.0) -> list[bytes]:
    """The same as one PNG a page, for the screen."""
    return [bytes(page) for page in _set(source, data, format="png", ppi=ppi)]


def joined(documents: Sequence[bytes]) -> bytes:
    """The PDFs, which we set ourselves, one behind the other."""
    import pypdfium2  # noqa: PLC0415 -- most processes never join any

    whole = pypdfium2.PdfDocument.new()
    for each in documents:
        whole.import_pages(pypdfium2.PdfDocument(each))
    out = io.BytesIO()
    whole.save(out)
    return out.getvalue()


def _set(source: str, data: Mapping[str, Any], **options: Any) -> list[bytes]:
    import typst  # noqa: PLC0415 -- most processes never set a page

    told = json.dumps(data)
    made = typst.compile(source.encode(), sys_inputs={"data": told}, **options)
    if len(told) > LARGE:
        for _ in range(REMEMBERED + 1):
            typst.compile(b"", format="svg", ignore_system_fonts=True)
    return made if isinstance(made, list) else [made]
