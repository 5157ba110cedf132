"""Interests: chosen from the collection, found likely only with consent, told of once, and counted without names."""

from datetime import UTC, datetime, timedelta

import pytest
from django.http import QueryDict
from django.test import Client

from lumbung.accounts.models import Role
from lumbung.accounts.tests.factories import UserFactory
from lumbung.catalogue.models import Record
from lumbung.circulation.tests.factories import ItemFactory, LoanFactory
from lumbung.discovery.domain.alerts import write_digests
from lumbung.discovery.domain.interests import choose_interest, drop_interest, say_needs, take_likely
from lumbung.discovery.domain.likely_interests import likely_interests
from lumbung.discovery.domain.own_data import HOLDING
from lumbung.discovery.domain.saved_searches import save_search
from lumbung.discovery.models import ReaderNeeds, SavedSearch
from lumbung.discovery.queries.interests import figures, interests_of, said_needs
from lumbung.discovery.tests.shelf import catalogued
from lumbung.kernel import clock
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.refusals import Refused
from lumbung.members.domain.privacy.consents import change_text, choose, create_default_consents
from lumbung.members.models import ConsentPurpose, Member
from lumbung.members.tests.factories import CategoryFactory, MemberFactory
from lumbung.messaging.models import Delivery

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 2, tzinfo=UTC)
TANAH, KOPI = "?subject=Tanah", "?subject=Kopi"


@pytest.fixture
def shelf(indexed) -> None:
    with clock.stopped_at(MONDAY - timedelta(days=9)):
        for title, subject in (("Ilmu tanah", "Tanah"), ("Kesuburan tanah", "Tanah"), ("Kopi Gayo", "Kopi")):
            catalogued(title, subject=subject, classification="631.4")
        indexed()


@pytest.fixture
def purpose(db) -> ConsentPurpose:
    create_default_consents()
    return ConsentPurpose.objects.get(code="interests")


def _lent(member: Member, *titles: str) -> None:
    for title in titles:
        LoanFactory(item=ItemFactory(record=Record.objects.get(title=title)), member=member)


def _interested(count: int, category, interest: str, **facts) -> list[Member]:
    made = [MemberFactory(category=category, user=UserFactory(roles=[Role.MEMBER]), **facts) for _ in range(count)]
    for each in made:
        choose_interest("subject", interest, frequency="never", by=each.user)
    return made


def test_only_what_the_collection_has_becomes_an_interest_and_once(ani, shelf) -> None:
    chosen = choose_interest("subject", "Tanah", frequency="weekly", by=ani.user)
    assert (chosen.address, chosen.name, chosen.source) == (TANAH, "Tanah", "chosen")
    assert choose_interest("classification", "63", frequency="weekly", by=ani.user).name.startswith("630 · ")
    wrong = [
        ("subject", "Zzqx", "not_an_interest"),
        ("classification", "X", "not_an_interest"),
        ("owner", "1", "not_an_interest"),
    ]
    for kind, value, code in [*wrong, ("subject", "Tanah", "already_saved")]:
        with pytest.raises(Refused) as refused:
            choose_interest(kind, value, frequency="weekly", by=ani.user)
        assert refused.value.codes == [code]


def test_nothing_is_concluded_without_consent_nor_from_what_one_title_says(ani, shelf, purpose) -> None:
    _lent(ani, "Ilmu tanah", "Kesuburan tanah", "Kopi Gayo")
    assert likely_interests(ani) == []
    choose(ani, purpose, agrees=True, by=ani.user)
    found = {each.address: (each.source, each.titles) for each in likely_interests(ani)}
    assert found == {"?classification=63": ("loans", 3), TANAH: ("loans", 2)}
    save_search(QueryDict("q=kopi"), name="minuman", frequency="never", by=ani.user)
    first = likely_interests(ani)[0]
    assert (first.address, first.source, first.search) == (KOPI, "searches", "minuman")
    change_text(purpose, name="", text="Bunyi lain", by=None)
    assert likely_interests(ani) == []


def test_who_declines_or_drops_is_not_asked_again(client: Client, signed_in, ani, shelf, purpose) -> None:
    _lent(ani, "Ilmu tanah", "Kesuburan tanah")
    choose(ani, purpose, agrees=True, by=ani.user)
    signed_in(client, ani.user).post("/my/interests/proposals", {"address": "?classification=63", "verdict": "decline"})
    assert [each.address for each in likely_interests(ani)] == [TANAH]
    drop_interest(ani, take_likely(ani, TANAH, frequency="weekly", by=ani.user), by=ani.user)
    assert likely_interests(ani) == []
    with pytest.raises(Refused) as refused:
        take_likely(ani, KOPI, frequency="weekly", by=ani.user)
    assert refused.value.codes == ["not_proposed"]
    gone = SavedSearch.objects.get(removed_at__isnull=False)
    client.post(f"/my/interests/{gone.pk}")
    assert [each.address for each in interests_of(ani)] == [TANAH]


def test_withdrawing_forgets_what_was_concluded_and_nothing_else(
    client: Client, signed_in, indexed, ani, shelf, purpose
) -> None:
    _lent(ani, "Ilmu tanah", "Kesuburan tanah")
    signed_in(client, ani.user).post("/my/interests/consent", {"agrees": "yes"})
    take_likely(ani, TANAH, frequency="weekly", by=ani.user)
    choose_interest("subject", "Kopi", frequency="weekly", by=ani.user)
    client.post("/my/interests/consent", {"agrees": "no"})
    assert [each.address for each in interests_of(ani)] == [KOPI]  # at once, before anything is deleted
    indexed()
    assert [each.address for each in SavedSearch.objects.all()] == [KOPI]
    assert not any("anah" in str(entry.data) for entry in JournalEntry.objects.filter(name__contains="nterest"))


def test_a_title_is_told_once_however_many_interests_it_answers(ani, indexed, shelf) -> None:
    with clock.stopped_at(MONDAY):
        save_search(QueryDict("q=tanah"), name="cari tanah", frequency="daily", by=ani.user)
        for kind, value in (("subject", "Tanah"), ("classification", "63")):
            choose_interest(kind, value, frequency="daily", by=ani.user)
    with clock.stopped_at(MONDAY + timedelta(hours=1)):
        catalogued("Tanah gambut", subject="Tanah", classification="631.4")
        catalogued("Pupuk", subject="Pupuk", classification="631.8")
        indexed()
    for day in (1, 2):
        with clock.stopped_at(MONDAY + timedelta(days=day)):
            assert write_digests(base="https://perpus.example") == (1 if day == 1 else 0)
    body = Delivery.objects.get(code="search_digest").body
    assert (body.count("Tanah gambut"), body.count("Pupuk /"), body.count("- Pupuk")) == (1, 0, 1)


def test_news_is_turned_off_and_concluded_interests_are_silent_without_consent(
    client: Client, signed_in, ani, indexed, shelf, purpose
) -> None:
    with clock.stopped_at(MONDAY):
        _lent(ani, "Ilmu tanah", "Kesuburan tanah")
        choose(ani, purpose, agrees=True, by=ani.user)
        take_likely(ani, TANAH, frequency="daily", by=ani.user)
        change_text(purpose, name="", text="Bunyi lain", by=None)
        choose_interest("subject", "Kopi", frequency="daily", by=ani.user)
    signed_in(client, ani.user).post("/my/interests/news", {"frequency": "never"})
    with clock.stopped_at(MONDAY + timedelta(hours=1)):
        catalogued("Tanah gambut", subject="Tanah")
        catalogued("Kopi Toraja", subject="Kopi")
        indexed()
    with clock.stopped_at(MONDAY + timedelta(days=1)):
        assert write_digests(base="") == 0
    assert client.post("/my/interests/news", {"frequency": "hourly"}).status_code == 404


def test_ani_alone_sees_hers_and_staff_see_no_small_group(client: Client, signed_in, ani, budi, sari, shelf) -> None:
    hers = choose_interest("subject", "Tanah", frequency="weekly", by=ani.user)
    other = signed_in(Client(), budi.user)
    assert "Tanah</a>" not in other.get("/my/interests").text
    assert other.delete(f"/my/interests/{hers.pk}").status_code == 404
    assert (Client().get("/my/interests").status_code, other.get("/staff/interests").status_code) == (302, 403)
    assert other.get("/staff/interests.csv").status_code == 403
    _interested(3, ani.category, "Tanah")
    staff = signed_in(client, sari)
    assert list(figures()) == []
    assert "Belum ada kelompok" in staff.get("/staff/interests").text
    _interested(1, ani.category, "Tanah")
    _interested(5, CategoryFactory(code="guru", name="Guru"), "Kopi")
    assert {row[0]: row[2:] for row in figures()} == {ani.category.name: (TANAH, 5), "Guru": (KOPI, 5)}
    table = b"".join(staff.get("/staff/interests.csv")).decode()
    assert "Guru,,Kopi,5" in table
    assert "Ani" not in table


def test_needs_are_read_by_staff_without_names_once_five_wrote(client: Client, signed_in, ani, sari) -> None:
    signed_in(client, ani.user).post("/my/interests/needs", {"text": " soal  olimpiade kimia "})
    assert 'value="soal olimpiade kimia"' in client.get("/my/interests").text
    for number in range(3):
        say_needs(MemberFactory(), f"kebutuhan {number}", by=sari)
    assert said_needs() == []
    say_needs(MemberFactory(), "kebutuhan 3", by=sari)
    page = signed_in(client, sari).get("/staff/interests").text
    assert ("soal olimpiade kimia" in page, ani.barcode in page) == (True, False)
    with pytest.raises(Refused) as refused:
        say_needs(ani, "x" * 301, by=ani.user)
    assert refused.value.codes == ["needs_too_long"]


def test_interests_and_needs_are_told_and_erased_with_all_that_is_kept(ani, shelf) -> None:
    choose_interest("subject", "Tanah", frequency="weekly", by=ani.user)
    say_needs(ani, "soal kimia", by=ani.user)
    told = HOLDING.told(ani)
    assert (told["saved_searches"][0]["source"], told["needs"]["text"]) == ("chosen", "soal kimia")
    HOLDING.erase(ani)
    assert (SavedSearch.objects.count(), ReaderNeeds.objects.count()) == (0, 0)


@pytest.mark.parametrize("rows", [1, 3])
def test_both_pages_ask_the_same_number_of_questions(
    client: Client, signed_in, ani, sari, shelf, rows: int, django_assert_num_queries
) -> None:
    for kind, value in (("subject", "Tanah"), ("subject", "Kopi"), ("classification", "63"))[:rows]:
        choose_interest(kind, value, frequency="weekly", by=ani.user)
    for number in range(rows):
        _interested(5, CategoryFactory(code=f"k{number}", name=f"Kategori {number}"), "Tanah")
    signed_in(client, ani.user).get("/my/interests")
    with django_assert_num_queries(11):
        client.get("/my/interests")
    signed_in(client, sari).get("/staff/interests")
    with django_assert_num_queries(6):
        assert len(client.get("/staff/interests").context["rows"]) == rows


def test_subjects_offered_are_narrowed_without_a_script(client: Client, signed_in, ani, shelf) -> None:
    page = signed_in(client, ani.user).get("/my/interests", {"find": "KO"}).text
    assert ('value="subject:Kopi"' in page, 'value="subject:Tanah"' in page) == (True, False)
    assert "Tidak ada subjek yang diawali “zzqx”" in client.get("/my/interests", {"find": "zzqx"}).text
