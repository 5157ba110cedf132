"""Several titles in one volume: bound and taken out by whoever may, told on every page, carried by records, files and their way back."""

import io

import pytest
from django.urls import reverse

from lumbung.catalogue import queries
from lumbung.catalogue.domain import imports
from lumbung.catalogue.domain.bound_titles import bind_title, unbind_title
from lumbung.catalogue.domain.exports import RecordSelection, export_records
from lumbung.catalogue.domain.items import remove_item
from lumbung.catalogue.domain.quality import defects_now
from lumbung.catalogue.domain.records import remove_record
from lumbung.catalogue.models import BoundTitle, Item, Record
from lumbung.catalogue.models.titles_of_copies import copies_counted
from lumbung.catalogue.tests.factories import a_record, an_import, an_item, copy_field, marc_of
from lumbung.formats.marc import Field, Format
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.refusals import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def item():
    return an_item(a_record("Hikayat Hang Tuah"), barcode="B-1")


@pytest.fixture
def second():
    return a_record("Sejarah Melayu")


def bound():
    return list(BoundTitle.objects.values_list("item__barcode", "record__title"))


def codes(act):
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.codes


def happened(*names):
    return list(JournalEntry.objects.filter(name__in=names).order_by("pk").values_list("name", "record"))


def test_a_title_is_bound_into_a_copy_and_taken_out(item, second):
    bind_title(item, second, by=None)
    assert Item.objects.get().is_bound is True
    assert [each.barcode for each in queries.items_of(second)] == ["B-1"]
    assert copies_counted([item.record_id, second.pk]) == {item.record_id: 1, second.pk: 1}
    assert "no_items" not in str(defects_now([second])[second.pk])
    unbind_title(item, second, by=None)
    assert Item.objects.get().is_bound is False
    assert list(queries.items_of(second)) == []
    assert happened("TitleBound", "TitleUnbound") == [("TitleBound", second.pk), ("TitleUnbound", second.pk)]


def test_what_makes_no_sense_is_refused(item, second):
    assert codes(lambda: bind_title(item, item.record, by=None)) == ["title_of_the_copy"]
    bind_title(item, second, by=None)
    assert codes(lambda: bind_title(item, second, by=None)) == ["already_bound"]
    unbind_title(item, second, by=None)
    assert codes(lambda: unbind_title(item, second, by=None)) == ["bound_title_gone"]


def test_a_title_that_is_bound_somewhere_is_not_removed_but_the_copy_may_go(item, second):
    bind_title(item, second, by=None)
    with pytest.raises(Refused) as refused:
        remove_record(second, by=None)
    assert str(refused.value.reasons[0]) == "Tidak dapat dihapus karena masih tercatat pada: 1 jilidan bersama."
    remove_item(item, by=None)
    assert happened("TitleUnbound", "ItemRemoved") == [("TitleUnbound", second.pk), ("ItemRemoved", item.record_id)]
    remove_record(second, by=None)


@pytest.mark.parametrize("reverse_order", [False, True])
def test_a_file_carries_it_and_an_import_binds_again(item, second, reverse_order):
    """Whichever of the titles comes first in the file; and going out once more doubles no field."""
    bind_title(item, second, by=None)
    records = list(Record.objects.order_by("-pk" if reverse_order else "pk"))
    file = b"".join(export_records(records, Format.ISO_2709))
    remove_item(item, by=None)
    for each in records:
        remove_record(each, by=None)
    run = imports.run_import(imports.start_import(io.BytesIO(file), name="katalog", by=None))
    assert (run.items_added, run.rejections.count(), bound()) == (1, 0, [("B-1", "Sejarah Melayu")])
    (told,) = Record.objects.filter(title="Sejarah Melayu")
    assert [(each.tag, each.subfields) for each in told.marc_record.fields[2:]] == [
        ("501", [("a", "Dijilid bersama: Hikayat Hang Tuah")]),
        ("773", [("i", "Dijilid bersama:"), ("t", "Hikayat Hang Tuah"), ("o", "B-1")]),
    ]
    again = b"".join(export_records(Record.objects.order_by("-pk" if not reverse_order else "pk"), Format.ISO_2709))
    assert sorted(again.split(b"\x1d")) == sorted(file.split(b"\x1d"))
    imports.undo_import(run, by=None)
    assert (Record.objects.count(), BoundTitle.objects.count()) == (0, 0)


def test_an_import_binds_into_a_copy_that_was_here_and_lets_go_of_it_when_undone(item):
    host = Field("773", "0", "8", [("t", "Hikayat Hang Tuah"), ("o", "B-1")])
    run = an_import([marc_of("Sejarah Melayu", host), marc_of("Tanpa induk", Field("773", "0", " ", [("o", "XX")]))])
    assert bound() == [("B-1", "Sejarah Melayu")]
    imports.undo_import(run, by=None)
    assert (bound(), Item.objects.get().is_bound) == ([], False)


def test_an_import_is_not_undone_under_what_was_bound_into_its_copies_since(second):
    run = an_import([marc_of("Hikayat Hang Tuah", copy_field("B-1"))])
    bind_title(Item.objects.get(), second, by=None)
    assert codes(lambda: imports.undo_import(run, by=None)) == ["used_since"]


def test_without_copies_a_record_goes_out_as_it_is_kept(item, second):
    bind_title(item, second, by=None)
    file = b"".join(export_records(RecordSelection().records(), Format.MARC_IN_JSON, copies=False))
    assert b"Dijilid bersama" not in file


def test_sari_binds_by_number_or_by_barcode_and_takes_back_what_she_took_out(client, sari, signed_in, item, second):
    signed_in(client, sari)
    page = reverse("catalogue:item", args=[item.pk])
    client.post(reverse("catalogue:title_bind", args=[item.pk]), {"record": str(second.pk)})
    assert "Sejarah Melayu</a>" in client.get(page).content.decode()
    answer = client.post(reverse("catalogue:title_unbind", args=[item.pk, second.pk]), follow=True).content.decode()
    assert "“Sejarah Melayu” dilepas dari eksemplar ini." in answer
    assert bound() == []
    client.post(reverse("catalogue:title_bind_into", args=[second.pk]), {"barcode": "b-1"})
    assert bound() == [("B-1", "Sejarah Melayu")]
    shown = client.get(reverse("catalogue:record", args=[second.pk])).content.decode()
    assert f'href="{page}#bound">jilidan bersama</a>' in shown


@pytest.mark.parametrize("number", ["", "0", "x", "9" * 40, "-1", "²"])
def test_a_number_that_is_no_title_is_told_so(client, sari, signed_in, item, number):
    signed_in(client, sari)
    answer = client.post(reverse("catalogue:title_bind", args=[item.pk]), {"record": number}, follow=True)
    assert "Tidak ada judul bernomor" in answer.content.decode()


def test_strangers_and_members_bind_nothing(client, signed_in, ani, item, second):
    for address in (reverse("catalogue:title_bind", args=[item.pk]), reverse("catalogue:title_bind_into", args=[second.pk])):
        client.post(address, {"record": str(second.pk), "barcode": "B-1"})
        assert signed_in(client, ani.user).post(address, {"record": str(second.pk), "barcode": "B-1"}).status_code in {
            302,
            403,
            404,
        }
        client.logout()
    assert bound() == []
