import pytest
from django.contrib.auth.models import AnonymousUser

from lumbung.kernel.jobs.worker import work_off


@pytest.fixture
def visitor() -> AnonymousUser:
    return AnonymousUser()


@pytest.fixture
def indexed():
    """Calls the background work off, so that the index says what the database says."""
    return work_off
