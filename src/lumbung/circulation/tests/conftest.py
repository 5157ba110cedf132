import pytest

from lumbung.catalogue.models import ItemType
from lumbung.circulation.models import LoanRule
from lumbung.circulation.tests.factories import ItemTypeFactory, LoanRuleFactory
from lumbung.members.models import Member
from lumbung.organization.models import Branch
from lumbung.organization.tests.factories import BranchFactory


@pytest.fixture
def pusat(db: None) -> Branch:
    """The central library, no opening hours known: due dates fall where they fall."""
    return BranchFactory(code="PUSAT")


@pytest.fixture
def teknik(db: None) -> Branch:
    """The library of the engineering faculty."""
    return BranchFactory(code="TEKNIK")


@pytest.fixture
def rule(ani: Member) -> LoanRule:
    """Students: three books for seven days, two renewals, three holds that wait three open days."""
    return LoanRuleFactory(category=ani.category)


@pytest.fixture
def rujukan(db: None) -> ItemType:
    """Reference works: read in the house."""
    return ItemTypeFactory(code="rujukan", lendable=False)
