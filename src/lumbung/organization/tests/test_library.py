"""The library's particulars, its branches and locations."""

import pytest
from django.db import connection

from lumbung.kernel.models import JournalEntry
from lumbung.kernel.refusals import Refused
from lumbung.kernel.remembered import forget_everything
from lumbung.organization.domain.branches import (
    add_branch,
    add_location,
    change_branch,
    change_location,
    remove_branch,
    remove_location,
)
from lumbung.organization.domain.library import change_library, set_up
from lumbung.organization.models import Library
from lumbung.organization.queries import branch_of, branches, library, locations

pytestmark = pytest.mark.django_db


def test_there_is_one_library_and_before_it_is_set_up_none(sari):
    assert (library().pk, library().name) == (None, "")
    set_up(name=" Perpustakaan Nusantara ", institution="Universitas Nusantara", by=sari)
    assert (library().name, library().institution) == ("Perpustakaan Nusantara", "Universitas Nusantara")
    with pytest.raises(Refused) as refused:
        set_up(name="", email="bukan surel", time_zone="Asia/Bandung", by=sari)
    assert refused.value.codes == ["name_empty", "time_zone_unknown", "email_unreadable", "already_set_up"]
    assert JournalEntry.objects.get().data == {"fields": ["institution", "name"]}


def test_a_change_is_seen_at_once_and_journalled_by_its_fields(sari):
    set_up(name="Perpustakaan", by=sari)
    assert library().name == "Perpustakaan"
    change_library(name="Pustaka", tagline="", by=sari)
    assert library().name == "Pustaka"
    assert JournalEntry.objects.order_by("pk").last().data == {"fields": ["name"]}
    with pytest.raises(Refused):
        change_library(name=" ", by=sari)
    assert Library.objects.get().name == "Pustaka"


def test_pages_read_the_library_without_a_statement(sari, django_assert_num_queries):
    set_up(name="Perpustakaan", by=sari)
    library(), branches()
    with django_assert_num_queries(0):
        library(), branches()


def test_what_another_process_changed_is_seen_within_a_second(sari, monkeypatch):
    set_up(name="Perpustakaan", by=sari)
    assert library().name == "Perpustakaan"
    with connection.cursor() as cursor:
        cursor.execute("UPDATE organization_library SET name = 'Pustaka'")
    monkeypatch.setattr("lumbung.kernel.remembered.seconds_since_start", lambda: 1.01)
    assert library().name == "Pustaka"
    forget_everything()


def test_a_branch_is_added_changed_and_removed(sari):
    branch = add_branch(code=" TEKNIK ", name="Perpustakaan Teknik", time_zone="Asia/Makassar", by=sari)
    assert (branches(), branch_of(branch.pk)) == ((branch,), branch)
    change_branch(branch, name="Pustaka Teknik", code="TEKNIK", by=sari)
    assert branches()[0].name == "Pustaka Teknik"
    remove_branch(branch, by=sari)
    assert branches() == ()
    assert list(JournalEntry.objects.order_by("pk").values_list("name", "data")) == [
        ("BranchAdded", {"branch": branch.pk}),
        ("BranchChanged", {"branch": branch.pk, "fields": ["name"]}),
        ("BranchRemoved", {"branch": branch.pk}),
    ]


def test_everything_wrong_with_a_branch_is_named_at_once(sari):
    add_branch(code="PUSAT", name="Pusat", by=sari)
    with pytest.raises(Refused) as refused:
        add_branch(code="PUSAT", name=" ", time_zone="Mars", by=sari)
    assert refused.value.codes == ["name_empty", "code_taken", "time_zone_unknown"]


def test_a_location_belongs_to_its_branch(sari):
    pusat, teknik = add_branch(code="P", name="Pusat", by=sari), add_branch(code="T", name="Teknik", by=sari)
    shelf = add_location(pusat, code="R1", name="Rak 1", by=sari)
    add_location(teknik, code="R1", name="Rak 1", by=sari)
    with pytest.raises(Refused) as refused:
        add_location(pusat, code="R1", name="", by=sari)
    assert refused.value.codes == ["name_empty", "code_taken"]
    change_location(shelf, name="Rak besar", by=sari)
    assert [location.name for location in locations(pusat)] == ["Rak besar"]
    remove_location(shelf, by=sari)
    assert not locations(pusat).exists()
