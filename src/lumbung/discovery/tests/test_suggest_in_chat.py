"""*Usul* in chat: a known member's suggestion is a request; anybody else's, or where acquisitions are closed, goes to a person."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from lumbung.acquisitions.models import PurchaseRequest
from lumbung.discovery.gateways.chat.suggesting import suggest
from lumbung.kernel import opening
from lumbung.members.domain.channel_links import link_by_code, make_code
from lumbung.messaging.chat import Answer, Asking, Confirm, HandOver, model
from lumbung.messaging.chat.answering import answer
from lumbung.messaging.models import Delivery
from lumbung.messaging.tests.factories import hear, web_identity
from lumbung.organization.tests.factories import BranchFactory, LibraryFactory

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


@pytest.fixture
def says(ani):
    """What the chat answers to Ani, who has linked it."""
    LibraryFactory()
    BranchFactory()
    side = web_identity("ani")
    link_by_code(side, make_code(ani, by=ani.user))

    def told(text: str) -> str:
        incoming = hear(side, text)
        answer(incoming.pk)
        return "\n".join(Delivery.objects.filter(answers=incoming).values_list("body", flat=True))

    return told


def titles() -> list[str]:
    return list(PurchaseRequest.objects.values_list("title", flat=True))


@pytest.mark.parametrize(
    "text",
    [
        "tidak jadi usul buku deep work",
        "kenapa usulan buku deep work belum ada?",
        "usul deep work ga jadi",
        "usulan saya sampai mana?",
        "mengusulkan buku deep work",
    ],
)
def test_nothing_is_asked_for_by_words_that_only_speak_of_a_suggestion(says, text):
    assert says(text)
    assert titles() == []


def test_a_title_after_the_word_is_asked_for_at_once_and_anything_else_after_a_yes(says):
    assert "“deep work” saya catat" in says("usul deep work dong kak")
    assert "Catat “filosofi teras” sebagai usulan pembelian" in says("usulkan buku filosofi teras")
    assert titles() == ["deep work"]
    says("tidak")
    assert titles() == ["deep work"]
    says("usulkan buku filosofi teras")
    assert "“filosofi teras” saya catat" in says("ya")
    assert sorted(titles()) == ["deep work", "filosofi teras"]


def test_what_a_search_did_not_find_is_asked_for_by_its_button_whatever_its_words(says):
    says("usul tetap mengapa negara gagal")
    assert titles() == ["mengapa negara gagal"]


def test_a_models_choice_asks_for_nothing_by_itself(says, ani, monkeypatch):
    monkeypatch.setattr(model, "chosen", lambda _text, _labels: "suggest")
    assert "Buku apa yang Kakak usulkan?" in says("zrk blarf kuwistik?")
    assert "Catat “nggak jadi” sebagai usulan pembelian" in says("nggak jadi deh kak")
    guessed = suggest(replace(asking(ani), certain=False))
    assert isinstance(guessed, Confirm)
    assert guessed.say == "usul tetap Laut bercerita"
    assert titles() == []
