"""A work for the public: its editions in every language and form, and what is on the shelf."""

import pytest

from lumbung.catalogue.domain.records import change_record, set_suppressed
from lumbung.catalogue.domain.work_places import join_works, work_of
from lumbung.catalogue.models import Item
from lumbung.catalogue.tests.factories import a_record, an_item
from lumbung.discovery.domain.documents import documents_of
from lumbung.formats.marc import Field

pytestmark = pytest.mark.django_db


def edition(title, year, language="ind"):
    coded = Field("008", value=f"200520s{year}    io a          000 1 {language} d")
    made = a_record(title)
    marc = made.marc_record
    marc.fields[0] = coded
    return change_record(made, marc, version=1, by=None)


@pytest.fixture
def work(db):
    old, new = edition("Bumi manusia", 1980), edition("Bumi Manusia", 2005)
    english = edition("This earth of mankind", 1990, "eng")
    join_works([english], to=old, by=None)
    an_item(new)
    return old, new, english


def test_all_editions_stand_on_one_page_the_newest_first(client, work):
    old, new, english = work
    led = client.get(f"/records/{old.pk}/editions")
    shown = client.get(led.url).content.decode()
    places = [shown.index(f'<h2><a href="/records/{each.pk}"') for each in (new, english, old)]
    assert places == sorted(places)
    assert "3 edisi" in shown
    assert "1980–2005" in shown
    assert "di rak" in shown


def test_the_call_number_of_an_edition_is_said_once(client, work):
    old, new, _ = work
    Item.objects.filter(pk=an_item(old, "B-2").pk).update(call_number="899.2213 PRA b")
    shown = client.get(f"/works/{work_of(new)}").content.decode()
    assert shown.count("899.2213 PRA b") == 1


def test_editions_are_narrowed_by_language(client, work):
    _, new, english = work
    shown = client.get(f"/works/{work_of(new)}?language=eng").content.decode()
    assert f"/records/{english.pk}" in shown
    assert f'<h2><a href="/records/{new.pk}"' not in shown
    assert "Tidak ada edisi seperti itu" in client.get(f"/works/{work_of(new)}?language=jpn").content.decode()


def test_hidden_editions_are_for_nobody_and_an_unknown_work_is_none(client, work):
    old, new, english = work
    key = work_of(old)
    set_suppressed(english, True, by=None)
    assert f"/records/{english.pk}" not in client.get(f"/works/{key}").content.decode()
    for each in (old, new):
        set_suppressed(each, True, by=None)
    assert client.get(f"/works/{key}").status_code == 404
    assert client.get("/works/nothing").status_code == 404


def test_a_title_leads_to_its_other_editions_if_it_has_any(client, work):
    old, new, english = work
    alone = a_record("Sendiri")
    link = f'href="/works/{work_of(old)}"'
    assert all(link in client.get(f"/records/{each.pk}").content.decode() for each in work)
    assert "/works/" not in client.get(f"/records/{alone.pk}").content.decode()
    set_suppressed(english, True, by=None)
    set_suppressed(new, True, by=None)
    assert link not in client.get(f"/records/{old.pk}").content.decode()


def test_the_index_knows_the_work_a_librarian_chose(work):
    old, _, english = work
    assert len({each.work for each in documents_of([old.pk, english.pk])}) == 1


@pytest.mark.parametrize("count", [1, 3])
def test_a_work_takes_a_fixed_number_of_statements(client, django_assert_num_queries, count):
    records = [edition("Sejarah", 1990 + n) for n in range(count)]
    address = f"/works/{work_of(records[0])}"
    client.get(address)
    with django_assert_num_queries(5):
        client.get(address)
