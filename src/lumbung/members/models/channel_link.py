from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lumbung.members.models.member import Member
from lumbung.messaging.models import Identity


class ChannelLink(models.Model):
    """This member has proved to be who writes from this side of a channel. A telephone number or NIM alone never makes one.

    ``notices_since``: the member wants the library's notices there, and said so then; ``is_preferred``: there before elsewhere.
    """

    class Proofs(models.TextChoices):
        CODE = "code", _("Kode dari situs")
        PAGE = "page", _("Masuk lewat tautan dari chat")

    class Ends(models.TextChoices):
        MEMBER = "member", _("Diputuskan di situs")
        CHAT = "chat", _("Diputuskan dari chat")
        FORGOTTEN = "forgotten", _("Data anggota dihapus")

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="channel_links")
    identity = models.ForeignKey(Identity, on_delete=models.CASCADE, related_name="+")
    proof = models.CharField(pgettext_lazy("members", "bukti"), max_length=10, choices=Proofs)
    linked_at = models.DateTimeField(_("terhubung"))
    notices_since = models.DateTimeField(null=True)
    is_preferred = models.BooleanField(default=False)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=10, choices=Ends, blank=True)

    class Meta:
        verbose_name = _("chat terhubung")
        ordering: ClassVar = ["linked_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["identity"], condition=Q(ended_at__isnull=True), name="one_member_stands_behind_an_identity"
            ),
            models.UniqueConstraint(
                fields=["member"],
                condition=Q(ended_at__isnull=True, is_preferred=True),
                name="one_channel_of_a_member_is_preferred",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by="") | (Q(ended_at__isnull=False) & ~Q(ended_by="")),
                name="an_ended_link_says_who_ended_it",
            ),
            models.CheckConstraint(
                condition=Q(is_preferred=False) | Q(notices_since__isnull=False), name="the_preferred_channel_takes_notices"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} ← {self.identity_id}"


class LinkCode(models.Model):
    """A code shown to a signed-in member, to be sent once from the chat that is to be linked. Only its digest is kept."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("made_at")), name="a_link_code_lives_for_a_while"),
        ]
        indexes: ClassVar = [models.Index(fields=["member", "made_at"], name="link_codes_of_a_member")]

    def __str__(self) -> str:
        return f"{self.member_id} {self.made_at:%Y-%m-%d %H.%M}"


class LinkAttempt(models.Model):
    """A wrong code came from this side: after some, no code is listened to for a while."""

    identity = models.ForeignKey(Identity, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["identity", "at"], name="link_attempts_of_an_identity")]

    def __str__(self) -> str:
        return f"{self.identity_id} {self.at:%Y-%m-%d %H.%M}"
