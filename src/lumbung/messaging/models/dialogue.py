from typing import ClassVar

from django.db import models

from lumbung.messaging.models.identity import Identity
from lumbung.messaging.models.incoming import Incoming


class Dialogue(models.Model):
    """What the chat remembers of one conversation, for a day: what was listed, what was asked, what "lagi" continues.

    ``asked_at`` is when the message was written that this answers: whatever was written earlier is no answer to it, in whichever order
    it arrives. ``language`` is what the reader chose, ``spoken`` what they last wrote in. ``handed_at``: a person was asked for.
    """

    identity = models.OneToOneField(Identity, models.CASCADE, related_name="dialogue")
    language = models.CharField(max_length=2, blank=True)
    spoken = models.CharField(max_length=2, blank=True)
    listed = models.JSONField(default=list)
    more = models.JSONField(default=dict)
    pending = models.JSONField(default=dict)
    asked_at = models.DateTimeField(null=True)
    handed_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["asked_at"], condition=~models.Q(asked_at=None), name="dialogues_that_remember"),
        ]

    def __str__(self) -> str:
        return f"{self.identity_id}"


class Understood(models.Model):
    """What the chat took a message for, and what came of it: once for each message, however often it is asked to answer it."""

    class Outcomes(models.TextChoices):
        ANSWERED = "answered"
        REFUSED = "refused"
        ASKED = "asked"
        HANDED = "handed"
        UNSENT = "unsent"

    incoming = models.OneToOneField(Incoming, models.CASCADE, related_name="understood")
    command = models.CharField(max_length=30, blank=True)
    is_certain = models.BooleanField(default=False)
    language = models.CharField(max_length=2, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcomes)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [models.Index(fields=["at"], name="understood_by_time")]

    def __str__(self) -> str:
        return f"{self.command or '?'}: {self.outcome}"
