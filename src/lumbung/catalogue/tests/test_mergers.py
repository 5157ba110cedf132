"""Two records become one with all that stands on them, and two again."""

from urllib.parse import urlsplit

import pytest
from django.apps import apps
from django.urls import reverse

from lumbung.accounts.models import Role
from lumbung.catalogue import queries
from lumbung.catalogue.domain.drafts import keep_draft
from lumbung.catalogue.domain.field_choices import Chosen, pairs, together, usual_choice
from lumbung.catalogue.domain.mergers import merge_records, undo_merger
from lumbung.catalogue.domain.record_followers import followers
from lumbung.catalogue.domain.records import change_record, remove_record
from lumbung.catalogue.models import Draft, Identifier, Merger, Record, RecordHeading
from lumbung.catalogue.tests.factories import a_record, an_item, marc_of
from lumbung.formats.holdings import holdings_in
from lumbung.formats.holdings.tests.test_holdings import field as line_of
from lumbung.formats.marc import Field, to_json
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.refusals import Refused

pytestmark = pytest.mark.django_db


def data(tag, *subfields, ind="  "):
    return Field(tag, ind[0], ind[1], list(subfields))


def merged(gone, kept, by=None):
    gone.refresh_from_db()
    kept.refresh_from_db()
    made = together(kept.marc_record, gone.marc_record, usual_choice(kept.marc_record, gone.marc_record))
    return merge_records(gone, into=kept, made=made, versions=(gone.version, kept.version), by=by)


def said(record):
    record.refresh_from_db()
    return [(each.tag, each.value or "".join(f"${code}{text}" for code, text in each.subfields)) for each in record.marc_record]


@pytest.fixture
def pair():
    kept = a_record("Bumi manusia", data("020", ("a", "9789799731234")), data("650", ("a", "Roman")))
    gone = a_record("Bumi Manusia", data("520", ("a", "Tentang Minke.")), data("650", ("a", "Kolonialisme")))
    return gone, kept


def test_what_one_adds_comes_in_and_copies_follow(pair, sari):
    gone, kept = pair
    item, key = an_item(gone), gone.pk
    merger = merged(gone, kept, by=sari)
    item.refresh_from_db()
    assert {text for tag, text in said(kept) if tag in {"520", "650"}} == {"$aRoman", "$aKolonialisme", "$aTentang Minke."}
    assert item.record == kept
    assert not Record.objects.filter(pk=key).exists()
    entry = JournalEntry.objects.get(name="RecordsMerged")
    assert (entry.data, entry.actor_id) == (
        {"record": kept.pk, "gone": key, "merger": merger.pk, "items": [item.pk]},
        sari.pk,
    )


def test_the_control_number_of_the_one_that_goes_is_still_found():
    kept, gone = a_record("Bumi manusia"), a_record("Bumi manusia", Field("003", value="PNRI"))
    change_record(gone, marc_of("Bumi manusia", Field("003", value="PNRI"), control_number="4711"), version=1, by=None)
    merged(gone, kept)
    assert ("035", "$a(PNRI)4711") in said(kept)
    assert queries.records_with_control_number(["(PNRI)4711"]) == [kept.pk]


def test_undoing_gives_everything_back_under_the_old_number(pair, sari):
    gone, kept = pair
    mine, theirs = an_item(gone, "B-1"), an_item(kept, "B-2")
    change_record(gone, marc_of("Bumi Manusia (roman)"), version=1, by=sari)
    gone.refresh_from_db()
    key, before = gone.pk, (to_json(gone.marc_record), gone.version, gone.created_at, to_json(kept.marc_record))
    back = undo_merger(merged(gone, kept, by=sari), by=sari)
    kept.refresh_from_db()
    for item in (mine, theirs):
        item.refresh_from_db()
    assert (back.pk, mine.record, theirs.record) == (key, back, kept)
    assert (to_json(back.marc_record), back.version, back.created_at, to_json(kept.marc_record)) == before
    assert [(each.was, each.became, each.by) for each in back.revisions.all()] == [(1, 2, sari)]
    assert queries.marc_at(back, 1).first("245").get("a") == "Bumi Manusia"
    assert back.title == "Bumi Manusia (roman)"
    assert JournalEntry.objects.get(name="RecordMergerUndone").data["gone"] == key


def test_numbers_and_headings_come_back_too(sari):
    kept = a_record("A", data("020", ("a", "9789799731234")))
    gone = a_record("B", data("020", ("a", "9789799731234")), data("100", ("a", "Toer, Pramoedya Ananta"), ind="1 "))
    back = undo_merger(merged(gone, kept), by=sari)
    assert list(Identifier.objects.filter(record=back).values_list("value", flat=True)) == ["9789799731234"]
    assert RecordHeading.objects.filter(record=back).count() == 1


def test_what_was_changed_since_stays_when_a_merger_is_undone(pair):
    gone, kept = pair
    merger = merged(gone, kept)
    kept.refresh_from_db()
    later = kept.marc_record
    later.first("245").subfields = [("a", "Bumi manusia : roman")]
    change_record(kept, later, version=kept.version, by=None)
    undo_merger(merger, by=None)
    assert {text for tag, text in said(kept) if tag in {"245", "520", "650"}} == {"$aBumi manusia : roman", "$aRoman"}


def test_copies_added_since_stay_where_they_are(pair):
    gone, kept = pair
    mine = an_item(gone, "B-1")
    merger = merged(gone, kept)
    new = an_item(Record.objects.get(pk=kept.pk), "B-2")
    back = undo_merger(merger, by=None)
    for item in (mine, new):
        item.refresh_from_db()
    assert (mine.record, new.record) == (back, kept)


def test_a_merger_is_refused_with_every_reason(pair):
    gone, kept = pair
    with pytest.raises(Refused) as refused:
        merge_records(gone, into=gone, made=gone.marc_record, versions=(1, 1), by=None)
    assert refused.value.codes == ["same_record"]
    with pytest.raises(Refused) as refused:
        merge_records(gone, into=kept, made=marc_of("").__class__(fields=[data("500", ("a", "x"))]), versions=(1, 9), by=None)
    assert refused.value.codes == ["stale", "no_title"]
    remove_record(kept, by=None)
    with pytest.raises(Refused) as refused:
        merge_records(gone, into=Record(pk=kept.pk or 99), made=gone.marc_record, versions=(1, 1), by=None)
    assert refused.value.codes == ["record_gone"]
    assert Record.objects.filter(pk=gone.pk).exists()


def test_undoing_is_refused_twice_and_after_a_further_merger(pair):
    gone, kept = pair
    first = merged(gone, kept)
    last = a_record("Bumi")
    second = merged(kept, last)
    with pytest.raises(Refused) as refused:
        undo_merger(first, by=None)
    assert refused.value.codes == ["merged_on"]
    undo_merger(second, by=None)
    undo_merger(first, by=None)
    with pytest.raises(Refused) as refused:
        undo_merger(first, by=None)
    assert refused.value.codes == ["merger_undone"]


def test_old_addresses_lead_to_the_last_title_for_ever_unless_undone(client, sari, signed_in, pair):
    gone, kept = pair
    last, keys = a_record("Bumi"), (gone.pk, kept.pk)
    first = merged(gone, kept)
    merged(kept, last)
    for key in keys:
        led = client.get(f"/records/{key}")
        assert (led.status_code, led["Location"], led["Cache-Control"]) == (301, f"/records/{last.pk}", "no-cache")
        assert client.get(f"/records/{key}/marc?x=1")["Location"] == f"/records/{last.pk}/marc?x=1"
    page = signed_in(client, sari)
    assert page.get(f"/staff/records/{keys[0]}").url == f"/staff/records/{last.pk}"
    assert queries.merged_into(last.pk) is None
    Merger.objects.filter(pk=first.pk).update(undone_at="2026-01-01T00:00:00Z")
    assert client.get(f"/records/{keys[0]}").status_code == 404


def test_drafts_of_the_title_that_goes_are_kept(pair, sari):
    gone, kept = pair
    typed = {"title": "Bumi manusia, edisi baru"}
    draft = keep_draft(typed, view=Draft.Views.FORM, record=gone, version=1, key=None, saves=0, by=sari)
    merger = merged(gone, kept)
    draft.refresh_from_db()
    assert (draft.record, draft.typed) == (None, typed)
    back = undo_merger(merger, by=None)
    draft.refresh_from_db()
    assert draft.record == back


def test_every_field_is_a_choice_beside_the_one_that_says_the_same():
    kept = marc_of("Bumi", data("650", ("a", "Roman")), data("500", ("a", "x")), control_number="1")
    gone = marc_of("Bumi.", data("650", ("a", "Roman.")), data("650", ("a", "Jawa")), control_number="2")
    rows = [(each.tag, each.same, each.fixed, each.our_place, each.their_place) for each in pairs(kept, gone)]
    assert rows == [
        ("001", False, True, 0, 0),
        ("008", True, False, 1, 1),
        ("245", False, False, 2, 2),
        ("500", False, False, 4, -1),
        ("650", False, False, 3, 3),
        ("650", False, False, -1, 4),
    ]
    made = together(kept, gone, Chosen(frozenset({2}), frozenset({4})))
    assert [each.tag for each in made.fields] == ["001", "035", "245", "650"]


def test_a_cataloguer_looks_chooses_merges_and_takes_it_back(client, sari, signed_in, pair):
    gone, kept = pair
    an_item(gone)
    page = signed_in(client, sari)
    address = reverse("catalogue:record_merging", args=[kept.pk])
    shown = page.get(f"{address}?with={gone.pk}").content.decode()
    assert "1 eksemplar pindah." in shown
    assert "Tentang Minke." in shown
    told = {"with": gone.pk, "kept_version": 1, "gone_version": 1, "ours": ["0", "1", "2"], "theirs": ["1"]}
    faulty = page.post(address, told)
    assert faulty.status_code == 422
    assert "Ruas ini" in faulty.content.decode()
    stale = page.post(address, {**told, "theirs": ["2"], "kept_version": 7})
    assert (stale.status_code, "sudah diubah orang lain" in stale.content.decode()) == (422, True)
    done = page.post(address, {**told, "theirs": ["2"]}, follow=True)
    assert urlsplit(done.request["PATH_INFO"]).path == f"/staff/records/{kept.pk}"
    assert "Batalkan penggabungan" in done.content.decode()
    assert [tag for tag, _ in said(kept)] == ["008", "245", "020", "520"]
    assert "Bumi Manusia" in page.get("/staff/mergers/").content.decode()
    merger = Merger.objects.get()
    assert page.post(f"/staff/mergers/{merger.pk}/undo").url == f"/staff/records/{merger.gone}"
    assert "sudah dibatalkan" in page.get("/staff/mergers/").content.decode()


def test_a_number_that_is_no_other_title_leads_back(client, sari, signed_in, pair):
    _, kept = pair
    page = signed_in(client, sari)
    for number in ("", "x", str(kept.pk), "99999"):
        assert page.get(f"/staff/records/{kept.pk}/merging?with={number}").url == f"/staff/records/{kept.pk}"


def test_only_cataloguers_merge(client, ani, signed_in, with_role, pair):
    gone, kept = pair
    for user in (ani.user, with_role(Role.CIRCULATION)):
        assert signed_in(client, user).get(f"/staff/records/{kept.pk}/merging?with={gone.pk}").status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_mergers_costs_the_same(client, sari, signed_in, django_assert_num_queries, count):
    kept = a_record("Bumi")
    for n in range(count):
        merged(a_record(f"Bumi {n}"), kept)
    page = signed_in(client, sari)
    page.get("/staff/mergers/")
    with django_assert_num_queries(6):
        assert page.get("/staff/mergers/").content.decode().count("Batalkan</button>") == count


def test_whatever_has_a_record_follows_it_or_is_made_again():
    """A new model with a foreign key to records needs a follower, or its place in this list: else a merger would lose its rows."""
    own = {
        "BatchLine",
        "BoundTitle",
        "RecordDefect",
        "Identifier",
        "Revision",
        "RecordHeading",
        "WorkPlace",
        "Draft",
        "Item",
        "ForeignRecord",
    }
    counted_anew = {"TitleSort", "ShelfPlace", "BrowseTitle", "DayOfInterest", "Interest", "LoanPair", "Ranked"}
    followed = {model.__name__ for each in followers() for model in each.models}
    standing = {
        model.__name__
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.related_model is Record and getattr(field, "db_constraint", True)
    }
    assert standing - own - followed - counted_anew == set()


def test_what_each_record_says_that_a_place_holds_stays_apart_when_they_are_merged():
    ours = ["852 ## $8 1 $b PUSAT", "853 20 $8 1 $a jil.", "863 41 $8 1.1 $a 1"]
    theirs = ["841 ## $a y", "852 ## $8 1 $b FT", "853 20 $8 1 $a v.", "863 41 $8 1.1 $a 7"]
    kept, gone = (marc_of("Prisma", *map(line_of, lines)) for lines in (ours, theirs))
    made = together(kept, gone, usual_choice(kept, gone))
    told = [(each.branch, [part.captions.levels for part in each.parts], len(each.about)) for each in holdings_in(made)]
    assert told == [("PUSAT", [("jil.",)], 0), ("FT", [("v.",)], 1)]
    assert together(made, gone, usual_choice(made, gone)).fields == made.fields


@pytest.mark.parametrize(("ours", "theirs"), [("260", "264"), ("264", "260")])
def test_a_publication_is_told_once_in_whichever_of_its_two_fields(ours, theirs):
    kept, gone = (marc_of("Prisma", data(tag, ("b", name))) for tag, name in ((ours, "LP3ES"), (theirs, "LP3ES, Jakarta")))
    made = together(kept, gone, usual_choice(kept, gone))
    assert [each.tag for each in made.fields if each.tag in {"260", "264"}] == [ours]
