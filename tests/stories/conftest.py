"""Colleagues of Sari: Rina at the circulation desk, Tono who catalogues, Dr. Ratna who leads the library."""

from typing import Any

import pytest

from lumbung.accounts.models import Role
from tests.portal import person


@pytest.fixture
def rina(db: None) -> Any:
    return person("rina", "Rina Puspitasari", Role.CIRCULATION)


@pytest.fixture
def tono(db: None) -> Any:
    return person("tono", "Tono Hartanto", Role.CATALOGUER)


@pytest.fixture
def ratna(db: None) -> Any:
    return person("ratna", "Dr. Ratna Wulandari", Role.HEAD)
