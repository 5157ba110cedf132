from collections.abc import Callable
from pathlib import Path

import pytest

from lumbung.search.documents import Document
from lumbung.search.embedded.engine import EmbeddedEngine


@pytest.fixture
def engine(tmp_path: Path) -> EmbeddedEngine:
    """An engine with an empty index."""
    engine = EmbeddedEngine(tmp_path / "index")
    with engine.rebuilding():
        pass
    return engine


@pytest.fixture
def shelve(engine: EmbeddedEngine) -> Callable[..., None]:
    """Puts documents into the index and commits."""

    def put(*documents: Document) -> None:
        engine.index(documents)
        engine.commit()

    return put


def book(key: int, title: str = "", creator: str = "", **rest) -> Document:
    """A document in few words: ``subject``, ``identifier`` and ``note`` are texts, ``year`` a number, all else facets."""
    texts = {"title": [title], "creator": [creator] if creator else []}
    texts |= {name: [rest.pop(name)] for name in ("subject", "identifier", "note") if name in rest}
    own = {name: rest.pop(name) for name in ("year", "added", "version", "hidden") if name in rest}
    facets = {name: [value] if isinstance(value, str) else value for name, value in rest.items()}
    return Document(key=key, texts=texts, facets=facets, **own)
