"""Whoever is new at work is given the learning paths that wait for them, once."""

from datetime import timedelta

import pytest

from lumbung.accounts.domain.users import add_user, set_roles
from lumbung.kernel import clock
from lumbung.kernel.models import JournalEntry
from lumbung.knowledge.domain.learning.paths import add_path, add_step
from lumbung.knowledge.models import Walk
from lumbung.organization.tests.factories import LibraryFactory
from lumbung.reactions.new_colleagues import new_colleagues

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def house():
    LibraryFactory()


def with_page(by, title="Pekan pertama", **facts):
    made = add_path(title=title, aim="melayani di meja", by=by, **facts)
    add_step(made, kind="help", title="Mencari", address="/help/search", by=by)
    return made


def arrives():
    """Somebody's account is made, or their roles change, and what it sets off is done, twice."""
    entry = JournalEntry.objects.latest("pk")
    new_colleagues(entry)
    new_colleagues(entry)


def test_whoever_is_new_is_given_the_paths_that_wait_and_nobody_else_is(sari, with_role):
    mentor = with_role("librarian")
    with_page(sari, title="Semua", for_arrivals=True, mentor=mentor)
    with_page(sari, title="Pengatalog", for_arrivals=True, roles=["cataloguer"])
    with_page(sari, title="Pilihan")
    add_path(title="Kosong", aim="apa saja", for_arrivals=True, by=sari)
    new = add_user(username="baru", name="Baru", roles=["circulation"], by=sari)
    arrives()
    assert list(Walk.objects.filter(person=new).values_list("path__title", "mentor")) == [("Semua", mentor.pk)]
    set_roles(new, ["circulation", "cataloguer"], by=sari)
    arrives()
    assert set(Walk.objects.filter(person=new).values_list("path__title", flat=True)) == {"Semua", "Pengatalog"}
    member = add_user(username="anggota", name="Anggota", roles=["member"], by=sari)
    arrives()
    assert not Walk.objects.filter(person=member).exists()


def test_a_path_made_later_is_not_given_to_those_who_came_before(sari):
    add_user(username="lama", name="Lama", roles=["circulation"], by=sari)
    entry = JournalEntry.objects.latest("pk")
    with clock.stopped_at(clock.now() + timedelta(minutes=1)):
        with_page(sari, for_arrivals=True)
        new_colleagues(entry)
    assert not Walk.objects.exists()
