"""A desk that is not a page: a program lends, renews and takes back with its token; the member's phone follows it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from lumbung.accounts.models import User
from lumbung.circulation.tests.factories import ItemFactory, LoanRuleFactory, RecordFactory
from lumbung.kernel import clock
from lumbung.members.models import Member

MONDAY = datetime(2026, 11, 23, 2, tzinfo=UTC)


@pytest.mark.django_db
@pytest.mark.requirement("R317", "R318")
def test_a_book_is_lent_renewed_by_phone_and_taken_back(sari: User, ani: Member, calling: Callable[..., Client]) -> None:
    LoanRuleFactory(category=ani.category)
    ItemFactory(barcode="B-BUMI", record=RecordFactory(title="Bumi manusia"), branch=ani.branch)
    desk, phone = calling(sari, "loans:write"), calling(ani.user, "me")

    with clock.stopped_at(MONDAY):
        lent = desk.post(
            "/api/v1/loans", {"item": "B-BUMI", "member": "M-ANI", "branch": "PUSAT"}, content_type="application/json"
        ).json()
        [seen] = phone.get("/api/v1/me/loans").json()
    assert (seen["title"], seen["due_at"]) == ("Bumi manusia", "2026-11-30T16:59:59Z")

    with clock.stopped_at(MONDAY + timedelta(days=2)):
        renewed = phone.post(f"/api/v1/me/loans/{lent['id']}/renewal").json()
    assert (renewed["was_due_at"], renewed["due_at"]) == ("2026-11-30T16:59:59Z", "2026-12-02T16:59:59Z")

    with clock.stopped_at(MONDAY + timedelta(days=5)):
        returned = desk.post("/api/v1/items/B-BUMI/return", {"branch": "PUSAT"}, content_type="application/json").json()
        assert phone.get("/api/v1/me/loans").json() == []
    assert returned["loan"]["returned_at"] == "2026-11-28T02:00:00Z"
