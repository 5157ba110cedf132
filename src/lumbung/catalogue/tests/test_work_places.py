"""Editions of one work: put together and apart by hand, and put back."""

import pytest

from lumbung.accounts.models import Role
from lumbung.catalogue.domain.mergers import merge_records, undo_merger
from lumbung.catalogue.domain.records import change_record
from lumbung.catalogue.domain.work_places import editions_of, join_works, part_works, undo_work_change, work_of
from lumbung.catalogue.models import WorkChange, WorkPlace
from lumbung.catalogue.tests.factories import a_record, marc_of
from lumbung.formats.marc import Field
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.refusals import Refused

pytestmark = pytest.mark.django_db


def editions(record):
    return sorted(each.pk for each in editions_of(work_of(record)))


def test_the_key_of_title_and_creator_makes_one_work_however_it_is_written():
    one, two, other = a_record("Metode penelitian R&D"), a_record("Metode Penelitian R & D."), a_record("Metode")
    assert editions(one) == [one.pk, two.pk]
    assert editions(other) == [other.pk]


def test_a_librarian_joins_what_the_key_does_not_and_takes_it_back(sari):
    one, again, other = a_record("Bumi manusia"), a_record("Bumi Manusia"), a_record("This earth of mankind")
    change = join_works([other], to=one, by=sari)
    assert editions(other) == sorted([one.pk, again.pk, other.pk])
    entry = JournalEntry.objects.get(name="WorksJoined")
    assert entry.data["records"] == sorted([one.pk, other.pk])
    undo_work_change(change, by=sari)
    assert (editions(other), editions(one)) == ([other.pk], [one.pk, again.pk])
    assert not WorkPlace.objects.exists()


def test_a_librarian_sets_apart_what_the_key_joins_and_takes_it_back(sari):
    one, other, third = (a_record("Sejarah") for _ in range(3))
    change = part_works([other, third], by=sari)
    assert (editions(one), editions(other)) == ([one.pk], [other.pk, third.pk])
    undo_work_change(change, by=sari)
    assert editions(one) == [one.pk, other.pk, third.pk]


def test_what_was_put_elsewhere_since_stays_when_a_change_is_undone():
    one, other, last = a_record("A"), a_record("B"), a_record("C")
    first = join_works([other], to=one, by=None)
    join_works([other], to=last, by=None)
    undo_work_change(first, by=None)
    assert editions(other) == [other.pk, last.pk]


def test_a_title_without_words_can_still_be_joined():
    one, other = a_record("– –"), a_record("B")
    assert work_of(one) == ""
    join_works([other], to=one, by=None)
    assert editions(one) == [one.pk, other.pk]


def test_where_a_librarian_put_a_record_holds_when_it_is_edited():
    one, other = a_record("A"), a_record("B")
    join_works([other], to=one, by=None)
    change_record(other, marc_of("Judul lain"), version=1, by=None)
    assert editions(one) == [one.pk, other.pk]


def test_a_place_comes_back_with_a_merger_undone():
    one, other, kept = a_record("A"), a_record("B"), a_record("C")
    join_works([other], to=one, by=None)
    merger = merge_records(other, into=kept, made=kept.marc_record, versions=(1, 1), by=None)
    assert editions(one) == [one.pk]
    assert editions(undo_merger(merger, by=None)) == [one.pk, other.pk]


def test_refusals_of_joining_parting_and_undoing():
    one, other = a_record("A"), a_record("A")
    for verb, code in (
        (lambda: join_works([one], to=one, by=None), "no_titles_chosen"),
        (lambda: join_works([other], to=one, by=None), "already_one_work"),
        (lambda: part_works([], by=None), "no_titles_chosen"),
        (lambda: part_works([one, a_record("B")], by=None), "work_unknown"),
    ):
        with pytest.raises(Refused) as refused:
            verb()
        assert refused.value.codes == [code]
    change = part_works([one], by=None)
    undo_work_change(change, by=None)
    with pytest.raises(Refused) as refused:
        undo_work_change(change, by=None)
    assert refused.value.codes == ["work_change_undone"]


def test_a_cataloguer_joins_parts_and_undoes_on_one_page(client, sari, signed_in, ani, with_role):
    one, other = a_record("A"), a_record("B", Field("250", subfields=[("a", "Edisi 2")]))
    page = signed_in(client, sari)
    address = f"/staff/records/{one.pk}/work"
    assert page.post(f"{address}/joining", {"other": "x"}).url == address
    page.post(f"{address}/joining", {"other": other.pk})
    shown = page.get(address).content.decode()
    assert "Edisi 2" in shown
    assert "Edisi disatukan" in shown
    page.post(f"{address}/parting", {"edition": [other.pk]})
    assert editions(other) == [other.pk]
    parted = WorkChange.objects.get(kind="parting")
    assert page.post(f"/staff/work-changes/{parted.pk}/undo").url == f"/staff/records/{other.pk}/work"
    assert editions(other) == [one.pk, other.pk]
    shown = page.get(address).content.decode()
    assert (shown.count("Batalkan</button>"), shown.count("sudah dibatalkan")) == (1, 1)
    assert signed_in(client, ani.user).get(address).status_code == 403
    assert signed_in(client, with_role(Role.CIRCULATION)).post(f"{address}/joining", {"other": other.pk}).status_code == 403
