"""The engine this installation uses: the cluster whose address is set, or the one embedded in the process."""

from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from lumbung.search.interface import Engine

TITLES, PAGES = "index", "page-index"
"""The indexes of a library: of its titles, and of the pages of its files."""


def engine(of: str = TITLES) -> Engine:
    """One per process, address or data folder, and index."""
    return _cluster(settings.SEARCH_URL, of) if settings.SEARCH_URL else _embedded(Path(settings.DATA) / of)


@lru_cache(maxsize=4)
def _embedded(root: Path) -> Engine:
    from lumbung.search.embedded.engine import EmbeddedEngine  # noqa: PLC0415 -- a cluster's processes need no Tantivy

    return EmbeddedEngine(root)


@lru_cache(maxsize=4)
def _cluster(url: str, of: str) -> Engine:
    from lumbung.search.opensearch.address import address_of  # noqa: PLC0415 -- who has no cluster needs no HTTP
    from lumbung.search.opensearch.engine import OpenSearchEngine  # noqa: PLC0415

    address = address_of(url)
    return OpenSearchEngine(address if of == TITLES else replace(address, name=f"{address.name}-{of}"))
