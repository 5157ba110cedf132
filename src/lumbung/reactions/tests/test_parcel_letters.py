"""The letter about a parcel that went: what is in it, and nothing else."""

from datetime import UTC, date, datetime

import pytest

from lumbung.circulation.domain.loans import check_out
from lumbung.circulation.domain.parcels import ask_parcel, pack, send_parcel, set_delivery
from lumbung.circulation.tests.factories import HoldFactory, ItemFactory, LoanRuleFactory
from lumbung.kernel import clock
from lumbung.kernel.models import JournalEntry
from lumbung.messaging.models import Delivery
from lumbung.organization.tests.factories import BranchFactory, LibraryFactory, open_on
from lumbung.reactions.parcel_sent_letter import parcel_sent_letter

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 30, 1, 0, tzinfo=UTC)


def test_what_was_fetched_at_the_desk_meanwhile_is_not_told_of(ani, sari):
    LibraryFactory()
    branch = open_on(BranchFactory())
    LoanRuleFactory(category=ani.category)
    with clock.stopped_at(MONDAY):
        set_delivery(branch, is_on=True, categories=[], programmes=[], by=sari)
        for title in ("Bumi manusia", "Jejak langkah"):
            item = ItemFactory(branch=branch, record__title=title)
            facts = {"state": "ready", "ready_until": date(2026, 12, 2)}
            HoldFactory(record=item.record, member=ani, pickup_branch=branch, item=item, **facts)
        parcel = pack(ask_parcel(ani, branch=branch, address="Jl. Melati 5", keeps=False, by=ani.user), by=sari)
        check_out(ani.holds.get(record__title="Jejak langkah").item, to=ani, at=branch, by=sari)
        send_parcel(parcel, courier="Pos", tracking="P1", by=sari)
        parcel_sent_letter(JournalEntry.objects.get(name="HandoverSent"))
    [letter] = Delivery.objects.filter(code="parcel_sent")
    assert ("Bumi manusia" in letter.body, "Jejak langkah" in letter.body) == (True, False)
