"""Somebody registered twice becomes one member, field by field, and is two again when that was wrong."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from lumbung.accounts.models import Role, User
from lumbung.accounts.tests.factories import UserFactory
from lumbung.kernel import clock
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.refusals import Refused
from lumbung.members.domain.clearance.applying import apply
from lumbung.members.domain.members import block, change
from lumbung.members.domain.merging import choosing, mergers
from lumbung.members.domain.merging.followers import followers
from lumbung.members.domain.privacy.consents import choose, create_default_consents
from lumbung.members.domain.privacy.looks import note_look
from lumbung.members.domain.privacy.requests import ask, erase
from lumbung.members.models import Consent, ConsentPurpose, Look, Member, MemberMerger
from lumbung.members.queries import find_members, member_by_barcode, merged_into, search_text_of, user_of_code
from lumbung.members.tests.factories import ClearancePurposeFactory, MemberFactory, MemberIdentifierFactory
from lumbung.organization.models import Barcode

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 3, tzinfo=UTC)


@pytest.fixture
def kept() -> Member:
    """Siti as the academic system sent her: with a NIM, without an address."""
    member = MemberFactory(name="Siti Aminah", barcode="K-1", joined_on=date(2025, 9, 1), expires_on=date(2026, 12, 31))
    MemberIdentifierFactory(member=member, value="2110001")
    member.search_text = search_text_of(member)
    member.save()
    return member


@pytest.fixture
def gone(kept: Member) -> Member:
    """Siti as she joined from home a year before."""
    return MemberFactory(
        name="Siti A.", barcode="K-2", joined_on=date(2024, 8, 1), expires_on=date(2026, 8, 1), email="siti@kampus.example"
    )


def merge(gone: Member, kept: Member, by: User, *more: str) -> MemberMerger:
    gone, kept = (Member.objects.select_related("user").get(pk=each.pk) for each in (gone, kept))
    taken = choosing.usual(gone, kept) | set(more)
    return mergers.merge_members(gone, into=kept, taken=taken, looked_at=choosing.seen(gone, kept), by=by)


def refusals_of(gone: Member, kept: Member, by: User, *more: str) -> list[str]:
    with pytest.raises(Refused) as refused:
        merge(gone, kept, by, *more)
    return refused.value.codes


def columns(member: Member) -> dict[str, object]:
    return Member.objects.filter(pk=member.pk).values().get()


def test_what_is_missing_comes_in_and_both_cards_find_the_person(gone, kept, sari):
    merger = merge(gone, kept, sari)
    kept.refresh_from_db()
    assert (kept.name, kept.barcode, kept.email) == ("Siti Aminah", "K-1", "siti@kampus.example")
    assert (kept.joined_on, kept.expires_on) == (date(2024, 8, 1), date(2026, 12, 31))
    assert {member_by_barcode(code) for code in ("K-1", "k-2", "2110001")} == {kept}
    assert list(find_members("K-2")) == list(find_members("siti 2110001")) == [kept]
    assert (merged_into(gone.pk), Barcode.objects.get(value="K-2").names) == (kept.pk, "member")
    told = JournalEntry.objects.get(name="MembersMerged")
    assert (told.member, told.data["gone"], told.data["merger"]) == (kept.pk, gone.pk, merger.pk)


def test_who_merges_may_choose_the_other_card_and_name_and_all_of_it_goes_back(gone, kept, sari):
    before = columns(gone), columns(kept)
    merger = merge(gone, kept, sari, "barcode", "name")
    kept.refresh_from_db()
    assert (kept.name, kept.barcode, member_by_barcode("K-1")) == ("Siti A.", "K-2", kept)
    back = mergers.undo_merger(MemberMerger.objects.get(pk=merger.pk), by=sari)
    assert (columns(back), columns(kept)) == before
    assert [member_by_barcode(code) for code in ("K-1", "K-2", "2110001")] == [kept, back, kept]
    assert (merged_into(gone.pk), MemberMerger.objects.get().row) == (None, {})
    assert JournalEntry.objects.filter(name="MemberMergerUndone", member=kept.pk).count() == 1


def test_what_people_changed_since_stays_when_it_is_taken_back(gone, kept, sari):
    merger = merge(gone, kept, sari)
    change(kept, email="siti.aminah@kampus.example", by=sari)
    mergers.undo_merger(merger, by=sari)
    kept.refresh_from_db()
    assert (kept.email, kept.joined_on) == ("siti.aminah@kampus.example", date(2025, 9, 1))


def test_an_old_card_stays_findable_when_the_member_is_edited(gone, kept, sari):
    merge(gone, kept, sari)
    change(kept, name="Siti Aminah Putri", by=sari)
    assert list(find_members("K-2")) == [kept]


def test_a_block_follows_and_an_older_page_is_not_believed(gone, kept, sari):
    looked_at = choosing.seen(gone, kept)
    block(gone, reason="Kartu dipinjamkan", by=sari)
    gone.refresh_from_db()
    with pytest.raises(Refused) as refused:
        mergers.merge_members(gone, into=kept, taken=(), looked_at=looked_at, by=sari)
    assert refused.value.codes == ["member_changed_meanwhile"]
    merge(gone, kept, sari)
    kept.refresh_from_db()
    assert kept.blocked_because == "Kartu dipinjamkan"


def test_every_reason_against_it_is_told_at_once(gone, kept, sari):
    purpose = ClearancePurposeFactory()
    for member in (gone, kept):
        apply(purpose, member, by=None)
        ask(member, kind="correction", text="Nama", by=None)
    kept.user, gone.user = UserFactory(roles=[Role.LIBRARIAN]), UserFactory(roles=[Role.CIRCULATION])
    kept.save()
    gone.save()
    assert refusals_of(gone, kept, sari) == ["staff_account_stays", "both_apply", "both_ask_correction"]
    assert refusals_of(kept, kept, sari) == ["same_member"]
    assert (MemberMerger.objects.count(), Member.objects.filter(pk=gone.pk).exists()) == (0, True)


def test_an_erasure_that_was_asked_for_is_answered_first(gone, kept, sari):
    ask(gone, kind="erasure", text="", by=None)
    assert refusals_of(gone, kept, sari) == ["erasure_asked"]


def test_of_two_accounts_one_signs_in_and_both_do_again(gone, ani, budi, sari):
    merger = merge(budi, ani, sari)
    assert not User.objects.get(username="budi").is_active
    assert user_of_code("M-BUDI") == ani.user
    back = mergers.undo_merger(merger, by=sari)
    assert (back.user.username, back.user.is_active, Member.objects.get(pk=ani.pk).user) == ("budi", True, ani.user)


def test_the_account_of_staff_is_the_one_that_stays(ani, sari):
    staff = MemberFactory(barcode="K-9", user=UserFactory(username="rini", roles=[Role.CIRCULATION, Role.MEMBER]))
    assert choosing.usual(staff, ani) >= {"user"}
    merge(staff, ani, sari)
    ani.refresh_from_db()
    assert (ani.user.username, User.objects.get(username="ani").is_active) == ("rini", False)


def test_an_account_follows_who_had_none_and_goes_back(kept, ani, sari):
    merger = merge(ani, kept, sari)
    kept.refresh_from_db()
    assert (kept.user.username, kept.user.is_active) == ("ani", True)
    mergers.undo_merger(merger, by=sari)
    kept.refresh_from_db()
    assert (kept.user, Member.objects.get(pk=ani.pk).user.username) == (None, "ani")


def test_a_withdrawn_consent_stays_withdrawn_and_of_two_the_later_stands(gone, kept, sari):
    create_default_consents()
    news, other = ConsentPurpose.objects.order_by("pk")[:2]
    with clock.stopped_at(NOW):
        choose(gone, news, agrees=True, by=None)
        choose(gone, other, agrees=True, by=None)
    with clock.stopped_at(NOW + timedelta(days=1)):
        choose(kept, news, agrees=True, by=None)
        choose(kept, other, agrees=True, by=None)
        choose(kept, other, agrees=False, by=None)
    before = list(Consent.objects.order_by("pk").values())
    merger = merge(gone, kept, sari)
    standing = Consent.objects.filter(withdrawn_at=None)
    assert [(each.member, each.purpose, each.given_at) for each in standing] == [(kept, news, NOW + timedelta(days=1))]
    mergers.undo_merger(MemberMerger.objects.get(pk=merger.pk), by=sari)
    assert list(Consent.objects.order_by("pk").values()) == before


def test_who_looked_at_either_looked_at_the_person(gone, kept, sari):
    for member in (gone, gone, kept):
        note_look(member, by=sari)
    merger = merge(gone, kept, sari)
    assert list(Look.objects.values_list("member", "times")) == [(kept.pk, 3)]
    mergers.undo_merger(MemberMerger.objects.get(pk=merger.pk), by=sari)
    assert set(Look.objects.values_list("member", "times")) == {(kept.pk, 1), (gone.pk, 2)}


def test_mergers_one_after_the_other_lead_on_and_are_taken_back_in_turn(gone, kept, sari):
    last = MemberFactory(barcode="K-3")
    first, second = merge(gone, kept, sari), merge(kept, last, sari)
    assert (merged_into(gone.pk), member_by_barcode("K-2"), member_by_barcode("2110001")) == (last.pk, last, last)
    with pytest.raises(Refused) as refused:
        mergers.undo_merger(first, by=sari)
    assert refused.value.codes == ["member_merged_on"]
    mergers.undo_merger(MemberMerger.objects.get(pk=second.pk), by=sari)
    back = mergers.undo_merger(MemberMerger.objects.get(pk=first.pk), by=sari)
    assert (member_by_barcode("K-2"), member_by_barcode("K-1")) == (back, kept)


def test_forgetting_the_person_empties_what_the_merger_kept(gone, kept, sari):
    merger = merge(gone, kept, sari)
    erase(kept, by=sari)
    merger.refresh_from_db()
    assert (merger.row, merger.before, merger.moved, merger.can_be_undone) == ({}, {}, {}, False)
    assert Barcode.objects.filter(value__in=["K-1", "K-2"]).count() == 0
    with pytest.raises(Refused) as refused:
        mergers.undo_merger(merger, by=sari)
    assert refused.value.codes == ["member_merger_forgotten"]


def test_what_a_merger_keeps_goes_after_the_days_the_library_chose(gone, kept, sari):
    with clock.stopped_at(NOW):
        merge(gone, kept, sari)
    with clock.stopped_at(NOW + timedelta(days=179)):
        assert mergers.forget_old_mergers() == 0
    with clock.stopped_at(NOW + timedelta(days=181)):
        assert (mergers.forget_old_mergers(), mergers.forget_old_mergers()) == (1, 0)


def test_whatever_names_a_member_has_a_follower():
    """A new model with a foreign key to members needs one: else a merger would lose its rows, or be refused for ever."""
    followed = {model for each in followers() for model in each.models}
    naming = {
        model
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.related_model is Member and model is not Member
    }
    assert naming - followed == set()


def test_sari_compares_merges_and_undoes_on_her_pages(client: Client, gone, kept, sari):
    client.force_login(sari)
    page = client.get(reverse("members:merging", args=[kept.pk]), {"with": "K-2", "card": "1"})
    shown = page.content.decode()
    assert [word in shown for word in ("Siti A.", "siti@kampus.example", 'name="email" value="gone" checked')] == [True] * 3
    said = {"with": gone.pk, "looked_at": choosing.seen(gone, kept), "name": "gone", "email": "gone"}
    assert client.post(reverse("members:merging", args=[kept.pk]), said).status_code == 302
    assert client.get(reverse("members:member", args=[gone.pk])).url == reverse("members:member", args=[kept.pk])
    member = client.get(reverse("members:member", args=[kept.pk])).content.decode()
    merger = MemberMerger.objects.get()
    assert reverse("members:merger_undo", args=[merger.pk]) in member
    assert "K-2" in client.get(reverse("members:mergers")).content.decode()
    assert client.post(reverse("members:merger_undo", args=[merger.pk])).url == reverse("members:member", args=[gone.pk])
    one, other = Member.objects.get(pk=gone.pk), Member.objects.get(pk=kept.pk)
    again = {"with": gone.pk, "looked_at": choosing.seen(one, other)}
    told = client.post(reverse("members:merging", args=[kept.pk]), again, follow=True).content.decode()
    assert f"Kartu K-2 kini menemukan {other.name};" in told
    assert one.name != other.name


def test_a_merger_that_is_refused_shows_the_choices_again_with_the_reason(client: Client, gone, kept, sari):
    client.force_login(sari)
    page = client.post(reverse("members:merging", args=[kept.pk]), {"with": gone.pk, "looked_at": "x", "name": "gone"})
    assert (page.status_code, 'name="name" value="gone" checked' in page.content.decode()) == (422, True)


@pytest.mark.parametrize("name", ["doubles", "mergers"])
@pytest.mark.parametrize("role", [Role.MEMBER, Role.CIRCULATION])
def test_only_librarians_merge(client: Client, name, role):
    client.force_login(UserFactory(roles=[role]))
    assert client.get(reverse(f"members:{name}")).status_code == 403
