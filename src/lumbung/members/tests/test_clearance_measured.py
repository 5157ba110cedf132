"""How long it takes from asking for a clearance letter to having it."""

from datetime import UTC, datetime, timedelta

import pytest

from lumbung.kernel import clock
from lumbung.members.domain.clearance.applying import apply
from lumbung.members.domain.clearance.measured import MEASURE
from lumbung.members.domain.clearance.purposes import create_default_purposes
from lumbung.members.models import ClearanceApplication, ClearancePurpose
from lumbung.organization.domain.measures import Span

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def test_a_letter_is_counted_when_asked_for_and_timed_when_issued(sari, ani, budi):
    create_default_purposes(by=sari, place="Yogyakarta", signers=[])
    purpose = ClearancePurpose.objects.get(code="wisuda")
    with clock.stopped_at(NOW - 3 * DAY):
        made = [apply(purpose, member, by=member.user) for member in (ani, budi)]
    assert (MEASURE.uses(NOW - 7 * DAY, NOW), MEASURE.uses(NOW - DAY, NOW)) == (2, 0)
    assert MEASURE.last(NOW) == NOW - 3 * DAY
    assert list(MEASURE.spans(NOW - 7 * DAY, NOW)) == []
    ClearanceApplication.objects.filter(pk=made[0].pk).update(state="issued", closed_at=NOW - DAY)
    ClearanceApplication.objects.filter(pk=made[1].pk).update(state="withdrawn", closed_at=NOW - DAY)
    assert list(MEASURE.spans(NOW - 7 * DAY, NOW)) == [Span(ani.branch_id, NOW - 3 * DAY, NOW - DAY)]
    assert list(MEASURE.spans(NOW - DAY / 2, NOW)) == []
