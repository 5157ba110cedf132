"""Paper: labels, cards and minutes set by Typst. It is loaded only when something is set, because it takes 30 MB."""

import json
from collections.abc import Mapping
from typing import Any


def pdf(source: str, data: Mapping[str, Any]) -> bytes:
    """The document as PDF. ``source`` is Typst and finds the data, plain values, as ``json(bytes(sys.inputs.data))``."""
    return bytes(_set(source, data, format="pdf")[0])


def pages(source: str, data: Mapping[str, Any], *, ppi: float = 110.0) -> list[bytes]:
    """The same as one PNG a page, for the screen."""
    return [bytes(page) for page in _set(source, data, format="png", ppi=ppi)]


def _set(source: str, data: Mapping[str, Any], **options: Any) -> list[bytes]:
    import typst  # noqa: PLC0415 -- most processes never set a page

    made = typst.compile(source.encode(), sys_inputs={"data": json.dumps(data)}, **options)
    return made if isinstance(made, list) else [made]
