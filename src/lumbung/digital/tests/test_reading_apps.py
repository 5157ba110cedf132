"""Borrowed books in reading programs: licences that follow their loans, and passphrases that are kept as hashes alone."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from lumbung.digital.domain.files import withdraw_file
from lumbung.digital.domain.lending import borrow, end_e_loan, renew_e_loan, return_early, set_lending, wait_for
from lumbung.digital.domain.lending_privacy import forget_e_borrowers
from lumbung.digital.domain.reading_apps.passphrases import set_passphrase
from lumbung.digital.models import ELoan, Levels, Licence, LockedPublication, Passphrase, ReadingDevice
from lumbung.digital.tests.books import an_epub
from lumbung.digital.tests.factories import a_file
from lumbung.formats.lcp import BASIC, Profile
from lumbung.formats.lcp.tests.reader import Opened, Refuses
from lumbung.kernel import clock
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.refusals import Refused
from lumbung.organization.tests.factories import LibraryFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 29, 5, 0, tzinfo=UTC)  # noon in Jakarta
PHRASE = "padi menguning di lereng"
OTHER = Profile("http://readium.org/lcp/profile-x", lambda said: said[::-1])


@pytest.fixture
def book(db, sari):
    LibraryFactory()
    file = a_file(content=an_epub("Padi ditumbuk di lesung."), name="buku.epub", level=Levels.MEMBERS)
    set_lending(file, in_apps=True, app_prints=3, by=sari)
    return file


@pytest.fixture
def phone(ani, signed_in) -> Client:
    return signed_in(Client(), ani.user)


@pytest.fixture
def opened(book, ani, phone) -> Opened:
    """Ani's loan of the book, opened by a reading program."""
    with clock.stopped_at(NOW):
        set_passphrase(ani, PHRASE, "Di mana padi?", by=ani.user)
        borrow(book, to=ani, by=ani.user)
        return Opened(phone.get(f"/files/{book.pk}/loan/licence.lcpl").content, PHRASE)


def path_of(href: str) -> str:
    return href.removeprefix("http://testserver").partition("{")[0]


def status_of(opened: Opened, at: datetime = NOW) -> dict:
    with clock.stopped_at(at):
        return Client().get(path_of(opened.link("status")["href"])).json()


def way(status: dict, relation: str) -> str:
    return next(path_of(each["href"]) for each in status["links"] if each["rel"] == relation)


def relations(status: dict) -> list[str]:
    return [each["rel"] for each in status["links"]]


def registered(opened: Opened, number: str = "709e1380") -> dict:
    with clock.stopped_at(NOW):
        return Client().post(f"{way(status_of(opened), 'register')}?id={number}&name=Thorium").json()


def test_a_reading_program_opens_the_borrowed_book_with_the_passphrase_alone(opened: Opened):
    said = opened.said
    assert said["rights"] == {"copy": 2000, "print": 3, "start": "2026-11-29T05:00:00Z", "end": "2026-12-06T16:59:59Z"}
    assert (said["encryption"]["profile"], said["encryption"]["user_key"]["text_hint"]) == (BASIC.uri, "Di mana padi?")
    publication = opened.link("publication")
    with clock.stopped_at(NOW):
        given = b"".join(Client().get(path_of(publication["href"])))
    assert (len(given), opened.link("status")["type"]) == (
        publication["length"],
        "application/vnd.readium.license.status.v1.0+json",
    )
    assert b"Padi ditumbuk di lesung." not in given
    assert b"Padi ditumbuk di lesung." in opened.read(given)["OPS/c1.xhtml"]


def test_licences_name_nobody_and_the_passphrase_is_kept_nowhere(opened: Opened, ani):
    assert ani.name not in json.dumps(opened.said)
    kept = Passphrase.objects.get()
    assert opened.said["user"] == {"id": str(kept.subject)}
    assert PHRASE not in f"{kept.sealed}{JournalEntry.objects.get(name='ReadingPassphraseSet').data}"


def test_one_file_with_its_licence_in_it_can_be_taken_instead(opened: Opened, book, phone):
    with clock.stopped_at(NOW):
        answer = phone.get(f"/files/{book.pk}/loan/book.epub")
    assert b"Padi ditumbuk" in opened.read(b"".join(answer))["OPS/c1.xhtml"]


def test_the_status_goes_from_ready_to_active_and_devices_count_once(opened: Opened):
    assert (status_of(opened)["status"], relations(status_of(opened))) == ("ready", ["license", "register", "return", "renew"])
    assert registered(opened)["status"] == "active"
    registered(opened)
    told = status_of(opened)
    assert told["events"] == [{"type": "register", "timestamp": "2026-11-29T05:00:00Z", "id": "709e1380", "name": "Thorium"}]
    nameless = Client().post(way(told, "register"))
    assert (nameless.status_code, nameless.json()["type"]) == (
        400,
        "http://readium.org/license-status-document/error/registration",
    )


def test_no_more_devices_than_anybody_has(opened: Opened):
    for number in range(12):
        registered(opened, f"perangkat-{number}")
    assert registered(opened, "perangkat-13")["title"] == "Perangkat Anda tidak dapat didaftarkan."
    assert ReadingDevice.objects.count() == 12


def test_a_program_renews_as_its_reader_could_and_the_licence_follows(opened: Opened, book):
    told, later = status_of(opened), NOW + timedelta(days=2)
    assert told["potential_rights"] == {"end": "2026-12-06T16:59:59Z"}
    with clock.stopped_at(later):
        renewed = Client().put(way(told, "renew")).json()
        assert renewed["updated"] == {"license": "2026-12-01T05:00:00Z", "status": "2026-12-01T05:00:00Z"}
        fresh = Opened(Client().get(way(renewed, "license")).content, PHRASE)
    assert (fresh.said["rights"]["end"], fresh.said["updated"]) == ("2026-12-08T16:59:59Z", "2026-12-01T05:00:00Z")
    assert "renew" not in relations(renewed)
    with clock.stopped_at(later):
        again = Client().put(way(told, "renew"))
    assert (again.status_code, again.json()["type"]) == (403, "http://readium.org/license-status-document/error/renew")


def test_a_renewal_for_longer_than_allowed_is_refused_and_changes_nothing(opened: Opened):
    with clock.stopped_at(NOW):
        answer = Client().put(f"{way(status_of(opened), 'renew')}?end=2027-11-01T00:00:00Z")
        assert answer.json()["type"] == "http://readium.org/license-status-document/error/renew/date"
        assert Client().put(f"{way(status_of(opened), 'renew')}?end=bukan-tanggal").status_code == 200
    assert ELoan.objects.get().renewals == 1


def test_whoever_waits_is_not_passed_by_a_program(opened: Opened, book, budi):
    with clock.stopped_at(NOW):
        wait_for(book, member=budi, by=budi.user)
    assert "renew" not in relations(status_of(opened))


@pytest.mark.parametrize(("was_opened", "state"), [(True, "returned"), (False, "cancelled")])
def test_a_book_given_back_in_a_program_is_free_for_the_next_at_once(opened: Opened, book, budi, was_opened, state):
    if was_opened:
        registered(opened)
    told = status_of(opened)
    with clock.stopped_at(NOW + timedelta(hours=1)):
        assert Client().put(way(told, "return")).json()["status"] == state
        licence = Opened(Client().get(way(told, "license")).content, PHRASE)
        assert licence.said["rights"]["end"] == "2026-11-29T06:00:00Z"
        borrow(book, to=budi, by=budi.user)
        again = Client().put(way(told, "return"))
    assert again.json()["type"] == "http://readium.org/license-status-document/error/return/already"
    assert Client().get(path_of(opened.link("publication")["href"])).status_code == 404


def test_a_loan_that_ends_in_any_other_way_ends_the_licence(opened: Opened, book, ani, sari):
    registered(opened)
    over = status_of(opened, NOW + timedelta(days=8))
    assert (over["status"], over["updated"]["status"], relations(over)) == ("expired", "2026-12-06T16:59:59Z", ["license"])
    with clock.stopped_at(NOW + timedelta(days=8)):
        late = Client().put(way(status_of(opened), "return"))
    assert late.json()["type"] == "http://readium.org/license-status-document/error/return/expired"
    with clock.stopped_at(NOW):
        end_e_loan(ELoan.objects.get(), by=sari)
    assert [status_of(opened)[name] for name in ("status", "message")] == ["revoked", "Pinjaman ini sudah berakhir."]


def test_a_withdrawn_file_revokes_its_licences(opened: Opened, book, sari):
    with clock.stopped_at(NOW):
        withdraw_file(book, because="Diminta penerbit", by=sari)
    assert status_of(opened)["status"] == "revoked"


def test_a_renewal_on_the_page_and_a_new_passphrase_reach_the_program_too(opened: Opened, book, ani):
    with clock.stopped_at(NOW + timedelta(days=1)):
        renew_e_loan(book, of=ani, by=ani.user)
        set_passphrase(ani, "hujan turun di ladang", "Apa yang turun?", by=ani.user)
        fresh = Client().get(path_of(opened.link("self")["href"])).content
    assert status_of(opened)["updated"]["license"] == "2026-11-30T05:00:00Z"
    with pytest.raises(Refuses):
        Opened(fresh, PHRASE)
    assert Opened(fresh, "hujan turun di ladang").said["rights"]["end"] == "2026-12-07T16:59:59Z"


def test_the_book_under_lock_is_made_again_alike_when_the_cache_was_emptied(opened: Opened, settings):
    for path in (settings.DATA / "cache").rglob("locked.epub"):
        path.unlink()
    with clock.stopped_at(NOW):
        given = b"".join(Client().get(path_of(opened.link("publication")["href"])))
    assert b"Padi ditumbuk" in opened.read(given)["OPS/c1.xhtml"]
    assert LockedPublication.objects.get().locked_size == opened.link("publication")["length"] == len(given)


def test_the_operators_profile_is_used(opened: Opened, settings):
    settings.LCP_PROFILE = f"{__name__}.OTHER"
    with clock.stopped_at(NOW):
        said = json.loads(Client().get(path_of(opened.link("self")["href"])).content)
    assert said["encryption"]["profile"] == "http://readium.org/lcp/profile-x"


def test_only_the_borrower_has_the_licence_and_only_of_what_is_lent_to_programs(book, budi, sari, signed_in, client: Client):
    address = f"/files/{book.pk}/loan/licence.lcpl"
    assert client.get(address).status_code == 302
    assert signed_in(Client(), sari).get(address).status_code == 403
    with clock.stopped_at(NOW):
        set_passphrase(budi, PHRASE, "Di mana?", by=budi.user)
        his = signed_in(Client(), budi.user)
        assert his.get(address).status_code == 409
        borrow(book, to=budi, by=budi.user)
        set_lending(book, in_apps=False, by=sari)
        assert "tidak dibawa ke aplikasi baca" in his.get(address).content.decode()
    assert Licence.objects.count() == 0


def test_who_has_no_passphrase_yet_chooses_one_and_comes_back(book, ani, phone):
    with clock.stopped_at(NOW):
        borrow(book, to=ani, by=ani.user)
        answer = phone.get(f"/files/{book.pk}/loan/licence.lcpl")
        assert answer.headers["Location"] == f"/my/reading-apps?next=/files/{book.pk}"
        short = phone.post(answer.headers["Location"], {"passphrase": "padi", "hint": "padi!"})
        assert ("paling sedikit 8 huruf" in short.content.decode(), "Petunjuk tidak boleh" in short.content.decode()) == (
            True,
            True,
        )
        done = phone.post(answer.headers["Location"], {"passphrase": PHRASE, "hint": "Di mana padi?"})
        assert done.headers["Location"] == f"/files/{book.pk}"
        assert phone.get(f"/files/{book.pk}/loan/licence.lcpl").status_code == 200


def test_only_books_are_lent_to_programs(sari):
    LibraryFactory()
    with pytest.raises(Refused, match="apps_read_epub"):
        set_lending(a_file(), in_apps=True, by=sari)


def test_licences_and_devices_are_forgotten_with_who_borrowed(opened: Opened, book, ani):
    registered(opened)
    with clock.stopped_at(NOW):
        return_early(book, of=ani, by=ani.user)
    with clock.stopped_at(NOW + timedelta(days=31)):
        forget_e_borrowers()
        assert Client().get(path_of(opened.link("status")["href"])).status_code == 404
    assert (Licence.objects.count(), ReadingDevice.objects.count()) == (0, 0)
    named = JournalEntry.objects.filter(name__in=["LicenceIssued", "ReadingDeviceRegistered"])
    assert [each.data["member"] for each in named] == [None, None]


def test_the_page_of_the_member_shows_what_is_open_where(opened: Opened, phone):
    with clock.stopped_at(NOW):
        assert "Belum dibuka di perangkat mana pun." in phone.get("/my/reading-apps").content.decode()
        registered(opened)
        shown = phone.get("/my/reading-apps").content.decode()
    assert ("Thorium" in shown, "Petunjuk: “Di mana padi?”" in shown) == (True, True)
