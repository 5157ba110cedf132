"""What happened to a content is told as PREMIS 3.0: on its page, by API, in bags, and beside the object itself."""

import io
import zipfile
from pathlib import Path

import pytest
from defusedxml import ElementTree
from django.test import Client

from lumbung.accounts.domain.tokens import issue_token
from lumbung.digital.domain import fixity, places, store
from lumbung.digital.domain.bagging import bag_files
from lumbung.digital.domain.event_notes import note_events
from lumbung.digital.domain.files import restore_file, withdraw_file
from lumbung.digital.domain.kept_formats import identifying
from lumbung.digital.models import File, KeptContent
from lumbung.digital.permissions import CONTENTS_READ
from lumbung.digital.tests.factories import a_file
from lumbung.formats import ocfl
from lumbung.formats.premis import NAMESPACE, VOCABULARY

pytestmark = pytest.mark.django_db
P = f"{{{NAMESPACE}}}"


@pytest.fixture
def content(settings, tmp_path: Path, sari) -> KeptContent:
    """A file that came, was identified, copied, damaged, repaired, withdrawn and restored."""
    settings.FILES_COPY_URL = str(tmp_path / "second")
    file = a_file(name="Skripsi <Ani> & co.pdf")
    fixity.register([file.pk])
    kept = KeptContent.objects.get()
    identifying.identify_due()
    fixity.check(kept)
    path = Path(settings.DATA) / "files" / store.ROOT / ocfl.place_of(kept.sha256) / ocfl.CONTENT
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    fixity.check(kept)
    fixity.check(kept)
    withdraw_file(file, because="Salah unggah", by=sari)
    restore_file(file, by=sari)
    return KeptContent.objects.get()


def types(xml: bytes) -> list[tuple[str | None, str | None]]:
    events = ElementTree.fromstring(xml).findall(f"{P}event")
    outcome = f"{P}eventOutcomeInformation/{P}eventOutcome"
    return [(each.findtext(f"{P}eventType"), each.findtext(outcome)) for each in events]


def test_every_event_stands_in_its_order_with_its_outcome(content: KeptContent, signed_in, sari):
    answer = signed_in(Client(), sari).get(f"/staff/digital/preservation/{content.pk}/premis.xml")
    assert types(answer.content) == [
        ("ingestion", "success"),
        ("message digest calculation", "success"),
        ("format identification", "success"),
        ("replication", "success"),
        ("fixity check", "fail"),
        ("recovery", "success"),
        ("fixity check", "success"),
        ("deaccession", "success"),
        ("accession", "success"),
    ]


def test_the_object_is_told_as_the_data_dictionary_wants(content: KeptContent):
    root = ElementTree.fromstring(note_of(content))
    assert (root.tag, root.get("version")) == (f"{P}premis", "3.0")
    assert [each.tag.removeprefix(P) for each in root] == ["object", *["event"] * 9, *["agent"] * (len(root) - 10)]
    (kept,) = root.findall(f"{P}object")
    assert [each.tag.removeprefix(P) for each in kept] == [
        "objectIdentifier",
        "objectCharacteristics",
        "originalName",
        "storage",
    ]
    traits = kept.find(f"{P}objectCharacteristics")
    assert [each.tag.removeprefix(P) for each in traits] == ["fixity", "size", "format"]
    assert kept.findtext(f".//{P}messageDigest") == content.sha256
    assert kept.findtext(f".//{P}formatRegistryKey") == "fmt/18"
    assert kept.findtext(f"{P}originalName") == "Skripsi <Ani> & co.pdf"
    event = root.find(f"{P}event")
    order = ["eventIdentifier", "eventType", "eventDateTime", "eventDetailInformation", "eventOutcomeInformation"]
    assert [each.tag.removeprefix(P) for each in event] == [*order, "linkingAgentIdentifier", "linkingObjectIdentifier"]
    kind = event.find(f"{P}eventType")
    assert kind.get("valueURI") == f"{VOCABULARY}/eventType/ing"
    agents = {each.findtext(f".//{P}agentIdentifierValue") for each in root.findall(f"{P}agent")}
    linked = {each.text for each in root.findall(f".//{P}linkingAgentIdentifierValue")}
    assert agents == linked


def test_people_are_told_by_their_key_alone(content: KeptContent, sari):
    told = note_of(content).decode()
    assert f"user:{sari.pk}" in told
    assert "Sari" not in told


def note_of(content: KeptContent) -> bytes:
    note_events([content.pk])
    return places.first().said(content.sha256, ocfl.EVENTS)


def test_it_stands_beside_the_object_in_every_place_and_spoils_nothing(content: KeptContent):
    told = note_of(content)
    copy = places.second()
    assert copy is not None
    assert copy.said(content.sha256, ocfl.EVENTS) == told
    assert not fixity.check(content).is_in_trouble
    assert fixity.check(content).said == ""


def test_a_bag_brings_it_along(content: KeptContent):
    target = io.BytesIO()
    file = File.objects.get()
    bag_files(file.record, target, address="http://perpus.test/records/1", by=None)
    with zipfile.ZipFile(target) as packed:
        (name,) = [each for each in packed.namelist() if each.endswith(f"/premis/file-{file.pk}.xml")]
        assert len(types(packed.read(name))) == 9


def test_programs_ask_for_it_with_a_token_of_its_own_scope(content: KeptContent, sari, ani):
    address = f"/api/v1/contents/{content.sha256}/premis"
    assert Client().get(address).status_code == 401
    token = issue_token(sari, name="arsip", scopes=[CONTENTS_READ], by=sari)[1]
    answer = Client().get(address, headers={"Authorization": f"Bearer {token}"})
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/xml; charset=utf-8")
    assert len(types(answer.content)) == 9
    assert Client().get(address[:-20], headers={"Authorization": f"Bearer {token}"}).status_code == 404
    other = Client().get("/api/v1/contents/" + "0" * 64 + "/premis", headers={"Authorization": f"Bearer {token}"})
    assert other.status_code == 404
