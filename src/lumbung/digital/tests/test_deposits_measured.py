"""How long a work that was handed in waits for the library's judgement."""

from datetime import UTC, datetime, timedelta

import pytest

from lumbung.digital.domain.deposits.measured import MEASURE
from lumbung.digital.models import Deposit, DepositRemark
from lumbung.organization.domain.measures import Span
from lumbung.organization.tests.factories import BranchFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def handed_in(member, *course):
    """A deposit with these turns: state and how many days ago."""
    deposit = Deposit.objects.create(kind="thesis", author="Ani", member=member, created_at=NOW, changed_at=NOW)
    for state, days in course:
        DepositRemark.objects.create(deposit=deposit, state=state, at=NOW - days * DAY, by_author=state == "submitted")


def test_each_time_it_is_handed_in_it_waits_until_it_is_sent_back_or_approved(ani):
    handed_in(
        ani, ("submitted", 9), ("needs_revision", 7), ("needs_revision", 6), ("submitted", 5), ("approved", 2), ("published", 1)
    )
    handed_in(ani, ("submitted", 3))
    first, second = (Span(ani.branch_id, NOW - begun * DAY, NOW - ended * DAY) for begun, ended in ((9, 7), (5, 2)))
    assert list(MEASURE.spans(NOW - 30 * DAY, NOW)) == [first, second]
    assert list(MEASURE.spans(NOW - 4 * DAY, NOW)) == [second]
    assert list(MEASURE.spans(NOW - DAY, NOW)) == []


def test_of_an_author_who_is_forgotten_the_front_branch_counts(db):
    front = BranchFactory()
    handed_in(None, ("submitted", 2), ("approved", 1))
    assert list(MEASURE.spans(NOW - 30 * DAY, NOW)) == [Span(front.pk, NOW - 2 * DAY, NOW - DAY)]


def test_where_nothing_was_handed_in_nothing_is_counted(db):
    assert (MEASURE.uses(NOW - 30 * DAY, NOW), MEASURE.last(NOW)) == (0, None)
