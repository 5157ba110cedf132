"""The engine this installation uses: the cluster whose address is set, or the one embedded in the process."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from lumbung.search.interface import Engine


def engine() -> Engine:
    """One per process and address or data folder."""
    return _cluster(settings.SEARCH_URL) if settings.SEARCH_URL else _embedded(Path(settings.DATA) / "index")


@lru_cache(maxsize=4)
def _embedded(root: Path) -> Engine:
    from lumbung.search.embedded.engine import EmbeddedEngine  # noqa: PLC0415 -- a cluster's processes need no Tantivy

    return EmbeddedEngine(root)


@lru_cache(maxsize=4)
def _cluster(url: str) -> Engine:
    from lumbung.search.opensearch.address import address_of  # noqa: PLC0415 -- who has no cluster needs no HTTP
    from lumbung.search.opensearch.engine import OpenSearchEngine  # noqa: PLC0415

    return OpenSearchEngine(address_of(url))
