"""*Usul* in chat: a known member's suggestion is a request; anybody else's, or where acquisitions are closed, goes to a person."""

from types import SimpleNamespace

import pytest

from lumbung.acquisitions.models import PurchaseRequest
from lumbung.discovery.gateways.chat.suggesting import suggest
from lumbung.kernel import opening
from lumbung.messaging.chat import Answer, Asking, HandOver

pytestmark = pytest.mark.django_db


def asking(person=None) -> Asking:
    said = "tetap Laut bercerita"
    return Asking(SimpleNamespace(pk=7), None, f"usul {said}", said, "id", person=person)


def test_a_known_member_asks_for_a_title_and_the_same_message_asks_once(ani):
    for _ in range(2):
        answer = suggest(asking(ani))
        assert isinstance(answer, Answer)
        assert "“Laut bercerita” saya catat" in answer.text
    request = PurchaseRequest.objects.get()
    assert (request.title, request.member, request.origin) == ("Laut bercerita", ani, "chat:7")


def test_a_stranger_and_a_closed_room_go_to_a_person(ani, sari):
    assert isinstance(suggest(asking()), HandOver)
    opening.close_room("acquisitions", by=sari)
    assert isinstance(suggest(asking(ani)), HandOver)
    assert not PurchaseRequest.objects.exists()
