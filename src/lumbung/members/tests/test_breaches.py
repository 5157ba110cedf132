"""The register of breaches: its clock, who was told, and what is said to them."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from lumbung.accounts.models import Role
from lumbung.kernel import clock
from lumbung.kernel.models import JournalEntry
from lumbung.kernel.refusals import Refused
from lumbung.members.domain.privacy import breaches
from lumbung.members.models import Breach

pytestmark = pytest.mark.django_db


def lost_laptop(by, **facts: object) -> Breach:
    told = {"what": "Laptop meja hilang di kereta.", "disclosed": "Nama dan NIM 40 anggota", "noticed_at": clock.now()}
    return breaches.report(by=by, **told | facts)


def test_seventy_two_hours_run_from_the_moment_it_was_noticed(sari):
    now = clock.now()
    breach = lost_laptop(sari, noticed_at=now - timedelta(hours=70))
    assert (breach.due_at - now, breach.is_told) == (timedelta(hours=2), False)


def test_a_breach_that_says_nothing_or_is_yet_to_come_is_refused_with_both_reasons(sari):
    with pytest.raises(Refused) as refused:
        lost_laptop(sari, what=" ", noticed_at=clock.now() + timedelta(hours=1))
    assert refused.value.codes == ["breach_incomplete", "breach_in_the_future"]


def test_it_is_closed_only_when_all_were_told_or_it_is_said_why_not(sari):
    breach, harmless = lost_laptop(sari), lost_laptop(sari)
    breaches.note_told(breach, "people", by=sari)
    with pytest.raises(Refused) as refused:
        breaches.close(breach, by=sari)
    assert refused.value.codes == ["breach_not_told"]
    first = breaches.note_told(breach, "authority", by=sari).authority_told_at
    with clock.stopped_at(clock.now() + timedelta(hours=5)):
        assert breaches.note_told(breach, "authority", by=sari).authority_told_at == first
    assert breaches.close(breach, by=sari).closed_at is not None
    assert breaches.close(harmless, untold_because="Cakramnya terenkripsi", by=sari).is_told
    with pytest.raises(Refused) as refused:
        breaches.change(breach, people=40, by=sari)
    assert refused.value.codes == ["breach_closed"]
    names = [entry.name for entry in JournalEntry.objects.filter(name__startswith="Breach").order_by("pk")]
    assert names == ["BreachReported"] * 2 + ["BreachTold"] * 2 + ["BreachClosed"] * 2


def test_sari_enters_follows_writes_the_letter_and_closes_one(client: Client, sari, with_role):
    client.force_login(sari)
    facts = {
        "what": "Daftar terkirim ke orang lain",
        "disclosed": "Nama dan surel",
        "noticed_at": "2026-01-05T08:00",
        "people": "40",
    }
    assert "Tuliskan apa yang terjadi" in client.post(reverse("members:breaches"), facts | {"what": ""}).content.decode()
    assert '<textarea name="what" cols="40" rows="3" required' in client.get(reverse("members:breaches")).content.decode()
    page = client.post(reverse("members:breaches"), facts, follow=True)
    assert "terlambat" in page.content.decode()
    assert "Daftar terkirim ke orang lain" in client.get(reverse("members:privacy")).content.decode()
    breach = Breach.objects.get()
    client.post(reverse("members:breach", args=[breach.pk]), facts | {"measures": "Penerima diminta menghapusnya"})
    letter = client.get(reverse("members:breach_letter", args=[breach.pk])).content.decode()
    assert all(said in letter for said in ("Nama dan surel", "40 orang", "Penerima diminta menghapusnya", "pasal 46"))
    step = reverse("members:breach_step", args=[breach.pk])
    assert client.post(step, {"step": "close"}).status_code == 409
    for each in ("authority", "people", "close"):
        client.post(step, {"step": each})
    assert "ditutup" in client.get(reverse("members:breaches")).content.decode()
    client.force_login(with_role(Role.CIRCULATION))
    assert client.get(reverse("members:breaches")).status_code == 403


@pytest.mark.parametrize("rows", [1, 3])
def test_the_register_asks_the_same_number_of_questions(client: Client, sari, rows: int, django_assert_num_queries):
    for _ in range(rows):
        lost_laptop(sari)
    client.force_login(sari)
    client.get(reverse("members:breaches"))
    with django_assert_num_queries(5):
        assert len(client.get(reverse("members:breaches")).context["page"]) == rows
