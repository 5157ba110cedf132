"""How long people wait for what they held."""

from datetime import UTC, datetime, timedelta

import pytest

from lumbung.circulation.domain import measured
from lumbung.circulation.tests.factories import HoldFactory
from lumbung.kernel.models import JournalEntry
from lumbung.organization.domain.measures import Span

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 30, 5, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def made_ready(at: datetime):
    hold = HoldFactory(placed_at=at - DAY)
    JournalEntry.objects.create(at=at, name="HoldReady", channel="", data={"hold": hold.pk})
    return Span(hold.pickup_branch_id, at - DAY, at)


def test_of_very_many_that_were_made_ready_the_latest_are_looked_at(monkeypatch):
    monkeypatch.setattr(measured, "MOST_LOOKED_AT", 2)
    early, late, latest = [made_ready(NOON - number * DAY) for number in (3, 2, 1)]
    assert list(measured.made_ready(NOON - 3 * DAY, NOON)) == [late, latest]
    assert list(measured.made_ready(NOON - 3 * DAY, NOON - 2 * DAY)) == [early]
