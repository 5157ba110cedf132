"""Writing to the library's chat and reading what it says, without a browser and without the worker."""

from datetime import UTC, datetime
from typing import Any

from lumbung.kernel import clock
from lumbung.messaging.chat.answering import answer
from lumbung.messaging.models import Delivery, Identity, Incoming
from lumbung.messaging.tests.factories import hear, web_identity

MONDAY = datetime(2026, 11, 30, 3, 0, tzinfo=UTC)
"""Ten o'clock in Jakarta."""


class Chat:
    """One side of the site's own chat."""

    def __init__(self, name: str = "", identity: Identity | None = None) -> None:
        self.identity = identity or web_identity(name=name)

    def write(self, text: str, *, at: datetime = MONDAY, **more: Any) -> Incoming:
        """Write, and leave it unanswered."""
        with clock.stopped_at(at):
            return hear(self.identity, text, **more)

    def ask(self, text: str, *, at: datetime = MONDAY, **more: Any) -> str:
        """Write, and read what is answered; nothing where nothing is."""
        return self.answered(self.write(text, at=at, **more), at=at)

    def answered(self, incoming: Incoming, *, at: datetime = MONDAY) -> str:
        with clock.stopped_at(at):
            answer(incoming.pk)
        return "\n".join(each.body for each in self.said(incoming))

    def said(self, incoming: Incoming) -> list[Delivery]:
        return list(Delivery.objects.filter(answers=incoming).order_by("pk"))

    def buttons(self) -> list[str]:
        """What the buttons under the last answer would say."""
        last = Delivery.objects.filter(identity=self.identity).order_by("pk").last()
        return [choice.say for choice in last.choices] if last else []
