"""Asking our own provider over HTTP, every answer judged by the schema."""

from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.test import Client
from lxml import etree

from lumbung.catalogue.models import Record
from lumbung.catalogue.tests.factories import marc_of
from lumbung.formats.marc import Field
from lumbung.formats.marc import Record as Marc

OAI = "{http://www.openarchives.org/OAI/2.0/}"
DC = "{http://purl.org/dc/elements/1.1/}"
SCHEMA = etree.XMLSchema(etree.parse(Path(__file__).with_name("answer.xsd")))


def asked(path: str = "/oai", /, *, post: bool = False, query: str = "", **arguments: str) -> Any:
    """The root of the answer; ``from_`` is ``from``."""
    told = {name.rstrip("_"): value for name, value in arguments.items()}
    client = Client()
    if post:
        response = client.post(path + query, urlencode(told), content_type="application/x-www-form-urlencoded")
    else:
        response = client.get(path + query, told or None)
    assert response.status_code == 200, response.content
    assert response["Content-Type"] == "text/xml; charset=utf-8"
    root = etree.fromstring(response.content)
    SCHEMA.assertValid(root)
    return root


def codes(root: Any) -> list[str]:
    return [each.get("code") for each in root.iter(f"{OAI}error")]


def identifiers(root: Any) -> list[str]:
    return [each.text for each in root.iter(f"{OAI}identifier")]


def statuses(root: Any) -> dict[str, str | None]:
    """For each record's number whether it is told of as deleted."""
    return {each.find(f"{OAI}identifier").text.rpartition(":")[2]: each.get("status") for each in root.iter(f"{OAI}header")}


def datestamps(root: Any) -> dict[str, str]:
    return {
        each.find(f"{OAI}identifier").text.rpartition(":")[2]: each.find(f"{OAI}datestamp").text
        for each in root.iter(f"{OAI}header")
    }


def token_of(root: Any) -> str | None:
    """The token; None where there is no element for it."""
    found = root.find(f".//{OAI}resumptionToken")
    return None if found is None else found.text or ""


def texts(root: Any, name: str) -> list[str]:
    return [each.text for each in root.iter(f"{DC}{name}")]


def number(record: Record) -> str:
    return f"oai:lumbung.localdomain:{record.pk}"


def thesis_marc(title: str = "Model antrean", *, complete: bool = True) -> Marc:
    """A thesis with all that RAMA wants; not so with ``complete`` false."""
    student = [("a", "Siti Aminah"), *([("0", "(NIM)1301200045")] if complete else [])]
    lecturer = [("a", "Raharjo, Budi"), ("e", "pembimbing"), *([("0", "(NIDN)0012048501")] if complete else [])]
    note = "Skripsi (S1) -- Program Studi Teknik Informatika, Universitas Contoh, 2020"
    more = [
        Field("100", "1", " ", student),
        Field("264", " ", "1", [("a", "Bandung :"), ("b", "Universitas Contoh,"), ("c", "2020")]),
        Field("502", " ", " ", [("a", note)]),
        Field("520", " ", " ", [("a", "Tentang antrean.")]),
        Field("650", " ", "4", [("a", "Antrean")]),
        Field("700", "1", " ", lecturer),
    ]
    if complete:
        more.append(Field("856", "4", "0", [("u", "https://repo.example.ac.id/1.pdf"), ("7", "0")]))
    return marc_of(title, *more)
