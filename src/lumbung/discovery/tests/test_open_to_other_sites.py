"""What programs in pages of other sites may read: what is public, and nothing that depends on a session."""

import pytest

from lumbung.discovery.tests.opds_shelf import keyed

pytestmark = pytest.mark.django_db
ORIGIN, FEED = {"Origin": "https://reader.test"}, "/opds/2/titles"
ALLOWED = "Access-Control-Allow-Origin"
PUBLIC = [
    "/opds",
    "/opds/2/",
    "/opds/1.2/titles",
    "/opds/search.xml",
    "/opds/authentication",
    "/oai?verb=Identify",
    "/sitemap.xml",
]


@pytest.mark.parametrize("address", [*PUBLIC, "/sitemap-0.xml.gz"])
def test_what_is_public_is_read_from_other_sites(client, digital_shelf, address):
    assert client.get(address, headers=ORIGIN).headers[ALLOWED] == "*"


def test_pictures_and_what_is_told_of_them_too(client, digital_shelf):
    page = f"/iiif/3/{digital_shelf['open'].pk}-1/info.json"
    assert client.get(page, headers=ORIGIN).headers[ALLOWED] == "*"


def test_nothing_that_depends_on_a_session_is(client, signed_in, digital_shelf, ani):
    client = signed_in(client, ani.user)
    for address in (FEED, "/opds/2/shelf", "/opds/profile", f"/iiif/3/{digital_shelf['members'].pk}-1/info.json"):
        response = client.get(address, headers=ORIGIN)
        assert (response.status_code, response.headers.get(ALLOWED)) == (200, None)
        assert "Cookie" in response["Vary"]
    for address in ("/", "/my", "/search?q=padi"):
        assert ALLOWED not in client.get(address, headers=ORIGIN).headers


def test_a_reader_with_a_key_asks_first_and_is_told_why_it_may_not(client, digital_shelf, ani):
    asked = client.options(FEED, headers={**ORIGIN, "Access-Control-Request-Headers": "authorization"})
    assert (asked.status_code, asked.headers[ALLOWED]) == (204, "*")
    assert "Authorization" in asked.headers["Access-Control-Allow-Headers"]
    assert client.get("/opds/2/shelf", headers={**ORIGIN, **keyed(ani.user)}).headers[ALLOWED] == "*"
    wrong = client.get("/opds/2/shelf", headers={**ORIGIN, "Authorization": "Bearer keliru"})
    assert (wrong.status_code, wrong.headers[ALLOWED]) == (401, "*")


def test_borrowing_and_signing_in_answer_our_own_pages_alone(client, digital_shelf, ani):
    loan = f"/opds/2/files/{digital_shelf['lent_to_members'].pk}/loan"
    assert ALLOWED not in client.post(loan, headers={**ORIGIN, **keyed(ani.user)}).headers
    assert ALLOWED not in client.options(loan, headers=ORIGIN).headers
    assert ALLOWED not in client.post("/opds/token", {"grant_type": "password"}, headers=ORIGIN).headers
