"""The optional model only sorts what nobody understood: it writes nothing, changes nothing, and harms nothing when it is dead or lies."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from lumbung.kernel.models import JournalEntry
from lumbung.messaging.chat import Known, model, others
from lumbung.messaging.chat.answering import answer
from lumbung.messaging.models import Delivery, Understood
from lumbung.messaging.tests.counterparts import Counterpart, Heard, Says, counterpart
from lumbung.messaging.tests.factories import hear, web_identity
from lumbung.organization.tests.factories import BranchFactory, LibraryFactory, open_on

pytestmark = pytest.mark.django_db
STRANGE = "zrk blarf kuwistik? hubungi 0812 3456 789 atau ani@kampus.example"


class Model:
    """An OpenAI-compatible server: strict about what it is asked, free in what it says."""

    def __init__(self) -> None:
        self.says: Any = "hours"
        self.raw: Says | None = None

    def __call__(self, heard: Heard) -> Says:
        if heard.path != "/v1/chat/completions" or heard.headers.get("authorization") != "Bearer kunci":
            return Says(401, {"error": {"message": "Incorrect API key provided"}})
        wanted = {"model", "temperature", "max_tokens", "response_format", "messages"}
        if set(heard.said) != wanted or [each["role"] for each in heard.said["messages"]] != ["system", "user"]:
            return Says(400, {"error": {"message": "Unrecognized request argument supplied"}})
        content = self.says if isinstance(self.says, str) and self.says.startswith("{") else json.dumps({"label": self.says})
        choice = {"index": 0, "message": {"role": "assistant", "content": content}, "finish_reason": "stop"}
        return self.raw or Says(200, {"id": "c1", "object": "chat.completion", "choices": [choice]})


@pytest.fixture
def said() -> Model:
    return Model()


@pytest.fixture
def side(said: Model, settings, monkeypatch) -> Iterator[Counterpart]:
    settings.INTERNAL_TARGETS = ["127.0.0.0/8"]
    monkeypatch.setattr(model, "_rests_until", 0.0)
    LibraryFactory()
    open_on(BranchFactory())
    with counterpart(said) as server:
        settings.CHAT_MODEL = {"url": f"{server.address}/v1", "name": "kecil", "key": "kunci"}
        yield server


def answered(text: str) -> str:
    incoming = hear(web_identity(), text)
    answer(incoming.pk)
    return "\n".join(Delivery.objects.filter(answers=incoming).values_list("body", flat=True))


def to_a_person(text: str = STRANGE) -> bool:
    before = JournalEntry.objects.filter(name="PersonWanted").count()
    answered(text)
    return JournalEntry.objects.filter(name="PersonWanted").count() == before + 1


def test_without_one_nobody_is_asked(side, settings):
    settings.CHAT_MODEL = {"url": "", "name": "", "key": ""}
    assert to_a_person()
    assert side.heard == []


def test_it_says_what_is_wanted_and_the_command_answers_from_data(side):
    assert "buka" in answered(STRANGE)
    [heard] = side.heard
    shown = json.loads(heard.said["messages"][1]["content"])["message"]
    assert shown == "zrk blarf kuwistik? hubungi # atau #"
    assert heard.said["response_format"]["json_schema"]["schema"]["properties"]["label"]["enum"][-1] == "none"
    assert Understood.objects.get().is_certain is False


def test_what_the_rules_understand_is_never_shown_to_it(side):
    answered("jam buka hari ini?")
    answered("petugas")
    assert side.heard == []


def test_what_is_somebodys_own_still_needs_proof(side, said):
    said.says = "loans"
    assert "perlu yakin siapa Kakak" in answered(STRANGE)


def test_it_may_pick_a_reviewed_answer_which_goes_with_its_source(side, said, monkeypatch):
    known = Known("Bolehkah membawa tas?", "Tas dititipkan di loker.", "Tata tertib", "Kepala", date(2026, 11, 1))
    late = Known("Bolehkah makan?", "Tidak.", "Tata tertib", "Kepala", date(2020, 1, 1), until=date(2020, 2, 1))
    monkeypatch.setattr(others, "_knowledge", [lambda _text, _language: [late, known]])
    said.says = "answer1"
    assert answered(STRANGE).startswith("Tas dititipkan di loker.\n\nSumber: Tata tertib. Diperiksa Kepala, 1 Nov 2026.")
    assert "makan" not in side.heard[-1].said["messages"][0]["content"]


@pytest.mark.parametrize(
    "lie", ["delete_everything", "link", "unlink", 7, None, ["hours"], "{}", "{broken", '{"label": {"x": 1}}']
)
def test_whatever_else_it_says_is_dropped_and_a_person_answers(side, said, lie):
    said.says = lie
    assert to_a_person()


@pytest.mark.parametrize(
    "raw",
    [
        Says(500, b"oops"),
        Says(200, b"<html>"),
        Says(200, {"choices": []}),
        Says(429, {}),
        Says(200, cut=True),
        Says(200, b"x" * 200_000),
    ],
)
def test_one_that_is_ill_leaves_the_message_to_a_person(side, said, raw):
    said.raw = raw
    assert to_a_person()


def test_one_that_is_dead_is_left_alone_for_a_minute(side, said, settings):
    settings.CHAT_MODEL = {**settings.CHAT_MODEL, "url": "http://127.0.0.1:9/v1"}
    assert to_a_person()
    settings.CHAT_MODEL = {**settings.CHAT_MODEL, "url": f"{side.address}/v1"}
    assert to_a_person()
    assert side.heard == []
