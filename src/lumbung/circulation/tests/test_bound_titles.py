"""One volume that holds several titles: it is lent once, whoever asks for whichever of them, and everybody who waits is heard."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lumbung.catalogue.domain.bound_titles import bind_title, unbind_title
from lumbung.catalogue.domain.mergers import merge_records, undo_merger
from lumbung.catalogue.models import BoundTitle, Item
from lumbung.circulation.domain.holds import place_hold, set_aside
from lumbung.circulation.domain.loans import check_in, check_out, undo_check_out
from lumbung.circulation.domain.recalls import change_urgency, recall_loan
from lumbung.circulation.models import Hold, Loan, LocalFirst
from lumbung.circulation.queries import availability_of, open_holds, pull_list, volumes_of
from lumbung.circulation.queries.blocks import blocks_to_check_out, blocks_to_renew
from lumbung.circulation.queries.hold_blocks import blocks_to_place_hold
from lumbung.circulation.queries.waiting import expected_on
from lumbung.circulation.tests.factories import HoldFactory, ItemFactory, LoanFactory, RecordFactory
from lumbung.kernel.refusals import Refused
from lumbung.members.tests.factories import MemberFactory

pytestmark = pytest.mark.django_db


def codes(reasons):
    return [each.code for each in reasons]


@pytest.fixture
def volume(pusat):
    """A copy of a first title, into which a second is bound."""
    item = ItemFactory(branch=pusat, held_at=pusat)
    bind_title(item, RecordFactory(), by=None)
    return Item.objects.get(pk=item.pk)


@pytest.fixture
def second(volume):
    return volume.bound_titles.get().record


def test_each_title_counts_the_one_copy_and_both_lose_it_when_it_is_lent(volume, second, ani, pusat, rule):
    told = availability_of([volume.record_id, second.pk])
    assert [(told[key].total, told[key].available) for key in (volume.record_id, second.pk)] == [(1, 1), (1, 1)]
    loan = check_out(volume, to=ani, at=pusat, by=ani.user)
    told = availability_of([volume.record_id, second.pk])
    assert [(each.total, each.available, each.next_due_at) for each in told.values()] == [(1, 0, loan.due_at)] * 2
    assert Loan.objects.open().count() == 1


def test_a_hold_on_the_second_title_gets_the_copy(volume, second, ani, sari, pusat, rule):
    hold = place_hold(second, member=ani, pickup_branch=pusat, by=ani.user)
    assert [(pull.hold, pull.item) for pull in pull_list(pusat)] == [(hold, volume)]
    assert set_aside(hold, volume, at=pusat, by=sari).item == volume
    check_out(volume, to=ani, at=pusat, by=sari)
    assert Hold.objects.get().state == Hold.States.FILLED


def test_one_copy_is_fetched_for_one_of_those_who_wait_for_either_title(volume, second, ani, budi, pusat, rule):
    first = place_hold(volume.record, member=ani, pickup_branch=pusat, by=ani.user)
    place_hold(second, member=budi, pickup_branch=pusat, by=budi.user)
    assert [pull.hold for pull in pull_list(pusat)] == [first]


def test_who_waits_for_the_other_title_goes_before_a_stranger(volume, second, ani, budi, pusat, rule):
    place_hold(second, member=ani, pickup_branch=pusat, by=ani.user)
    assert codes(blocks_to_check_out(volume, budi)) == ["wanted_by_others"]
    ItemFactory(record=volume.record, branch=pusat, held_at=pusat)  # a copy of the first title is no help to ani
    assert codes(blocks_to_check_out(volume, budi)) == ["wanted_by_others"]
    ItemFactory(record=second, branch=pusat, held_at=pusat)
    assert blocks_to_check_out(volume, budi) == []


def test_it_is_not_renewed_but_recalled_while_somebody_waits_for_the_other_title(volume, second, ani, budi, pusat, rule):
    loan = LoanFactory(item=volume, member=ani)
    assert "wanted_by_others" not in codes(blocks_to_renew(loan))
    hold = HoldFactory(record=second, member=budi, pickup_branch=pusat)
    assert "wanted_by_others" in codes(blocks_to_renew(loan))
    assert expected_on(hold) == loan.due_at.astimezone(pusat.zone).date()
    with pytest.raises(Refused) as refused:
        recall_loan(loan, by=None)
    assert refused.value.codes == ["recall_gains_nothing"]  # somebody waits; it is due soon enough


def test_coming_back_it_goes_to_whoever_asked_first_for_any_of_its_titles(volume, second, ani, budi, sari, pusat, rule):
    LoanFactory(item=volume, member=MemberFactory())
    first = HoldFactory(record=second, member=ani, pickup_branch=pusat)
    HoldFactory(record=volume.record, member=budi, pickup_branch=pusat)
    assert check_in(volume, at=pusat, by=sari).hold == first


def test_whoever_has_it_has_both_titles(volume, second, ani, pusat, rule, sari):
    holds = [place_hold(each, member=ani, pickup_branch=pusat, by=ani.user) for each in (second, volume.record)]
    loan = check_out(volume, to=ani, at=pusat, by=sari)
    assert {each.state for each in Hold.objects.all()} == {Hold.States.FILLED}
    assert codes(blocks_to_place_hold(second, ani, pusat)) == ["has_it_on_loan"]
    undo_check_out(loan, by=sari)
    assert {each.state for each in Hold.objects.filter(pk__in=[each.pk for each in holds])} == {Hold.States.WAITING}


def test_its_volume_is_that_of_its_own_title(second, volume, pusat):
    Item.objects.filter(pk=volume.pk).update(volume="Jil. 2")
    ItemFactory(record=second, volume="Jil. 2", branch=pusat)
    assert volumes_of(second) == ["2"]
    wants_second_of_second = HoldFactory(record=second, volume="2")
    assert not wants_second_of_second.fits(Item.objects.get(pk=volume.pk))


def test_what_was_set_aside_before_it_was_unbound_is_still_the_members(volume, second, ani, budi, sari, pusat, rule):
    hold = place_hold(second, member=ani, pickup_branch=pusat, by=ani.user)
    set_aside(hold, volume, at=pusat, by=sari)
    unbind_title(volume, second, by=None)
    assert codes(blocks_to_check_out(Item.objects.get(pk=volume.pk), budi)) == ["set_aside_for_another"]
    check_out(Item.objects.get(pk=volume.pk), to=ani, at=pusat, by=sari)
    assert Hold.objects.get().state == Hold.States.FILLED


def test_a_merger_carries_the_binding_and_its_holds_and_gives_them_back(volume, second, ani, pusat, rule):
    hold = place_hold(second, member=ani, pickup_branch=pusat, by=ani.user)
    kept = RecordFactory()
    merger = merge_records(second, into=kept, made=kept.marc_record, versions=(second.version, kept.version), by=None)
    assert list(BoundTitle.objects.values_list("item", "record")) == [(volume.pk, kept.pk)]
    assert pull_list(pusat)[0].item == volume
    undo_merger(merger, by=None)
    assert list(BoundTitle.objects.values_list("item", "record")) == [(volume.pk, second.pk)]
    hold.refresh_from_db()
    assert hold.record_id == second.pk


def test_two_titles_of_one_volume_that_become_one_are_in_it_once(volume, second, ani, sari, pusat, rule):
    hold = place_hold(second, member=ani, pickup_branch=pusat, by=ani.user)
    set_aside(hold, volume, at=pusat, by=sari)
    own = volume.record
    merger = merge_records(second, into=own, made=own.marc_record, versions=(second.version, own.version), by=None)
    assert not BoundTitle.objects.exists()
    assert Item.objects.get(pk=volume.pk).is_bound is False
    assert availability_of([own.pk])[own.pk].total == 1
    undo_merger(merger, by=None)
    assert list(BoundTitle.objects.values_list("item", "record")) == [(volume.pk, second.pk)]
    assert Item.objects.get(pk=volume.pk).is_bound is True
    hold.refresh_from_db()
    assert (hold.record_id, hold.item_id) == (second.pk, volume.pk)


def statements(act):
    act()  # what is remembered is remembered now
    with CaptureQueriesContext(connection) as seen:
        act()
    return len(seen)


@pytest.mark.parametrize("bound", [1, 3])
def test_statements_do_not_grow_with_what_is_bound(volume, second, ani, pusat, rule, bound):
    for _ in range(bound - 1):
        bind_title(volume, RecordFactory(), by=None)
    assert statements(lambda: availability_of([volume.record_id, second.pk])) == 2
    bound_one, alone = (LoanFactory(item=item, member=ani) for item in (Item.objects.get(pk=volume.pk), ItemFactory()))
    assert statements(lambda: blocks_to_renew(bound_one)) == statements(lambda: blocks_to_renew(alone)) + 1


def test_who_waits_is_told_the_place_at_the_volume_into_which_the_title_is_bound(
    volume, second, ani, budi, sari, pusat, teknik, rule
):
    change_urgency(by=sari, local_first=LocalFirst.PICKUP)
    early = HoldFactory(record=second, member=ani, pickup_branch=teknik)
    local = HoldFactory(record=second, member=budi, pickup_branch=pusat)
    assert [open_holds(each.member).get().position for each in (early, local)] == [2, 1]
    wanted = HoldFactory(record=second, member=MemberFactory(), pickup_branch=pusat, wanted_item=volume)
    assert open_holds(wanted.member).get().position == 2
    check_in(volume, at=pusat, by=sari)
    local.refresh_from_db()
    assert local.item == volume
