from collections.abc import Callable

import pytest

from lumbung.kernel.jobs import Nightly, Reaction, nightly, reactions


@pytest.fixture
def reacting(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Makes the given reactions the only ones known while the test runs."""
    monkeypatch.setattr(reactions, "_reactions", {})
    monkeypatch.setattr(reactions, "_by_event", {})

    def know(*table: Reaction) -> None:
        reactions.react(table)

    return know


@pytest.fixture
def nightly_jobs(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Makes the given nightly jobs the only ones known while the test runs."""
    monkeypatch.setattr(nightly, "_jobs", {})

    def know(*jobs: Nightly) -> None:
        nightly.every_night(jobs)

    return know
