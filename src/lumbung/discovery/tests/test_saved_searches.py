"""Searches people keep, and the digests of what is new: exact, once, quiet when nothing is."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client

from lumbung.accounts.models import User
from lumbung.catalogue.models import Record
from lumbung.discovery.domain import alerts, indexing
from lumbung.discovery.domain.alerts import unsubscribe_key, user_of_key, write_digests
from lumbung.discovery.domain.saved_searches import change_search, remove_search, save_search
from lumbung.discovery.models import SavedSearch
from lumbung.discovery.tests.shelf import catalogued
from lumbung.kernel import clock
from lumbung.kernel.refusals import Refused
from lumbung.members.models import ChannelLink
from lumbung.messaging.channels.email import send
from lumbung.messaging.domain.identities import identity_of
from lumbung.messaging.models import Delivery, Identity
from lumbung.messaging.tests.factories import account_of

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 2, tzinfo=UTC)
NIGHT = datetime(2026, 11, 23, 22, 30, tzinfo=UTC)
DAY = timedelta(days=1)
BASE = "https://perpus.example"


@pytest.fixture
def reader(signed_in, ani) -> Client:
    return signed_in(Client(), ani.user)


def _save(user, words: str, frequency: str = "daily", **facets) -> SavedSearch:
    given = QueryDict(mutable=True)
    given.update({"q": words, **facets})
    with clock.stopped_at(MONDAY):
        return save_search(given, name="", frequency=frequency, by=user)


def _added(title: str, at: datetime, indexed) -> Record:
    with clock.stopped_at(at):
        record = catalogued(title, "Toer, Pramoedya Ananta", year="2005")
    Record.objects.filter(pk=record.pk).update(created_at=at)
    indexed()
    indexing.refresh([record.pk])
    return record


def _digests(at: datetime) -> list[Delivery]:
    known = set(Delivery.objects.values_list("pk", flat=True))
    with clock.stopped_at(at):
        write_digests(base=BASE)
    return list(Delivery.objects.exclude(pk__in=known))


def test_ani_hears_once_of_what_came_in_since_she_saved(ani, indexed) -> None:
    _added("Kopi lama", MONDAY - DAY, indexed)
    _save(ani.user, "kopi")
    _added("Kopi baru", MONDAY + timedelta(hours=1), indexed)
    _added("Teh baru", MONDAY + timedelta(hours=1), indexed)
    [letter] = _digests(NIGHT)
    assert (letter.address, letter.subject) == ("ani@kampus.example", "Judul baru untuk pencarian Anda")
    assert "- Kopi baru / Toer, Pramoedya Ananta, 2005" in letter.body
    assert "Kopi lama" not in letter.body
    assert "Teh baru" not in letter.body
    assert _digests(NIGHT) == []
    assert _digests(NIGHT + DAY) == []


def test_what_the_index_learned_late_is_told_all_the_same_and_nothing_twice_after_a_rebuild(ani, indexed) -> None:
    _save(ani.user, "kopi")
    _added("Kopi satu", MONDAY + timedelta(hours=1), indexed)
    assert len(_digests(NIGHT)) == 1
    _added("Kopi impor", MONDAY + timedelta(hours=2), indexed)
    indexing.rebuild()
    [letter] = _digests(NIGHT + DAY)
    assert "Kopi impor" in letter.body
    assert "Kopi satu" not in letter.body


def test_the_index_is_asked_outside_a_transaction_and_a_search_changed_meanwhile_waits(ani, indexed, monkeypatch) -> None:
    saved = _save(ani.user, "kopi")
    _added("Kopi", MONDAY + timedelta(hours=1), indexed)
    answer, outside, depths = alerts.answer, len(connection.savepoint_ids), set()

    def removed_meanwhile(query, **how):
        depths.add(len(connection.savepoint_ids) - outside)
        remove_search(saved, by=ani.user)
        return answer(query, **how)

    monkeypatch.setattr(alerts, "answer", removed_meanwhile)
    assert _digests(NIGHT) == []
    assert depths == {0}
    saved.refresh_from_db()
    assert saved.last_digest_at is None


@pytest.mark.parametrize(
    "words",
    ["kak ada buku kopi toraja?", "buku kopi toraja", "kopi toraja sejak 2000", "kopi toraja terbaru", "kopi torajja"],
)
def test_a_search_tells_of_what_its_page_and_its_feed_show(client: Client, ani, indexed, words) -> None:
    for title in ("Kopi Toraja", "Rumah adat Toraja"):
        _added(title, MONDAY - DAY, indexed)
    _save(ani.user, words)
    _added("Kopi Toraja dari kebun ke cangkir", MONDAY + timedelta(hours=1), indexed)
    [letter] = _digests(NIGHT)
    assert "- Kopi Toraja dari kebun ke cangkir /" in letter.body
    assert "Rumah adat" not in letter.body
    assert "Kopi Toraja dari kebun ke cangkir" in client.get("/search.atom", {"q": words}).text


def test_one_digest_tells_of_every_search(ani, indexed) -> None:
    _save(ani.user, "kopi")
    _save(ani.user, "teh")
    _added("Kopi", MONDAY + timedelta(hours=1), indexed)
    _added("Teh", MONDAY + timedelta(hours=1), indexed)
    [letter] = _digests(NIGHT)
    assert "- Kopi /" in letter.body
    assert "- Teh /" in letter.body


def test_a_weekly_digest_waits_a_week(ani, indexed) -> None:
    _save(ani.user, "kopi", "weekly")
    _added("Kopi", MONDAY + timedelta(hours=1), indexed)
    assert [len(_digests(NIGHT + DAY * day)) for day in range(8)] == [0, 0, 0, 0, 0, 0, 1, 0]


def test_hidden_titles_and_titles_that_answer_in_part_are_not_told(ani, indexed) -> None:
    _save(ani.user, "kopi gayo")
    _added("Kopi toraja", MONDAY + timedelta(hours=1), indexed)
    hidden = _added("Kopi gayo", MONDAY + timedelta(hours=1), indexed)
    Record.objects.filter(pk=hidden.pk).update(suppressed=True)
    indexing.refresh([hidden.pk])
    assert _digests(NIGHT) == []


def test_who_paused_hears_nothing_and_afterwards_only_of_what_is_new_then(ani, indexed) -> None:
    saved = _save(ani.user, "kopi")
    change_search(saved, name="kopi", frequency="daily", is_paused=True, by=ani.user)
    _added("Kopi jeda", MONDAY + timedelta(hours=1), indexed)
    assert _digests(NIGHT) == []
    with clock.stopped_at(NIGHT + DAY * 5):
        change_search(saved, name="kopi", frequency="daily", is_paused=False, by=ani.user)
    _added("Kopi kemudian", NIGHT + DAY * 5 + timedelta(hours=1), indexed)
    [letter] = _digests(NIGHT + DAY * 6)
    assert "Kopi kemudian" in letter.body
    assert "Kopi jeda" not in letter.body


def test_a_digest_goes_to_the_owner_alone_and_says_how_to_end_it(ani, budi, indexed) -> None:
    _save(ani.user, "kopi")
    _save(budi.user, "teh")
    _added("Kopi", MONDAY + timedelta(hours=1), indexed)
    [letter] = _digests(NIGHT)
    way_out, _, key = letter.unsubscribe.rpartition("/")
    assert (letter.address, way_out, user_of_key(key)) == ("ani@kampus.example", f"{BASE}/alerts", ani.user)
    assert letter.unsubscribe in letter.body


def test_one_click_in_the_mail_program_ends_the_digests(client: Client, ani, indexed, mailoutbox) -> None:
    _save(ani.user, "kopi")
    _added("Kopi", MONDAY + timedelta(hours=1), indexed)
    [letter] = _digests(NIGHT)
    send(letter.account, letter)
    headers = mailoutbox[0].extra_headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = headers["List-Unsubscribe"].strip("<>").removeprefix(BASE)
    assert client.get(path).status_code == 200
    assert SavedSearch.objects.get().is_paused is False
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert SavedSearch.objects.get().is_paused is True


def _chosen_chat(ani, *, heard_at: datetime) -> Identity:
    """A chat on WhatsApp that she chose before letters; after a day of silence only approved forms may go there, and there are none."""
    chat = identity_of(account_of("whatsapp"), "628123")
    chat.last_inbound_at = heard_at
    chat.save()
    given = {"proof": "code", "linked_at": MONDAY, "notices_since": MONDAY, "is_preferred": True}
    ChannelLink.objects.create(member=ani, identity=chat, **given)
    return chat


def test_a_letter_in_place_of_a_chat_can_be_ended_in_the_mail_program_too(ani, indexed) -> None:
    _chosen_chat(ani, heard_at=MONDAY - 3 * DAY)
    _save(ani.user, "kopi")
    _added("Kopi", MONDAY + timedelta(hours=1), indexed)
    [letter] = _digests(NIGHT)
    way_out, _, key = letter.unsubscribe.rpartition("/")
    assert (letter.account.kind, way_out, user_of_key(key)) == ("email", f"{BASE}/alerts", ani.user)


def test_who_has_no_address_hears_in_the_chat_she_chose_and_misses_nothing_while_it_is_closed(
    reader: Client, ani, indexed
) -> None:
    User.objects.filter(pk=ani.user_id).update(email="")
    type(ani).objects.filter(pk=ani.pk).update(email="")
    ani.refresh_from_db()
    ani.user.refresh_from_db()
    assert "belum punya alamat surel" in reader.get("/my/searches").text
    chat = _chosen_chat(ani, heard_at=MONDAY - 3 * DAY)
    assert "belum punya alamat surel" not in reader.get("/my/searches").text
    _save(ani.user, "kopi")
    _added("Kopi", MONDAY + timedelta(hours=1), indexed)
    assert _digests(NIGHT) == []
    chat.last_inbound_at = NIGHT + DAY - timedelta(hours=2)
    chat.save()
    [told] = _digests(NIGHT + DAY)
    assert (told.identity, told.unsubscribe, "Kopi" in told.body) == (chat, "", True)
    assert _digests(NIGHT + 2 * DAY) == []


def test_the_way_out_speaks_the_language_of_the_letter_and_says_what_to_do_with_a_broken_link(
    client: Client, ani, indexed
) -> None:
    ani.user.language = "en"
    ani.user.save(update_fields=["language"])
    _save(ani.user, "kopi")
    path = f"/alerts/{unsubscribe_key(ani.user)}"
    asked, broken = client.get(path), client.post(path[:-2])
    assert "Stop receiving news of new titles?" in asked.text
    assert '<html lang="en"' in asked.text
    assert (broken.status_code, SavedSearch.objects.get().is_paused) == (404, False)
    assert "Belum ada yang dihentikan." in broken.text
    assert 'href="/my/searches"' in broken.text
    assert "You will not receive news" in client.post(path).text
    client.cookies["django_language"] = "id"
    assert "Kabar dihentikan" in client.post(path).text


def test_a_search_is_saved_from_its_page_named_and_removed(reader: Client, ani) -> None:
    assert "/my/searches?save=%3Fq%3Dkopi" in reader.get("/search?q=kopi").text
    assert 'value="?q=kopi"' in reader.get("/my/searches?save=%3Fq%3Dkopi").text
    reader.post("/my/searches", {"search": "?q=kopi&material=book&page=4", "name": "Kopi", "frequency": "weekly"})
    saved = SavedSearch.objects.get(owner=ani.user)
    assert (saved.name, saved.address, saved.frequency) == ("Kopi", "?q=kopi&material=book", "weekly")
    answer = reader.post(f"/my/searches/{saved.pk}", {"_method": "DELETE"}, follow=True)
    assert "Pencarian “Kopi” dihapus." in answer.text
    reader.post(f"/my/searches/{saved.pk}/restoration")
    reader.post(f"/my/searches/{saved.pk}", {"name": "Kopi Gayo", "frequency": "never"})
    saved.refresh_from_db()
    assert (saved.name, saved.frequency, saved.removed_at) == ("Kopi Gayo", "never", None)


@pytest.mark.parametrize(
    ("given", "code"), [("", "nothing_asked"), ("q=kopi", "already_saved"), ("subject=" + "x" * 3000, "search_too_long")]
)
def test_a_search_for_nothing_or_kept_already_is_refused(ani, given: str, code: str) -> None:
    _save(ani.user, "kopi")
    with pytest.raises(Refused) as refused:
        save_search(QueryDict(given), name="x", frequency="daily", by=ani.user)
    assert refused.value.codes == [code]


def test_budi_cannot_touch_her_searches(signed_in, ani, budi) -> None:
    saved = _save(ani.user, "kopi")
    other = signed_in(Client(), budi.user)
    assert other.post(f"/my/searches/{saved.pk}", {"_method": "DELETE"}).status_code == 404
    assert other.post(f"/my/searches/{saved.pk}/restoration").status_code == 404
    assert "kopi" not in other.get("/my/searches").text


def test_any_search_has_a_feed_of_its_newest_titles(client: Client, indexed) -> None:
    _added("Kopi <lama>", MONDAY, indexed)
    _added("Kopi & baru", MONDAY + DAY, indexed)
    answer = client.get("/search.atom?q=kopi")
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert answer.text.index("<title>Kopi &amp; baru</title>") < answer.text.index("<title>Kopi &lt;lama&gt;</title>")
    assert "<entry>" not in client.get("/search.atom?q=tidakada").text


@pytest.mark.parametrize("size", [1, 3])
def test_saved_searches_are_read_in_a_fixed_number_of_statements(
    reader: Client, ani, size: int, django_assert_num_queries
) -> None:
    for number in range(size):
        _save(ani.user, f"kopi {number}")
    reader.get("/my/searches")
    with django_assert_num_queries(4):
        reader.get("/my/searches")
