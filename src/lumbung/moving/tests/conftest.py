from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from lumbung.moving.domain import course
from lumbung.moving.domain.options import Options
from lumbung.moving.models import Move
from lumbung.organization.models import Branch
from lumbung.organization.tests.factories import BranchFactory, LibraryFactory


@pytest.fixture
def house(db: None) -> Branch:
    LibraryFactory()
    return BranchFactory()


@pytest.fixture
def started(house: Branch, tmp_path: Path) -> Callable[..., Move]:
    """``started(text)``: a move of a dump with this text, waiting."""

    def start(data: str | bytes, *, source: str = "slims", dry_run: bool = False, **options: Any) -> Move:
        path = tmp_path / "cadangan.sql"
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return course.start(source, path, options=Options(origin=source, **options), by=None, dry_run=dry_run)

    return start


@pytest.fixture
def moved(started: Callable[..., Move]) -> Callable[..., Move]:
    """``moved(text)``: a move of a dump with this text, carried out (or, with ``dry_run``, rehearsed)."""
    return lambda data, **options: course.carry_on(started(data, **options))
