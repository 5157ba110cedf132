import pytest

from lumbung.organization.models import Branch
from lumbung.organization.tests.factories import BranchFactory


@pytest.fixture
def pusat(db: None) -> Branch:
    """The central library."""
    return BranchFactory(code="PUSAT")
