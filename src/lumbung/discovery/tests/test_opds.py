"""The OPDS catalogue: both editions, what each may see, searching, signing in, borrowing. Judged by the published schemas."""

import json
from datetime import date, timedelta
from xml.etree import ElementTree as ET

import pytest

from lumbung.accounts.models import Role
from lumbung.accounts.tests.factories import UserFactory
from lumbung.catalogue.domain.records import set_suppressed
from lumbung.catalogue.models import Record
from lumbung.digital.domain.files import withdraw_file
from lumbung.digital.domain.lending import borrow, set_lending
from lumbung.digital.domain.terms import change_terms
from lumbung.digital.models import File, Levels, Parts
from lumbung.digital.queries import Asker, access_to, offered_to, reads_or_may_borrow
from lumbung.digital.queries.files import grouped, titled
from lumbung.digital.tests.factories import a_file, a_pdf
from lumbung.discovery.tests.opds_schemas import faults
from lumbung.discovery.tests.opds_shelf import ATOM, BORROW, OPDS, OPEN, entries_of, json_of, keyed, links_of, titles_in
from lumbung.discovery.tests.shelf import catalogued
from lumbung.kernel import clock
from lumbung.members.domain.members import block
from lumbung.organization.tests.factories import LibraryFactory

pytestmark = pytest.mark.django_db


def test_who_is_not_signed_in_sees_what_is_open_to_all_and_members_see_more(client, digital_shelf, ani, sari):
    everybody = {"Padi & sawah", "Ubi"}
    assert titles_in(json_of(client, "/opds/2/titles")) == everybody
    assert titles_in(json_of(client, "/opds/2/titles", **keyed(ani.user))) == everybody | {"Jagung", "Sagu"}
    assert {each.find(f"{ATOM}title").text for each in entries_of(client, "/opds/1.2/titles")} == everybody
    block(ani, reason="denda", by=sari)
    assert titles_in(json_of(client, "/opds/2/titles", **keyed(ani.user))) == everybody


def test_a_title_of_which_one_may_have_nothing_is_not_there(client, digital_shelf, ani):
    for edition in ("2", "1.2"):
        address = f"/opds/{edition}/titles/{digital_shelf['members'].record_id}"
        assert client.get(address).status_code == 404
        assert client.get(address, headers=keyed(ani.user)).status_code == 200


def test_what_is_withdrawn_hidden_or_embargoed_leaves_the_feeds(client, digital_shelf, sari):
    tomorrow = clock.now().date() + timedelta(days=2)
    withdraw_file(digital_shelf["open"], because="keliru", by=sari)
    a_file(catalogued("Embargo"), a_pdf("e"), embargo_until=tomorrow, embargo_reason="paten")
    hidden = a_file(catalogued("Hantu"), a_pdf("h"))
    set_suppressed(hidden.record, True, by=sari)
    assert titles_in(json_of(client, "/opds/2/titles")) == {"Ubi"}


@pytest.mark.parametrize("who", ["stranger", "campus", "ani", "blocked", "circulation", "sari"])
def test_lists_offer_exactly_what_the_one_access_decision_allows(who, sari, ani, budi, client):
    LibraryFactory()
    change_terms(networks="10.0.0.0/8", by=sari)
    for number, level in enumerate(Levels):
        fields = {"categories": [ani.category]} if level == Levels.GROUP else {}
        for is_lent in (False, True):
            file = a_file(catalogued(f"{level} {is_lent}"), a_pdf(f"{number} {is_lent}"), level=level, **fields)
            if is_lent:
                set_lending(file, by=sari)
    a_file(catalogued("E"), a_pdf("e"), embargo_until=date(2100, 1, 1), embargo_reason="paten")
    block(budi, reason="denda", by=sari)
    askers = {
        "stranger": Asker(),
        "campus": Asker(address="10.1.2.3"),
        "ani": Asker(ani.user),
        "blocked": Asker(budi.user),
        "circulation": Asker(UserFactory(roles=[Role.CIRCULATION])),
        "sari": Asker(sari),
    }
    asker = askers[who]
    decided = {file.pk for file in grouped(titled()) if reads_or_may_borrow(access_to(file, asker))}
    assert decided
    assert set(offered_to(asker).values_list("pk", flat=True)) == decided


def test_every_feed_of_the_second_edition_passes_the_published_schemas(client, digital_shelf, ani, indexed, shared_data):
    indexed()
    borrow(digital_shelf["lent"], to=ani, by=ani.user)
    head = keyed(ani.user)
    for path in (
        "",
        "by/material",
        "by/language",
        "titles",
        "titles?query=padi",
        "titles?query=tidakada",
        "titles?page=9",
        "shelf",
    ):
        told = json_of(client, f"/opds/2/{path}", **head)
        assert faults(shared_data, "opds-2/feed.schema.json", told) == [], path
        assert next(link["href"] for link in told["links"] if link["rel"] == "self").startswith("http://testserver/opds/2/")
    for file in digital_shelf.values():
        told = client.get(f"/opds/2/titles/{file.record_id}", headers=head).json()
        assert faults(shared_data, "opds-2/publication.schema.json", told) == []
        manifest = client.get(f"/files/{file.pk}/manifest.json", headers=head)
        if manifest.status_code == 200:
            assert faults(shared_data, "readium-webpub/publication.schema.json", manifest.json()) == []
    assert faults(shared_data, "opds-2/authentication.schema.json", client.get("/opds/authentication").json()) == []
    assert faults(shared_data, "opds-2/profile.schema.json", client.get("/opds/profile", headers=head).json()) == []


def test_an_empty_library_has_valid_feeds_too(client, shared_data, indexed):
    LibraryFactory()
    indexed()
    for path in ("", "titles", "titles?query=padi", "by/material"):
        assert faults(shared_data, "opds-2/feed.schema.json", json_of(client, f"/opds/2/{path}")) == []


def test_a_link_to_an_open_file_has_the_long_name_and_the_short_one_and_leads_to_the_bytes(client, digital_shelf):
    [publication] = [
        each for each in json_of(client, "/opds/2/titles")["publications"] if each["metadata"]["title"] == "Padi & sawah"
    ]
    [link] = links_of(publication, OPEN)
    assert link["rel"] == [OPEN, "download"]
    assert link["type"] == "application/pdf"
    assert b"".join(client.get(link["href"]).streaming_content) == a_pdf("padi")
    assert publication["metadata"]["author"] == [{"name": "Pramoedya Ananta Toer"}]
    assert publication["metadata"]["subject"] == [{"name": "Pertanian"}]
    assert publication["images"][0]["type"] == "image/jpeg"


def test_a_key_opens_what_the_feed_leads_to_and_a_strangers_request_does_not(client, digital_shelf, ani):
    address = f"/files/{digital_shelf['members'].pk}/download"
    assert client.get(address).status_code == 403
    assert b"".join(client.get(address, headers=keyed(ani.user)).streaming_content) == a_pdf("jagung")
    assert client.get(f"/files/{digital_shelf['members'].pk}/manifest.json", headers=keyed(ani.user)).status_code == 200


def test_navigation_and_acquisition_are_never_mixed_and_say_which_they_are(client, digital_shelf):
    root = client.get("/opds/1.2/")
    assert root["Content-Type"].startswith("application/atom+xml;profile=opds-catalog;kind=navigation")
    for entry in ET.fromstring(root.content).findall(f"{ATOM}entry"):
        assert not [each for each in entry.findall(f"{ATOM}link") if "acquisition" in each.get("rel")]
        assert entry.find(f"{ATOM}content").text
    titles = client.get("/opds/1.2/titles")
    assert titles["Content-Type"].startswith("application/atom+xml;profile=opds-catalog;kind=acquisition")
    for entry in ET.fromstring(titles.content).findall(f"{ATOM}entry"):
        relations = [each.get("rel") for each in entry.findall(f"{ATOM}link")]
        assert [each for each in relations if each.startswith("http://opds-spec.org/acquisition")]
        assert "alternate" in relations
        assert "http://opds-spec.org/image/thumbnail" in relations


@pytest.mark.parametrize("path", ["", "titles", "by/material", "shelf"])
def test_feeds_are_valid_atom(client, digital_shelf, ani, path):
    feed = ET.fromstring(client.get(f"/opds/1.2/{path}", headers=keyed(ani.user)).content)
    assert feed.tag == f"{ATOM}feed"
    for element in (feed, *feed.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{name}")) == 1
    assert feed.find(f"{ATOM}author/{ATOM}name").text == "Perpustakaan Kampus"
    assert len({entry.find(f"{ATOM}id").text for entry in feed.findall(f"{ATOM}entry")}) == len(feed.findall(f"{ATOM}entry"))


def test_an_entry_alone_is_a_document_with_an_author(client, digital_shelf, ani):
    response = client.get(f"/opds/1.2/titles/{digital_shelf['lent'].record_id}")
    assert response["Content-Type"].startswith("application/atom+xml;type=entry;profile=opds-catalog")
    entry = ET.fromstring(response.content)
    assert (entry.tag, entry.find(f"{ATOM}author/{ATOM}name").text) == (f"{ATOM}entry", "Perpustakaan Kampus")
    [link] = [each for each in entry.findall(f"{ATOM}link") if each.get("rel") == BORROW]
    assert link.get("type") == "application/atom+xml;type=entry;profile=opds-catalog"
    assert link.find(f"{OPDS}indirectAcquisition").get("type") == "application/webpub+json"
    assert link.find(f"{OPDS}availability").get("status") == "available"
    assert link.find(f"{OPDS}copies").attrib == {"total": "1", "available": "1"}


def test_search_finds_words_titles_and_authors_and_never_what_one_may_not_have(client, digital_shelf, ani, indexed):
    indexed()
    assert titles_in(json_of(client, "/opds/2/titles?query=padi")) == {"Padi & sawah"}
    assert titles_in(json_of(client, "/opds/2/titles?author=Pramoedya")) == {"Padi & sawah"}
    assert titles_in(json_of(client, "/opds/2/titles?title=ubi")) == {"Ubi"}
    nothing = json_of(client, "/opds/2/titles?query=jagung")
    assert (titles_in(nothing), nothing["metadata"]["numberOfItems"]) == (set(), 0)
    assert titles_in(json_of(client, "/opds/2/titles?query=jagung", **keyed(ani.user))) == {"Jagung"}
    assert titles_in(json_of(client, "/opds/2/titles?query=kedelai", **keyed(ani.user))) == set()


def test_programs_learn_where_to_search(client, digital_shelf):
    [link] = [each for each in json_of(client, "/opds/2/")["links"] if each["rel"] == "search"]
    assert (link["href"], link["templated"]) == ("http://testserver/opds/2/titles{?query,title,author}", True)
    described = ET.fromstring(client.get("/opds/search.xml").content)
    url = described.find("{http://a9.com/-/spec/opensearch/1.1/}Url")
    assert url.get("type") == "application/atom+xml;profile=opds-catalog;kind=acquisition"
    assert url.get("template").startswith("http://testserver/opds/1.2/titles?query={searchTerms}")


def test_facets_count_what_the_asker_may_have_and_have_one_active_choice_each(client, digital_shelf, ani):
    told = json_of(client, "/opds/2/titles?language=ind", **keyed(ani.user))
    assert titles_in(told) == {"Padi & sawah", "Ubi", "Sagu"}
    facets = {each["metadata"]["title"]: each["links"] for each in told["facets"]}
    language = {each["title"]: each for each in facets["Bahasa"]}
    assert language["Indonesia"]["properties"] == {"numberOfItems": 3}
    assert language["Indonesia"]["rel"] == "self"
    assert language["Inggris"]["properties"] == {"numberOfItems": 1}
    for links in facets.values():
        assert len([each for each in links if each.get("rel") == "self"]) == 1
    assert titles_in(json_of(client, language["Inggris"]["href"], **keyed(ani.user))) == {"Jagung"}
    feed = ET.fromstring(client.get("/opds/1.2/titles?way=lent").content)
    active = [each.get("title") for each in feed.findall(f"{ATOM}link") if each.get(f"{OPDS}activeFacet") == "true"]
    assert active == ["Terbaru", "Dipinjam", "Semua", "Semua"]
    assert [each.find(f"{ATOM}title").text for each in feed.findall(f"{ATOM}entry")] == ["Ubi"]


def test_pages_lead_on_and_back_and_hold_every_title_once(client, db):
    LibraryFactory()
    for number in range(65):
        a_file(catalogued(f"Padi {number:02}"), a_pdf(str(number)))
    seen, address = [], "/opds/2/titles?order=title"
    while address:
        told = json_of(client, address)
        seen += [each["metadata"]["title"] for each in told["publications"]]
        relations = {each["rel"]: each["href"] for each in told["links"] if isinstance(each["rel"], str)}
        address = relations.get("next")
    assert seen == [f"Padi {number:02}" for number in range(65)]
    assert told["metadata"] | {"title": "", "modified": ""} == {
        "title": "",
        "modified": "",
        "numberOfItems": 65,
        "itemsPerPage": 30,
        "currentPage": 3,
    }
    assert relations["previous"].endswith("page=2")
    feed = ET.fromstring(client.get("/opds/1.2/titles?page=2").content)
    assert {each.get("rel") for each in feed.findall(f"{ATOM}link")} >= {
        "self",
        "start",
        "first",
        "previous",
        "next",
        "last",
        "search",
    }


@pytest.mark.parametrize("rows", [1, 3])
def test_a_feed_takes_a_fixed_number_of_statements(client, rows, sari, ani, django_assert_max_num_queries):
    LibraryFactory()
    for number in range(rows):
        set_lending(a_file(catalogued(f"Padi {number}"), a_pdf(str(number))), by=sari)
    client.get("/opds/2/titles")
    with django_assert_max_num_queries(7):
        json_of(client, "/opds/2/titles")


@pytest.mark.parametrize(
    "path", ["/opds/3/", "/opds/2/by/creator", "/opds/2/titles/999999", "/opds/2/by/pk", "/opds/1.2/files/9/loan"]
)
def test_what_is_not_there_is_not_there(client, db, path):
    assert client.get(path).status_code in {404, 401}


@pytest.mark.parametrize(
    "query", ["page=0", "page=-1", "page=99999999999", "query=%22%27%3C", "order=x", "way=x", "material=x", "page=ä"]
)
def test_nonsense_in_an_address_is_passed_over(client, digital_shelf, indexed, query):
    indexed()
    for edition in ("2", "1.2"):
        assert client.get(f"/opds/{edition}/titles?{query}").status_code == 200


def test_titles_with_signs_that_xml_cannot_carry_break_no_feed(client, db):
    LibraryFactory()
    file = a_file(catalogued("Padi"), a_pdf("x"))
    Record.objects.filter(pk=file.record_id).update(
        title="Padi \x0b & <sawah> \ud83c\udf3e".encode("utf-8", "replace").decode()
    )
    [entry] = entries_of(client, "/opds/1.2/titles")
    assert entry.find(f"{ATOM}title").text.startswith("Padi")


def test_the_door_leads_each_program_to_the_edition_it_reads(client, db):
    assert client.get("/opds").url == "/opds/1.2/"
    assert client.get("/opds", headers={"Accept": "application/opds+json, */*;q=0.1"}).url == "/opds/2/"


def test_captions_and_older_versions_are_no_titles_of_their_own(client, db):
    LibraryFactory()
    file = a_file(catalogued("Rekaman"), a_pdf("r"), part=Parts.CAPTIONS)
    assert File.objects.get() == file
    assert titles_in(json_of(client, "/opds/2/titles")) == set()
    assert json.loads(client.get("/opds/2/").content)["navigation"][0]["properties"] == {"numberOfItems": 0}
