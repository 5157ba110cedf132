"""The machine room: failed work and the journal."""

from datetime import UTC, datetime

import pytest
from django.db import transaction
from django.urls import reverse

from lumbung.kernel import channel, clock, events
from lumbung.kernel.failures import FailureRetried
from lumbung.kernel.models import JournalEntry, PendingReaction

pytestmark = pytest.mark.django_db
JOBS, JOURNAL = reverse("kernel:jobs"), reverse("kernel:journal")
MORNING = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def happened(by=None, at=MORNING, through="web", work="x"):
    with transaction.atomic(), clock.stopped_at(at), channel.through(through):
        return events.record(FailureRetried(kind="task", key="1", work=work), by=by)


def failed(n=1):
    return PendingReaction.objects.create(
        reaction="index_records", entry=happened(), failures=n, last_error="Traceback\nOSError: cakram penuh", failed_at=MORNING
    )


@pytest.fixture
def head(client, with_role, signed_in):
    user = with_role("head")
    signed_in(client, user)
    client.user = user
    return client


@pytest.mark.parametrize("page", [JOBS, JOURNAL])
def test_only_the_head_and_the_administrator_look_in(client, page, sari, ani, budi, with_role, signed_in):
    assert client.get(page)["Location"].startswith("/accounts/login/")
    refused = [sari, ani.user, budi.user, with_role("cataloguer"), with_role("circulation")]
    assert [signed_in(client, user).get(page).status_code for user in refused] == [403] * 5
    assert [signed_in(client, with_role(role)).get(page).status_code for role in ("head", "admin")] == [200, 200]


def test_failed_work_shows_its_error_and_waits_in_vain_without_a_worker(head):
    failed()
    page = head.get(JOBS).content.decode()
    assert "OSError: cakram penuh" in page
    assert "Tidak ada pekerja yang berjalan" in page


def test_failed_work_is_tried_again_or_dismissed(head):
    first, second = failed(), failed()
    head.post(reverse("kernel:job_retry", args=["reaction", first.pk]))
    head.post(reverse("kernel:job_dismiss", args=["reaction", second.pk]))
    assert list(PendingReaction.objects.values_list("pk", "failures")) == [(first.pk, 0)]


def test_work_that_is_gone_is_refused_and_an_unknown_kind_is_not_found(head):
    assert head.post(reverse("kernel:job_retry", args=["reaction", "77"])).status_code == 409
    assert head.post(reverse("kernel:job_retry", args=["dream", "1"])).status_code == 404


def test_the_journal_tells_who_did_what_through_which_channel(head):
    happened(by=head.user, through="desk")
    line = head.get(JOURNAL).context["stretch"].lines[0]
    assert (line.said, line.who, line.entry.channel) == ("Pekerjaan gagal dicoba lagi", head.user.name, "desk")


def test_what_the_system_did_says_so(head):
    happened()
    assert head.get(JOURNAL).context["stretch"].lines[0].who == "Sistem"


@pytest.mark.parametrize(
    ("asked", "works"),
    [
        ({}, ["c", "b", "a"]),
        ({"channel": "desk"}, ["b"]),
        ({"person": "SARI"}, ["c"]),
        ({"first_day": "2026-11-24"}, ["c"]),
        ({"last_day": "2026-11-23"}, ["b", "a"]),
        ({"event": "FailureRetried", "channel": "api"}, []),
        ({"record": "5"}, []),
    ],
)
def test_the_journal_is_filtered(head, sari, asked, works):
    happened(work="a")
    happened(work="b", through="desk")
    happened(work="c", by=sari, at=datetime(2026, 11, 24, 2, 0, tzinfo=UTC))
    lines = head.get(JOURNAL, asked).context["stretch"].lines
    assert [line.entry.data["work"] for line in lines] == works


def test_the_journal_goes_on_from_a_key_and_never_repeats_a_line(head):
    JournalEntry.objects.bulk_create(JournalEntry(at=MORNING, name="X", channel="web", data={}) for _ in range(60))
    first = head.get(JOURNAL).context["stretch"]
    second = head.get(JOURNAL, {"before": first.before}).context["stretch"]
    assert (len(first.lines), len(second.lines), second.before) == (50, 10, None)
    assert first.lines[-1].entry.pk == second.lines[0].entry.pk + 1


@pytest.mark.parametrize("count", [1, 3])
def test_pages_ask_as_much_for_three_rows_as_for_one(head, count, django_assert_num_queries):
    for _ in range(count):
        PendingReaction.objects.filter(pk=failed().pk).update(failures=1)
        happened(by=head.user)
    with django_assert_num_queries(12):
        head.get(JOBS)
    with django_assert_num_queries(5):
        head.get(JOURNAL)
