"""What happens in this part. ``delivery`` is a primary key; neither the address nor the text enters the journal."""

from dataclasses import dataclass

from lumbung.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class MessageQueued(Event):
    delivery: int
    code: str
