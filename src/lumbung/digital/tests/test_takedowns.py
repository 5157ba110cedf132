"""Asking that a file be withdrawn, by anybody; answered by those who keep it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from lumbung.digital.domain.takedowns import MOST_WAITING, answer_takedown, ask_takedown, forget_askers
from lumbung.digital.models import File, TakedownRequest
from lumbung.digital.tests.factories import a_file
from lumbung.kernel import clock
from lumbung.kernel.refusals import Refused
from lumbung.organization.tests.factories import LibraryFactory

pytestmark = pytest.mark.django_db
ASKED = {"name": "Rina", "contact": "rina@example.net", "reason": "Foto keluarga saya ada di halaman 12."}


def test_a_stranger_asks_and_the_granted_request_withdraws_the_file_with_its_reason(client, sari, ani, signed_in):
    LibraryFactory()
    file = a_file()
    address = reverse("digital:takedown", args=[file.pk])
    assert address in client.get(reverse("digital:file", args=[file.pk])).content.decode()
    assert client.post(address, {**ASKED, "reason": ""}).status_code == 422
    assert "Permintaan Anda kami terima" in client.post(address, ASKED, follow=True).content.decode()
    queue = reverse("digital:takedowns")
    assert signed_in(client, ani.user).get(queue).status_code == 403
    desk = signed_in(client, sari)
    assert "Foto keluarga saya" in desk.get(queue).content.decode()
    answer = {"verdict": "grant", "answer": "Melanggar privasi."}
    desk.post(reverse("digital:takedown_answer", args=[TakedownRequest.objects.get().pk]), answer)
    client.logout()
    page = client.get(reverse("digital:file", args=[file.pk]))
    assert (page.status_code, "Melanggar privasi." in page.content.decode(), "Rina" in page.content.decode()) == (
        410,
        True,
        False,
    )


def test_a_declined_request_changes_nothing_and_is_answered_once(sari):
    file = a_file()
    asked = ask_takedown(file, **ASKED, by=None)
    with pytest.raises(Refused) as refusal:
        answer_takedown(asked, grant=False, answer=" ", by=sari)
    assert refusal.value.codes == ["reason_empty"]
    answer_takedown(asked, grant=False, answer="Foto itu milik umum.", by=sari)
    assert File.objects.get().withdrawn_at is None
    with pytest.raises(Refused) as refusal:
        answer_takedown(asked, grant=True, answer="Ya", by=sari)
    assert refusal.value.codes == ["takedown_answered"]


def test_requests_about_one_file_do_not_pile_up_without_end():
    file = a_file()
    for _ in range(MOST_WAITING):
        ask_takedown(file, **ASKED, by=None)
    with pytest.raises(Refused) as refusal:
        ask_takedown(file, **ASKED, by=None)
    assert refusal.value.codes == ["takedowns_too_many"]


def test_who_asked_is_forgotten_a_year_after_the_answer(sari):
    asked = answer_takedown(ask_takedown(a_file(), **ASKED, by=None), grant=False, answer="Tidak", by=sari)
    assert forget_askers() == 0
    with clock.stopped_at(clock.now() + timedelta(days=366)):
        assert (forget_askers(), forget_askers()) == (1, 0)
    asked.refresh_from_db()
    assert (asked.name, asked.contact, asked.reason) == ("–", "–", ASKED["reason"])


@pytest.mark.parametrize("rows", [1, 3])
def test_requests_are_listed_with_a_fixed_number_of_statements(client, sari, rows, signed_in, django_assert_num_queries):
    LibraryFactory()
    file = a_file()
    for _ in range(rows):
        ask_takedown(file, **ASKED, by=None)
    desk = signed_in(client, sari)
    desk.get(reverse("digital:takedowns"))
    with django_assert_num_queries(5):
        assert desk.get(reverse("digital:takedowns")).status_code == 200
