"""A shelf of digital titles of every kind, and how a reading program asks for it."""

import base64
from xml.etree import ElementTree as ET

from lumbung.digital.domain.lending import set_lending
from lumbung.digital.models import File, Levels
from lumbung.digital.tests.factories import a_file, a_pdf
from lumbung.discovery.domain.reading_programs import key_for
from lumbung.discovery.tests.shelf import catalogued
from lumbung.organization.tests.factories import LibraryFactory

ATOM = "{http://www.w3.org/2005/Atom}"
OPDS = "{http://opds-spec.org/2010/catalog}"
BORROW, OPEN = "http://opds-spec.org/acquisition/borrow", "http://opds-spec.org/acquisition/open-access"


def digital_titles(sari) -> dict[str, File]:
    """An open thesis, a members' book, a lent e-book of one copy that all may borrow, one lent to members, a printed book."""
    LibraryFactory(name="Perpustakaan Kampus")
    made = {
        "open": a_file(catalogued("Padi & sawah", "Toer, Pramoedya Ananta", year="1980", subject="Pertanian"), a_pdf("padi")),
        "members": a_file(catalogued("Jagung", year="1981", language="eng"), a_pdf("jagung"), level=Levels.MEMBERS),
        "lent": a_file(catalogued("Ubi", year="1990"), a_pdf("ubi")),
        "lent_to_members": a_file(catalogued("Sagu"), a_pdf("sagu"), level=Levels.MEMBERS),
    }
    catalogued("Kedelai tercetak")
    for name in ("lent", "lent_to_members"):
        set_lending(made[name], by=sari)
    return made


def json_of(client, path, **headers):
    response = client.get(path, headers=headers)
    assert (response.status_code, response["Content-Type"]) == (200, "application/opds+json"), response.content[:300]
    return response.json()


def titles_in(feed) -> set[str]:
    return {each["metadata"]["title"] for each in feed.get("publications", ())}


def entries_of(client, path, **headers):
    response = client.get(path, headers=headers)
    assert response.status_code == 200, response.content[:300]
    return ET.fromstring(response.content).findall(f"{ATOM}entry")


def keyed(user) -> dict[str, str]:
    return {"Authorization": f"Bearer {key_for(user)}"}


def basic(user, key: str) -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(f"{user.username}:{key}".encode()).decode()}


def links_of(publication, relation: str):
    return [each for each in publication["links"] if relation in each["rel"]]


def borrow_link(client, file, **headers):
    told = client.get(f"/opds/2/titles/{file.record_id}", headers=headers).json()
    return links_of(told, BORROW)[0]
