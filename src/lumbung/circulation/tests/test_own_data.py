"""What circulation tells of a member, and how it forgets one."""

import pytest
from django.test import Client

from lumbung.circulation.domain.fees import charge
from lumbung.circulation.domain.loans import check_in
from lumbung.circulation.models import Fee, Loan
from lumbung.circulation.tests.factories import HoldFactory, ItemFactory, LoanFactory
from lumbung.kernel.refusals import Refused
from lumbung.members.domain.privacy.requests import erase

pytestmark = pytest.mark.django_db


def test_open_loans_holds_and_fees_keep_a_member_each_named(ani, sari):
    LoanFactory(member=ani)
    HoldFactory(member=ani)
    charge(ani, Fee.Kinds.OVERDUE, 12_500, by=sari)
    with pytest.raises(Refused) as refused:
        erase(ani, by=sari)
    assert [str(reason) for reason in refused.value.reasons] == [
        "Masih ada 1 pinjaman yang belum kembali.",
        "Masih ada 1 pesanan yang berjalan.",
        "Masih ada Rp12.500 yang belum diselesaikan dengan perpustakaan.",
    ]
    ani.refresh_from_db()
    assert ani.name == "Ani"


def test_what_was_read_is_told_to_the_member_and_nobodys_once_forgotten(client: Client, ani, sari):
    loan = LoanFactory(member=ani, item=ItemFactory(record__title="Bumi manusia"))
    check_in(loan.item, at=loan.lent_from, by=sari)
    client.force_login(ani.user)
    told = client.get("/my/privacy.json").json()
    assert [each["item__record__title"] for each in told["circulation"]["loans"]] == ["Bumi manusia"]
    assert {"membership", "circulation", "discovery", "visits"} <= told.keys()
    erase(ani, by=sari)
    assert Loan.objects.get().member is None
