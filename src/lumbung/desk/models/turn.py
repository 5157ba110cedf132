from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lumbung.desk.models.conversation import Conversation
from lumbung.messaging.models import Delivery, Incoming

LONGEST = 20_000


class Turn(models.Model):
    """One thing said in a conversation: by whoever asked, by the library, among librarians (a note), or by the chat beside them.

    ``words`` are the roots of the words of ``text``, by which it is found. ``origin`` is the conversation by which it is
    somebody's, where it was merged or split out; ``merged_from`` the one to which it goes back when that merger is undone.
    ``handed_to``: with this note the conversation was handed over. ``titles`` are keys of records shown with an answer;
    ``enclosed`` is the digest of an answer's words and files. What the chat said has no ``text`` here: it is kept with its
    ``delivery``, as long as that is.
    """

    class Kinds(models.TextChoices):
        QUESTION = "question", _("Pertanyaan")
        ANSWER = "answer", _("Jawaban")
        NOTE = "note", _("Catatan antarpetugas")
        CHAT = "chat", _("Jawaban asisten")

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="turns")
    kind = models.CharField(_("jenis"), max_length=8, choices=Kinds)
    text = models.TextField(_("isi"), blank=True)
    words = models.TextField(editable=False, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(_("waktu"))
    incoming = models.OneToOneField(Incoming, on_delete=models.SET_NULL, null=True, related_name="turn")
    delivery = models.OneToOneField(Delivery, on_delete=models.SET_NULL, null=True, related_name="turn")
    origin = models.ForeignKey(Conversation, on_delete=models.SET_NULL, null=True, related_name="+")
    merged_from = models.ForeignKey(Conversation, on_delete=models.SET_NULL, null=True, related_name="+")
    handed_to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    titles = models.JSONField(default=list)
    enclosed = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        verbose_name = _("giliran")
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [models.Index(fields=["conversation", "id"], name="turns_of_a_conversation")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.at:%Y-%m-%d %H.%M}"

    @property
    def said(self) -> str:
        """The text; of what the chat said, that of its delivery while it is kept."""
        if self.kind == self.Kinds.CHAT and self.delivery is not None:
            return self.delivery.body
        return self.text


class Mention(models.Model):
    """A colleague was named in a note, and has or has not seen it."""

    turn = models.ForeignKey(Turn, on_delete=models.CASCADE, related_name="mentions")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("sebutan")
        constraints: ClassVar = [models.UniqueConstraint(fields=["turn", "user"], name="somebody_is_mentioned_once_in_a_note")]
        indexes: ClassVar = [models.Index(fields=["user"], condition=models.Q(seen_at=None), name="mentions_not_seen")]

    def __str__(self) -> str:
        return f"{self.user_id} @ {self.turn_id}"
