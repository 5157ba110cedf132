"""A foreign record becomes one of ours: by a profile's rules, unless it is here already, with its copy and its label."""

import pytest
from django.test import Client
from django.urls import reverse

from lumbung.accounts.models import Role
from lumbung.catalogue.domain.copying.asking import ask, begin_search
from lumbung.catalogue.domain.copying.best import best_of
from lumbung.catalogue.domain.copying.mapping import mapped
from lumbung.catalogue.domain.copying.profiles import add_profile, change_profile, profile_of, remove_profile
from lumbung.catalogue.domain.copying.taking import take_over
from lumbung.catalogue.domain.copying.targets import add_target
from lumbung.catalogue.models import ForeignAnswer, ForeignRecord, ForeignSearch, Item, Record, TakeOverProfile, Target
from lumbung.catalogue.tests.factories import BranchFactory, ItemTypeFactory, a_record, an_item, marc_of
from lumbung.formats.marc import Field, to_json
from lumbung.formats.marc.lines import to_lines
from lumbung.kernel import clock
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.refusals import Refused

pytestmark = pytest.mark.django_db

ISBN = "9780836968439"


def data(tag, *subfields, ind="  "):
    return Field(tag, ind[0], ind[1], list(subfields))


def a_book(title="Guru agama Yunani", isbn="0836968433", *more):
    made = marc_of(title, data("020", ("a", isbn)), data("082", ("a", "292"), ("2", "23")), *more, control_number="4711")
    made.fields.sort(key=lambda field: field.tag)
    return made


def sent(sari, *marcs, target=None, isbn=ISBN):
    """As if a target had sent these records to Sari."""
    target = target or add_target(name="LC", protocol="z3950", address="lc.example:210", switched_on=True, by=sari)
    search = ForeignSearch.objects.create(by=sari, at=clock.now(), isbn=isbn)
    answer = ForeignAnswer.objects.create(search=search, target=target, state="answered", total=len(marcs), took=340)
    return [ForeignRecord.objects.create(answer=answer, place=n, marc=to_json(each)) for n, each in enumerate(marcs, 1)]


def tags(record):
    return [each.tag for each in record.fields]


def test_without_a_profile_local_fields_of_other_libraries_stay_behind(sari):
    foreign = a_book(
        "Judul", "0836968433", data("650", ("a", "Agama"), ("9", "77")), data("852", ("a", "X")), data("955", ("b", "y"))
    )
    made = mapped(foreign, profile_of(Target(name="x")))
    assert tags(made) == ["001", "008", "020", "082", "090", "245", "650"]
    assert made.first("650").subfields == [("a", "Agama")]
    assert made.first("090").get("a") == "292 JUD"


def test_a_profile_keeps_drops_moves_and_adds():
    profile = TakeOverProfile(
        kept="0XX 245 6XX", dropped="035 650$0 6XX$2", moved="653 650", added="040 ## $dPERPUS", call_number=False
    )
    foreign = marc_of(
        "Judul",
        data("035", ("a", "(X)1")),
        data("500", ("a", "catatan")),
        data("653", ("a", "Guru")),
        data("650", ("a", "Agama"), ("0", "id"), ("2", "x")),
        data("651", ("0", "id")),
    )
    made = mapped(foreign, profile)
    assert to_lines(made).splitlines()[2:] == [
        "040 ## $dPERPUS",
        "245 10 $aJudul",
        "650 ## $aGuru",
        "650 ## $aAgama",
        "651 ## $0id",
    ]


def test_the_title_comes_along_whatever_a_profile_says():
    assert tags(mapped(marc_of("Judul"), TakeOverProfile(kept="650", dropped="2XX", call_number=False))) == ["245"]


def test_a_profile_that_cannot_be_read_is_refused_with_every_fault():
    with pytest.raises(Refused) as refused:
        add_profile(by=None, name="", kept="65", dropped="X9X $a", moved="650\n001 245\n653 650", added="halo")
    assert refused.value.codes == [
        "profile_name_empty",
        "profile_tag_unreadable",
        "profile_tag_unreadable",
        "profile_move_unreadable",
        "profile_move_unreadable",
        "profile_line_unreadable",
    ]


def test_one_profile_is_usual_and_a_target_may_have_its_own(sari):
    first = add_profile(by=sari, name="A", usual=True)
    second = add_profile(by=sari, name="B", usual=True)
    own = add_profile(by=sari, name="C")
    target = add_target(name="T", protocol="sru", address="http://x.example", profile=own, by=sari)
    first.refresh_from_db()
    assert (first.usual, profile_of(target), profile_of(Target(name="x"))) == (False, own, second)
    change_profile(first, by=sari, usual=True)
    remove_profile(own, by=sari)
    target.refresh_from_db()
    assert profile_of(target) == first
    assert [each.name for each in JournalEntry.objects.filter(name__startswith="Profile").order_by("pk")] == [
        *["ProfileAdded"] * 3,
        "ProfileChanged",
        "ProfileRemoved",
    ]


def test_the_fullest_record_with_the_isbn_is_the_best(sari):
    poor = marc_of("Miskin", data("020", ("a", "0836968433")))
    full = a_book("Kaya", "0836968433", data("650", ("a", "Agama")))
    brief = a_book("Ringkas", "0836968433", data("650", ("a", "Agama")), data("650", ("a", "Yunani")))
    brief.leader = brief.leader[:17] + "7" + brief.leader[18:]
    other = a_book("Lain", "0131103628")
    records = sent(sari, poor, other, brief, full)
    assert best_of(records, ISBN) == records[3]
    assert best_of(records, "9780000000002") is None


def test_taking_over_makes_the_record_its_copy_and_a_line_in_the_journal(sari):
    [foreign] = sent(sari, a_book())
    made = take_over(foreign, by=sari, barcodes=["B-7"], branch=BranchFactory(), item_type=ItemTypeFactory())
    item = Item.objects.get()
    assert (made.title, made.classification, item.record, item.barcode, item.call_number, item.copy) == (
        "Guru agama Yunani",
        "292",
        made,
        "B-7",
        "292 GUR",
        "k.1",
    )
    entry = JournalEntry.objects.get(name="RecordTakenOver")
    assert (entry.data, entry.actor_id) == ({"record": made.pk, "target": foreign.answer.target_id}, sari.pk)
    foreign.refresh_from_db()
    assert foreign.taken == made


def test_what_is_here_already_is_not_taken_twice_unawares(sari):
    ours = a_record("Guru", data("020", ("a", ISBN)))
    [foreign] = sent(sari, a_book())
    with pytest.raises(Refused) as refused:
        take_over(foreign, by=sari)
    assert refused.value.codes == ["already_here"]
    assert dict(refused.value.reasons[0].facts) == {"record": ours.pk, "title": "Guru"}
    assert take_over(foreign, by=sari, despite_twin=True).pk != ours.pk


def test_a_barcode_that_is_taken_takes_nothing_over(sari):
    an_item(barcode="B-1")
    [foreign] = sent(sari, a_book())
    with pytest.raises(Refused) as refused:
        take_over(foreign, by=sari, barcodes=["B-1"], branch=BranchFactory(), item_type=ItemTypeFactory())
    assert refused.value.codes == ["barcode_taken_by_item"]
    assert Record.objects.count() == 1


def test_a_cataloguer_asks_sees_and_takes_over_without_javascript(client, sari, signed_in, foreign_catalogue, settings):
    settings.INTERNAL_TARGETS = ["127.0.0.0/8"]
    add_target(name="Yaz", protocol="z3950", address=foreign_catalogue, most=24, switched_on=True, by=sari)
    branch, kind = BranchFactory(), ItemTypeFactory()
    page = signed_in(client, sari)
    begun = page.post(reverse("catalogue:copying"), {"isbn": "0-8369-6843-3"})
    shown = page.get(begun.url).content.decode()
    assert "Tanyakan sekarang" in shown
    assert "Menunggu jawaban" in shown
    assert page.post(f"{begun.url}/asking").url == begun.url
    shown = page.get(begun.url).content.decode()
    assert "Paling lengkap" in shown
    assert "The religious teachers of Greece" in shown
    foreign = best_of(ForeignRecord.objects.select_related("answer__target"), ISBN)
    told = {"barcode": "B-9", "branch": branch.pk, "item_type": kind.pk, "numbered": "on"}
    done = page.post(reverse("catalogue:copying_take", args=[foreign.pk]), told)
    item = Item.objects.get(barcode="B-9")
    assert done.url == f"/staff/copying/?taken={item.record_id}"
    assert item.accession_number
    shown = page.get(done.url).content.decode()
    assert f"/staff/labels?record={item.record_id}" in shown
    label = {"record": item.record_id, "kind": "both", "bars": "code128", "paper": "a4-24", "start": "1", "print": "1"}
    assert page.post(reverse("catalogue:labels"), label).content.startswith(b"%PDF")
    again = page.post(reverse("catalogue:copying"), {"isbn": ISBN})
    page.post(f"{again.url}/asking")
    shown = page.get(again.url).content.decode()
    assert "Terbitan ini sudah ada di katalog kita" in shown
    assert f"/staff/records/{item.record_id}/items/new" in shown


def test_panels_follow_as_answers_come(client, sari, signed_in, foreign_catalogue, settings):
    settings.INTERNAL_TARGETS = ["127.0.0.0/8"]
    add_target(name="Yaz", protocol="sru", address=f"http://{foreign_catalogue}/Default", switched_on=True, by=sari)
    add_target(name="Mati", protocol="sru", address="http://127.0.0.1:1", switched_on=True, by=sari)
    search = begin_search(title="computer", by=sari)
    page = signed_in(client, sari)
    panels = [reverse("catalogue:copying_answer", args=[search.pk, each.pk]) for each in search.answers.all()]
    assert all("every 1s" in page.get(each).content.decode() for each in panels)
    asked = page.post(f"/staff/copying/{search.pk}/asking", headers={"HX-Request": "true"})
    assert (asked.status_code, asked.content) == (200, b"")
    shown = [page.get(each).content.decode() for each in panels]
    assert not any("every 1s" in each for each in shown)
    dead, alive = sorted(shown, key=lambda text: "Mati" not in text)
    assert "Tidak ada yang menjawab di alamat itu." in dead
    assert "How to program a computer" in alive


def test_into_the_editor_goes_what_the_profile_makes_of_it(client, sari, signed_in):
    [foreign] = sent(sari, a_book("Judul", "0836968433", data("955", ("a", "punya mereka"))))
    page = signed_in(client, sari).post(reverse("catalogue:copying_take", args=[foreign.pk]), {"edit": "1"})
    shown = page.content.decode()
    assert "245 10 $aJudul" in shown
    assert "punya mereka" not in shown
    assert not Record.objects.exists()


def test_the_preview_says_what_the_profile_changes_and_a_copy_needs_a_place(client, sari, signed_in):
    [foreign] = sent(sari, a_book("Judul", "0836968433", data("955", ("a", "punya mereka"))))
    page = signed_in(client, sari)
    shown = page.get(reverse("catalogue:copying_record", args=[foreign.pk])).content.decode()
    assert "Yang diubah oleh profil" in shown
    assert "punya mereka" in shown
    refused = page.post(reverse("catalogue:copying_take", args=[foreign.pk]), {"barcode": "B-1"})
    assert (refused.status_code, refused.content.decode().count("Pilih ini untuk eksemplarnya.")) == (422, 2)


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_of_answers_costs_the_same_whatever_came(client, sari, signed_in, django_assert_num_queries, count):
    marcs = [a_book(f"Judul {n}", "0836968433") for n in range(count)]
    for marc in marcs:
        a_record(marc.first("245").get("a"))
    [first, *_] = sent(sari, *marcs, isbn="")
    page = signed_in(client, sari)
    page.get("/staff/copying/")
    with django_assert_num_queries(11):
        shown = page.get(reverse("catalogue:copying_search", args=[first.answer.search_id])).content.decode()
    assert shown.count("mungkin sudah ada") == count


def test_only_who_asked_sees_the_answers_and_only_cataloguers_may_ask(client, sari, ani, signed_in, with_role):
    [foreign] = sent(sari, a_book())
    address = reverse("catalogue:copying_record", args=[foreign.pk])
    assert signed_in(client, with_role(Role.CATALOGUER)).get(address).status_code == 404
    assert signed_in(client, ani.user).get(address).status_code == 403
    assert signed_in(client, with_role(Role.CATALOGUER)).get("/staff/targets/").status_code == 403


def test_targets_are_added_tried_switched_and_removed_on_one_page(client, sari, signed_in, foreign_catalogue, settings):
    settings.INTERNAL_TARGETS = ["127.0.0.0/8"]
    page = signed_in(client, sari)
    assert "Belum ada katalog lain" in page.get("/staff/targets/").content.decode()
    page.post("/staff/targets/known")
    assert "tidak ditanya" in page.get("/staff/targets/").content.decode()
    given = {"name": "Yaz", "protocol": "z3950", "address": foreign_catalogue, "syntax": "marc21", "encoding": "auto"}
    given |= {"version": "1.1", "timeout": "5", "most": "10", "place": "1"}
    assert page.post("/staff/targets/new", given).status_code == 302
    target = Target.objects.get(name="Yaz")
    line = page.post(f"/staff/targets/{target.pk}/trial", headers={"HX-Request": "true"}).content.decode()
    assert "Berhasil" in line
    assert "GFS/YAZ" in line
    page.post(f"/staff/targets/{target.pk}/switch", {"on": "1"})
    assert page.post(f"/staff/targets/{target.pk}", {**given, "address": "x"}).status_code == 422
    target.refresh_from_db()
    assert (target.switched_on, target.address) == (True, foreign_catalogue)
    page.post(f"/staff/targets/{target.pk}/removal")
    assert not Target.objects.filter(name="Yaz").exists()


def test_a_profile_is_written_on_its_page(client, sari, signed_in):
    page = signed_in(client, sari)
    assert "005 019 029 59X 852 9XX XXX$9" in page.get("/staff/profiles/new").content.decode()
    assert page.post("/staff/profiles/new", {"name": "Umum", "usual": "on", "dropped": "9XX"}).status_code == 302
    profile = TakeOverProfile.objects.get()
    assert page.post(f"/staff/profiles/{profile.pk}", {"name": "Umum", "dropped": "semua"}).status_code == 422
    assert "biasa dipakai" in page.get("/staff/targets/").content.decode()
    page.post(f"/staff/profiles/{profile.pk}/removal")
    assert not TakeOverProfile.objects.exists()


def test_the_next_book_of_the_pile_goes_where_the_last_went(client, sari, signed_in):
    branch, kind = BranchFactory(code="FT"), ItemTypeFactory()
    BranchFactory(code="PUSAT")
    first, second = sent(sari, a_book(), a_book("Lain", "0131103628"))
    page = signed_in(client, sari)
    told = {"barcode": "B-1", "branch": branch.pk, "item_type": kind.pk}
    page.post(reverse("catalogue:copying_take", args=[first.pk]), told)
    for visit in (page, signed_in(Client(), sari)):  # and on another day too
        shown = visit.get(reverse("catalogue:copying_record", args=[second.pk])).content.decode()
        assert f'<option value="{branch.pk}" selected>' in shown
        assert f'<option value="{kind.pk}" selected>' in shown


def test_answers_do_not_wait_for_each_other_in_the_database(sari, foreign_catalogue, settings):
    settings.INTERNAL_TARGETS = ["127.0.0.0/8"]
    for number in range(3):
        add_target(name=str(number), protocol="z3950", address=foreign_catalogue, switched_on=True, by=sari)
    search = begin_search(title="computer", by=sari)
    assert ask(search)
    assert [each.records.count() for each in search.answers.all()] == [10, 10, 10]
