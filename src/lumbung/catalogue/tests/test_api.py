import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lumbung.accounts.models import Role
from lumbung.catalogue.domain.items import add_item
from lumbung.catalogue.domain.records import add_record
from lumbung.catalogue.models import Item, ItemType, Record
from lumbung.formats import marc
from lumbung.kernel.api.problems import TITLES
from lumbung.kernel.models import JournalEntry
from lumbung.members.tests.factories import HomeBranchFactory

pytestmark = pytest.mark.django_db
RECORDS = "/api/v1/records"
BUMI = {
    "leader": "00000nam a2200000 i 4500",
    "fields": [
        {"008": "900101s1980    io            000 1 ind d"},
        {"020": {"ind1": " ", "ind2": " ", "subfields": [{"a": "9789799731234"}]}},
        {"100": {"ind1": "1", "ind2": " ", "subfields": [{"a": "Toer, Pramoedya Ananta"}]}},
        {"245": {"ind1": "1", "ind2": "0", "subfields": [{"a": "Bumi manusia"}]}},
        {"999": {"ind1": "x", "ind2": "9", "subfields": [{"z": "ruas setempat"}]}},
    ],
}


@pytest.fixture
def cataloguer(with_role, calling):
    return calling(with_role(Role.CATALOGUER), "records:read", "records:write", "items:read", "items:write")


@pytest.fixture
def bumi(db) -> Record:
    return add_record(marc.from_json(BUMI), by=None)


def _put(client, record, body, version):
    return client.put(f"{RECORDS}/{record.pk}/marc?version={version}", body, content_type="application/json")


def test_a_record_is_added_and_read_back_whole(cataloguer):
    added = cataloguer.post(RECORDS, BUMI, content_type="application/json")
    assert added.status_code == 201
    key = added.json()["id"]
    assert added.json() == {"id": key, "version": 1}
    assert added["Location"] == f"{RECORDS}/{key}"
    read = cataloguer.get(f"{RECORDS}/{key}/marc")
    assert json.loads(read.content) == BUMI
    assert (read["Content-Type"], read["ETag"]) == ("application/marc-in-json", '"1"')
    assert JournalEntry.objects.get(name="RecordAdded").channel == "api"


@pytest.mark.parametrize(
    ("facts", "accept", "media_type", "start"),
    [
        ({"format": "xml"}, "*/*", "application/marcxml+xml", b"<?xml"),
        ({"format": "iso2709"}, "*/*", "application/marc", b"00"),
        ({"format": "mods"}, "*/*", "application/mods+xml", b"<?xml"),
        ({"format": "dc"}, "*/*", "application/xml; profile=oai_dc", b"<?xml"),
        ({"format": "json"}, "application/marc", "application/marc-in-json", b"{"),
        ({}, "application/marcxml+xml", "application/marcxml+xml", b"<?xml"),
        ({}, "application/marc", "application/marc", b"00"),
        ({}, "text/html, application/xml;q=0.9", "application/marcxml+xml", b"<?xml"),
    ],
)
def test_anybody_reads_a_record_in_the_form_they_like(client, bumi, facts, accept, media_type, start):
    read = client.get(f"{RECORDS}/{bumi.pk}/marc", facts, headers={"accept": accept})
    assert (read.status_code, read["Content-Type"]) == (200, media_type)
    assert read.content.startswith(start)


def test_a_form_nobody_has_is_not_acceptable(client, bumi):
    assert client.get(f"{RECORDS}/{bumi.pk}/marc", headers={"accept": "image/png"}).status_code == 406
    assert client.get(f"{RECORDS}/{bumi.pk}/marc", {"format": "bibframe"}).status_code == 422


@pytest.mark.parametrize("form", ["application/marcxml+xml", "application/marc", "application/marc-in-json"])
def test_what_was_read_in_any_form_can_be_sent_back(cataloguer, bumi, form):
    read = cataloguer.get(f"{RECORDS}/{bumi.pk}/marc", headers={"accept": form})
    sent = cataloguer.put(f"{RECORDS}/{bumi.pk}/marc?version=1", read.content, content_type=form)
    assert (sent.status_code, sent.json()) == (200, {"id": bumi.pk, "version": 1})
    bumi.refresh_from_db()
    assert bumi.marc["fields"] == BUMI["fields"]


def test_a_change_that_began_from_an_older_version_is_refused(cataloguer, bumi):
    other = {**BUMI, "fields": [*BUMI["fields"], {"500": {"ind1": " ", "ind2": " ", "subfields": [{"a": "Catatan"}]}}]}
    assert _put(cataloguer, bumi, other, 1).json() == {"id": bumi.pk, "version": 2}
    late = _put(cataloguer, bumi, BUMI, 1)
    assert (late.status_code, [each["code"] for each in late.json()["reasons"]]) == (409, ["stale"])


def test_a_record_without_a_title_or_with_a_strange_field_is_refused(cataloguer):
    untitled = {"leader": BUMI["leader"], "fields": [{"020": {"ind1": " ", "ind2": " ", "subfields": [{"a": "1"}]}}]}
    assert cataloguer.post(RECORDS, untitled, content_type="application/json").json()["reasons"][0]["code"] == "no_title"
    strange = {**BUMI, "fields": [*BUMI["fields"], {"4x": "?"}]}
    assert cataloguer.post(RECORDS, strange, content_type="application/json").status_code == 409
    assert Record.objects.count() == 0


@pytest.mark.parametrize(("body", "form", "status"), [(b"[]", "application/json", 422), (b"{}", "text/csv", 415)])
def test_a_body_that_is_no_record_is_told_so(cataloguer, body, form, status):
    answer = cataloguer.post(RECORDS, body, content_type=form)
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")


def test_titles_are_listed_newest_first_and_found_by_isbn(client, bumi, django_assert_num_queries):
    client.get(RECORDS)
    with django_assert_num_queries(1):
        assert [row["title"] for row in client.get(RECORDS).json()["rows"]] == ["Bumi manusia"]
    for _ in range(2):
        add_record(marc.from_json({**BUMI, "fields": BUMI["fields"][3:]}), by=None)
    with django_assert_num_queries(1):
        told = client.get(RECORDS, {"size": 2}).json()
    assert (len(told["rows"]), told["more"]) == (2, True)
    [row] = client.get(RECORDS, {"isbn": "978-979-97312-3-4"}).json()["rows"] or [None]
    assert row["id"] == bumi.pk
    assert (row["creator"], row["year"], row["language"]) == ("Toer, Pramoedya Ananta", 1980, "ind")


def test_a_hidden_record_is_shown_to_cataloguers_alone(client, cataloguer, bumi, ani, calling):
    Record.objects.update(suppressed=True)
    assert client.get(RECORDS).json()["rows"] == []
    assert client.get(f"{RECORDS}/{bumi.pk}/marc").status_code == 404
    assert calling(ani.user, "records:read").get(f"{RECORDS}/{bumi.pk}/marc").status_code == 404
    assert cataloguer.get(f"{RECORDS}/{bumi.pk}/marc").status_code == 200


def test_ani_and_the_desk_change_no_record(client, bumi, ani, with_role, calling):
    for caller in (calling(ani.user, "records:write", "items:write"), calling(with_role(Role.CIRCULATION), "records:write")):
        assert caller.post(RECORDS, BUMI, content_type="application/json").status_code == 403
        assert _put(caller, bumi, BUMI, 1).status_code == 403
    assert client.post(RECORDS, BUMI, content_type="application/json").status_code == 401


def test_a_copy_is_added_and_its_status_set(cataloguer, bumi):
    HomeBranchFactory()
    ItemType.objects.create(code="textbook", name="Buku teks")
    facts = {"barcode": "B-1", "branch": "PUSAT", "item_type": "textbook", "call_number": "899.221 TOE b", "price": "85000.00"}
    added = cataloguer.post(f"{RECORDS}/{bumi.pk}/items", facts, content_type="application/json")
    assert (added.status_code, added.json()) == (201, {"barcode": "B-1", "record": bumi.pk, "status": "available"})
    twice = cataloguer.post(f"{RECORDS}/{bumi.pk}/items", facts, content_type="application/json")
    assert twice.json()["reasons"][0]["code"] == "barcode_taken_by_item"
    lost = cataloguer.put("/api/v1/items/B-1/status", {"status": "lost"}, content_type="application/json")
    assert lost.json()["status"] == "lost"
    assert Item.objects.get().status == "lost"
    assert cataloguer.put("/api/v1/items/B-1/status", {"status": "eaten"}, content_type="application/json").status_code == 422
    nowhere = cataloguer.post(f"{RECORDS}/{bumi.pk}/items", {**facts, "branch": "X"}, content_type="application/json")
    assert (nowhere.status_code, nowhere.json()["detail"]) == (422, "branch: X")


def test_a_copy_with_a_stroke_in_its_barcode_can_be_reached(cataloguer, bumi):
    branch, kind = HomeBranchFactory(), ItemType.objects.create(code="textbook", name="Buku teks")
    add_item(bumi, barcode="12/PUST/2024", branch=branch, item_type=kind, by=None)
    assert cataloguer.get("/api/v1/items/12/PUST/2024").json()["barcode"] == "12/PUST/2024"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    body=st.one_of(st.binary(max_size=200), st.text(max_size=100).map(lambda text: text.encode("utf-8", "replace"))),
    text=st.text(max_size=20),
    form=st.sampled_from(["application/json", "application/marcxml+xml", "application/marc"]),
)
def test_no_body_breaks_it(cataloguer, body, text, form):
    titled = {**BUMI, "fields": [{"245": {"ind1": "0", "ind2": "0", "subfields": [{"a": text}]}}]}
    answers = [
        cataloguer.post(RECORDS, body, content_type=form),
        cataloguer.post(RECORDS, json.dumps(titled).encode(), content_type="application/json"),
        cataloguer.get(RECORDS, {"isbn": text}),
    ]
    assert all(each.status_code < 500 for each in answers), [each.status_code for each in answers]


def test_some_fields_are_changed_and_the_rest_stays(cataloguer, bumi):
    note = {"500": {"ind1": " ", "ind2": " ", "subfields": [{"a": "Catatan"}]}}
    told = {"fields": [note, {"245": {"ind1": "1", "ind2": "0", "subfields": [{"a": "Bumi"}]}}], "remove": ["020"]}
    address = f"{RECORDS}/{bumi.pk}/marc"
    answer = cataloguer.patch(address, told, content_type="application/json", headers={"if-match": '"1"'})
    assert (answer.status_code, answer.json(), answer["ETag"]) == (200, {"id": bumi.pk, "version": 2}, '"2"')
    bumi.refresh_from_db()
    assert [next(iter(each)) for each in bumi.marc["fields"]] == ["008", "100", "245", "500", "999"]
    assert bumi.title == "Bumi"


@pytest.mark.parametrize(
    ("headers", "body", "status"),
    [
        ({}, {"fields": []}, 428),
        ({"if-match": '"x"'}, {"fields": []}, 422),
        ({"if-match": '"7"'}, {"remove": ["020"]}, 409),
        ({"if-match": '"1"'}, {"fields": [{"245": 5}]}, 422),
        ({"if-match": '"1"'}, {"fields": [{"500": {"ind1": " ", "ind2": " ", "subfields": [{"a": 5}]}}]}, 422),
        ({"if-match": '"1"'}, {"remove": ["245"]}, 409),
    ],
)
def test_a_change_of_fields_that_cannot_be_is_refused(cataloguer, bumi, headers, body, status):
    answer = cataloguer.patch(f"{RECORDS}/{bumi.pk}/marc", body, content_type="application/json", headers=headers)
    assert answer.status_code == status
    assert answer.json()["title"] in map(str, TITLES.values())
    bumi.refresh_from_db()
    assert bumi.version == 1


@pytest.mark.parametrize(
    ("field", "code"),
    [
        ({"245": "Bumi"}, "data_field"),
        ({"008": {"ind1": " ", "ind2": " ", "subfields": [{"a": "x"}]}}, "control_field"),
    ],
)
def test_a_field_of_another_shape_is_refused_with_the_way_there(cataloguer, bumi, field, code):
    body = {"fields": [{"500": {"ind1": " ", "ind2": " ", "subfields": [{"a": "x"}]}}, field]}
    address = f"{RECORDS}/{bumi.pk}/marc"
    answer = cataloguer.patch(address, body, content_type="application/json", headers={"if-match": '"1"'})
    assert answer.status_code == 422
    assert [(each["pointer"], each["code"]) for each in answer.json()["errors"]] == [
        (f"body/fields/1/{next(iter(field))}", code)
    ]
    bumi.refresh_from_db()
    assert bumi.version == 1


def test_a_whole_record_goes_back_under_the_etag_it_was_read_with(cataloguer, bumi):
    address = f"{RECORDS}/{bumi.pk}/marc"
    etag = cataloguer.get(address)["ETag"]
    other = {**BUMI, "fields": BUMI["fields"][:-1]}
    send = {"content_type": "application/json", "headers": {"if-match": etag}}
    assert cataloguer.put(address, other, **send)["ETag"] == '"2"'
    assert cataloguer.put(address, BUMI, **send).status_code == 409
