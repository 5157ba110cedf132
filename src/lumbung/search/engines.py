"""The engine this installation uses."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from lumbung.search.embedded.engine import EmbeddedEngine
from lumbung.search.interface import Engine


def engine() -> Engine:
    """One per process and data folder."""
    return _embedded(Path(settings.DATA) / "index")


@lru_cache(maxsize=4)
def _embedded(root: Path) -> EmbeddedEngine:
    return EmbeddedEngine(root)
