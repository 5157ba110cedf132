"""Taking people in as members, and what may be changed about them."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError

from lumbung.accounts.tests.factories import UserFactory
from lumbung.kernel import clock
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.refusals import Refused
from lumbung.kernel.tests.race import race
from lumbung.members.domain.members import (
    add_account,
    block,
    change,
    choose_history,
    end_blocks,
    register,
    renew_membership,
    unblock,
)
from lumbung.members.models import Member, MemberIdentifier
from lumbung.members.queries import in_state
from lumbung.members.tests.factories import CategoryFactory, HomeBranchFactory, MemberFactory
from lumbung.organization.domain import barcodes
from lumbung.organization.models import Barcode

pytestmark = pytest.mark.django_db

LEAP_DAY = datetime(2028, 2, 29, 3, 0, tzinfo=UTC)


def enrol(**given) -> Member:
    return register(**{"name": "Ani", "category": CategoryFactory(), "branch": HomeBranchFactory(), "by": None, **given})


def test_a_member_is_taken_in_for_as_long_as_the_category_says_under_the_number_of_the_student(sari):
    with clock.stopped_at(LEAP_DAY):
        member = enrol(
            name="  Ani   Lestari ",
            identifiers=[("nim", "h1a 021 001"), ("orcid", "https://orcid.org/0000-0002-1825-0097")],
            phone="0812-3456 7890",
            email="ani@kampus.example",
            by=sari,
        )
    assert (member.name, member.barcode, member.phone) == ("Ani Lestari", "H1A021001", "+6281234567890")
    assert (member.joined_on, member.expires_on, member.keeps_history) == (date(2028, 2, 29), date(2029, 2, 28), False)
    assert list(member.identifiers.values_list("kind", "value")) == [("nim", "H1A021001"), ("orcid", "0000-0002-1825-0097")]
    assert barcodes.taken(["h1a021001"]) == {"H1A021001": Barcode.Names.MEMBER}
    entry = JournalEntry.objects.get()
    assert (entry.name, entry.actor_id) == ("MemberRegistered", sari.pk)
    assert entry.data == {"member": member.pk, "category": member.category_id}


def test_one_word_is_a_whole_name_and_a_card_number_is_made_up_for_who_has_none():
    first, second = enrol(name="Suharto"), enrol(name="Megawati")
    assert (first.name, second.name) == ("Suharto", "Megawati")
    assert second.barcode == f"A-{first.pk + 1:06}"


@pytest.mark.parametrize(
    ("kind", "value", "code"),
    [
        ("nip", "19850101 201001 1 00", "nip_wrong"),
        ("nidn", "001012345", "nidn_wrong"),
        ("nidk", "12345678901", "nidk_wrong"),
        ("nisn", "abcdefghij", "nisn_wrong"),
        ("nuptk", "123456789012345", "nuptk_wrong"),
        ("orcid", "0000-0002-1825-0098", "orcid_wrong"),
        ("orcid", "0000-0002", "orcid_wrong"),
        ("nim", "  ", "identifier_empty"),
        ("ktp", "3275", "identifier_kind_unknown"),
    ],
)
def test_a_number_of_the_wrong_form_is_refused(kind, value, code):
    with pytest.raises(Refused) as refused:
        enrol(identifiers=[(kind, value)])
    assert refused.value.codes == [code]
    assert not Barcode.objects.exists()


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("nip", "19850101 201001 1 001"),
        ("nidn", "0010123456"),
        ("nuptk", "1234 5678 9012 3456"),
        ("orcid", "000000021694233X"),
        ("nim", "2110/TI/01"),
        ("other", "apa saja"),
    ],
)
def test_a_number_of_the_right_form_is_accepted(kind, value):
    assert enrol(identifiers=[(kind, value)]).identifiers.count() == 1


def test_everything_wrong_is_named_at_once():
    MemberFactory(barcode="K-1")
    with pytest.raises(Refused) as refused:
        enrol(
            name=" ",
            barcode="k-1",
            email="ani di kampus",
            phone="rumah",
            joined_on=date(2026, 1, 2),
            expires_on=date(2026, 1, 1),
            identifiers=[("nip", "1"), ("nim", "7"), ("nim", "7")],
        )
    assert refused.value.codes == [
        "nip_wrong",
        "name_empty",
        "email_wrong",
        "phone_wrong",
        "membership_backwards",
        "barcode_taken_by_member",
    ]
    assert Member.objects.count() == 1


def test_a_number_in_use_names_the_card_it_is_on():
    enrol(barcode="K-1", identifiers=[("nidn", "0010123456")])
    with pytest.raises(Refused) as refused:
        enrol(barcode="K-2", identifiers=[("nidn", "0010123456"), ("nim", "9"), ("nim", "9")])
    assert [str(reason) for reason in refused.value.reasons] == [
        "NIM 9 ditulis dua kali.",
        "NIDN 0010123456 sudah terdaftar pada anggota dengan kartu K-1.",
    ]


def test_a_card_number_that_is_an_items_barcode_is_refused():
    barcodes.claim("B-1", Barcode.Names.ITEM)
    with pytest.raises(Refused) as refused:
        enrol(barcode="b-1")
    assert refused.value.codes == ["barcode_taken_by_item"]


@pytest.mark.django_db(transaction=True)
def test_two_desks_that_register_one_student_make_one_member(sari):
    category, branch = CategoryFactory(), HomeBranchFactory()

    def enrol_citra(card: str) -> Member:
        return register(name="Citra", category=category, branch=branch, barcode=card, identifiers=[("nim", "21")], by=sari)

    won, refused = race(lambda: enrol_citra("K-1"), lambda: enrol_citra("K-2"))
    assert len(won) == 1
    assert refused in ([["identifier_taken"]], [["already_registered"]])
    assert MemberIdentifier.objects.get().member == won[0]


def test_a_change_names_its_fields_in_the_journal_and_never_what_they_say(sari):
    member = enrol(barcode="K-1", identifiers=[("nim", "21")])
    changed = change(member, name="Ani Lestari", barcode="K-2", identifiers=[("nim", "22")], unit="", by=sari)
    assert (changed.name, changed.barcode) == ("Ani Lestari", "K-2")
    assert list(changed.identifiers.values_list("kind", "value")) == [("nim", "22")]
    assert barcodes.taken(["K-1", "K-2"]) == {"K-2": Barcode.Names.MEMBER}
    entry = JournalEntry.objects.get(name="MemberChanged")
    assert entry.data == {"member": member.pk, "fields": ["barcode", "name", "identifiers"]}


def test_a_change_that_changes_nothing_is_not_journalled(sari):
    member = enrol(phone="081234567890")
    change(member, name="Ani", phone="0812 3456 7890", by=sari)
    assert not JournalEntry.objects.filter(name="MemberChanged").exists()


def test_a_refused_change_leaves_the_card_number_claimed(sari):
    member = enrol(barcode="K-1")
    enrol(barcode="K-2")
    with pytest.raises(Refused) as refused:
        change(member, barcode="K-2", name="", by=sari)
    assert refused.value.codes == ["barcode_taken_by_member", "name_empty"]
    assert set(barcodes.taken(["K-1", "K-2"])) == {"K-1", "K-2"}


def test_a_membership_runs_on_from_its_end_or_from_today_when_it_ended(sari):
    current = MemberFactory(expires_on=date(2028, 12, 31))
    ended = MemberFactory(expires_on=date(2027, 12, 31))
    with clock.stopped_at(LEAP_DAY):
        assert renew_membership(current, by=sari).expires_on == date(2029, 12, 31)
        assert renew_membership(ended, by=sari).expires_on == date(2029, 2, 28)
        with pytest.raises(Refused) as refused:
            renew_membership(current, until=date(2028, 2, 28), by=sari)
        assert refused.value.codes == ["membership_ends_in_the_past"]
        with pytest.raises(Refused) as refused:
            renew_membership(current, until=date(2029, 12, 31), by=sari)
        assert refused.value.codes == ["membership_not_longer"]
    assert JournalEntry.objects.filter(name="MembershipRenewed").first().data == {
        "member": current.pk,
        "expires_on": "2029-12-31",
    }


def test_a_block_has_a_reason_and_ends(sari):
    member = MemberFactory()
    with pytest.raises(Refused) as refused:
        block(member, reason=" ", by=sari)
    assert refused.value.codes == ["block_reason_empty"]
    assert block(member, reason=" Kartu dipinjamkan ", by=sari).blocked_because == "Kartu dipinjamkan"
    assert unblock(member, by=sari).blocked_because == ""
    with pytest.raises(Refused) as refused:
        unblock(member, by=sari)
    assert refused.value.codes == ["not_blocked"]
    assert list(JournalEntry.objects.order_by("pk").values_list("name", "data")) == [
        ("MemberBlocked", {"member": member.pk}),
        ("MemberUnblocked", {"member": member.pk}),
    ]


def test_an_account_is_one_members_and_a_member_has_one(sari, ani):
    citra = MemberFactory()
    with pytest.raises(Refused) as refused:
        add_account(citra, ani.user, by=sari)
    assert refused.value.codes == ["account_taken"]
    with pytest.raises(Refused) as refused:
        add_account(ani, UserFactory(), by=sari)
    assert refused.value.codes == ["has_an_account"]
    user = UserFactory()
    assert add_account(citra, user, by=sari).user == user
    assert JournalEntry.objects.get().data == {"member": citra.pk, "user": user.pk}


def test_a_history_is_kept_only_when_the_member_chose_so(ani):
    assert choose_history(ani, True, by=ani.user).keeps_history
    choose_history(ani, True, by=ani.user)
    assert JournalEntry.objects.get().data == {"member": ani.pk, "keeps_history": True}


def test_who_is_outrun_by_another_desk_for_a_made_up_number_gets_the_next(sari, monkeypatch):
    first = enrol(by=sari)
    next_up = f"A-{first.pk + 1:06}"
    barcodes.claim(next_up, Barcode.Names.MEMBER)
    monkeypatch.setattr(barcodes, "taken", lambda _: {})  # the other desk's claim came after this look
    assert enrol(by=sari).barcode == f"A-{first.pk + 2:06}"


def test_a_block_with_a_last_day_ends_by_itself(sari):
    member = MemberFactory()
    with clock.stopped_at(datetime(2026, 12, 1, 3, 0, tzinfo=UTC)):
        with pytest.raises(Refused) as refused:
            block(member, reason=" ", until=date(2026, 11, 30), by=sari)
        assert refused.value.codes == ["block_reason_empty", "block_ends_in_the_past"]
        member = block(member, reason="Merusak buku", until=date(2026, 12, 5), by=sari)
    assert JournalEntry.objects.get(name="MemberBlockedUntil").data == {"member": member.pk, "until": "2026-12-05"}
    assert (member.block_on(date(2026, 12, 5)), member.block_on(date(2026, 12, 6))) == ("Merusak buku", "")
    with clock.stopped_at(datetime(2026, 12, 5, 16, 0, tzinfo=UTC)):  # 23.00 in Jakarta: its last day
        assert end_blocks() == 0
        assert list(in_state(Member.objects.all(), "blocked", on=date(2026, 12, 5))) == [member]
    with clock.stopped_at(datetime(2026, 12, 5, 17, 30, tzinfo=UTC)):  # 00.30 in Jakarta: over
        assert list(in_state(Member.objects.all(), "blocked", on=date(2026, 12, 6))) == []
        assert end_blocks() == 1
    member.refresh_from_db()
    assert (member.blocked_because, member.blocked_until) == ("", None)
    assert JournalEntry.objects.filter(name="MemberUnblocked").count() == 1


def test_only_a_block_has_a_last_day():
    with pytest.raises(IntegrityError, match="only_a_block_has_a_last_day"):
        MemberFactory(blocked_until=date(2026, 12, 5))


def test_a_membership_ends_with_the_calendar_at_the_latest():
    """Other systems write 9999 for somebody who is a member for good."""
    told = {"category": CategoryFactory(), "branch": HomeBranchFactory(), "by": None}
    assert register(name="Rara", joined_on=date(9999, 3, 1), **told).expires_on == date.max
    with pytest.raises(Refused, match="membership_not_longer"):
        renew_membership(MemberFactory(expires_on=date.max), by=None)


def test_a_membership_of_new_years_day_begins_on_that_of_the_branch():
    with clock.stopped_at(datetime(2026, 12, 31, 18, 0, tzinfo=UTC)):
        member = register(name="Rara", category=CategoryFactory(), branch=HomeBranchFactory(), by=None)
    assert (member.joined_on, member.expires_on) == (date(2027, 1, 1), date(2028, 1, 1))
