"""The pages of authorities, as Sari uses them."""

import pytest

from lumbung.catalogue.domain.authorities.entry import AuthorityEntry, new_authority_marc
from lumbung.catalogue.domain.authorities.establishing import add_authority
from lumbung.catalogue.domain.authorities.linking import link_authorities
from lumbung.catalogue.domain.authorities.merging import merge_authorities
from lumbung.catalogue.domain.authorities.rewriting import carry_out, take_back
from lumbung.catalogue.domain.authorities.undoing import undo_heading_change
from lumbung.catalogue.models import Authority, HeadingChange, HeadingKind, Record
from lumbung.catalogue.tests.factories import a_record
from lumbung.formats.marc import Field
from lumbung.kernel.refusals import Refused
from lumbung.kernel.ui.navigation import entry_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, sari):
    client.force_login(sari)
    return client


def an_authority(heading, kind=HeadingKind.SUBJECT, **more):
    return add_authority(new_authority_marc(AuthorityEntry(kind=kind, heading=heading, **more)), by=None)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_for_one_heading_and_for_three(desk, count, django_assert_num_queries):
    for n in range(count):
        an_authority(f"Subjek {n}", see=[f"Lain {n}"])
    desk.get("/staff/authorities/")
    with django_assert_num_queries(5):
        page = desk.get("/staff/authorities/").content.decode()
    assert page.count("lihat <a") == count


def test_the_list_goes_on_from_what_is_typed_and_page_by_page(desk, monkeypatch):
    monkeypatch.setattr("lumbung.catalogue.web.authorities.SIZE", 2)
    for name in ("Botani", "Fisika", "Kimia", "Zoologi"):
        an_authority(name)
    first = desk.get("/staff/authorities/", {"q": "f"})
    assert [each.label for each in first.context["rows"]] == ["Fisika", "Kimia"]
    second = desk.get("/staff/authorities/", {"q": "f", "after": first.context["next"]})
    assert ([each.label for each in second.context["rows"]], second.context["next"]) == (["Zoologi"], None)
    assert desk.get("/staff/authorities/", {"q": "f", "after": "9" * 30}).status_code == 200


def test_a_name_typed_as_it_is_spoken_is_found(desk):
    an_authority("Toer, Pramoedya Ananta", HeadingKind.PERSON)
    shown = desk.get("/staff/authorities/", {"q": "pramoedya"})
    assert [each.label for each in [*shown.context["spoken"], *shown.context["rows"]]] == ["Toer, Pramoedya Ananta"]


def test_sari_adds_renames_and_takes_back(desk):
    a_record("Bumi manusia", Field("100", "1", " ", [("a", "Toer, Pramudya")]))
    added = desk.post("/staff/authorities/new", {"kind": "person", "heading": "Toer, Pramudya", "see": "Pram\nBung Pram"})
    toer = Authority.objects.get()
    assert added.url == f"/staff/authorities/{toer.pk}"
    page = desk.get(added.url).content.decode()
    assert "Bung Pram" in page
    form = {"kind": "person", "heading": "Toer, Pramoedya", "see": "Pram\nBung Pram", "version": "1"}
    link_authorities([toer.pk])
    changed = desk.post(f"/staff/authorities/{toer.pk}/edit", form)
    change = HeadingChange.objects.get()
    assert changed.url == f"/staff/heading-changes/{change.pk}"
    assert "0 dari 1 judul" in desk.get(changed.url).content.decode()
    carry_out(change)
    assert "1 judul diubah" in desk.get(changed.url, headers={"HX-Request": "true"}).content.decode()
    desk.post(f"/staff/heading-changes/{change.pk}/undo")
    assert Authority.objects.get().heading == "Toer, Pramudya"


def test_what_is_wrong_stands_on_the_form_with_what_was_typed(desk):
    an_authority("Perpustakaan")
    answer = desk.post("/staff/authorities/new", {"kind": "subject", "heading": "PERPUSTAKAAN", "note": "Catatan saya"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "sudah ada" in page
    assert "Catatan saya" in page


def test_marc_lines_are_saved_and_bad_ones_are_told(desk):
    shown = an_authority("Perpustakaan")
    address = f"/staff/authorities/{shown.pk}/marc"
    lines = desk.get(address).context["lines"]
    bad = desk.post(address, {"lines": lines + "\nbukan marc", "version": 1})
    assert (bad.status_code, "bukan marc" in bad.content.decode()) == (422, True)
    desk.post(address, {"lines": lines + "\n667 ## $aCatatan", "version": 1})
    assert Authority.objects.get().marc_record.first("667").get("a") == "Catatan"
    stale = desk.post(address, {"lines": lines, "version": 1})
    assert (stale.status_code, "diubah orang lain" in stale.content.decode()) == (422, True)


def test_merging_by_number(desk):
    kept, gone = an_authority("Perpustakaan"), an_authority("Kepustakaan")
    assert desk.post(f"/staff/authorities/{gone.pk}/merger", {"into": "999999"}).url == f"/staff/authorities/{gone.pk}"
    answer = desk.post(f"/staff/authorities/{gone.pk}/merger", {"into": kept.pk})
    assert answer.url == f"/staff/heading-changes/{HeadingChange.objects.get().pk}"
    assert Authority.objects.get() == kept
    assert entry_at(answer.url).url_name == "catalogue:authorities"


def test_merging_by_name_as_written_or_by_another_name_and_never_across_kinds(desk):
    kept, gone = an_authority("Perpustakaan", see=["Bibliotek"]), an_authority("Kepustakaan")
    an_authority("Perpustakaan Nasional", kind=HeadingKind.BODY)
    address = f"/staff/authorities/{gone.pk}/merger"
    refused = desk.post(address, {"into": "Perpustakaan Nasional"}, follow=True).text
    assert "Tidak ada tajuk sejenis dengan nama atau nomor itu." in refused
    assert 'data-headings="subject"' in refused
    desk.post(address, {"into": "bibliotek"})
    change = HeadingChange.objects.get()
    assert change.authority == kept
    carry_out(change)
    third = an_authority("Pustaka")
    desk.post(f"/staff/authorities/{third.pk}/merger", {"into": "PERPUSTAKAAN"})
    assert set(Authority.objects.values_list("heading", flat=True)) == {"Perpustakaan", "Perpustakaan Nasional"}


def test_a_heading_of_digits_is_a_heading_before_it_is_a_number(desk):
    other, gone = an_authority("Perpustakaan"), an_authority("Sembilan belas delapan empat")
    kept = an_authority(str(other.pk))
    desk.post(f"/staff/authorities/{gone.pk}/merger", {"into": f" {other.pk} "})
    change = HeadingChange.objects.get()
    assert change.authority == kept
    carry_out(change)
    assert set(Authority.objects.values_list("pk", flat=True)) == {other.pk, kept.pk}


def test_suggestions_lead_from_other_names_to_the_heading(desk):
    shown = an_authority("Perpustakaan", see=["Bibliotek"])
    told = desk.get("/staff/authorities/suggestions.json", {"q": "bibl", "kinds": "subject,genre"}).json()
    assert told == {"suggestions": [{"heading": "Perpustakaan", "see": "Bibliotek", "key": shown.pk}]}
    assert desk.get("/staff/authorities/suggestions.json", {"q": "bibl", "kinds": "person"}).json() == {"suggestions": []}


def test_an_unused_heading_is_removed(desk):
    shown = an_authority("Perpustakaan")
    assert desk.post(f"/staff/authorities/{shown.pk}/removal").url == "/staff/authorities/"
    assert Authority.objects.count() == 0


def test_a_merged_authority_leads_to_where_it_went_and_comes_back_under_its_number(desk):
    gone, kept = an_authority("Padi sawah"), an_authority("Padi")
    begun = desk.post(f"/staff/authorities/{gone.pk}/merger", {"into": "Padi"})
    change = HeadingChange.objects.get()
    assert begun.url == f"/staff/heading-changes/{change.pk}"
    carry_out(change)
    led = desk.get(f"/staff/authorities/{gone.pk}", follow=True)
    assert led.redirect_chain == [(f"/staff/authorities/{kept.pk}", 302)]
    assert f"Tajuk nomor {gone.pk} digabungkan ke tajuk ini." in led.text
    desk.post(f"/staff/heading-changes/{change.pk}/undo")
    assert "Padi sawah" in desk.get(f"/staff/authorities/{gone.pk}").text
    assert dict(Authority.objects.values_list("heading", "pk")) == {"Padi sawah": gone.pk, "Padi": kept.pk}
    assert desk.get("/staff/authorities/999").status_code == 404


def test_what_was_merged_into_a_merged_authority_is_led_on_and_both_come_back_in_turn(desk, sari):
    rice, padi, plant = (an_authority(each) for each in ("Padi sawah", "Padi", "Tanaman padi"))
    record = a_record("Bertanam", Field("650", " ", "4", [("a", "Padi sawah")]))
    link_authorities([rice.pk])
    first = carry_out(merge_authorities(rice, into=padi, by=sari))
    second = carry_out(merge_authorities(padi, into=plant, by=sari))
    for gone in (rice, padi):
        assert desk.get(f"/staff/authorities/{gone.pk}").url == f"/staff/authorities/{plant.pk}"
    with pytest.raises(Refused, match="changed_again"):
        undo_heading_change(HeadingChange.objects.get(pk=first.pk), by=sari)
    on_its_way = undo_heading_change(second, by=sari)
    assert desk.get(f"/staff/authorities/{rice.pk}").url == f"/staff/authorities/{padi.pk}"
    with pytest.raises(Refused, match="change_runs"):
        undo_heading_change(HeadingChange.objects.get(pk=first.pk), by=sari)
    take_back(on_its_way)
    take_back(undo_heading_change(HeadingChange.objects.get(pk=first.pk), by=sari))
    assert sorted(Authority.objects.values_list("pk", "heading")) == [
        (rice.pk, "Padi sawah"),
        (padi.pk, "Padi"),
        (plant.pk, "Tanaman padi"),
    ]
    assert Record.objects.get(pk=record.pk).marc_record.first("650").get("a") == "Padi sawah"
