"""What every test may use. The clock is stopped with ``clock.stopped_at``; people are Sari (librarian), Ani and Budi (members)."""

import contextlib
import gc
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.conf import settings as django_settings
from django.test import Client, TransactionTestCase
from django.utils import translation

from lumbung.accounts.domain import api_access
from lumbung.accounts.domain.rates import Allowance
from lumbung.accounts.domain.tokens import issue_token
from lumbung.accounts.models import Role, User
from lumbung.accounts.tests.factories import UserFactory
from lumbung.kernel import remembered, rooms
from lumbung.members.models import Member
from lumbung.members.tests.factories import MemberFactory
from tests.emptying import empty_what_was_filled
from tools import opensearch

hypothesis.settings.register_profile("lumbung", deadline=None)  # a busy machine is no fault of the code
hypothesis.settings.load_profile("lumbung")

ROOT = Path(__file__).resolve().parent


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """What collecting makes stays to the end: garbage is sought among what tests make, and not after every few hundred objects."""
    gc.disable()
    yield
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
    gc.enable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that use a database are marked: a run on a second database needs no others, which would show the same again."""
    for item in items:
        if item.get_closest_marker("django_db") or {"db", "transactional_db", "live_server"} & set(item.fixturenames):
            item.add_marker("database")


@pytest.fixture(scope="session", autouse=True)
def _emptied_quickly() -> Iterator[None]:
    """After a test that commits, the tables it filled are emptied, and no others."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", empty_what_was_filled)
        yield


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test talks to this machine only."""
    connect = socket.socket.connect

    def connect_nearby(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and address[0] not in {"127.0.0.1", "::1", "localhost"}:
            raise AssertionError(f"a test reached for the network: {address}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect_nearby)


@pytest.fixture(autouse=True)
def _own_files(settings: Any, tmp_path: Path) -> None:
    """Each test has a folder of its own for what the program keeps outside the database: files and index."""
    settings.DATA = tmp_path / "data"
    settings.DATA.mkdir()
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {**settings.STORAGES["default"], "OPTIONS": {"location": settings.DATA / "files"}},
    }


@pytest.fixture(autouse=True)
def _nothing_remembered(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No test sees what the process remembered from the database of another; in a test nothing grows old, on a slow machine either.

    Which rooms are closed is known from the start, as to a process that has answered before: none.
    """
    monkeypatch.setattr(remembered, "seconds_since_start", lambda: 0.0)
    remembered.forget_everything()
    rooms.closed.assume(frozenset())
    yield
    remembered.forget_everything()


@pytest.fixture(autouse=True)
def _own_language() -> Iterator[None]:
    """Every test begins in the library's language: a page leaves the thread in that of its reader, as long as its answer may stream."""
    with translation.override(django_settings.LANGUAGE_CODE):
        yield


@pytest.fixture(autouse=True)
def _nothing_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test uses up what another may ask of the API in a minute."""
    for name in ("_strangers", "_tokens"):
        monkeypatch.setattr(api_access, name, Allowance(getattr(api_access, name).per_minute))


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Folder of real MARC collections and other material too large for the repository; a test that needs it skips without."""
    folder = Path(os.environ.get("LUMBUNG_SHARED_DATA", ROOT / ".." / "shared" / "data")).resolve()
    if not folder.is_dir():
        pytest.skip(f"real collections are not here: set LUMBUNG_SHARED_DATA or put them in {folder}")
    return folder


@pytest.fixture(scope="session")
def search_cluster() -> Iterator[str]:
    """The address of a real OpenSearch, shared by all tests; skips where none can be run."""
    if url := os.environ.get("LUMBUNG_TEST_SEARCH_URL"):
        yield url
        return
    try:
        with opensearch.cluster() as nodes:
            yield nodes[0].url
    except opensearch.NotHere as missing:
        pytest.skip(str(missing))


@pytest.fixture(scope="session")
def foreign_catalogue() -> Iterator[str]:
    """``127.0.0.1:port`` of another library's catalogue: Debian's yaz-ztest, which speaks Z39.50 and SRU. Skips where it is not installed.

    It has two dozen records, whatever is asked for; the database ``Slow`` waits three seconds, any but ``Default`` is unknown to it.
    """
    program = shutil.which("yaz-ztest")
    if program is None:
        pytest.skip("yaz-ztest (Debian's package yaz) is not installed")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    server = subprocess.Popen([program, "-v", "none", f"tcp:{address}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
    try:
        for _ in range(100):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", int(address.split(":")[1])), 0.2):
                break
            time.sleep(0.05)
        yield address
    finally:
        server.terminate()
        server.wait(10)


@pytest.fixture
def sari(db: None) -> User:
    """Sari, librarian."""
    return UserFactory(username="sari", name="Sari Wulandari", email="sari@kampus.example", roles=[Role.LIBRARIAN])


@pytest.fixture
def ani(db: None) -> Member:
    """Ani, a student and member with an account (``ani.user``)."""
    user = UserFactory(username="ani", name="Ani", email="ani@kampus.example", roles=[Role.MEMBER])
    return MemberFactory(name="Ani", barcode="M-ANI", email="ani@kampus.example", user=user)


@pytest.fixture
def budi(db: None) -> Member:
    """Budi Santoso, another student and member with an account (``budi.user``)."""
    user = UserFactory(username="budi", name="Budi Santoso", email="budi@kampus.example", roles=[Role.MEMBER])
    return MemberFactory(name="Budi Santoso", barcode="M-BUDI", email="budi@kampus.example", user=user)


@pytest.fixture
def with_role(db: None) -> Callable[..., User]:
    """``with_role("cataloguer")``: somebody with just these roles."""
    return lambda *roles: UserFactory(roles=roles)


@pytest.fixture
def calling() -> Callable[..., Client]:
    """``calling(user, "loans:write")``: a client of the API with a token of the user with these scopes."""

    def call(user: User, *scopes: str) -> Client:
        _, key = issue_token(user, name="uji", scopes=scopes, by=None)
        return Client(headers={"authorization": f"Bearer {key}"})

    return call


@pytest.fixture
def signed_in() -> Callable[[Client, User], Client]:
    """``signed_in(client, user)``: the client, with that user signed in."""

    def sign_in(client: Client, user: User) -> Client:
        client.force_login(user)
        return client

    return sign_in
