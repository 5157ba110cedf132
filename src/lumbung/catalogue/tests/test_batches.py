"""Changing many records or items: worked out first, carried out as looked at, taken back as a whole, later edits left alone."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from lumbung.catalogue.domain import batches
from lumbung.catalogue.domain.batches import Action, ItemChanges, Step, go_ahead, start_item_batch, start_record_batch
from lumbung.catalogue.domain.batches.steps import applied
from lumbung.catalogue.domain.item_selection import Selection
from lumbung.catalogue.domain.items import change_item
from lumbung.catalogue.domain.record_selection import RecordSelection
from lumbung.catalogue.domain.records import change_record, remove_record
from lumbung.catalogue.models import Batch, Record
from lumbung.catalogue.queries import batch_counts
from lumbung.catalogue.tests.factories import BranchFactory, a_record, an_item, marc_of
from lumbung.formats.marc import Field
from lumbung.formats.marc import Record as Marc
from lumbung.formats.marc.lines import from_lines, to_lines
from lumbung.kernel.jobs.worker import work_off
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.refusals import Refused
from lumbung.organization.domain.branches import add_location

PADI = Field("650", " ", "4", [("a", "Padi"), ("x", "Penyakit")])


def done(text: str, *steps: Step) -> str:
    """What becomes of these MARC lines."""
    return "\n".join(to_lines(applied(from_lines(text), steps)).splitlines()[1:])


RECORD = """008 200520s1980    io a          000 1 ||| d
245 10 $aBumi manusia
500 ## $aCetakan ke-3
650 #4 $aPadi$xPenyakit
650 #4 $aJagung"""


@pytest.mark.parametrize(
    ("step", "line", "count"),
    [
        (Step(action="add", put="650 #4 $aTebu"), "650 #4 $aTebu", 6),
        (Step(action="add", put="650 #4 $aJagung"), "650 #4 $aJagung", 5),
        (Step(action="replace", tag="650", code="a", find="padi", put="Padi sawah"), "650 #4 $aPadi sawah$xPenyakit", 5),
        (Step(action="replace", tag="6XX", find="padi", put="Padi sawah", same_case=True), "650 #4 $aPadi$xPenyakit", 5),
        (Step(action="replace", tag="***", find=r"ke-(\d)", put=r"\1", regex=True), "500 ## $aCetakan 3", 5),
        (Step(action="replace", tag="500", find="$1.00 (", put="x"), "500 ## $aCetakan ke-3", 5),
        (Step(action="set", tag="650", code="2", find="Jagung", put="tsp"), "650 #4 $aJagung$2tsp", 5),
        (Step(action="delete_field", tag="650", find="Jagung"), "650 #4 $aPadi$xPenyakit", 4),
        (Step(action="delete_subfield", tag="650", code="x"), "650 #4 $aPadi", 5),
        (Step(action="delete_subfield", tag="500", code="a"), "650 #4 $aJagung", 4),
        (Step(action="move", tag="650", code="x", put="653 a"), "653 ## $aPenyakit", 6),
        (Step(action="move", tag="650", code="x", put="650 v"), "650 #4 $aPadi$vPenyakit", 5),
        (Step(action="move", tag="500", put="520"), "520 ## $aCetakan ke-3", 5),
        (Step(action="position", tag="008", code="35-37", put="ind"), "008 200520s1980    io a          000 1 ind d", 5),
    ],
)  # fmt: skip
def test_a_step_does_what_it_says_and_nothing_else(step: Step, line: str, count: int) -> None:
    assert step.faults() == []
    lines = done(RECORD, step).splitlines()
    assert (line in lines, len(lines)) == (True, count)


def test_the_leader_is_set_by_position() -> None:
    assert (
        applied(Marc("00000nam a2200000 c 4500", []), [Step(action="position", tag="LDR", code="18", put="i")]).leader[18]
        == "i"
    )


@pytest.mark.parametrize(
    ("step", "codes"),
    [
        (Step(action="add", put="bukan MARC"), ["step_line"]),
        (Step(action="add", put="650 #4 $aA\n651 #4 $aB"), ["step_line"]),
        (Step(action="replace", tag="65", code="", find="", put="x"), ["step_tag", "step_nothing"]),
        (Step(action="replace", tag="650", find="(", put="x", regex=True), ["pattern_wrong"]),
        (Step(action="replace", tag="650", find="(a)", put=r"\2", regex=True), ["pattern_wrong"]),
        (Step(action="replace", tag="650", find="a" * 501, put="x"), ["pattern_wrong"]),
        (Step(action="set", tag="650", code="", put="x"), ["step_code"]),
        (Step(action="move", tag="650", code="a", put="ke mana"), ["step_line"]),
        (Step(action="position", tag="008", code="35-37", put="in"), ["step_position"]),
        (Step(action="position", tag="245", code="1", put="x"), ["step_position"]),
    ],
)
def test_a_step_that_cannot_be_meant_is_refused_with_every_reason(step: Step, codes: list[str]) -> None:
    assert [each.code for each in step.faults()] == codes


def test_a_pattern_without_end_is_stopped() -> None:
    with pytest.raises(Refused, match="pattern_too_slow"):
        done("500 ## $a" + "a" * 4000 + "!", Step(action="replace", tag="500", find=r"^(a|a|aa)+$", put="", regex=True))


@pytest.fixture
def three(db):
    """Three titles about rice; the second lacks the title that its step would take away."""
    return [a_record(title, PADI) for title in ("Satu", "Dua", "Tiga")]


def ran(batch):
    batches.prepare_batch(batch)
    go_ahead(batch, by=None)
    return batches.run_batch(batch)


def to(*steps, **selection):
    selection = selection or {"material": "book"}
    return start_record_batch(RecordSelection(**selection), steps, name="Padi", by=None)


RENAME = Step(action=Action.REPLACE, tag="650", code="a", find="Padi", put="Padi sawah")


def subjects():
    return [each.marc_record.first("650").get("a") for each in Record.objects.order_by("pk")]


def test_nothing_changes_before_it_was_looked_at_and_agreed_to(three, sari):
    batch = batches.prepare_batch(to(RENAME))
    assert (batch.state, batch.expected, batch.looked_at, batch.unchanged) == ("ready", 3, 3, 0)
    assert subjects() == ["Padi"] * 3
    first = batches.differences(batch, batch.lines.all())[0]
    assert [piece.text for piece in first.rows[0].after.pieces if piece.differs] == ["Padi sawah"]
    go_ahead(batch, by=sari)
    batches.run_batch(batch)
    assert subjects() == ["Padi sawah"] * 3
    assert batch_counts(batch) == {"changed": 3}
    names = JournalEntry.objects.filter(name__contains="Batch").order_by("pk").values_list("name", flat=True)
    assert list(names) == ["BatchWorkedOut", "BatchStarted", "RecordsBatched", "BatchFinished"]
    with pytest.raises(Refused, match="batch_not_ready"):
        go_ahead(batch, by=sari)


def test_a_whole_batch_is_taken_back_and_later_edits_stay(three):
    batch = ran(to(RENAME))
    later = Record.objects.get(pk=three[0].pk)
    made = later.marc_record
    made.fields.append(Field("500", subfields=[("a", "sesudahnya")]))
    change_record(later, made, version=later.version, by=None)
    clash = Record.objects.get(pk=three[1].pk)
    other = clash.marc_record
    other.first("650").subfields[0] = ("a", "Padi gogo")
    change_record(clash, other, version=clash.version, by=None)
    batches.take_back_batch(batch, by=None)
    batches.undo_batch(batch)
    assert batch.state == "undone"
    assert subjects() == ["Padi", "Padi gogo", "Padi"]
    assert Record.objects.get(pk=three[0].pk).marc_record.first("500").get("a") == "sesudahnya"
    assert batch_counts(batch) == {"undone": 2, "left": 1}
    with pytest.raises(Refused, match="batch_not_finished"):
        batches.take_back_batch(batch, by=None)


def test_what_changed_or_went_after_the_look_is_left_alone(three):
    batch = batches.prepare_batch(to(RENAME))
    now = Record.objects.get(pk=three[0].pk)
    change_record(now, marc_of("Berubah", PADI), version=now.version, by=None)
    remove_record(three[1], by=None)
    go_ahead(batch, by=None)
    batches.run_batch(batch)
    assert batch_counts(batch) == {"left": 2, "changed": 1}
    assert subjects() == ["Padi", "Padi sawah"]
    told = batches.differences(batch, batch.lines.filter(outcome="left"))
    assert [each.reasons for each in told] == [
        ["Sudah diubah orang sesudah pratinjau, jadi dibiarkan."],
        ["Cantuman ini sudah tidak ada."],
    ]


def test_a_record_that_would_be_spoilt_is_refused_with_its_reasons(three):
    batch = batches.prepare_batch(to(Step(action=Action.DELETE_FIELD, tag="245", find="Dua")))
    assert (batch_counts(batch), batch.unchanged) == ({"refused": 1}, 2)
    [told] = batches.differences(batch, batch.lines.all())
    assert told.reasons[0] == "Cantuman belum berjudul. Isi judulnya (ruas 245)."
    invalid = batches.prepare_batch(to(Step(action=Action.POSITION, tag="LDR", code="6", put="?")))
    assert batch_counts(invalid) == {"refused": 3}
    fixed = batches.prepare_batch(to(Step(action=Action.DELETE_FIELD, tag="008"), Step(action=Action.ADD, put="008 tidak sah")))
    assert "refused" in batch_counts(fixed)


def test_a_batch_killed_in_the_middle_goes_on_where_it_was(three, monkeypatch):
    monkeypatch.setattr("lumbung.catalogue.domain.batches.running.STRETCH", 1)
    batch = batches.prepare_batch(to(RENAME))
    go_ahead(batch, by=None)
    from lumbung.catalogue.domain.batches import running  # noqa: PLC0415 -- a stretch alone is nobody else's business

    running._run_stretch(batch.pk)
    assert batch_counts(batch) == {"planned": 2, "changed": 1}
    assert batches.run_batch(batch).state == "finished"
    assert Record.objects.filter(version=2).count() == 3


def test_everything_and_nothing_are_refused(db):
    for selection, steps, codes in (({}, [RENAME], "nothing_chosen"), ({"material": "book"}, [], "nothing_to_change")):
        with pytest.raises(Refused, match=codes):
            start_record_batch(RecordSelection(**selection), steps, name="x", by=None)
    with pytest.raises(Refused, match="nothing_to_change"):
        start_item_batch(Selection(barcodes=["1"]), ItemChanges(), name="x", by=None)
    with pytest.raises(Refused, match="reference_gone"):
        start_item_batch(Selection(barcodes=["1"]), ItemChanges(put={"branch": 999}), name="x", by=None)


@pytest.fixture
def copies(db):
    record = a_record()
    return [an_item(record, f"B-{number}") for number in (1, 2, 3)]


def test_items_change_place_and_status_and_come_back(copies):
    teknik = BranchFactory(code="TEKNIK")
    shelf = add_location(teknik, code="LT2", name="Lantai 2", by=None)
    change_item(copies[0], note="lama", by=None)
    changes = ItemChanges(
        put={"branch": teknik.pk, "location": shelf.pk, "status": "in_repair", "price": "1500.00"}, note_added="pindah",
        replace_in="call_number", find="x", replace_by="y",
    )  # fmt: skip
    batch = ran(start_item_batch(Selection(barcodes=["b-1", "B-2", "B-"]), changes, name="Pindah", by=None))
    assert (batch.unknown, batch_counts(batch)) == (["B-"], {"changed": 2})
    copies[0].refresh_from_db()
    told = (copies[0].branch, copies[0].held_at, copies[0].location, copies[0].status, copies[0].note, str(copies[0].price))
    assert told == (teknik, teknik, shelf, "in_repair", "lama\npindah", "1500.00")
    [shown, _] = batches.differences(batch, batch.lines.all())
    assert ("Cabang", "Perpustakaan PUSAT", "Perpustakaan TEKNIK") in shown.rows
    change_item(copies[0], note="lama\npindah, dijilid", by=None)
    batches.take_back_batch(batch, by=None)
    batches.undo_batch(batch)
    copies[0].refresh_from_db()
    copies[1].refresh_from_db()
    assert (copies[0].branch.code, copies[0].status, copies[0].note) == ("PUSAT", "available", "lama\npindah, dijilid")
    assert (copies[1].branch.code, copies[1].location, copies[1].note, copies[1].price) == ("PUSAT", None, "", None)
    assert batch_counts(batch) == {"left": 1, "undone": 1}


def test_a_shelf_of_another_branch_is_refused_before_anything_changes(copies):
    shelf = add_location(BranchFactory(code="TEKNIK"), code="LT2", name="Lantai 2", by=None)
    batch = start_item_batch(Selection(record=copies[0].record_id), ItemChanges(put={"location": shelf.pk}), name="x", by=None)
    batches.prepare_batch(batch)
    assert batch_counts(batch) == {"refused": 3}
    told = batches.differences(batch, batch.lines.all()[:1])[0]
    assert told.reasons == ["Lokasi Lantai 2 bukan bagian dari cabang Perpustakaan PUSAT."]


def test_fields_of_items_are_emptied(copies):
    change_item(copies[0], note="x", vendor="Toko", by=None)
    ran(start_item_batch(Selection(record=copies[0].record_id), ItemChanges(empty=("note", "vendor")), name="x", by=None))
    copies[0].refresh_from_db()
    assert (copies[0].note, copies[0].vendor) == ("", "")


STEP = {"steps-TOTAL_FORMS": "1", "steps-INITIAL_FORMS": "0", "steps-0-action": "replace", "steps-0-tag": "650"}
STEP |= {"steps-0-code": "a", "steps-0-find": "Padi", "steps-0-put": "Padi sawah", "name": "Ejaan padi"}


def test_sari_walks_through_a_batch_of_titles(client, sari, signed_in, three):
    desk = signed_in(client, sari)
    start = reverse("catalogue:batch_records")
    more = desk.post(start, {**STEP, "more": "1"})
    assert (more.status_code, 'name="steps-1-action"' in more.content.decode()) == (200, True)
    nothing = desk.post(start, STEP)
    assert (nothing.status_code, "Pilih dahulu" in nothing.content.decode()) == (422, True)
    wrong = desk.post(start, {**STEP, "steps-0-tag": "6", "material": "book"})
    assert (wrong.status_code, "tiga angka" in wrong.content.decode()) == (422, True)
    listed = SimpleUploadedFile("daftar.txt", f"{three[0].pk}\n{three[1].pk}\n99999\n".encode())
    desk.post(start, {**STEP, "lines_are": "record", "lines_file": listed})
    batch = Batch.objects.get()
    page = reverse("catalogue:batch", args=[batch.pk])
    assert "belum ada yang diubah" in desk.get(page).content.decode()
    work_off()
    told = desk.get(page).content.decode()
    assert ("Jalankan pada 2" in told, "99999" in told, "Padi sawah" in told) == (True, True, True)
    again = desk.get(start, {"from": batch.pk}).content.decode()
    assert ('value="Padi sawah"' in again, "Ejaan padi" in again) == (True, True)
    desk.post(reverse("catalogue:batch_start", args=[batch.pk]))
    work_off()
    assert subjects() == ["Padi sawah", "Padi sawah", "Padi"]
    assert "Batalkan seluruh perubahan ini" in desk.get(page).content.decode()
    desk.post(reverse("catalogue:batch_undo", args=[batch.pk]))
    work_off()
    assert subjects() == ["Padi"] * 3
    assert "Dipulihkan" in desk.get(page, {"outcome": "undone"}).content.decode()


def test_a_batch_of_items_is_dropped_before_it_begins(client, sari, signed_in, copies):
    desk = signed_in(client, sari)
    desk.post(reverse("catalogue:batch_items"), {"barcodes": "B-1", "to_status": "damaged", "name": "Rusak", "replace_in": ""})
    work_off()
    batch = Batch.objects.get()
    assert "Rusak" in desk.get(reverse("catalogue:batch", args=[batch.pk])).content.decode()
    desk.post(reverse("catalogue:batch_drop", args=[batch.pk]))
    batch.refresh_from_db()
    copies[0].refresh_from_db()
    assert (batch.state, batch.lines.count(), copies[0].status) == ("dropped", 0, "available")
    empty = desk.post(reverse("catalogue:batch_items"), {"barcodes": "B-1", "name": "Kosong"})
    assert (empty.status_code, "Belum dikatakan" in empty.content.decode()) == (422, True)


def test_only_cataloguers_change_many_at_once(client, ani, budi, with_role, signed_in, three):
    batch = to(RENAME)
    pages = [reverse(f"catalogue:{name}") for name in ("batches", "batch_records", "batch_items")]
    pages.append(reverse("catalogue:batch", args=[batch.pk]))
    assert [client.get(page).status_code for page in pages] == [302] * 4
    for user in (ani.user, budi.user, with_role("circulation")):
        assert [signed_in(client, user).get(page).status_code for page in pages] == [403] * 4
        assert client.post(reverse("catalogue:batch_start", args=[batch.pk])).status_code == 403
    assert [signed_in(client, with_role("cataloguer")).get(page).status_code for page in pages] == [200] * 4


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_ask_as_much_for_three_as_for_one(client, sari, signed_in, count, django_assert_num_queries):
    for number in range(count):
        a_record(f"Judul {number}", PADI)
        batch = batches.prepare_batch(to(RENAME))
    desk = signed_in(client, sari)
    with django_assert_num_queries(6):
        desk.get(reverse("catalogue:batches"))
    with django_assert_num_queries(9):
        desk.get(reverse("catalogue:batch", args=[batch.pk]))
