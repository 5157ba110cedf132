"""What readers looked for in vain is counted, shown to librarians, and forgotten in time."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from lumbung.accounts.models import Role
from lumbung.accounts.tests.factories import UserFactory
from lumbung.discovery.domain.unmet_needs import count_unmet_need, dismiss_unmet_need, forget_unmet_needs
from lumbung.discovery.models import UnmetNeed
from lumbung.discovery.tests.shelf import catalogued
from lumbung.kernel import clock
from lumbung.kernel.models import JournalEntry
from lumbung.organization.tests.factories import BranchFactory

pytestmark = pytest.mark.django_db

READER = {"user-agent": "Mozilla/5.0"}


@pytest.fixture
def sari(client: Client) -> Client:
    client.force_login(UserFactory(roles=[Role.LIBRARIAN]))
    return client


def counted() -> list[tuple[str, int]]:
    return list(UnmetNeed.objects.order_by("key").values_list("words", "count"))


def test_a_search_that_finds_nothing_is_counted_once_a_day_for_the_same_words(client: Client, indexed) -> None:
    catalogued("Kimia dasar")
    indexed()
    for words in ("zat kuantum", "Kuantum  Zat", "kimia", "12345", "?!", ""):
        client.get("/search", {"q": words}, headers=READER)
    assert counted() == [("Kuantum  Zat", 2)]


def test_robots_filters_and_later_pages_are_not_counted(client: Client, indexed) -> None:
    catalogued("Kimia dasar")
    indexed()
    client.get("/search?q=kuantum", headers={"user-agent": "Googlebot/2.1"})
    client.get("/search?q=kuantum&material=map", headers=READER)
    client.get("/search?q=kuantum&page=2", headers=READER)
    assert counted() == []


@pytest.mark.parametrize(
    "words", ["B2B", "F#", "uud1945", "R & Q", "buku2", "C++", "COVID-19", "COVID-19 2020-2021", "1945-1949"]
)
def test_what_names_a_topic_or_a_book_is_a_need(words: str) -> None:
    count_unmet_need(words)
    assert counted() == [(words, 1)]


@pytest.mark.parametrize(
    "words",
    [
        *("12345", "602033295X", "A1B020001", "?!", "NIM 123456", "Budi 12345678", "14 361234 SA 17234"),
        *("A11.2019.12345", "A11-2019-12345", "J0B018 012", "J0B018 / 012", "14/361234/SA/17234"),
    ],
)
def test_what_may_be_a_persons_number_is_none_beside_words_either(words: str) -> None:
    count_unmet_need(words)
    assert counted() == []


def test_titles_that_have_some_of_the_words_alone_answer_nothing_and_the_ways_on_stand_below_them(
    client: Client, indexed
) -> None:
    catalogued("Perawatan bayi")
    catalogued("Mesin bubut")
    indexed()
    asked = {"q": "perawatan mesin bubut cnc"}
    page = client.get("/search", asked, headers=READER).text
    assert counted() == [("perawatan mesin bubut cnc", 1)]
    below = page.rpartition("</article>")[2]
    for way in ("Bukan ini yang dicari?", "way=purchase&amp;wanted=perawatan%20mesin", "way=interlibrary", "Tanya pustakawan"):
        assert way in below, way
    whole = client.get("/search?q=mesin+bubut", headers=READER).text
    client.get("/search", asked | {"material": "book"}, headers=READER)
    assert ("Bukan ini" in whole, counted()) == (False, [("perawatan mesin bubut cnc", 1)])


def test_where_nothing_is_found_what_is_spelt_like_it_in_the_collection_is_offered(client: Client, indexed) -> None:
    catalogued("Kimia dasar", "Riza, Ahmad")
    indexed()
    page = client.get("/search?q=rina&sort=newest").text
    assert "Tidak ditemukan: “rina”" in page
    assert (
        'Di koleksi ada ejaan yang mirip: <a class="chip small" rel="nofollow" href="/search?q=riza&amp;sort=newest">riza</a>'
        in page
    )
    assert "ejaan yang mirip" not in client.get("/search?q=kuantum").text


def test_what_another_part_answers_is_found(client: Client, indexed) -> None:
    BranchFactory(code="EKO", name="Perpustakaan Ekonomi")
    catalogued("Kimia dasar")
    indexed()
    page = client.get("/search?q=perpustakaan+ekonomi", headers=READER).text
    assert counted() == []
    assert "Perpustakaan Ekonomi</a>" in page
    assert "Tidak ditemukan" not in page
    assert "Tidak ada hasil" not in page
    assert "judul di koleksi tidak ada" in page
    assert "way=purchase" in page


def test_librarians_see_the_most_wanted_first_and_set_one_aside(sari: Client) -> None:
    for words in ("kuantum", "blockchain", "kuantum"):
        count_unmet_need(words)
    page = sari.get("/staff/searches").text
    assert page.index("kuantum") < page.index("blockchain")
    assert sari.post("/staff/searches/dismissal", {"key": "kuantum"}).status_code == 302
    assert "kuantum" not in sari.get("/staff/searches").text
    need = UnmetNeed.objects.get(words="kuantum")
    assert JournalEntry.objects.get(name="UnmetNeedDismissed").data == {"need": need.pk}
    count_unmet_need("kuantum")
    assert "kuantum" in sari.get("/staff/searches").text


def test_the_list_is_taken_away_as_csv(sari: Client) -> None:
    count_unmet_need("=SUM(A1)")
    lines = b"".join(sari.get("/staff/searches.csv").streaming_content).decode("utf-8-sig").splitlines()
    assert lines[1].startswith("'=SUM(A1),1,")


def test_the_list_and_its_table_are_put_in_order_by_how_often_or_how_lately(sari: Client) -> None:
    with clock.stopped_at(clock.now() - timedelta(days=3)):
        for _ in range(2):
            count_unmet_need("kuantum")
    count_unmet_need("blockchain")
    for address, first, second in (("", "kuantum", "blockchain"), ("?sort=latest", "blockchain", "kuantum")):
        page = sari.get(f"/staff/searches{address}").text
        assert page.index(f'href="/search?q={first}"') < page.index(f'href="/search?q={second}"')
        assert f'href="/staff/searches.csv{address}"' in page
        lines = b"".join(sari.get(f"/staff/searches.csv{address}").streaming_content).decode("utf-8-sig").splitlines()
        assert [line.split(",")[0] for line in lines[1:]] == [first, second]


def test_setting_one_aside_keeps_the_order_and_page_of_the_list_and_leads_to_no_other_site(sari: Client) -> None:
    count_unmet_need("kuantum")
    assert 'name="next" value="/staff/searches?sort=latest&amp;page=1"' in sari.get("/staff/searches?sort=latest&page=1").text
    sent = {"key": "kuantum", "next": "/staff/searches?sort=latest&page=2"}
    assert sari.post("/staff/searches/dismissal", sent)["Location"] == sent["next"]
    assert sari.post("/staff/searches/dismissal", sent | {"next": "https://lain.example/"})["Location"] == "/staff/searches"


def test_the_table_tells_the_day_as_the_library_has_it(sari: Client) -> None:
    with clock.stopped_at(datetime(2026, 11, 30, 23, 30, tzinfo=UTC)):
        count_unmet_need("kuantum")
    lines = b"".join(sari.get("/staff/searches.csv").streaming_content).decode("utf-8-sig").splitlines()
    assert lines[1] == "kuantum,1,2026-12-01"


def test_old_counts_are_forgotten() -> None:
    with clock.stopped_at(clock.now() - timedelta(days=500)):
        count_unmet_need("kuantum")
    count_unmet_need("blockchain")
    forget_unmet_needs()
    assert counted() == [("blockchain", 1)]


def test_what_an_earlier_version_kept_of_a_persons_number_is_forgotten() -> None:
    today = clock.now()
    for words in ("nim 123456", "ani@kampus.example", "kuantum 2019"):
        UnmetNeed.objects.create(key=words, words=words, day=today.date(), last_at=today)
    forget_unmet_needs()
    assert counted() == [("kuantum 2019", 1)]
    assert JournalEntry.objects.get(name="UnmetNeedsForgotten").data == {"count": 2}


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_a_fixed_number_of_statements(sari: Client, rows: int, django_assert_max_num_queries) -> None:
    for number in range(rows):
        count_unmet_need(f"kata{number} hilang")
    sari.get("/staff/searches")
    with django_assert_max_num_queries(8):
        sari.get("/staff/searches")


def test_dismissing_what_is_not_there_changes_nothing() -> None:
    dismiss_unmet_need("tiada", by=UserFactory())
    assert not JournalEntry.objects.filter(name="UnmetNeedDismissed").exists()
