"""Lists of titles: made, ordered, noted, shared, mailed, cited, removed and brought back; and only by their owner."""

import pytest
from django.test import Client

from lumbung.accounts.models import User
from lumbung.catalogue.domain.records import remove_record, set_suppressed
from lumbung.discovery.domain import lists
from lumbung.discovery.domain.lists import forget_removed
from lumbung.discovery.models import ListedTitle, PersonalList
from lumbung.discovery.tests.shelf import catalogued
from lumbung.kernel import clock
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.refusals import Refused
from lumbung.messaging.models import Delivery

pytestmark = pytest.mark.django_db


@pytest.fixture
def titles():
    return [catalogued(f"Judul {number}", "Toer, Pramoedya Ananta", year="2005") for number in range(1, 4)]


@pytest.fixture
def hers(ani, titles) -> PersonalList:
    kept = lists.make_list("Skripsi", by=ani.user)
    lists.add_titles(kept, [title.pk for title in titles], by=ani.user)
    return kept


@pytest.fixture
def reader(signed_in, ani) -> Client:
    return signed_in(Client(), ani.user)


def _names(kept: PersonalList) -> list[str]:
    return list(kept.titles.values_list("title", flat=True))


def test_ani_keeps_a_title_from_a_result_in_place(reader: Client, ani, titles) -> None:
    answer = reader.post("/lists/titles", {"record": titles[0].pk}, headers={"HX-Request": "true"})
    assert "Tersimpan di Daftar saya" in answer.text
    assert _names(PersonalList.objects.get(owner=ani.user)) == ["Judul 1"]


def test_without_a_script_she_is_sent_back_where_she_was(reader: Client, titles) -> None:
    answer = reader.post("/lists/titles", {"record": titles[0].pk}, headers={"Referer": "http://testserver/search?q=x"})
    assert answer["Location"] == "/search?q=x"


@pytest.mark.parametrize(
    "headers",
    [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://lain.example"}, {"Origin": "null"}],
)
def test_another_site_cannot_put_titles_on_a_list(reader: Client, titles, headers: dict[str, str]) -> None:
    assert reader.post("/lists/titles", {"record": titles[0].pk}, headers=headers).status_code == 403
    assert not ListedTitle.objects.exists()


def test_an_old_browser_on_our_page_may(reader: Client, titles) -> None:
    reader.post("/lists/titles", {"record": titles[0].pk}, headers={"Origin": "http://testserver"})
    assert ListedTitle.objects.get().title == "Judul 1"


def test_who_has_as_many_lists_as_one_may_opens_them_all_the_same(signed_in, ani, titles, monkeypatch) -> None:
    client = Client()
    client.post("/lists/titles", {"record": titles[0].pk})
    monkeypatch.setattr(lists, "MOST_LISTS", 1)
    full = lists.make_list("Penuh", by=ani.user)
    reader = signed_in(client, ani.user)
    assert "Penuh" in reader.get("/my/lists").text
    lists.remove_list(full, by=ani.user)
    assert "Daftar sementara" in reader.get("/my/lists").text


def test_a_note_has_its_length(hers: PersonalList, ani) -> None:
    title, long = hers.titles.all()[0], "x" * 2_001
    lists.note_title(title, long[1:], by=ani.user)
    for verb in (
        lambda: lists.note_title(title, long, by=ani.user),
        lambda: lists.describe_list(hers, name="Skripsi", note=long, by=ani.user),
    ):
        with pytest.raises(Refused) as refused:
            verb()
        assert refused.value.codes == ["note_too_long"]


@pytest.mark.parametrize("record", ["", "0", "x", "999999999", "9" * 30])
def test_what_is_no_title_is_not_kept(reader: Client, record: str) -> None:
    assert reader.post("/lists/titles", {"record": record}).status_code == 404


def test_a_visitor_puts_titles_aside_and_they_are_kept_on_sign_in(client: Client, ani, titles) -> None:
    for title in titles[:2]:
        client.post("/lists/titles", {"record": title.pk})
    client.post("/lists/titles", {"record": titles[0].pk})
    page = client.get("/lists/basket").text
    assert page.count("Judul 1</a>") == 1
    client.post("/lists/basket", {"_method": "DELETE", "record": titles[1].pk})
    client.force_login(ani.user)
    assert "Daftar sementara" in client.get("/my/lists").text
    assert _names(PersonalList.objects.get(owner=ani.user)) == ["Judul 1"]
    assert client.session.get("basket") is None


def test_a_title_is_on_a_list_once_and_keeps_its_order(hers: PersonalList, ani, titles) -> None:
    assert lists.add_titles(hers, [titles[0].pk], by=ani.user) == 0
    last = hers.titles.get(title="Judul 3")
    lists.move_title(last, up=True, by=ani.user)
    assert _names(hers) == ["Judul 1", "Judul 3", "Judul 2"]
    lists.move_title(hers.titles.get(title="Judul 1"), up=True, by=ani.user)
    assert _names(hers) == ["Judul 1", "Judul 3", "Judul 2"]


def test_a_title_taken_off_is_put_back_where_it_stood_with_its_note(
    reader: Client, signed_in, budi, hers: PersonalList
) -> None:
    first, second, _third = hers.titles.all()
    reader.post(f"/my/lists/{hers.pk}/titles/{first.pk}", {"note": "Untuk bab dua"})
    answer = reader.post(f"/my/lists/{hers.pk}/titles/{first.pk}", {"_method": "DELETE"}, follow=True)
    assert f'name="record" value="{first.record_id}">' in answer.text
    back = f"/my/lists/{hers.pk}/titles"
    assert signed_in(Client(), budi.user).post(back, {"record": first.record_id}).status_code == 404
    reader.post(back, {"record": first.record_id})
    assert list(hers.titles.values_list("title", "note")) == [("Judul 1", "Untuk bab dua"), ("Judul 2", ""), ("Judul 3", "")]
    reader.post(f"/my/lists/{hers.pk}/titles/{second.pk}", {"_method": "DELETE"})
    reader.post(back, {"record": second.record_id})
    reader.post(back, {"record": "x"})
    assert _names(hers) == ["Judul 1", "Judul 2", "Judul 3"]


def test_budi_sees_nothing_of_it(hers: PersonalList, signed_in, budi) -> None:
    other = signed_in(Client(), budi.user)
    listed = hers.titles.get(title="Judul 1")
    paths = [f"/my/lists/{hers.pk}", f"/my/lists/{hers.pk}/export.ris"]
    assert [other.get(path).status_code for path in paths] == [404, 404]
    posts = [
        f"/my/lists/{hers.pk}",
        f"/my/lists/{hers.pk}/share",
        f"/my/lists/{hers.pk}/mail",
        f"/my/lists/{hers.pk}/restoration",
    ]
    posts += [f"/my/lists/{hers.pk}/titles/{listed.pk}"]
    assert {other.post(path, {"name": "x"}).status_code for path in posts} == {404}
    assert "Skripsi" not in other.get("/my/lists").text
    other.post("/lists/titles", {"record": listed.record_id, "list": hers.pk})
    assert hers.titles.count() == 3


def test_a_shared_list_opens_by_its_link_until_that_is_revoked(reader: Client, client: Client, hers: PersonalList) -> None:
    reader.post(f"/my/lists/{hers.pk}/share")
    hers.refresh_from_db()
    link = f"/lists/{hers.share_key}"
    page = client.get(link).text
    assert "Judul 1" in page
    assert "Ani" not in page
    assert client.get(f"{link}/export.ris").text.count("TY  - BOOK") == 3
    reader.post(f"/my/lists/{hers.pk}/share", {"_method": "DELETE"})
    assert client.get(link).status_code == 404


def test_a_removed_list_takes_its_link_along_and_comes_back_private(reader: Client, client: Client, hers: PersonalList) -> None:
    reader.post(f"/my/lists/{hers.pk}/share")
    hers.refresh_from_db()
    link = f"/lists/{hers.share_key}"
    answer = reader.post(f"/my/lists/{hers.pk}", {"_method": "DELETE"}, follow=True)
    assert "Daftar “Skripsi” dihapus." in answer.text
    assert client.get(link).status_code == 404
    reader.post(f"/my/lists/{hers.pk}/restoration")
    assert _names(hers) == ["Judul 1", "Judul 2", "Judul 3"]
    assert client.get(link).status_code == 404


def test_titles_the_catalogue_hides_or_loses_are_told_of_and_not_shown(
    reader: Client, hers: PersonalList, titles, sari
) -> None:
    set_suppressed(titles[0], True, by=sari)
    remove_record(titles[1], by=sari)
    page = reader.get(f"/my/lists/{hers.pk}").text
    assert page.count("Judul ini tidak lagi ada di katalog.") == 2
    assert reader.get(f"/my/lists/{hers.pk}/export.ris").text.count("TY  - BOOK") == 1


def test_a_list_is_cited_and_exported(reader: Client, hers: PersonalList) -> None:
    page = reader.get(f"/my/lists/{hers.pk}?style=apa").text
    assert "<p>Toer, P. A. (2005). <i>Judul 1</i>." in page
    assert reader.get(f"/my/lists/{hers.pk}/export.bib").text.count("@book{toer2005judul") == 3
    assert len(reader.get(f"/my/lists/{hers.pk}/export.json").json()) == 3
    lines = b"".join(reader.get(f"/my/lists/{hers.pk}/export.csv").streaming_content).decode().splitlines()
    assert lines[1].startswith('Judul 1,"Toer, Pramoedya Ananta",')
    assert reader.get(f"/my/lists/{hers.pk}/export.doc").status_code == 404


def test_a_list_is_mailed_to_its_owner_and_not_twice_at_once(reader: Client, hers: PersonalList) -> None:
    reader.post(f"/my/lists/{hers.pk}/mail")
    reader.post(f"/my/lists/{hers.pk}/mail")
    letter = Delivery.objects.get()
    assert (letter.address, letter.subject) == ("ani@kampus.example", "Daftar Anda: Skripsi")
    assert "1. Toer, P. A. (2005). Judul 1." in letter.body


def test_a_list_holds_so_many_titles_and_a_reader_so_many_lists(hers: PersonalList, ani, monkeypatch) -> None:
    monkeypatch.setattr(lists, "MOST_TITLES", 3)
    monkeypatch.setattr(lists, "MOST_LISTS", 1)
    with pytest.raises(Refused) as full:
        lists.add_titles(hers, [catalogued("Judul 4", "X", year="2001").pk], by=ani.user)
    assert full.value.codes == ["list_full"]
    with pytest.raises(Refused) as many:
        lists.make_list("Lagi", by=ani.user)
    assert many.value.codes == ["too_many_lists"]


@pytest.mark.parametrize(("name", "code"), [("  ", "name_empty"), ("x" * 121, "name_too_long")])
def test_a_list_has_a_name(ani, name: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        lists.make_list(name, by=ani.user)
    assert refused.value.codes == [code]


def test_what_is_removed_is_forgotten_after_thirty_days(hers: PersonalList, ani) -> None:
    lists.remove_list(hers, by=ani.user)
    assert forget_removed() == 0
    with clock.stopped_at(clock.now() + lists.KEPT_REMOVED * 1.1):
        assert forget_removed() == 1
    assert not PersonalList.objects.exists()


def test_lists_go_with_the_person_and_the_journal_names_no_title(hers: PersonalList, ani, titles) -> None:
    said = [entry.data for entry in JournalEntry.objects.filter(name__startswith="List")]
    assert not any("record" in data or "records" in data for data in said)
    User.objects.filter(pk=ani.user.pk).delete()
    assert not PersonalList.objects.exists()


def test_ani_takes_a_copy_of_all_she_keeps(reader: Client, hers: PersonalList) -> None:
    [kept] = reader.get("/my/lists.json").json()["lists"]
    assert (kept["name"], [title["title"] for title in kept["titles"]]) == ("Skripsi", ["Judul 1", "Judul 2", "Judul 3"])


@pytest.mark.parametrize("size", [1, 3])
def test_a_list_is_read_in_a_fixed_number_of_statements(
    reader: Client, ani, titles, size: int, django_assert_num_queries
) -> None:
    kept = lists.make_list("Skripsi", by=ani.user)
    lists.add_titles(kept, [title.pk for title in titles[:size]], by=ani.user)
    reader.get(f"/my/lists/{kept.pk}")
    with django_assert_num_queries(9):
        reader.get(f"/my/lists/{kept.pk}")
