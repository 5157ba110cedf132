"""Conversations for tests: questions at the counter of the central library, open and nobody's."""

import factory

from lumbung.desk.domain.turns import words_of
from lumbung.desk.models import Conversation, Turn
from lumbung.kernel import clock
from lumbung.organization.tests.factories import BranchFactory


class ConversationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Conversation

    channel = "walk_in"
    subject = factory.Sequence(lambda n: f"Pertanyaan {n}")
    branch = factory.SubFactory(BranchFactory)
    kind = "ready"
    opened_at = factory.LazyFunction(clock.now)
    last_turn_at = factory.SelfAttribute("opened_at")
    changed_at = factory.SelfAttribute("opened_at")


class TurnFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Turn

    conversation = factory.SubFactory(ConversationFactory)
    kind = "question"
    text = "Adakah buku tentang ekonomi mikro?"
    words = factory.LazyAttribute(lambda turn: words_of(turn.text))
    at = factory.LazyFunction(clock.now)
