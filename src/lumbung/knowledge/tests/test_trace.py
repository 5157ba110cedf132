"""What came from what: linking, and walking the line both ways."""

import pytest
from django.db import IntegrityError, transaction

from lumbung.kernel.models import JournalEntry
from lumbung.knowledge.domain.incidents import report
from lumbung.knowledge.domain.trace import link
from lumbung.knowledge.models import Trace
from lumbung.knowledge.queries.trace import line_of
from lumbung.knowledge.tracing import Links, Ref, Stages

pytestmark = pytest.mark.django_db


def test_a_step_is_traced_once_and_told_to_the_journal(sari):
    first = link(Ref("x_talk", 1), Ref("x_note", 5), Links.RECORDED, by=sari)
    assert link(Ref("x_talk", 1), Ref("x_note", 5), Links.RECORDED, by=sari) == first
    assert (Trace.objects.count(), JournalEntry.objects.filter(name="KnowledgeTraced").count()) == (1, 1)
    assert first.stage == Stages.EXTERNALISATION


def test_nothing_comes_from_itself(sari):
    with pytest.raises(IntegrityError), transaction.atomic():
        link(Ref("x_talk", 1), Ref("x_talk", 1), Links.DISCUSSED, by=sari)


def test_the_line_is_walked_back_and_forward_and_round(sari):
    talk, note, page, use = Ref("x_talk", 1), Ref("x_note", 1), Ref("x_page", 1), Ref("x_use", 1)
    link(talk, note, Links.RECORDED, by=sari)
    link(note, page, Links.COMPILED, by=sari)
    link(page, use, Links.USED, by=sari)
    link(use, Ref("x_talk", 2), Links.RETURNED, by=sari)
    line = line_of("x_page", 1, sari)
    assert [each.trace.kind for each in line.back] == ["recorded", "compiled"]
    assert [each.trace.kind for each in line.forward] == ["used", "returned"]


def test_a_line_that_bites_its_tail_ends_and_its_queries_do_not_grow(sari, django_assert_max_num_queries):
    for key in range(300):
        link(Ref("x_talk", key), Ref("x_talk", (key + 1) % 300), Links.DISCUSSED, by=sari)
    with django_assert_max_num_queries(20):
        line = line_of("x_talk", 0, sari)
    assert (len(line.back), len(line.forward)) == (8, 8)


def test_a_thing_nobody_knows_or_may_see_has_no_page(client, sari, signed_in):
    assert signed_in(client, sari).get("/staff/knowledge/trace/x_talk/1").status_code == 404


def test_the_page_of_a_trace_offers_no_way_to_itself(client, sari, signed_in):
    shown = report("Lampu rak padam", by=sari)
    trace = f"/staff/knowledge/trace/incident/{shown.pk}"
    signed_in(client, sari)
    assert [f'href="{trace}"' in client.get(page).text for page in (f"/staff/knowledge/incidents/{shown.pk}", trace)] == [
        True,
        False,
    ]
