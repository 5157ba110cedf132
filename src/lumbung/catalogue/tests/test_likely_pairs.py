"""The clean-up queue: what is found, what is remembered, and deciding by one key."""

import pytest
from django.urls import reverse

from lumbung.accounts.models import Role
from lumbung.catalogue.domain import likely_pairs as verbs
from lumbung.catalogue.domain.field_choices import together, usual_choice
from lumbung.catalogue.domain.mergers import merge_records, undo_merger
from lumbung.catalogue.domain.records import change_record
from lumbung.catalogue.models import DuplicateSearch, LikelyPair, Record
from lumbung.catalogue.tests.factories import a_record, an_item, marc_of
from lumbung.formats.marc import Field
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.refusals import Refused

pytestmark = pytest.mark.django_db

SERIAL = "00000nas a2200000 i 4500"


def data(tag, text):
    return Field(tag, subfields=[("a", text)])


def search(by=None):
    return verbs.carry_on(verbs.begin_search_for_duplicates(by=by))


def queue():
    return [(each.first_id, each.second_id, each.likeness) for each in LikelyPair.objects.filter(dismissed_at=None)]


def merge(gone, kept):
    made = together(kept.marc_record, gone.marc_record, usual_choice(kept.marc_record, gone.marc_record))
    return merge_records(gone, into=kept, made=made, versions=(gone.version, kept.version), by=None)


def test_the_same_number_or_title_makes_a_pair_the_surest_first():
    titled = [a_record("Sejarah"), a_record("SEJARAH")]
    isbn = [a_record("A", data("020", "0836968433")), a_record("B", data("020", "9780836968439"))]
    control = [a_record("C", data("035", "(PNRI)1")), a_record("D", data("035", "(PNRI)1"))]
    a_record("Sejarah dunia", data("020", "9789799731234"))
    done = search()
    assert queue() == [
        (control[0].pk, control[1].pk, "control"),
        (isbn[0].pk, isbn[1].pk, "isbn"),
        (titled[0].pk, titled[1].pk, "title"),
    ]
    assert (done.state, done.done, done.total) == ("finished", 3, 3)


def test_of_three_alike_the_oldest_is_paired_with_each():
    one, two, three = (a_record(title, data("020", "9780836968439")) for title in "ABC")
    search()
    assert queue() == [(one.pk, two.pk, "isbn"), (one.pk, three.pk, "isbn")]


def test_different_isbns_tell_editions_of_one_year_apart():
    a_record("Sejarah", data("020", "9780836968439"))
    a_record("Sejarah", data("020", "9780131103627"))
    search()
    assert queue() == []


def test_a_number_that_many_have_says_nothing(monkeypatch):
    monkeypatch.setattr(verbs, "MOST_IN_GROUP", 2)
    for title in "ABC":
        a_record(title, data("020", "9780836968439"))
    search()
    assert queue() == []


def test_an_issn_speaks_for_serials_alone():
    articles = [marc_of(title, data("022", "0378-5955")) for title in "AB"]
    serials = [marc_of(title, data("022", "0378-5955")) for title in "CD"]
    for each in serials:
        each.leader = SERIAL
    records = [change_record(a_record(str(n)), each, version=1, by=None) for n, each in enumerate([*articles, *serials])]
    search()
    assert queue() == [(records[2].pk, records[3].pk, "issn")]


def test_what_is_not_the_same_is_remembered_and_can_be_taken_back(sari):
    a_record("Sejarah"), a_record("Sejarah")
    search()
    pair = LikelyPair.objects.get()
    verbs.dismiss_pair(pair, by=sari)
    search()
    assert queue() == []
    verbs.reopen_pair(pair, by=sari)
    assert queue() == [(pair.first_id, pair.second_id, "title")]
    assert [each.name for each in JournalEntry.objects.filter(name__startswith="Pair")] == ["PairDismissed", "PairReopened"]


def test_what_is_alike_no_longer_leaves_the_queue():
    _, second = a_record("Sejarah"), a_record("Sejarah")
    search()
    change_record(second, marc_of("Geografi"), version=1, by=None)
    search()
    assert queue() == []
    assert DuplicateSearch.objects.count() == 1


def test_a_search_that_was_interrupted_goes_on_where_it_got_to(monkeypatch):
    monkeypatch.setattr(verbs, "STRETCH", 1)
    for number in ("9780836968439", "9780131103627"):
        a_record(number, data("020", number))
        a_record(f"{number}!", data("020", number))
    begun = verbs.begin_search_for_duplicates(by=None)
    assert verbs.begin_search_for_duplicates(by=None) == begun
    for _ in range(2):
        assert verbs._next_stretch(begun.pk)
    begun.refresh_from_db()
    assert (begun.step, begun.done) == (1, 1)
    assert verbs.carry_on(begun).done == begun.total


def test_what_was_said_of_the_one_that_went_holds_for_the_one_that_stays():
    kept, gone, other = a_record("Sejarah"), a_record("Sejarah"), a_record("Sejarah")
    search()
    LikelyPair.objects.all().delete()
    pair = LikelyPair.objects.create(
        first=gone, second=other, likeness="title", weight=3, found_at=gone.created_at, dismissed_at=gone.created_at
    )
    merger = merge(gone, kept)
    search()
    assert queue() == []
    back = undo_merger(merger, by=None)
    assert LikelyPair.objects.filter(first=back, second=other, dismissed_at=pair.dismissed_at).exists()


def test_a_pair_is_merged_by_one_key_into_the_one_with_more_copies(client, sari, signed_in):
    first, second = a_record("Sejarah"), a_record("Sejarah", data("520", "Ringkasan"))
    an_item(second)
    search()
    pair = LikelyPair.objects.get()
    page = signed_in(client, sari)
    shown = page.get("/staff/likely-pairs/").content.decode()
    assert f'name="kept" value="{second.pk}"' in shown
    assert f'name="kept" value="{first.pk}"' in page.get("/staff/likely-pairs/?swap=1").content.decode()
    told = {"kept": second.pk, "kept_version": 1, "gone_version": 1}
    assert page.post(f"/staff/likely-pairs/{pair.pk}/merger", told).url == "/staff/likely-pairs/"
    assert list(Record.objects.all()) == [second]
    assert "Tidak ada yang perlu diputuskan" in page.get("/staff/likely-pairs/").content.decode()


def test_deciding_leads_on_to_the_next_pair(client, sari, signed_in):
    for title in "AB":
        a_record(title), a_record(title)
    search()
    one, two = LikelyPair.objects.all()
    page = signed_in(client, sari)
    assert page.post(f"/staff/likely-pairs/{one.pk}/dismissal").url == f"/staff/likely-pairs/?pair={two.pk}"
    shown = page.get("/staff/likely-pairs/?dismissed=1").content.decode()
    assert "Kembalikan ke antrean" in shown
    assert page.post(f"/staff/likely-pairs/{one.pk}/reopening").url == f"/staff/likely-pairs/?pair={one.pk}"


def test_a_pair_that_changed_since_it_was_shown_is_not_merged_blindly(client, sari, signed_in):
    first, second = a_record("Sejarah"), a_record("Sejarah")
    search()
    change_record(second, marc_of("Sejarah", data("500", "catatan")), version=1, by=None)
    told = {"kept": first.pk, "kept_version": 1, "gone_version": 1}
    page = signed_in(client, sari).post(f"/staff/likely-pairs/{LikelyPair.objects.get().pk}/merger", told)
    assert page.status_code == 409
    assert Record.objects.count() == 2


def test_a_pair_whose_record_went_is_told(sari):
    _, second = a_record("Sejarah"), a_record("Sejarah")
    search()
    pair = LikelyPair.objects.get()
    second.delete()
    with pytest.raises(Refused) as refused:
        verbs.dismiss_pair(pair, by=sari)
    assert refused.value.codes == ["pair_gone"]


def test_the_search_runs_in_the_background_with_progress(client, sari, signed_in):
    a_record("Sejarah"), a_record("Sejarah")
    page = signed_in(client, sari)
    assert "Belum pernah dicari" in page.get("/staff/likely-pairs/").content.decode()
    page.post("/staff/likely-pairs/search")
    shown = page.get("/staff/likely-pairs/progress").content.decode()
    assert "0 dari 1 kelompok" in shown
    assert "every 2s" in shown
    assert verbs.search_every_night() == 1
    assert "every 2s" not in page.get("/staff/likely-pairs/progress").content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_queue_costs_the_same_however_long(client, sari, signed_in, django_assert_num_queries, count):
    for n in range(count):
        a_record(f"Sejarah {n}"), a_record(f"Sejarah {n}")
    search()
    page = signed_in(client, sari)
    page.get("/staff/likely-pairs/")
    with django_assert_num_queries(9):
        assert page.get(reverse("catalogue:likely_pairs")).content.decode().count("?pair=") >= count


def test_only_cataloguers_decide(client, ani, signed_in, with_role):
    for user in (ani.user, with_role(Role.CIRCULATION)):
        assert signed_in(client, user).get("/staff/likely-pairs/").status_code == 403
