"""The two views of one record, and what they keep of each other."""

import pytest
from django.urls import reverse

from lumbung.catalogue.domain.records import add_record, change_record
from lumbung.catalogue.domain.revision import new_marc
from lumbung.catalogue.domain.simple_entry import SimpleEntry, entry_of
from lumbung.catalogue.models import Item, Material, Record
from lumbung.catalogue.tests.factories import ItemTypeFactory, a_record, marc_of
from lumbung.formats.marc import Field
from lumbung.formats.marc.lines import from_lines, to_lines
from lumbung.organization.tests.factories import BranchFactory

pytestmark = pytest.mark.django_db
STRANGE = [
    Field("245", "1", "0", [("6", "880-01"), ("a", "Judul"), ("9", "setempat")]),
    Field("500", " ", " ", [("a", "harga $5 {asli}"), ("a", "\u200fكتاب\u200f e\u0301 <b>tebal</b>")]),
    Field("880", "1", "0", [("6", "245-01"), ("a", "كتاب")]),
    Field("9XX", "x", "7", [("~", "tilde")]),
    Field("650", " ", "4", [("a", "Sesudah 9XX")]),
]


@pytest.fixture
def desk(client, sari, signed_in):
    return signed_in(client, sari)


def form_data(desk, record, **told):
    form = desk.get(edit(record)).context["form"]
    typed = {name: form[name].value() for name in form.fields}
    return {**{name: value for name, value in typed.items() if value not in (None, False)}, **told}


def edit(record):
    return reverse("catalogue:record_edit", args=[record.pk])


def marc(record):
    return reverse("catalogue:marc_edit", args=[record.pk])


def test_lines_saved_are_the_record_to_the_letter(desk):
    record = add_record(marc_of("Lama", *STRANGE), by=None)
    lines = desk.get(marc(record)).context["lines"]
    assert from_lines(lines) == record.marc_record
    answer = desk.post(marc(record), {"lines": lines.replace("Sesudah 9XX", "Diubah").replace("\n", "\r\n"), "version": "1"})
    assert answer["Location"] == reverse("catalogue:record", args=[record.pk])
    saved = Record.objects.get().marc_record
    assert [each for each in saved.fields if each.tag != "650"] == [
        each for each in record.marc_record.fields if each.tag != "650"
    ]
    assert saved.first("650").get("a") == "Diubah"


def test_what_was_typed_in_one_view_comes_over_to_the_other_and_nothing_is_lost(desk):
    record = add_record(marc_of("Lama", *STRANGE[1:]), by=None)
    shown = desk.post(edit(record), form_data(desk, record, title="Baru", to_marc="1"))
    lines = shown.context["lines"]
    assert "$aBaru" in lines
    assert "9XX x7 $~tilde" in lines
    assert Record.objects.get().title == "Lama"
    back = desk.post(marc(record), {"lines": lines + "599 ## $aCatatan kisi\n", "version": "1", "to_form": "1"})
    form = back.context["form"]
    sent = {name: form[name].value() for name in form.fields if form[name].value() not in (None, False)}
    desk.post(edit(record), {**sent, "year": "2020"})
    saved = Record.objects.get().marc_record
    assert (saved.first("245").get("a"), saved.first("599").get("a"), entry_of(saved).year) == ("Baru", "Catatan kisi", "2020")
    assert saved.all("500", "880", "9XX") == record.marc_record.all("500", "880", "9XX")


def test_blanks_and_line_breaks_the_form_cannot_show_stay(desk):
    record = a_record(
        "Judul", Field("500", subfields=[("a", "dua  blank\ndua baris")]), Field("520", subfields=[("a", "satu\n dua")])
    )
    desk.post(edit(record), form_data(desk, record, title="Judul baru"))
    saved = Record.objects.get().marc_record
    assert (saved.first("500").get("a"), saved.first("520").get("a")) == ("dua  blank\ndua baris", "satu\n dua")


@pytest.mark.parametrize("material", Material)
def test_another_template_keeps_what_was_typed(desk, material):
    typed = {
        "material": material,
        "title": "Peta Jawa",
        "scale": "1:25.000",
        "host": "Jurnal",
        "frequency": "Bulanan",
        "isbn": "1",
    }
    page = desk.post(reverse("catalogue:record_add"), {**typed, "template": "1"})
    assert page.status_code == 200
    shown = {field.name: field.value() for _, short, long in page.context["form"].sections() for field in [*short, *long]}
    assert {name: shown[name] for name in typed} == typed
    assert Record.objects.count() == 0


def test_a_template_is_there_before_a_title_is_typed(desk):
    empty = desk.get(reverse("catalogue:record_add")).content.decode()
    assert '<button class="button small" name="template" value="1" formnovalidate>' in empty
    page = desk.post(reverse("catalogue:record_add"), {"title": "", "material": "thesis", "template": "1"})
    assert ("Catatan tugas akhir" in page.content.decode(), page.status_code) == (True, 200)


def test_every_template_asks_for_what_its_kind_has(desk):
    for material, wanted in (
        ("article", {"host", "host_part", "host_issn"}),
        ("map", {"scale"}),
        ("serial", {"frequency", "numbering", "issn"}),
        ("video", {"performers", "credits", "system"}),
        ("ebook", {"addresses", "access"}),
        ("thesis", {"dissertation"}),
        ("kit", {"contents", "accompanying", "audience"}),
    ):
        page = desk.post(reverse("catalogue:record_add"), {"material": material, "template": "1"})
        shown = {field.name for _, short, long in page.context["form"].sections() for field in [*short, *long]}
        assert wanted <= shown


def test_an_article_points_to_its_journal(desk):
    told = {
        "material": "article",
        "title": "Panen raya",
        "host": "Majalah Tani",
        "host_part": "Vol. 2 (2024)",
        "host_issn": "0126-1754",
    }
    desk.post(reverse("catalogue:record_add"), {**told, "people": "Sugiyono"})
    host = Record.objects.get().marc_record.first("773")
    assert (host.ind1, host.subfields) == ("0", [("t", "Majalah Tani"), ("g", "Vol. 2 (2024)"), ("x", "0126-1754")])


def test_an_address_must_be_one_of_the_web(desk):
    answer = desk.post(reverse("catalogue:record_add"), {"material": "ebook", "title": "X", "addresses": "javascript:alert(1)"})
    assert answer.context["form"].errors["addresses"] == ["Alamat javascript:alert(1) harus diawali https://."]


def test_an_error_keeps_the_lines_on_the_page_and_out_of_the_catalogue(desk):
    record = a_record()
    lines = to_lines(record.marc_record) + "6500 $aTanda salah\n50x\x0b ## $a\x01\n"
    answer = desk.post(marc(record), {"lines": lines, "version": "1"})
    assert answer.status_code == 422
    assert answer.context["lines"] == lines
    assert answer.context["remarks"][0].kind == "unreadable"
    assert Record.objects.get().version == 1


def test_warnings_never_keep_a_record_from_being_saved(desk):
    record = a_record()
    lines = to_lines(record.marc_record) + "020 ## $a123\n245 00 $akedua\n650 99 $qapa\n"
    assert desk.post(marc(record), {"lines": lines, "version": "1"}).status_code == 302


def test_an_error_that_was_there_before_does_not_block_mending_something_else(desk):
    record = add_record(from_lines("LDR 00000n!m a2200000 c 4500\n008 pendek\n245 00 $aJudul\n"), by=None)
    lines = to_lines(record.marc_record)
    assert desk.post(marc(record), {"lines": lines.replace("Judul", "Judul baru"), "version": "1"}).status_code == 302
    answer = desk.post(marc(record), {"lines": lines.replace("pendek", "lebih pendek"), "version": "2"})
    assert (answer.status_code, answer.context["remarks"][0].kind) == (422, "length")


def test_hostile_text_is_shown_and_never_run(desk):
    record = a_record("<script>alert(1)</script>", Field("500", subfields=[("a", "</textarea><img src=x onerror=alert(1)>")]))
    for page in (marc(record), edit(record), reverse("catalogue:marc_print", args=[record.pk])):
        answer = desk.get(page).content.decode()
        assert "<script>alert" not in answer
        assert "<img src=x" not in answer


def test_a_title_of_many_copies_and_a_record_of_500_fields_ask_the_database_no_more(desk, django_assert_max_num_queries):
    notes = [Field("500", subfields=[("a", f"Catatan {n}")]) for n in range(500)]
    record = add_record(marc_of("Besar", *notes), by=None)
    place, kind = BranchFactory(), ItemTypeFactory()
    common = {"record": record, "branch": place, "held_at": place, "item_type": kind, "added_at": record.created_at}
    Item.objects.bulk_create(Item(barcode=f"B{n}", **common) for n in range(200))
    with django_assert_max_num_queries(18):
        assert len(desk.get(reverse("catalogue:record", args=[record.pk])).context["page"].object_list) == 50
    with django_assert_max_num_queries(8):
        assert desk.get(marc(record)).context["lines"].count("\n500 ") == 500


def test_a_new_record_begins_with_the_fields_of_its_kind(desk):
    lines = desk.get(reverse("catalogue:marc_add"), {"material": "video"}).context["lines"]
    made = from_lines(lines)
    assert (made.leader[6:8], made.control("007")[:2], made.first("338").get("b")) == ("gm", "vd", "vd")
    assert [each.tag for each in made.fields] == sorted(each.tag for each in made.fields)
    desk.post(reverse("catalogue:marc_add"), {"lines": lines.replace("245 10 $a", "245 10 $aGelombang")})
    assert (Record.objects.get().title, Record.objects.get().material) == ("Gelombang", "video")


def test_the_check_while_typing_names_the_field(desk):
    answer = desk.post(
        reverse("catalogue:marc_check"), {"lines": "LDR 00000nam a2200000 c 4500\n245 00 $aX\n022 ## $a1234-5678\n"}
    )
    told = [(each.tag, each.sentence) for each in answer.context["remarks"]]
    assert ("022", "ISSN “1234-5678” tidak sah: periksa angkanya, atau pindahkan ke $y.") in told


# two cataloguers


def by_budi(record, change):
    made = record.marc_record
    change(made)
    return change_record(record, made, version=record.version, by=None)


def test_what_two_cataloguers_changed_in_different_fields_is_put_together(desk):
    record = add_record(new_marc(SimpleEntry(title="Judul", people=["Sugiyono"], publisher="Alfabeta")), by=None)
    typed = form_data(desk, record, publisher="Gramedia")
    by_budi(record, lambda made: setattr(made.first("100"), "subfields", [("a", "Sugiyono, Dr.")]))
    answer = desk.post(edit(record), typed)
    assert answer.status_code == 409
    assert [(row.part.tag, row.part.origin) for row in answer.context["shown"]] == [("100", "theirs"), ("264", "mine")]
    assert Record.objects.get().version == 2
    desk.post(
        reverse("catalogue:record_merge", args=[record.pk]), {"mine": answer.context["mine"], "version": "1", "seen": "2"}
    )
    saved = entry_of(Record.objects.get().marc_record)
    assert (saved.people, saved.publisher) == (["Sugiyono, Dr."], "Gramedia")


@pytest.mark.parametrize(("choice", "title"), [("mine", "Punya Sari"), ("theirs", "Punya Budi")])
def test_where_both_changed_the_same_a_person_decides(desk, choice, title):
    record = a_record("Judul")
    by_budi(record, lambda made: setattr(made.first("245"), "subfields", [("a", "Punya Budi")]))
    lines = to_lines(record.marc_record).replace("$aJudul", "$aPunya Sari")
    answer = desk.post(marc(record), {"lines": lines, "version": "1"})
    [row] = answer.context["shown"]
    assert (answer.context["clashes"], row.part.origin) == (1, "clash")
    sent = {"mine": answer.context["mine"], "version": "1", "seen": "2", f"clash-{row.at}": choice}
    desk.post(reverse("catalogue:record_merge", args=[record.pk]), sent)
    assert Record.objects.get().title == title


def test_a_third_change_while_deciding_is_met_too(desk):
    record = a_record("Judul")
    by_budi(record, lambda made: made.fields.append(Field("500", subfields=[("a", "Budi")])))
    mine = to_lines(record.marc_record).replace("$aJudul", "$aSari")
    by_budi(Record.objects.get(), lambda made: made.fields.append(Field("500", subfields=[("a", "Ketiga")])))
    answer = desk.post(reverse("catalogue:record_merge", args=[record.pk]), {"mine": mine, "version": "1", "seen": "2"})
    assert answer.status_code == 409
    desk.post(reverse("catalogue:record_merge", args=[record.pk]), {"mine": mine, "version": "1", "seen": "3"})
    saved = Record.objects.get()
    assert (saved.title, [each.get("a") for each in saved.marc_record.all("500")]) == ("Sari", ["Budi", "Ketiga"])


# history


def test_versions_are_shown_side_by_side_and_brought_back(desk, sari):
    record = a_record("Pertama", Field("500", subfields=[("a", "sama"), ("b", "lama")]))
    change_record(record, marc_of("Kedua", Field("500", subfields=[("a", "sama"), ("b", "baru")])), version=1, by=sari)
    address = reverse("catalogue:record_history", args=[record.pk])
    page = desk.get(address)
    rows = {row.tag: row for row in page.context["rows"]}
    assert set(rows) == {"245", "500"}
    assert [(piece.text, piece.differs) for piece in rows["500"].after.pieces] == [("sama", False), ("baru", True)]
    desk.post(reverse("catalogue:record_restore", args=[record.pk]), {"wanted": "1", "version": "2"})
    assert Record.objects.get().title == "Pertama"
    stale = desk.post(reverse("catalogue:record_restore", args=[record.pk]), {"wanted": "2", "version": "2"})
    assert stale.status_code == 409


@pytest.mark.parametrize("count", [1, 3])
def test_the_history_asks_as_much_for_three_versions_as_for_one(desk, sari, count, django_assert_num_queries):
    record = a_record("Judul 0")
    for n in range(1, count + 1):
        record = change_record(record, marc_of(f"Judul {n}"), version=n, by=sari)
    with django_assert_num_queries(10):
        desk.get(reverse("catalogue:record_history", args=[record.pk]))
