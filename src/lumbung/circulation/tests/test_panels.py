"""What circulation shows on the pages of titles and copies, and to whom."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from lumbung.accounts.models import User
from lumbung.circulation.domain.holds import place_hold
from lumbung.circulation.domain.loans import check_in, check_out
from lumbung.circulation.tests.factories import ItemFactory, LoanRuleFactory
from lumbung.kernel import clock
from lumbung.members.models import Member

pytestmark = pytest.mark.django_db


@pytest.fixture
def item(ani: Member):
    LoanRuleFactory(category=ani.category)
    return ItemFactory(barcode="B1", branch=ani.branch)


def test_a_copy_tells_sari_who_has_it_and_who_had_it_last(client: Client, sari: User, ani: Member, item):
    client.force_login(sari)
    page = f"/staff/items/{item.pk}"
    assert "Sedang dipinjam" not in client.get(page).content.decode()

    check_out(item, to=ani, at=item.branch, by=sari)
    lent = client.get(page).content.decode()
    assert "Sedang dipinjam" in lent
    assert f'href="/staff/members/{ani.pk}">Ani</a>' in lent

    with clock.stopped_at(clock.now() + timedelta(days=1)):
        check_in(item, at=item.branch, by=sari)
    returned = client.get(page).content.decode()
    assert "Terakhir dipinjam" in returned
    assert "Sedang dipinjam" not in returned


def test_a_title_tells_sari_who_waits_in_which_order(client: Client, sari: User, ani: Member, budi: Member, item):
    for member in (budi, ani):
        place_hold(item.record, member=member, pickup_branch=item.branch, by=sari)
    client.force_login(sari)
    shown = client.get(f"/staff/records/{item.record_id}").content.decode()
    assert shown.index("Budi Santoso") < shown.index(">Ani</a>")


def test_a_cataloguer_sees_the_copy_but_not_its_borrower(
    client: Client, sari: User, ani: Member, item, with_role: Callable[..., User]
):
    check_out(item, to=ani, at=item.branch, by=sari)
    client.force_login(with_role("cataloguer"))
    page = client.get(f"/staff/items/{item.pk}")
    assert page.status_code == 200
    assert "Sedang dipinjam" not in page.content.decode()


def test_a_lent_copy_is_not_called_available_on_its_title(client: Client, sari: User, ani: Member, item):
    check_out(item, to=ani, at=item.branch, by=sari)
    client.force_login(sari)
    copies = client.get(f"/staff/records/{item.record_id}").content.decode().split('id="description"')[0]
    assert "Dipinjam" in copies
    assert "Tersedia" not in copies
