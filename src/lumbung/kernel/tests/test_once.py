"""A form that is sent twice, by a second press or by the browser itself, makes what it makes once."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.messages import get_messages
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.test import Client
from django.urls import path

from lumbung.kernel import clock, events
from lumbung.kernel.jobs.upkeep import forget_sent_forms
from lumbung.kernel.models import JournalEntry, SentForm
from lumbung.kernel.refusals import Refusal, Refused
from lumbung.kernel.tests.race import race
from lumbung.kernel.ui.once import once, once_pressed

MISSING = Refusal("name_missing", "Namanya belum ada.")
MORNING = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


@events.event
class SheepCounted(events.Event):
    """A sheep went over the fence."""


@once
def count(request: HttpRequest) -> HttpResponse:
    """Counts a sheep; one without a name is refused, and one called "lain" is shown again."""
    match request.POST.get("name"):
        case "":
            raise Refused(MISSING())
        case "lain":
            return HttpResponse("lagi", status=422)
    with transaction.atomic():
        events.record(SheepCounted(), by=None)
    return redirect(f"/sheep/{JournalEntry.objects.count()}")


@once_pressed("count")
def look(request: HttpRequest) -> HttpResponse:
    """Tells whether nobody else may write meanwhile; counts a sheep when asked to."""
    if "count" in request.POST:
        events.record(SheepCounted(), by=None)
        return redirect("/sheep/1")
    return HttpResponse(str(connection.in_atomic_block))


urlpatterns = [path("sheep", count), path("lambs", count), path("look", look)]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls(__name__)]


def test_two_sent_at_the_same_moment_make_one_and_lead_to_it() -> None:
    sent = {"csrfmiddlewaretoken": "a" * 64, "name": "Dolly"}
    answers, _refused = race(*(lambda: Client().post("/sheep", sent) for _ in range(3)))
    assert [answer.url for answer in answers] == ["/sheep/1"] * 3
    assert JournalEntry.objects.count() == 1


def test_who_sent_it_twice_is_told_that_it_was_kept_once(client: Client) -> None:
    sent = {"csrfmiddlewaretoken": "a" * 64, "name": "Dolly"}
    client.post("/sheep", sent)
    again = client.post("/sheep", sent)
    told = [str(each) for each in get_messages(again.wsgi_request)]
    assert (again.url, told) == ("/sheep/1", ["Isian ini terkirim dua kali dan dicatat satu kali."])


@pytest.mark.parametrize(
    ("address", "other"),
    [
        ("/sheep", {"csrfmiddlewaretoken": "b" * 64}),  # the page was opened anew
        ("/sheep", {"name": "Molly"}),
        ("/lambs", {}),
    ],
)
def test_another_form_is_another_sheep(client: Client, address: str, other: dict[str, str]) -> None:
    sent = {"csrfmiddlewaretoken": "a" * 64, "name": "Dolly"}
    client.post("/sheep", sent)
    assert client.post(address, sent | other).url == "/sheep/2"


def test_what_was_not_accepted_may_be_sent_again(client: Client) -> None:
    for name, told in (("lain", 422), ("", 409)):
        sent = {"csrfmiddlewaretoken": "a" * 64, "name": name}
        answers = [client.post("/sheep", sent, headers={"HX-Request": "true"}) for _ in range(2)]
        assert [each.status_code for each in answers] == [told, told]
    assert not SentForm.objects.exists()


def test_what_is_only_looked_at_runs_outside_the_transaction_and_what_is_carried_out_is_so_once(client: Client) -> None:
    sent = {"csrfmiddlewaretoken": "a" * 64, "name": "Dolly"}
    assert [client.post("/look", sent).content for _ in range(2)] == [b"False"] * 2
    answers = [client.post("/look", sent | {"count": "1"}) for _ in range(2)]
    assert [answer.url for answer in answers] == ["/sheep/1"] * 2
    assert JournalEntry.objects.count() == 1


def test_a_program_that_sends_no_form_of_ours_is_not_held_up(client: Client) -> None:
    assert [client.post("/sheep", {"name": "Dolly"}).url for _ in range(2)] == ["/sheep/1", "/sheep/2"]


def test_what_was_sent_is_forgotten_after_two_days(client: Client) -> None:
    for token, at in (("a", MORNING), ("b", MORNING + timedelta(days=2))):
        with clock.stopped_at(at):
            client.post("/sheep", {"csrfmiddlewaretoken": token * 64, "name": "Dolly"})
    with clock.stopped_at(MORNING + timedelta(days=2, hours=1)):
        assert forget_sent_forms() == 1
    assert SentForm.objects.get().answer == "/sheep/2"
