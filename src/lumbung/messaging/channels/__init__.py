"""The ways a message can go. A channel is a module with ``send(delivery)``."""

from typing import Protocol

from lumbung.messaging.channels import email
from lumbung.messaging.channels.errors import Undeliverable
from lumbung.messaging.models import Delivery

__all__ = ["Undeliverable", "channel_called"]


class Channel(Protocol):
    def send(self, delivery: Delivery) -> None:
        """Hand the message over. Raises Undeliverable when it never will be, anything else when it may be later."""


_channels: dict[str, Channel] = {"email": email}


def channel_called(name: str) -> Channel:
    return _channels[name]
