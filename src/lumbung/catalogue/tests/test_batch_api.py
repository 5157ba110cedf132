"""Changing many records or items through the API: the same verbs as the pages, with a preview and a way back."""

import pytest

from lumbung.accounts.models import Role
from lumbung.catalogue.models import Batch, Item, Record
from lumbung.catalogue.tests.factories import BranchFactory, a_record, an_item
from lumbung.formats.marc import Field
from lumbung.kernel.jobs.worker import work_off
from lumbung.kernel.models import JournalEntry

pytestmark = pytest.mark.django_db
BATCHES = "/api/v1/batches"
STEP = {"action": "replace", "tag": "650", "code": "a", "find": "Padi", "put": "Beras"}


@pytest.fixture
def cataloguer(with_role, calling):
    return calling(with_role(Role.CATALOGUER), "batches:read", "batches:write")


def asked(client, path, **body):
    return client.post(f"{BATCHES}{path}", body, content_type="application/json")


def of_records(client, **more):
    return asked(client, "/records", name="Padi", selection={"material": "book"}, steps=[STEP], **more)


def test_records_are_looked_at_changed_and_given_back(cataloguer):
    record = a_record("Sawah", Field("650", " ", "4", [("a", "Padi")]))
    a_record("Kota", Field("650", " ", "4", [("a", "Kota")]))
    begun = of_records(cataloguer)
    key = begun.json()["id"]
    assert (begun.status_code, begun["Location"], begun.json()["state"]) == (202, f"{BATCHES}/{key}", "preparing")
    work_off()
    told = cataloguer.get(f"{BATCHES}/{key}").json()
    assert {name: told[name] for name in ("state", "expected", "looked_at", "unchanged", "counts")} == {
        "state": "ready", "expected": 2, "looked_at": 2, "unchanged": 1, "counts": {"planned": 1},
    }  # fmt: skip
    preview = cataloguer.get(f"{BATCHES}/{key}/differences").json()
    [row] = preview["rows"]
    assert (row["key"], row["label"], row["outcome"], row["reasons"]) == (record.pk, "Sawah", "planned", [])
    assert row["rows"] == [{"field": "650", "before": "#4 $aPadi", "after": "#4 $aBeras"}]
    assert Record.objects.get(pk=record.pk).version == 1
    assert asked(cataloguer, f"/{key}/start").json()["state"] == "running"
    work_off()
    assert Record.objects.get(pk=record.pk).marc_record.first("650").get("a") == "Beras"
    assert asked(cataloguer, f"/{key}/undo").status_code == 202
    work_off()
    assert Record.objects.get(pk=record.pk).marc_record.first("650").get("a") == "Padi"
    assert cataloguer.get(f"{BATCHES}/{key}").json()["counts"] == {"undone": 1}
    assert set(JournalEntry.objects.filter(name__startswith="Batch").values_list("channel", flat=True)) >= {"api"}


def test_items_by_codes_and_a_list_with_unknown_lines(cataloguer):
    item = an_item(barcode="B-1")
    BranchFactory(code="FT")
    begun = asked(
        cataloguer,
        "/items",
        name="Pindah",
        selection={"barcodes": ["b-1", "B-9"]},
        put={"branch": "ft", "price": "45000"},
        note_added="2026",
    )
    work_off()
    told = cataloguer.get(begun["Location"]).json()
    assert (told["unknown"], told["counts"]) == (["B-9"], {"planned": 1})
    asked(cataloguer, f"/{told['id']}/start")
    work_off()
    item.refresh_from_db()
    assert (item.branch.code, str(item.price), item.note) == ("FT", "45000.00", "2026")


@pytest.mark.parametrize(
    ("path", "body", "status", "word"),
    [
        ("/records", {"name": "x", "selection": {}, "steps": [STEP]}, 409, "nothing_chosen"),
        ("/records", {"name": "x", "selection": {"material": "book"}, "steps": []}, 422, "steps"),
        ("/records", {"name": "x", "selection": {"material": "book"}, "steps": [{**STEP, "action": "burn"}]}, 422, "action"),
        ("/records", {"name": "x", "selection": {"material": "book"}, "steps": [{**STEP, "tag": "6"}]}, 409, "step_tag"),
        ("/records", {"name": "x", "selection": {"colour": "red"}, "steps": [STEP]}, 422, "colour"),
        ("/records", {"name": "x", "selection": {"branch": "NOWHERE"}, "steps": [STEP]}, 422, "branch"),
        ("/items", {"name": "x", "selection": {"barcodes": ["B"]}}, 409, "nothing_to_change"),
        ("/items", {"name": "x", "selection": {"barcodes": ["B"]}, "empty": ["barcode"]}, 422, "empty"),
        ("/items", {"name": "x", "selection": {"barcodes": ["B"]}, "replace_in": "barcode", "find": "x"}, 422, "replace_in"),
        ("/items", {"name": "x", "selection": {"barcodes": ["B"]}, "class_to": "DDC"}, 409, "step_scheme"),
        ("/1/start", {}, 404, "not-found"),
    ],
)
def test_what_cannot_be_asked_is_told_and_nothing_begins(cataloguer, path, body, status, word):
    answer = asked(cataloguer, path, **body)
    assert (answer.status_code, word in answer.text) == (status, True)
    assert not Batch.objects.exists()


def test_a_batch_is_started_once_and_a_dropped_one_never(cataloguer):
    a_record("Sawah", Field("650", " ", "4", [("a", "Padi")]))
    key = of_records(cataloguer).json()["id"]
    assert asked(cataloguer, f"/{key}/start").status_code == 409
    work_off()
    assert asked(cataloguer, f"/{key}/drop").json()["state"] == "dropped"
    assert (asked(cataloguer, f"/{key}/start").status_code, asked(cataloguer, f"/{key}/undo").status_code) == (409, 409)
    assert Record.objects.get().version == 1


def test_a_reader_of_batches_starts_none_and_a_clerk_sees_none(with_role, calling):
    reader = calling(with_role(Role.CATALOGUER), "batches:read")
    assert (of_records(reader).status_code, reader.get(BATCHES).status_code) == (403, 200)
    clerk = calling(with_role(Role.CIRCULATION), "batches:read", "batches:write")
    assert (of_records(clerk).status_code, clerk.get(BATCHES).status_code) == (403, 403)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_for_one_and_for_three(cataloguer, count, django_assert_max_num_queries):
    for _ in range(count):
        of_records(cataloguer)
    cataloguer.get(BATCHES)
    with django_assert_max_num_queries(4):
        assert len(cataloguer.get(BATCHES).json()["rows"]) == count
    assert Item.objects.count() == 0
