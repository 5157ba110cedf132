"""For stories and browser tests: a browser, and a whole Lumbung running as its own process."""

import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.installation import Installation
from tests.line import Line

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests of whole processes and of the browser are marked by what they use, so that a run can leave them out."""
    for item in items:
        used = set(getattr(item, "fixturenames", ()))
        if used & {"installation"}:
            item.add_marker("process")
        if used & {"browser"}:
            item.add_marker("browser")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
    """Of a story that failed in a browser the report tells what stood on the page."""
    report = yield
    if report.failed and call.when == "call":
        for name in {"desktop", "phone"} & set(getattr(item, "funcargs", ())):
            page = item.funcargs[name]  # type: ignore[attr-defined]
            with suppress(Exception):
                report.sections.append((f"on the page of {name}", f"{page.url}\n{page.inner_text('body', timeout=2_000)}"))
    return report


@pytest.fixture
def installation(tmp_path: Any) -> Iterator[Installation]:
    """An installation of Lumbung on this machine, empty; ``start()`` serves it as a real process on a free port."""
    installed = Installation(tmp_path / "installation")
    yield installed
    installed.stop()


@pytest.fixture(scope="session")
def laid(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a library with empty tables, for ``Installation.take``: laying them takes as long as several commands."""
    first = Installation(tmp_path_factory.mktemp("laid") / "installation")
    assert first.run("migrate", "-v0").returncode == 0
    return first.data


@pytest.fixture(scope="session")
def browser() -> "Iterator[Browser]":
    """Debian's Chromium, driven by Playwright; skips where there is none."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        pytest.skip("no Chromium here (Debian: apt install chromium)")
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 -- slow to import, and most runs need no browser

    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])


@pytest.fixture
def desktop(browser: "Browser", live_server: Any) -> "Iterator[Page]":
    """A page 1280 px wide, at the address of the live server: ``desktop.goto("/search")``."""
    yield from _page(browser, live_server.url, width=1280, height=900)


@pytest.fixture
def phone(browser: "Browser", live_server: Any) -> "Iterator[Page]":
    """A page 360 px wide, with touch."""
    yield from _page(browser, live_server.url, width=360, height=740)


@pytest.fixture
def line(live_server: Any) -> Iterator[Line]:
    """A second address of the live server, ``line.address``, whose line can be cut."""
    made = Line(live_server.url)
    yield made
    made.close()


def _page(browser: "Browser", address: str, *, width: int, height: int) -> "Iterator[Page]":
    context = browser.new_context(
        base_url=address, viewport={"width": width, "height": height}, locale="id-ID", has_touch=width < 600
    )
    page = context.new_page()
    page.set_default_timeout(10_000)
    yield page
    context.close()
