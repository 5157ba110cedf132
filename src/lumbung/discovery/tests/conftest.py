import pytest
from django.contrib.auth.models import AnonymousUser

from lumbung.digital.models import File
from lumbung.discovery.tests.opds_shelf import digital_titles
from lumbung.kernel.jobs.worker import work_off


@pytest.fixture
def visitor() -> AnonymousUser:
    return AnonymousUser()


@pytest.fixture
def indexed():
    """Calls the background work off, so that the index says what the database says."""
    return work_off


@pytest.fixture
def digital_shelf(db, sari) -> dict[str, File]:
    """Digital titles of every kind, by what they are."""
    return digital_titles(sari)
