"""Forgetting who borrowed."""

from datetime import timedelta

import pytest
from django.urls import reverse

from lumbung.circulation.domain.fees import charge, waive
from lumbung.circulation.domain.fines import report_lost, withdraw_loss
from lumbung.circulation.domain.holds import cancel_hold, place_hold
from lumbung.circulation.domain.loans import check_in, check_out, renew, undo_check_out
from lumbung.circulation.domain.privacy import forget_borrowers
from lumbung.circulation.models import Hold, Loan, Renewal
from lumbung.circulation.queries import last_loan_of, loan_history, loans_visible_to
from lumbung.circulation.tests.factories import ItemFactory, LoanFactory
from lumbung.kernel import clock
from lumbung.kernel.models import JournalEntry
from lumbung.members.domain.members import choose_history

pytestmark = pytest.mark.django_db


def test_a_month_after_the_return_nobody_knows_who_borrowed(sari, ani, pusat, rule):
    returned, kept = ItemFactory.create_batch(2)
    check_out(returned, to=ani, at=pusat, by=sari)
    check_in(returned, at=pusat, by=sari)
    check_out(kept, to=ani, at=pusat, by=sari)
    cancel_hold(place_hold(ItemFactory().record, member=ani, pickup_branch=pusat, by=ani.user), by=ani.user)
    with clock.stopped_at(clock.now() + timedelta(days=29)):
        assert forget_borrowers() == 0
        assert last_loan_of(returned).member == ani
    with clock.stopped_at(clock.now() + timedelta(days=31)):
        assert forget_borrowers() == 2
        assert forget_borrowers() == 0

    assert set(Loan.objects.values_list("item", "member")) == {(returned.pk, None), (kept.pk, ani.pk)}
    assert Hold.objects.get().member is None
    assert list(JournalEntry.objects.order_by("pk").values_list("name", "data__member")) == [
        ("CheckedOut", None),
        ("CheckedIn", None),
        ("CheckedOut", ani.pk),
        ("HoldPlaced", None),
        ("HoldCancelled", None),
        ("BorrowersForgotten", None),
    ]
    assert Loan.objects.get(item=returned).policy["category"] == ani.category_id


def test_what_was_reported_lost_and_came_back_tells_nobody_who_had_it(sari, ani, pusat, rule):
    item = ItemFactory()
    loan = check_out(item, to=ani, at=pusat, by=sari)
    report_lost(loan, by=sari)
    withdraw_loss(loan, by=sari)
    check_in(item, at=pusat, by=sari)
    with clock.stopped_at(clock.now() + timedelta(days=31)):
        assert forget_borrowers() == 1
    told = JournalEntry.objects.filter(item=item.pk, name__in=["LoanReportedLost", "LossWithdrawn"]).order_by("pk")
    assert list(told.values_list("name", "member", "data__member")) == [
        ("LoanReportedLost", None, None),
        ("LossWithdrawn", None, None),
    ]


def test_what_members_did_themselves_is_forgotten_as_theirs_and_what_staff_did_is_not(sari, ani, pusat, rule):
    item = ItemFactory()
    with clock.stopped_at(clock.now() - timedelta(days=3)):
        loan = check_out(item, to=ani, at=pusat, by=sari)
    renew(loan, by=ani.user)
    check_in(item, at=pusat, by=sari)
    cancel_hold(place_hold(ItemFactory().record, member=ani, pickup_branch=pusat, by=ani.user), by=sari)
    with clock.stopped_at(clock.now() + timedelta(days=31)):
        forget_borrowers()
    assert list(JournalEntry.objects.order_by("pk").values_list("name", "actor_id")) == [
        ("CheckedOut", sari.pk),
        ("Renewed", None),
        ("CheckedIn", sari.pk),
        ("HoldPlaced", None),
        ("HoldCancelled", sari.pk),
        ("BorrowersForgotten", None),
    ]
    assert (Loan.objects.get().lent_by, Renewal.objects.get().renewed_by) == (sari, None)


def test_what_staff_wrote_when_they_set_a_refusal_aside_is_forgotten_with_the_member(sari, ani, pusat, rule):
    item = ItemFactory(status="damaged")
    loan = check_out(item, to=ani, at=pusat, by=sari, waive={"item_damaged"}, waive_reason="Ani berjanji menjilidnya")
    check_in(item, at=pusat, by=sari)
    with clock.stopped_at(clock.now() + timedelta(days=29)):
        forget_borrowers()
    assert Loan.objects.get(pk=loan.pk).waive_reason == "Ani berjanji menjilidnya"
    with clock.stopped_at(clock.now() + timedelta(days=31)):
        forget_borrowers()
    assert Loan.objects.get(pk=loan.pk).waive_reason == ""


def test_a_check_out_that_was_undone_is_forgotten_too(sari, ani, pusat, rule):
    undo_check_out(check_out(ItemFactory(), to=ani, at=pusat, by=sari), by=sari)
    with clock.stopped_at(clock.now() + timedelta(days=29)):
        assert forget_borrowers() == 0
    with clock.stopped_at(clock.now() + timedelta(days=31)):
        assert [forget_borrowers(), forget_borrowers()] == [1, 0]
    slips = JournalEntry.objects.filter(name__in=["CheckedOut", "CheckOutUndone"])
    assert [(slip.data["member"], slip.actor_id) for slip in slips] == [(None, sari.pk)] * 2


def test_a_member_who_keeps_a_history_sees_it_and_nobody_else_of_the_public_does(sari, ani, budi, pusat, rule):
    item = ItemFactory()
    loan = check_out(item, to=ani, at=pusat, by=sari)
    check_in(item, at=pusat, by=sari)
    assert list(loan_history(ani)) == list(loans_visible_to(ani.user)) == []

    ani = choose_history(ani, True, by=ani.user)
    with clock.stopped_at(clock.now() + timedelta(days=31)):
        assert forget_borrowers() == 0
    assert list(loan_history(ani)) == list(loans_visible_to(ani.user)) == list(loans_visible_to(sari)) == [loan]
    assert list(loans_visible_to(budi.user)) == list(loans_visible_to(None)) == []


def test_who_borrowed_is_not_told_on_the_pages_of_title_and_copy(client, sari, ani, pusat, rule, with_role, signed_in):
    item = ItemFactory()
    place_hold(item.record, member=ani, pickup_branch=pusat, by=ani.user)
    check_out(item, to=ani, at=pusat, by=sari)
    pages = [reverse("catalogue:record", args=[item.record_id]), reverse("catalogue:item", args=[item.pk])]

    def told(role: str) -> list[list[str]]:
        signed_in(client, with_role(role))
        return [[line.entry.name for line in client.get(page).context["history"].lines] for page in pages]

    assert told("cataloguer") == told("librarian") == [[], []]
    assert told("head") == [["HoldFilled", "CheckedOut", "HoldPlaced"], ["HoldFilled", "CheckedOut"]]


def test_a_loan_that_is_still_to_be_paid_for_is_remembered_and_then_forgotten_with_what_the_fee_was_for(sari, ani):
    long_ago = clock.now() - timedelta(days=60)
    loan = LoanFactory(member=ani, lent_at=long_ago, returned_at=long_ago)
    fee = charge(ani, "overdue", 5000, by=sari, loan=loan, item=loan.item, note="terlambat 5 hari")
    assert forget_borrowers() == 0
    waive(fee, reason="lunas", by=sari)
    assert forget_borrowers() == 1
    fee.refresh_from_db()
    assert (fee.loan, fee.item, fee.note, fee.account.member) == (None, None, "", ani)
