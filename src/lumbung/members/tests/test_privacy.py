"""What the law gives a member: to agree and take it back, to read, to have put right, to be forgotten, to know who looked."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import models
from django.test import Client
from django.urls import reverse

from lumbung.accounts.models import Role, User
from lumbung.kernel import clock
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.refusals import Refused
from lumbung.members.domain.clearance.applying import apply
from lumbung.members.domain.clearance.letters import issue, letter_with
from lumbung.members.domain.privacy import holdings
from lumbung.members.domain.privacy.consents import change_text, choose, consented, create_default_consents
from lumbung.members.domain.privacy.holdings import Holding, registered
from lumbung.members.domain.privacy.looks import looks_at
from lumbung.members.domain.privacy.own import HOLDING
from lumbung.members.domain.privacy.reading import COMMON, readable
from lumbung.members.domain.privacy.requests import ask, close, erase
from lumbung.members.models import Consent, ConsentPurpose, Member, PrivacyRequest
from lumbung.members.queries import find_members, member_by_barcode
from lumbung.members.refusals import NOT_BLOCKED
from lumbung.members.tests.factories import ClearancePurposeFactory, MemberFactory, MemberIdentifierFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 3, tzinfo=UTC)


@pytest.fixture
def news() -> ConsentPurpose:
    create_default_consents()
    return ConsentPurpose.objects.get(code="news")


def codes(call) -> list[str]:
    with pytest.raises(Refused) as refused:
        call()
    return refused.value.codes


def test_nobody_agrees_until_they_say_so_and_a_withdrawal_counts_at_once(ani, budi, news):
    everybody = [ani.pk, budi.pk]
    assert consented("news", everybody) == set()
    choose(ani, news, agrees=True, by=ani.user)
    choose(ani, news, agrees=True, by=ani.user)
    choose(budi, news, agrees=True, by=budi.user)
    assert consented("news", everybody) == set(everybody)
    assert consented("unknown", everybody) == set()
    choose(ani, news, agrees=False, by=ani.user)
    assert consented("news", everybody) == {budi.pk}
    kept = Consent.objects.get(member=ani)
    assert (kept.version, kept.text, kept.withdrawn_at is None) == (1, news.text, False)
    names = list(JournalEntry.objects.filter(member=ani.pk).order_by("pk").values_list("name", flat=True))
    assert names == ["ConsentGiven", "ConsentWithdrawn"]


def test_a_campaign_in_stretches_stops_at_whoever_withdraws_in_the_middle(news):
    members = MemberFactory.create_batch(4)
    for each in members:
        choose(each, news, agrees=True, by=None)
    sent: list[int] = []
    for stretch in (members[:2], members[2:]):
        sent += sorted(consented("news", [each.pk for each in stretch]))
        choose(members[3], news, agrees=False, by=None)
    assert sent == [each.pk for each in members[:3]]


def test_other_words_are_agreed_to_anew(ani, news, sari):
    choose(ani, news, agrees=True, by=ani.user)
    assert codes(lambda: change_text(news, name="Kabar", text=" ", by=sari)) == ["consent_text_empty"]
    change_text(news, name="Kabar dan undangan", text="Bunyi baru.", by=sari)
    assert consented("news", [ani.pk]) == set()
    choose(ani, news, agrees=True, by=ani.user)
    assert consented("news", [ani.pk]) == {ani.pk}
    kept = Consent.objects.filter(member=ani).order_by("version")
    assert [(each.version, each.withdrawn_at is None) for each in kept] == [(1, False), (2, True)]


def test_a_request_has_three_days_and_is_answered(ani, sari, news):
    with clock.stopped_at(NOW):
        asked = ask(ani, kind="correction", text="Nama saya Ni Made Ani.", by=ani.user)
    assert asked.due_at == NOW + timedelta(days=3)
    assert codes(lambda: ask(ani, kind="correction", text=" ", by=ani.user)) == ["correction_empty", "already_asked"]
    assert codes(lambda: close(asked, done=False, answer=" ", by=sari)) == ["answer_empty"]
    close(asked, done=False, answer="Sudah benar menurut KTM.", by=sari)
    assert codes(lambda: close(asked, done=True, answer="", by=sari)) == ["request_closed"]


def test_a_member_is_not_forgotten_while_anything_is_open_and_hears_all_of_it(ani, sari, monkeypatch):
    open_things = Holding("above", "Di atas", lambda _m: {}, lambda _m: None, lambda _m: [NOT_BLOCKED(), NOT_BLOCKED()])
    monkeypatch.setattr(holdings, "_holdings", {"membership": HOLDING, "above": open_things})
    ani.user.role_grants.create(role=Role.LIBRARIAN)
    ani = Member.objects.get(pk=ani.pk)
    assert codes(lambda: ask(ani, kind="erasure", text="", by=ani.user)) == ["not_blocked", "not_blocked", "erasure_of_staff"]
    assert codes(lambda: erase(ani, by=sari)) == ["not_blocked", "not_blocked", "erasure_of_staff"]
    ani.refresh_from_db()
    assert ani.name == "Ani"


def test_a_forgotten_member_is_nobody_and_their_letter_still_checks(ani, sari, news):
    MemberIdentifierFactory(member=ani, value="2311040087")
    choose(ani, news, agrees=True, by=ani.user)
    letter = issue(apply(ClearancePurposeFactory(), ani, by=None), address="https://perpus.example/verify", by=sari)
    user = ani.user
    ask(ani, kind="correction", text="Nama saya Ni Made Ani.", by=user)
    refused = ask(ani, kind="erasure", text="Saya Ani, saya pindah.", by=user)
    close(refused, done=False, answer="Ani, mohon tunggu wisuda.", by=sari)
    asked = ask(ani, kind="erasure", text="", by=user)
    close(asked, done=True, answer="", by=sari)
    gone = Member.objects.get(pk=ani.pk)
    assert (gone.name, gone.email, gone.phone, gone.user, gone.search_text) == (f"#{ani.pk}", "", "", None, "")
    assert gone.barcode.startswith("X-")
    assert list(gone.identifiers.all()) == []
    assert member_by_barcode("M-ANI") is None
    assert list(find_members("ani")) == []
    account = User.objects.get(pk=user.pk)
    assert (account.name, account.email, account.is_active, account.has_usable_password()) == (f"#{user.pk}", "", False, False)
    assert letter_with(letter.code) == letter
    assert Consent.objects.count() == 0
    kept = PrivacyRequest.objects.order_by("pk").values_list("pk", "kind", "state", "text", "answer")
    assert list(kept) == [(refused.pk, "erasure", "refused", "", "-"), (asked.pk, "erasure", "done", "", "")]
    assert not any("Ani" in str(entry.data) for entry in JournalEntry.objects.all())


def test_ani_reads_agrees_takes_her_copy_and_sees_who_looked(client: Client, ani, sari, news):
    client.force_login(sari)
    for _ in range(2):
        client.get(reverse("members:member", args=[ani.pk]))
    client.force_login(ani.user)
    page = client.get(reverse("membership:privacy")).content.decode()
    assert "Sari Wulandari" in page
    assert "2 kali" in page
    client.post(reverse("membership:consent", args=[news.pk]), {"agrees": "yes"})
    assert consented("news", [ani.pk]) == {ani.pk}
    told = json.loads(client.get(reverse("membership:data")).content)
    assert (told["membership"]["name"], told["membership"]["card"]) == ("Ani", "M-ANI")
    assert told["membership"]["consents"][0]["purpose__code"] == "news"
    assert told["membership"]["looked_at_by"][0]["times"] == 2
    assert "ani@kampus.example" in client.get(reverse("membership:data"), {"read": ""}).content.decode()
    client.post(reverse("membership:privacy_ask"), {"kind": "correction", "text": "Nama saya keliru"})
    again = json.loads(client.get(reverse("membership:data")).content)
    assert [each["text"] for each in again["membership"]["requests"]] == ["Nama saya keliru"]
    assert client.post(reverse("membership:privacy_ask"), {"kind": "other"}).status_code == 404
    assert JournalEntry.objects.filter(name="DataTaken").count() == 3


def test_each_sees_their_own_and_the_queue_is_for_those_who_answer(client: Client, ani, budi, sari, with_role, news):
    asked = ask(ani, kind="correction", text="Nama saya keliru", by=ani.user)
    client.force_login(budi.user)
    assert "Nama saya keliru" not in client.get(reverse("membership:privacy")).content.decode()
    client.force_login(with_role(Role.CIRCULATION))
    assert client.get(reverse("members:privacy")).status_code == 403
    client.force_login(with_role(Role.HEAD))
    assert "Nama saya keliru" in client.get(reverse("members:privacy")).content.decode()
    client.post(reverse("members:privacy_answer", args=[asked.pk]), {"verdict": "done", "answer": "Sudah diganti"})
    client.post(reverse("members:consent_text", args=[news.pk]), {"name": "Kabar", "text": "Bunyi baru."})
    news.refresh_from_db()
    assert (news.version, news.name) == (2, "Kabar")
    client.force_login(ani.user)
    assert "Sudah diganti" in client.get(reverse("membership:privacy")).content.decode()


def test_an_account_without_membership_has_no_such_page(client: Client, with_role):
    client.force_login(with_role(Role.MEMBER))
    assert client.get(reverse("membership:privacy")).status_code == 404


@pytest.mark.parametrize("door", ["member", "edit", "card", "clearance", "desk", "fees", "api", "api search"])
def test_each_door_to_one_member_notes_who_looked(client: Client, ani, sari, calling, door: str):
    client.force_login(sari)
    if door == "desk":
        client.post(reverse("circulation:desk"), {"code": ani.barcode})
    elif door == "api":
        calling(sari, "members:read").get(f"/api/v1/members/{ani.pk}")
    elif door == "api search":
        calling(sari, "members:read").get("/api/v1/members", {"number": "m-ani"})
    elif door == "fees":
        client.get(reverse("circulation:fees", args=[ani.pk]))
    elif door == "clearance":
        client.get(reverse("members:clearance", args=[apply(ClearancePurposeFactory(), ani, by=None).pk]))
    else:
        client.get(reverse(f"members:{door}", args=[ani.pk]))
    assert list(looks_at(ani).values_list("by", "times")) == [(sari.pk, 1)]


def test_a_search_over_the_api_notes_everybody_it_showed_once_a_time_and_nobody_looks_at_themselves(ani, budi, sari, calling):
    citra = MemberFactory(name="Citra", search_text=" citra mahasiswa", user=sari)
    for each in (ani, budi):
        each.search_text = f" {each.name.casefold()} mahasiswa"
        each.save()
    program = calling(sari, "members:read")
    with clock.stopped_at(NOW):
        program.get("/api/v1/members", {"q": "mahasiswa"})
    with clock.stopped_at(NOW + timedelta(hours=1)):
        assert [each["name"] for each in program.get("/api/v1/members", {"q": "budi"}).json()] == ["Budi Santoso"]
    told = [list(looks_at(each).values_list("by", "times", "last_at")) for each in (ani, budi, citra)]
    assert told == [[(sari.pk, 1, NOW)], [(sari.pk, 2, NOW + timedelta(hours=1))], []]


def test_whatever_a_part_tells_of_a_member_has_a_word_for_people(ani):
    for holding in registered():
        unnamed = [key for key in holding.told(ani) if key not in holding.words and key not in COMMON]
        assert unnamed == [], holding.code


def test_a_copy_is_read_in_words_with_codes_days_and_what_stands_inside_named_and_what_is_empty_left_out():
    class States(models.TextChoices):
        READY = "ready", "siap"

    holding = Holding("above", "Di atas", dict, lambda _m: None, words={"holds": "pesanan"}, choices={"holds.state": States})
    told = {
        "holds": [{"record__title": "Bumi manusia", "state": "ready", "placed_at": date(2026, 12, 1), "note": ""}],
        "keeps": True,
        "letters": [],
        "inner_thing": {"text": "", "names": [{"name": "a"}, {"name": "b"}]},
    }
    assert [(each.name, each.lines) for each in readable(holding, told)] == [
        ("pesanan", ["judul: Bumi manusia · keadaan: siap · dipesan: 1 Des 2026"]),
        ("keeps", ["ya"]),
        ("inner thing", ["names: nama: a; nama: b"]),
    ]
