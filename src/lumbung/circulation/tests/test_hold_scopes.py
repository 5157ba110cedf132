"""Which copies may go to whom who waits: by whose they are, where they are fetched, how new they are; and who goes first."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from lumbung.circulation.domain.holds import place_hold, set_aside
from lumbung.circulation.domain.loans import check_in
from lumbung.circulation.domain.queue import change_pickup, put_first
from lumbung.circulation.domain.recalls import change_urgency
from lumbung.circulation.domain.rules import add_rule, change_rule
from lumbung.circulation.models import LocalFirst
from lumbung.circulation.queries import (
    Pull,
    blocks_to_check_out,
    blocks_to_renew,
    expected_on,
    open_holds,
    open_holds_on,
    pull_list,
    reader_of,
)
from lumbung.circulation.tests.factories import HoldFactory, ItemFactory, ItemTypeFactory, LoanFactory, RecordFactory
from lumbung.kernel import clock
from lumbung.kernel.refusals import Refused
from lumbung.members.models import Member
from lumbung.members.tests.factories import MemberFactory
from lumbung.organization.models import Branch
from lumbung.organization.tests.factories import BranchFactory

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)  # nine in the morning in Jakarta


def refusal_of(verb, *given, **said) -> list[str]:
    with pytest.raises(Refused) as refused:
        verb(*given, **said)
    return [str(reason) for reason in refused.value.reasons]


@pytest.fixture
def campus(pusat: Branch, teknik: Branch) -> Branch:
    """The branch of which the engineering library is a part, and the central one is not."""
    above = BranchFactory(code="KAMPUS2", name="Kampus Dua")
    teknik.parent = above
    teknik.save()
    return above


@pytest.fixture
def student(teknik: Branch, ani: Member) -> Member:
    """A student of engineering; Ani is at home in the central library."""
    return MemberFactory(category=ani.category, branch=teknik)


def test_where_a_rule_says_so_only_members_of_the_branch_that_owns_a_copy_wait_for_it(ani, student, pusat, teknik, rule):
    change_rule(rule, name="Mahasiswa", hold_from="own", by=None)
    item = ItemFactory(branch=teknik)
    assert refusal_of(place_hold, item.record, member=ani, pickup_branch=pusat, by=ani.user) == [
        f"Hanya anggota {teknik} yang dapat memesannya (aturan “Mahasiswa”)."
    ]
    place_hold(item.record, member=student, pickup_branch=pusat, by=None)
    ItemFactory(record=item.record, branch=pusat)
    place_hold(item.record, member=ani, pickup_branch=pusat, by=ani.user)


def test_a_copy_that_comes_back_goes_to_the_first_to_whom_it_may_go(sari, ani, student, pusat, teknik, rule):
    record = RecordFactory()
    theirs, ours = ItemFactory(record=record, branch=teknik), ItemFactory(record=record, branch=pusat)
    first, second = (place_hold(record, member=each, pickup_branch=pusat, by=None) for each in (ani, student))
    change_rule(rule, hold_from="own", by=None)
    assert (pull_list(teknik), pull_list(pusat)) == ([Pull(second, theirs)], [Pull(first, ours)])
    assert (expected_on(first), expected_on(second)) == (clock.today(pusat.zone), clock.today(pusat.zone))
    assert refusal_of(set_aside, first, theirs, at=teknik, by=sari) == [
        f"Hanya anggota {teknik} yang dapat memesannya (aturan “{rule}”)."
    ]
    assert check_in(theirs, at=teknik, by=sari).hold == second
    assert check_in(ours, at=pusat, by=sari).hold == first


def test_who_may_not_have_a_copy_stands_in_nobodys_way(ani, budi, student, teknik, pusat, rule):
    item = ItemFactory(branch=teknik, added_at=MONDAY)
    loan = LoanFactory(item=item, member=student, lent_at=clock.now() - timedelta(days=2))
    HoldFactory(record=item.record, member=ani)
    assert [block.code for block in blocks_to_renew(loan)] == ["wanted_by_others"]
    change_rule(rule, hold_from="own", by=None)
    assert blocks_to_renew(loan) == []
    loan.returned_at = clock.now()
    loan.save()
    assert blocks_to_check_out(item, budi, at=teknik) == []


@pytest.mark.parametrize(
    ("said", "at_owner", "at_campus", "elsewhere"),
    [
        ("any", [], [], []),
        ("home", [], ["not_fetched_there"], ["not_fetched_there"]),
        ("holding", ["not_fetched_there"], ["not_fetched_there"], []),
        ("group", [], [], ["not_fetched_there"]),
    ],
)
def test_a_hold_is_fetched_where_the_rule_lets_it_be_fetched(
    ani, pusat, teknik, campus, rule, said, at_owner, at_campus, elsewhere
):
    change_rule(rule, pickup_at=said, by=None)
    told = []
    for branch in (teknik, campus, pusat):
        item = ItemFactory(branch=teknik, held_at=pusat)
        try:
            place_hold(item.record, member=ani, pickup_branch=branch, by=ani.user)
            told.append([])
        except Refused as refused:
            told.append(refused.codes)
    assert told == [at_owner, at_campus, elsewhere]


def test_a_hold_is_not_moved_to_where_none_of_its_copies_may_be_fetched(ani, pusat, teknik, rule):
    item = ItemFactory(branch=teknik)
    hold = place_hold(item.record, member=ani, pickup_branch=teknik, by=ani.user)
    change_rule(rule, name="Mahasiswa", pickup_at="home", by=None)
    assert refusal_of(change_pickup, hold, pusat, by=ani.user) == [
        f"Pesanan judul ini hanya diambil di {teknik} (aturan “Mahasiswa”)."
    ]
    ItemFactory(record=item.record, branch=pusat)
    assert change_pickup(hold, pusat, by=ani.user).pickup_branch == pusat


def test_a_new_copy_is_for_its_own_branch_until_its_days_are_over(sari, ani, student, pusat, teknik, rule):
    change_rule(rule, name="Mahasiswa", guarded_days=30, by=None)
    by = " (aturan “Mahasiswa”)"
    with clock.stopped_at(MONDAY):
        item = ItemFactory(branch=teknik)
        assert refusal_of(place_hold, item.record, member=ani, pickup_branch=pusat, by=ani.user) == [
            f"Eksemplarnya masih baru: sampai 1 April 2026 hanya untuk anggota {teknik} atau yang mengambilnya di sana{by}."
        ]
        place_hold(item.record, member=student, pickup_branch=pusat, by=None)
        there = place_hold(item.record, member=ani, pickup_branch=teknik, by=ani.user)
        assert refusal_of(change_pickup, there, pusat, by=ani.user)
    with clock.stopped_at(MONDAY + timedelta(days=30)):
        assert refusal_of(change_pickup, there, pusat, by=ani.user)
    with clock.stopped_at(MONDAY + timedelta(days=31)):
        assert change_pickup(there, pusat, by=ani.user).pickup_branch == pusat


def test_a_rule_for_new_copies_or_for_a_place_speaks_of_holds_too(ani, pusat, rule):
    with clock.stopped_at(MONDAY):
        item = ItemFactory(branch=pusat)
        add_rule(name="Buku baru", new_for_days=10, hold_limit=0, by=None)
        assert refusal_of(place_hold, item.record, member=ani, pickup_branch=pusat, by=ani.user) == [
            "Judul ini tidak dapat dipesan (aturan “Buku baru”)."
        ]
    with clock.stopped_at(MONDAY + timedelta(days=11)):
        place_hold(item.record, member=ani, pickup_branch=pusat, by=ani.user)


@pytest.mark.parametrize("local_first", ["", "pickup", "members"])
def test_for_the_copies_of_a_branch_its_own_go_first_where_the_library_wants_it(
    sari, ani, student, pusat, teknik, rule, local_first
):
    change_urgency(by=sari, local_first=local_first)
    record = RecordFactory()
    item = ItemFactory(record=record, branch=teknik)
    with clock.stopped_at(MONDAY):
        early = HoldFactory(record=record, member=ani, pickup_branch=pusat)
    there, theirs = (
        HoldFactory(record=record, pickup_branch=teknik),
        HoldFactory(record=record, member=student, pickup_branch=pusat),
    )
    expected = {"": early, "pickup": there, "members": theirs}[local_first]
    assert pull_list(teknik) == [Pull(expected, item)]
    assert check_in(item, at=teknik, by=sari).hold == expected


def test_holds_that_the_rules_keep_from_every_copy_hide_none_behind_them(
    sari, ani, student, pusat, teknik, rule, django_assert_num_queries
):
    change_rule(rule, hold_from="own", by=None)
    record = RecordFactory()
    mine, other = ItemFactory(record=record, branch=teknik, call_number="1"), ItemFactory(branch=teknik, call_number="2")
    with clock.stopped_at(MONDAY):
        for each in MemberFactory.create_batch(3, category=ani.category, branch=pusat):
            HoldFactory(record=record, member=each, pickup_branch=pusat)
    theirs = HoldFactory(record=record, member=student, pickup_branch=pusat)
    last = HoldFactory(record=other.record, member=student, pickup_branch=pusat)
    assert pull_list(teknik, limit=2) == [Pull(theirs, mine), Pull(last, other)]
    assert pull_list(teknik, limit=1) == [Pull(theirs, mine)]
    with django_assert_num_queries(2):
        assert len(pull_list(teknik)) == 2


def test_locals_are_on_the_pull_list_however_many_asked_before_them(sari, ani, student, pusat, teknik, rule):
    change_urgency(by=sari, local_first=LocalFirst.MEMBERS)
    item = ItemFactory(branch=teknik)
    with clock.stopped_at(MONDAY):
        HoldFactory.create_batch(3, record=item.record, pickup_branch=pusat)
    theirs = HoldFactory(record=item.record, member=student, pickup_branch=pusat)
    assert pull_list(teknik, limit=2) == [Pull(theirs, item)]


@pytest.mark.parametrize(
    ("local_first", "owners", "places"),
    [
        ("", ["teknik"], {"early": 1, "there": 2, "theirs": 3, "late": 4}),
        ("pickup", ["teknik"], {"early": 2, "there": 1, "theirs": 3, "late": 4}),
        ("members", ["teknik"], {"early": 2, "there": 3, "theirs": 1, "late": 4}),
        ("pickup", ["pusat"], {"early": 1, "there": 4, "theirs": 2, "late": 3}),
        ("pickup", ["pusat", "teknik"], {"early": 1, "there": 1, "theirs": 2, "late": 3}),
        ("pickup", [], {"early": 1, "there": 2, "theirs": 3, "late": 4}),
    ],
)
def test_who_waits_is_told_the_place_at_which_a_copy_really_comes(
    sari, ani, budi, student, pusat, teknik, rule, local_first, owners, places
):
    change_urgency(by=sari, local_first=local_first)
    record = RecordFactory()
    for owner in owners:
        ItemFactory(record=record, branch={"pusat": pusat, "teknik": teknik}[owner])
    MemberFactory.create_batch(2)  # nobody's key is that of a branch
    holds = {}
    for name, member, branch in (
        ("early", ani, pusat), ("there", budi, teknik), ("theirs", student, pusat), ("late", MemberFactory(branch=pusat), pusat)
    ):  # fmt: skip
        with clock.stopped_at(MONDAY + timedelta(hours=len(holds))):
            holds[name] = HoldFactory(record=record, member=member, pickup_branch=branch)
    assert {name: open_holds(hold.member).get().position for name, hold in holds.items()} == places
    assert {hold.pk: hold.position for hold in open_holds_on(record)} == {holds[name].pk: at for name, at in places.items()}
    assert reader_of(record, budi.user).hold.position == places["there"]


def test_who_was_put_first_is_first_before_locals_and_a_wanted_copy_has_its_own_queue(sari, ani, student, pusat, teknik, rule):
    change_urgency(by=sari, local_first=LocalFirst.PICKUP)
    record = RecordFactory()
    ItemFactory(record=record, branch=teknik)
    only = ItemFactory(record=record, branch=pusat)
    with clock.stopped_at(MONDAY):
        early = HoldFactory(record=record, member=ani, pickup_branch=teknik)
    wants = HoldFactory(record=record, member=student, pickup_branch=teknik, wanted_item=only)
    here = HoldFactory(record=record, pickup_branch=pusat)
    assert [open_holds(each.member).get().position for each in (early, wants, here)] == [1, 3, 1]
    put_first(wants, reason="Sidang", by=sari)
    assert [open_holds(each.member).get().position for each in (early, wants, here)] == [2, 1, 2]


@pytest.mark.parametrize(("volume", "places"), [("1", [2, 1]), ("2", [1, 2]), ("", [1, 1])])
def test_who_waits_for_a_volume_is_told_the_place_among_its_own_copies(sari, ani, budi, pusat, teknik, rule, volume, places):
    change_urgency(by=sari, local_first=LocalFirst.PICKUP)
    record = RecordFactory()
    ItemFactory(record=record, branch=teknik, volume="1")
    ItemFactory(record=record, branch=pusat, volume="2")
    with clock.stopped_at(MONDAY):
        here = HoldFactory(record=record, member=ani, pickup_branch=pusat, volume=volume)
    there = HoldFactory(record=record, member=budi, pickup_branch=teknik, volume=volume)
    assert [open_holds(each.member).get().position for each in (here, there)] == places


def test_the_day_somebody_is_told_reckons_with_locals_too(sari, ani, student, pusat, teknik, rule):
    change_urgency(by=sari, local_first=LocalFirst.MEMBERS)
    now = datetime(2026, 3, 6, 9, tzinfo=MONDAY.tzinfo)
    with clock.stopped_at(now):
        item = ItemFactory(branch=teknik)
        LoanFactory(item=item, lent_at=now, due_at=now + timedelta(days=4))
        early = HoldFactory(record=item.record, member=ani, pickup_branch=pusat)
        theirs = HoldFactory(record=item.record, member=student, pickup_branch=pusat)
        assert (expected_on(theirs), expected_on(early)) == (date(2026, 3, 10), date(2026, 3, 16))


def test_who_was_put_first_with_a_reason_stays_first_and_who_waits_locally_is_not_passed_at_the_desk(
    sari, ani, budi, student, pusat, teknik, rule
):
    change_urgency(by=sari, local_first=LocalFirst.MEMBERS)
    item = ItemFactory(branch=teknik)
    with clock.stopped_at(MONDAY):
        early = HoldFactory(record=item.record, member=ani, pickup_branch=pusat)
    HoldFactory(record=item.record, member=student, pickup_branch=teknik)
    assert blocks_to_check_out(item, student, at=teknik) == []
    assert [block.code for block in blocks_to_check_out(item, ani, at=teknik)] == ["wanted_by_others"]
    put_first(early, reason="Sidang", by=sari)
    assert blocks_to_check_out(item, ani, at=teknik) == []
    assert check_in(item, at=teknik, by=sari).hold == early


def test_a_free_copy_that_who_waits_may_not_have_frees_no_other(ani, budi, pusat, teknik, rule):
    change_rule(rule, pickup_at="home", by=None)
    record = RecordFactory()
    here = ItemFactory(record=record, branch=pusat)
    ItemFactory.create_batch(2, record=record, branch=teknik)
    place_hold(record, member=ani, pickup_branch=pusat, by=ani.user)
    assert [block.code for block in blocks_to_check_out(here, budi, at=pusat)] == ["wanted_by_others"]
    ItemFactory(record=record, branch=pusat)
    assert blocks_to_check_out(here, budi, at=pusat) == []


def test_a_free_copy_of_another_volume_frees_none_of_the_volume_waited_for(ani, budi, pusat, rule):
    record = RecordFactory()
    first = ItemFactory(record=record, branch=pusat, volume="1")
    ItemFactory.create_batch(2, record=record, branch=pusat, volume="2")
    place_hold(record, member=ani, pickup_branch=pusat, volume="1", by=ani.user)
    assert [block.code for block in blocks_to_check_out(first, budi, at=pusat)] == ["wanted_by_others"]
    ItemFactory(record=record, branch=pusat, volume="1")
    assert blocks_to_check_out(first, budi, at=pusat) == []


def test_who_chooses_a_copy_goes_by_the_rules_for_that_copy(ani, pusat, rule):
    change_rule(rule, hold_of="either", by=None)
    reference = ItemTypeFactory(code="RUJUKAN")
    add_rule(name="Rujukan", item_type=reference, hold_limit=0, by=None)
    record = RecordFactory()
    never, usual = ItemFactory(record=record, item_type=reference), ItemFactory(record=record)
    assert refusal_of(place_hold, record, member=ani, pickup_branch=pusat, item=never, by=ani.user) == [
        "Judul ini tidak dapat dipesan (aturan “Rujukan”)."
    ]
    assert place_hold(record, member=ani, pickup_branch=pusat, item=usual, by=ani.user).wanted_item == usual


def test_two_copies_of_one_night_are_of_the_days_of_the_branch(ani, pusat, teknik, rule):
    change_rule(rule, guarded_days=1, by=None)
    record = RecordFactory()
    for hour in (18, 16):  # one in the morning, and eleven the night before
        ItemFactory(record=record, branch=teknik, added_at=datetime(2026, 3, 2, hour, 0, tzinfo=UTC))
    with clock.stopped_at(datetime(2026, 3, 4, 2, 0, tzinfo=UTC)):
        assert place_hold(record, member=ani, pickup_branch=pusat, by=ani.user).pickup_branch == pusat


def test_members_choose_a_copy_where_a_rule_lets_or_makes_them_and_staff_always(sari, ani, budi, pusat, rule):
    record = RecordFactory()
    copy, _ = ItemFactory.create_batch(2, record=record)
    change_rule(rule, name="Mahasiswa", hold_of="title", by=None)
    assert refusal_of(place_hold, record, member=ani, pickup_branch=pusat, item=copy, by=ani.user) == [
        "Yang dapat dipesan hanya judulnya, bukan satu eksemplar (aturan “Mahasiswa”)."
    ]
    assert place_hold(record, member=ani, pickup_branch=pusat, item=copy, by=sari).wanted_item == copy
    change_rule(rule, hold_of="copy", by=None)
    assert refusal_of(place_hold, record, member=budi, pickup_branch=pusat, by=budi.user) == [
        "Pilih eksemplar mana yang dipesan di halaman judulnya (aturan “Mahasiswa”)."
    ]
    place_hold(record, member=budi, pickup_branch=pusat, item=copy, by=budi.user)


def test_the_page_of_a_title_lets_ani_choose_a_copy_where_the_rule_lets_her(client: Client, ani, pusat, rule):
    record = RecordFactory()
    copy = ItemFactory(record=record, branch=pusat)
    client.force_login(ani.user)
    assert 'name="item"' not in client.get(f"/records/{record.pk}").content.decode()
    change_rule(rule, hold_of="either", by=None)
    page = client.get(f"/records/{record.pk}").content.decode()
    assert f'<option value="{copy.pk}">{copy.barcode}' in page
    assert "Eksemplar mana pun" in page
    client.post(f"/records/{record.pk}/holds", {"branch": pusat.pk, "item": copy.pk})
    assert ani.holds.get().wanted_item == copy
    other = ItemFactory(branch=pusat)
    assert client.post(f"/records/{record.pk}/holds", {"branch": pusat.pk, "item": other.pk}).status_code == 404


def test_a_work_in_volumes_is_waited_for_by_volume_or_by_copy_and_a_copy_says_its_volume_itself(
    client: Client, ani, pusat, rule
):
    record = RecordFactory()
    first, _ = (ItemFactory(record=record, volume=volume, branch=pusat) for volume in ("1", "2"))
    change_rule(rule, hold_of="either", by=None)
    client.force_login(ani.user)
    page = client.get(f"/records/{record.pk}").content.decode()
    assert ('name="volume"' in page, 'name="item"' in page) == (True, True)
    client.post(f"/records/{record.pk}/holds", {"branch": pusat.pk, "volume": "2", "item": first.pk})
    assert [(hold.volume, hold.wanted_item) for hold in ani.holds.all()] == [("", first)]


def test_where_branches_say_it_differently_the_page_offers_what_one_of_them_asks_for(client: Client, ani, pusat, teknik, rule):
    record = ItemFactory(branch=pusat).record
    add_rule(name="Teknik", branch=teknik, hold_of="copy", by=None)
    client.force_login(ani.user)
    assert "Eksemplar mana pun" in client.get(f"/records/{record.pk}").content.decode()
    change_rule(rule, hold_of="copy", by=None)
    page = client.get(f"/records/{record.pk}").content.decode()
    assert ("Eksemplar mana pun" in page, "Pilih eksemplar" in page) == (False, True)
