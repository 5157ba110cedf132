"""The journal tells what was acted on by its name, asked when it is read."""

import pytest
from django.urls import reverse

from lumbung.circulation.domain.holds import place_hold
from lumbung.circulation.tests.factories import ItemFactory, LoanRuleFactory, RecordFactory
from lumbung.kernel import journal

pytestmark = pytest.mark.django_db


@pytest.fixture
def held(ani):
    LoanRuleFactory(category=ani.category)
    record = RecordFactory(title="Sejarah nasional Indonesia")
    ItemFactory(record=record, branch=ani.branch, call_number="959.8 SEJ jil.2")

    def place(**which):
        return place_hold(record, member=ani, pickup_branch=ani.branch, by=ani.user, **which)

    return place


def facts(line):
    return {fact.name: fact.value for fact in line.facts}


def test_the_head_reads_names_and_the_volume_that_is_waited_for(held, ani, client, with_role, signed_in):
    hold = held(volume="2")
    page = signed_in(client, with_role("head")).get(reverse("catalogue:record", args=[hold.record_id]))
    assert facts(page.context["history"].lines[0]) == {
        "pesanan": "Jilid 2",
        "judul": "Sejarah nasional Indonesia",
        "anggota": ani.name,
        "cabang": ani.branch.name,
    }
    assert f'<a href="{reverse("members:member", args=[ani.pk])}">{ani.name}</a>' in page.content.decode()


def test_what_is_gone_or_has_no_name_is_told_by_its_key(held):
    hold = held()
    key = hold.pk
    assert facts(journal.entries(journal.Asked(record=hold.record_id)).lines[0])["pesanan"] == key
    hold.delete()
    assert facts(journal.entries(journal.Asked(record=hold.record_id)).lines[0])["pesanan"] == key


def test_each_kind_of_thing_is_asked_once_for_a_whole_stretch(held, ani, django_assert_num_queries):
    record = held().record_id
    for each in ItemFactory.create_batch(2, branch=ani.branch):
        place_hold(each.record, member=ani, pickup_branch=ani.branch, by=ani.user)
    with django_assert_num_queries(6):  # entries, people who acted, and titles, members, holds and branches
        lines = journal.entries(journal.Asked(member=ani.pk)).lines
        assert [len(line.facts) for line in lines] == [4, 4, 4]
    with django_assert_num_queries(2):
        journal.entries(journal.Asked(record=record))
