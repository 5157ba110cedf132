import secrets
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from lumbung.search.documents import Document
from lumbung.search.embedded.engine import EmbeddedEngine
from lumbung.search.interface import Engine
from lumbung.search.opensearch.address import Address, address_of
from lumbung.search.opensearch.client import Client
from lumbung.search.opensearch.engine import OpenSearchEngine

ENGINES = ("embedded", "opensearch")


@pytest.fixture
def cluster_address(search_cluster: str) -> Iterator[Address]:
    """A name of its own in the cluster; nothing of it is left afterwards."""
    address = address_of(f"{search_cluster}/uji-{secrets.token_hex(4)}")
    yield address
    clear_away(address)


@pytest.fixture(params=ENGINES)
def open_engine(request: pytest.FixtureRequest, tmp_path: Path, db: None) -> Callable[[], Engine]:
    """Opens an engine, every time as another process would: at first there is no index."""
    if request.param == "embedded":
        return lambda: EmbeddedEngine(tmp_path / "index")
    address = request.getfixturevalue("cluster_address")
    return lambda: OpenSearchEngine(address)


@pytest.fixture(scope="session")
def shared_index(search_cluster: str, django_db_setup: None, django_db_blocker) -> Iterator[OpenSearchEngine]:
    """One index for all tests that only need an empty one: making one takes the cluster longer than most tests."""
    address = address_of(f"{search_cluster}/uji-{secrets.token_hex(4)}")
    engine = OpenSearchEngine(address)
    with django_db_blocker.unblock(), engine.rebuilding():
        pass
    yield engine
    clear_away(address)


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest, tmp_path: Path, db: None) -> Iterator[Engine]:
    """An engine with an empty index."""
    if request.param == "embedded":
        engine = EmbeddedEngine(tmp_path / "index")
        with engine.rebuilding():
            pass
        yield engine
        return
    engine = request.getfixturevalue("shared_index")
    yield engine
    engine.remove(list(engine.versions(1, engine.highest_key())))
    engine.commit()


@pytest.fixture
def shelve(engine: Engine) -> Callable[..., None]:
    """Puts documents into the index and commits."""

    def put(*documents: Document) -> None:
        engine.index(documents)
        engine.commit()

    return put


def clear_away(address: Address) -> None:
    """Remove every index of this name."""
    client = Client(address)
    for name in client.ask("GET", f"{address.name}-v*/_alias"):
        client.ask("DELETE", name)
    for found in client.ask("GET", "_index_template")["index_templates"]:
        if found["name"].startswith(f"{address.name}-v"):
            client.ask("DELETE", f"_index_template/{found['name']}")


def book(key: int, title: str = "", creator: str = "", **rest) -> Document:
    """A document in few words: names of texts are texts, ``year`` and its like numbers, all else facets."""
    texts = {"title": [title], "creator": [creator] if creator else []}
    texts |= {name: [rest.pop(name)] for name in ("subject", "identifier", "note", "series", "class") if name in rest}
    own = ("year", "added", "version", "hidden", "popularity", "work", "read_at")
    plain = {name: rest.pop(name) for name in own if name in rest}
    facets = {name: [value] if isinstance(value, str) else value for name, value in rest.items()}
    return Document(key=key, texts=texts, facets=facets, **plain)
