"""Signing in and borrowing from a reading program."""

import base64
import hashlib

import pytest
from django.test import Client

from lumbung.accounts.domain.tokens import issue_token
from lumbung.digital.domain.lending import borrow, set_lending
from lumbung.digital.domain.reading_apps.passphrases import set_passphrase
from lumbung.digital.models import EHold, ELoan, Levels
from lumbung.digital.tests.books import an_epub
from lumbung.digital.tests.factories import a_file
from lumbung.discovery.domain.reading_programs import MOST, key_for
from lumbung.discovery.tests.opds_schemas import faults
from lumbung.discovery.tests.opds_shelf import BORROW, basic, borrow_link, json_of, keyed, links_of, titles_in
from lumbung.formats.lcp import LICENCE_TYPE
from lumbung.formats.lcp.tests.reader import Opened
from lumbung.kernel.models import JournalEntry
from lumbung.members.permissions import ME
from lumbung.organization.tests.factories import LibraryFactory

pytestmark = pytest.mark.django_db
PASSWORD = "rahasia-ani-2026"


def test_an_unknown_key_is_told_by_401_with_the_authentication_document(client, digital_shelf, ani):
    for shown in ("Bearer lmb_none", "Basic !!", "Basic " + base64.b64encode(b"ani").decode(), "Digest x", "Bearer a\0b"):
        response = client.get("/opds/2/titles", headers={"Authorization": shown})
        assert (response.status_code, response["Content-Type"]) == (401, "application/opds-authentication+json")
        assert 'rel="http://opds-spec.org/auth/document"' in response["Link"]
    _token, other = issue_token(ani.user, name="Meja", scopes=["records:read"], by=ani.user)
    assert client.get("/opds/2/titles", headers={"Authorization": f"Bearer {other}"}).status_code == 401


def test_a_token_of_ones_own_is_the_password_of_basic(client, digital_shelf, ani):
    _token, key = issue_token(ani.user, name="Thorium", scopes=[ME], by=ani.user)
    assert "Jagung" in titles_in(json_of(client, "/opds/2/titles", **basic(ani.user, key)))


def test_a_key_gives_a_librarian_what_members_may_read_and_no_more(client, digital_shelf, sari):
    hidden = a_file(level=Levels.STAFF, name="rahasia.pdf")
    head = keyed(sari)
    assert client.get(f"/files/{hidden.pk}/content", headers=head).status_code == 403
    client.force_login(sari)
    assert client.get(f"/files/{hidden.pk}/content").getvalue().startswith(b"%PDF")


def test_a_password_gives_a_key_once_and_wrong_ones_are_counted_as_at_the_sign_in_page(client, digital_shelf, ani):
    ani.user.set_password(PASSWORD)
    ani.user.save()
    asked = {"grant_type": "password", "username": ani.user.username, "password": PASSWORD}
    told = client.post("/opds/token", asked)
    assert (told.status_code, told["Cache-Control"], told.json()["token_type"]) == (200, "no-store", "Bearer")
    head = {"Authorization": f"Bearer {told.json()['access_token']}"}
    assert client.get("/opds/profile", headers=head).json()["name"] == ani.user.name
    assert client.post("/opds/token", {**asked, "grant_type": "implicit"}).json() == {"error": "unsupported_grant_type"}
    assert client.post("/opds/token", {"grant_type": "password"}).json() == {"error": "invalid_request"}
    statuses = [client.post("/opds/token", {**asked, "password": "salah"}).status_code for _ in range(6)]
    assert statuses == [400, 400, 400, 400, 400, 429]


def test_no_more_keys_are_kept_than_a_person_has_devices(ani):
    for _ in range(MOST + 3):
        key_for(ani.user)
    assert ani.user.api_tokens.count() == MOST


def test_the_shelf_and_the_profile_want_a_key(client, digital_shelf, ani):
    assert client.get("/opds/2/shelf").status_code == 401
    assert client.get("/opds/profile").status_code == 401
    told = client.get("/opds/profile", headers=keyed(ani.user)).json()
    assert (told["name"], told["loans"]) == (ani.user.name, {"total": 5, "available": 5})


def test_borrowing_by_a_program_is_the_verb_of_the_site_and_stands_on_the_shelf(client, digital_shelf, ani):
    head = keyed(ani.user)
    link = borrow_link(client, digital_shelf["lent"], **head)
    assert link["properties"]["availability"]["state"] == "available"
    assert link["properties"]["copies"] == {"total": 1, "available": 1}
    assert link["properties"]["indirectAcquisition"] == [{"type": "application/webpub+json"}]
    assert link["properties"]["authenticate"] == "http://testserver/opds/authentication"
    lent = client.get(link["href"], headers=head)
    assert (lent.status_code, lent["Content-Type"]) == (200, "application/opds-publication+json")
    [taken] = links_of(lent.json(), "http://opds-spec.org/acquisition")
    loan = ELoan.objects.get()
    assert taken["properties"]["availability"]["until"] == loan.until.strftime("%Y-%m-%dT%H:%M:%SZ")
    assert client.get(taken["href"], headers=head).json()["metadata"]["title"] == "Ubi"
    assert (JournalEntry.objects.get(name="ELent").channel, loan.member) == ("opds", ani)
    assert titles_in(json_of(client, "/opds/2/shelf", **head)) == {"Ubi"}
    again = client.post(link["href"], headers=head)
    assert (again.status_code, ELoan.objects.count()) == (200, 1)
    returned = client.delete(link["href"], headers=head)
    assert links_of(returned.json(), BORROW)[0]["properties"]["availability"]["state"] == "available"
    assert titles_in(json_of(client, "/opds/2/shelf", **head)) == set()


def test_where_all_are_lent_one_waits_knows_ones_place_and_may_leave(client, digital_shelf, ani, budi):
    borrow(digital_shelf["lent"], to=budi, by=budi.user)
    head = keyed(ani.user)
    link = borrow_link(client, digital_shelf["lent"], **head)
    assert (link["properties"]["availability"]["state"], link["properties"]["holds"]) == ("unavailable", {"total": 0})
    waiting = links_of(client.get(link["href"], headers=head).json(), BORROW)[0]["properties"]
    assert (waiting["availability"]["state"], waiting["holds"]) == ("reserved", {"total": 1, "position": 1})
    assert waiting["cancellable"] is True
    assert waiting["availability"]["until"]
    client.get(link["href"], headers=head)
    assert EHold.objects.count() == 1
    assert titles_in(json_of(client, "/opds/2/shelf", **head)) == {"Ubi"}
    client.delete(f"/opds/2/files/{digital_shelf['lent'].pk}/loan", headers=keyed(budi.user))
    ready = borrow_link(client, digital_shelf["lent"], **head)["properties"]["availability"]
    assert ready["state"] == "ready"
    assert client.get(link["href"], headers=head).status_code == 200
    assert ELoan.objects.get(member=ani, ended_at=None).is_offer is False


def test_a_session_alone_or_another_site_borrows_nothing(client, digital_shelf, ani):
    address = f"/opds/2/files/{digital_shelf['lent'].pk}/loan"
    client.force_login(ani.user)
    assert client.get(address).status_code == 401
    assert Client().get(address, headers={**keyed(ani.user), "Sec-Fetch-Site": "cross-site"}).status_code == 401
    assert not ELoan.objects.exists()


def test_what_the_verb_refuses_is_told_with_every_reason(client, digital_shelf, ani, sari):
    set_lending(digital_shelf["lent"], is_open=False, by=sari)
    response = client.get(f"/opds/2/files/{digital_shelf['lent'].pk}/loan", headers=keyed(ani.user))
    assert (response.status_code, [each["code"] for each in response.json()["reasons"]]) == (409, ["lending_closed"])
    assert client.get(f"/opds/2/files/{digital_shelf['open'].pk}/loan", headers=keyed(ani.user)).status_code == 404


def test_a_book_lent_to_programs_comes_with_its_licence_and_the_hash_that_opens_it(client, ani, sari, shared_data):
    LibraryFactory()
    file = a_file(content=an_epub("Padi ditumbuk."), name="buku.epub", level=Levels.MEMBERS)
    set_lending(file, in_apps=True, by=sari)
    borrow(file, to=ani, by=ani.user)
    head = keyed(ani.user)
    assert [each["type"] for each in _ways_on_shelf(client, head)] == ["application/webpub+json"]
    set_passphrase(ani, "padi menguning di lereng", "Di mana padi?", by=ani.user)
    way = _ways_on_shelf(client, head)[0]
    assert (way["type"], way["properties"]["indirectAcquisition"]) == (LICENCE_TYPE, [{"type": "application/epub+zip"}])
    told = way["properties"]["lcp_hashed_passphrase"]
    assert base64.b64decode(told) == hashlib.sha256(b"padi menguning di lereng").digest()
    opened = Opened(client.get(way["href"], headers=head).content, "padi menguning di lereng")
    assert b"Padi ditumbuk" in opened.read(b"".join(client.get(opened.link("publication")["href"])))["OPS/c1.xhtml"]
    assert told not in client.get("/opds/2/titles", headers=keyed(sari)).content.decode()
    assert faults(shared_data, "opds-2/feed.schema.json", json_of(client, "/opds/2/shelf", **head)) == []


def _ways_on_shelf(client, head) -> list[dict]:
    [publication] = json_of(client, "/opds/2/shelf", **head)["publications"]
    return links_of(publication, "http://opds-spec.org/acquisition")
