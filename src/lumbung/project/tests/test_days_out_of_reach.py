"""Days that no library can have, in the addresses of staff pages: they count as not given, or are told beside their field."""

import pytest
from django.test import Client

from lumbung.accounts.models import Role, User
from lumbung.accounts.tests.factories import UserFactory
from lumbung.organization.tests.factories import BranchFactory

TOLD = "Isi tanggal antara tahun 1000 dan 9998."


@pytest.fixture
def rina(client: Client, db: None) -> User:
    """Rina, who may see everything, signed in."""
    rina = UserFactory(roles=[role for role in Role if role != Role.MEMBER])
    client.force_login(rina)
    return rina


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
@pytest.mark.parametrize(
    "address",
    [
        "/staff/cash?day={day}",
        "/staff/visits?day={day}",
        "/staff/visits/figures?first={day}",
        "/staff/visits/figures?last={day}",
        "/staff/visits/figures?first={day}&last={day}&form=csv",
        "/staff/journal?first_day={day}",
        "/staff/journal?last_day={day}",
        "/staff/knowledge/people/{her}/report?first=2026-01-01&last={day}",
        "/staff/knowledge/people/{her}/report?first={day}&last={day}&form=csv",
        "/staff/accessions/?since={day}&until={day}",
        "/staff/bookings?first_day={day}&last_day={day}",
    ],
)
def test_a_page_is_shown_all_the_same(client: Client, rina, address: str, day: str):
    BranchFactory()
    assert client.get(address.format(day=day, her=rina.pk)).status_code == 200


def test_the_journal_tells_what_is_wrong(client: Client, rina):
    assert TOLD in client.get("/staff/journal?first_day=0001-01-01").content.decode()


def test_the_cash_book_of_no_day_is_that_of_today(client: Client, rina):
    BranchFactory()
    assert client.get("/staff/cash?day=9999-12-31").context["is_today"] is True
