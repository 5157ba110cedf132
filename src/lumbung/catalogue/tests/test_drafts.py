"""Drafts: kept while one types, seen by nobody else, discarded and brought back."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from lumbung.catalogue.domain.drafts import forget_discarded
from lumbung.catalogue.domain.records import change_record, remove_record
from lumbung.catalogue.models import Draft, Record
from lumbung.catalogue.tests.factories import a_record, marc_of
from lumbung.kernel import clock
from lumbung.kernel.models import JournalEntry

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@pytest.fixture
def desk(client, sari, signed_in):
    return signed_in(client, sari)


def keep(desk, record=None, draft=None, saves=0, view="form", **typed):
    told = {"view": view, "record": record and record.pk, "draft": draft, "saves": saves, "typed": typed}
    return desk.post(reverse("catalogue:drafts"), json.dumps(told), content_type="application/json")


def test_what_is_typed_is_kept_and_comes_back_as_it_was(desk):
    kept = keep(desk, title="Bumi", people="Toer", csrfmiddlewaretoken="x").json()
    kept = keep(desk, draft=kept["draft"], saves=kept["saves"], title="Bumi manusia", people="Toer").json()
    draft = Draft.objects.get()
    assert (draft.title, draft.typed, draft.saves) == ("Bumi manusia", {"title": "Bumi manusia", "people": "Toer"}, 2)
    form = desk.get(reverse("catalogue:record_add"), {"draft": kept["draft"]}).context["form"]
    assert (form["title"].value(), form["people"].value(), form["draft"].value()) == ("Bumi manusia", "Toer", str(draft.pk))
    assert JournalEntry.objects.count() == 0


def test_saving_the_record_ends_its_draft(desk):
    kept = keep(desk, title="Bumi").json()
    desk.post(reverse("catalogue:record_add"), {"material": "book", "title": "Bumi", "draft": kept["draft"]})
    assert (Record.objects.count(), Draft.objects.count()) == (1, 0)


def test_a_draft_is_offered_where_it_was_begun_and_a_newer_version_is_met_on_saving(desk):
    record = a_record("Judul")
    lines = desk.get(reverse("catalogue:marc_edit", args=[record.pk])).context["lines"].replace("$aJudul", "$aDraf")
    keep(desk, record, view="marc", lines=lines, version="1")
    change_record(record, marc_of("Budi"), version=1, by=None)
    page = desk.get(reverse("catalogue:record_edit", args=[record.pk]))
    draft = page.context["offered"]
    assert draft == Draft.objects.get()
    page = desk.get(reverse("catalogue:marc_edit", args=[record.pk]), {"draft": draft.pk})
    assert (page.context["lines"], page.context["version"]) == (lines, 1)
    answer = desk.post(reverse("catalogue:marc_edit", args=[record.pk]), {"lines": lines, "version": "1"})
    assert (answer.status_code, answer.context["clashes"]) == (409, 1)


def test_two_windows_of_one_cataloguer_do_not_overwrite_each_other(desk):
    record = a_record()
    keep(desk, record, title="Jendela satu")
    late = keep(desk, record, title="Jendela dua")
    assert late.status_code == 409
    assert late.json() == {
        "error": "Ada draf lain untuk judul ini, dari jendela atau waktu lain. Isian ini disimpan di peramban saja; "
        "lanjutkan atau buang draf itu dahulu."
    }
    assert Draft.objects.get().typed == {"title": "Jendela satu"}


def test_nobody_sees_or_touches_the_draft_of_another(desk, client, with_role, signed_in):
    draft = keep(desk, title="Rahasia").json()["draft"]
    signed_in(client, with_role("cataloguer"))
    assert list(client.get(reverse("catalogue:drafts")).context["page"].object_list) == []
    assert client.post(reverse("catalogue:draft_discard", args=[draft])).status_code == 404
    assert "Rahasia" not in client.get(reverse("catalogue:record_add"), {"draft": draft}).content.decode()


def test_a_discarded_draft_can_be_brought_back_for_thirty_days(desk):
    with clock.stopped_at(NOW):
        draft = keep(desk, title="Bumi").json()["draft"]
        answer = desk.post(reverse("catalogue:draft_discard", args=[draft]), follow=True)
        assert (answer.context["discarded"].pk, list(answer.context["page"].object_list)) == (draft, [])
        desk.post(reverse("catalogue:draft_return", args=[draft]))
        assert [each.pk for each in desk.get(reverse("catalogue:drafts")).context["page"].object_list] == [draft]
        desk.post(reverse("catalogue:draft_discard", args=[draft]))
    with clock.stopped_at(NOW + timedelta(days=29)):
        assert forget_discarded() == 0
    with clock.stopped_at(NOW + timedelta(days=31)):
        assert forget_discarded() == 1


def test_a_draft_outlives_its_record(desk):
    record = a_record()
    keep(desk, record, title="Masih ada")
    remove_record(record, by=None)
    assert [(each.title, each.record) for each in Draft.objects.all()] == [("Masih ada", None)]


def test_without_javascript_a_button_keeps_the_draft(desk):
    answer = desk.post(reverse("catalogue:record_add"), {"title": "", "people": "Toer", "keep_draft": "1"})
    assert answer["Location"] == reverse("catalogue:drafts")
    assert Draft.objects.get().typed == {"title": "", "people": "Toer"}


@pytest.mark.parametrize("body", ["", "[]", "{}", '{"view":"x","typed":{}}', '{"view":"form","typed":[1]}', "\xff"])
def test_nonsense_is_answered_and_keeps_nothing(desk, body):
    answer = desk.post(reverse("catalogue:drafts"), body, content_type="application/json")
    assert (answer.status_code, Draft.objects.count()) == (400, 0)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_as_much_for_three_drafts_as_for_one(desk, count, django_assert_num_queries):
    for n in range(count):
        keep(desk, a_record(f"Judul {n}"), title="x")
    with django_assert_num_queries(6):
        desk.get(reverse("catalogue:drafts"))


def test_a_draft_taken_up_again_is_kept_on(desk):
    record = a_record()
    kept = keep(desk, record, view="marc", lines="245 00 $aSatu\n", version="1").json()
    page = desk.get(reverse("catalogue:marc_edit", args=[record.pk]), {"draft": kept["draft"]}).content.decode()
    assert 'saves="1"' in page
    assert keep(desk, record, view="marc", draft=kept["draft"], saves=1, lines="245 00 $aDua\n").status_code == 200
