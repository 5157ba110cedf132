from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class HandOver(models.Model):
    """A colleague leaves: what they know is asked for, point by point, and what nobody has yet is told as a gap."""

    trace_kind = "hand_over"

    leaver = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("yang pergi")
    )
    successor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("pengganti")
    )
    last_day = models.DateField(_("hari terakhir"))
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("serah terima")
        ordering: ClassVar = ["last_day", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(leaver=models.F("successor")), name="nobody_succeeds_themselves"),
            models.UniqueConstraint(
                fields=["leaver"], condition=models.Q(closed_at__isnull=True), name="one_hands_over_once_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return str(self.leaver)


class HandOverItem(models.Model):
    """One thing the leaver knows or does; covered when it is written down or somebody else knows it."""

    hand_over = models.ForeignKey(HandOver, on_delete=models.CASCADE, related_name="items")
    title = models.CharField(_("yang diketahui atau dikerjakan"), max_length=200)
    told = models.TextField(_("catatan"), blank=True)
    address = models.CharField(_("di mana tertulis"), max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(title=""), name="a_hand_over_item_says_what"),
            models.UniqueConstraint(fields=["hand_over", "title"], name="a_thing_is_handed_over_once"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_gap(self) -> bool:
        return not self.told and not self.address


class Audit(models.Model):
    """Where knowledge lived on a day: in heads, in documents, in the base."""

    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("audit pengetahuan")
        ordering: ClassVar = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d}"


class AuditLine(models.Model):
    """A topic: how many people are known to know it, how many documents tell of it, how many articles."""

    audit = models.ForeignKey(Audit, on_delete=models.CASCADE, related_name="lines")
    topic = models.CharField(_("topik"), max_length=80)
    who = models.CharField(_("siapa"), max_length=300, blank=True)
    people = models.PositiveSmallIntegerField(_("orang"), default=0)
    documents = models.PositiveIntegerField(_("dokumen"), default=0)
    articles = models.PositiveIntegerField(_("artikel"), default=0)

    class Meta:
        ordering: ClassVar = ["topic"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["audit", "topic"], name="a_topic_is_audited_once")]

    def __str__(self) -> str:
        return self.topic

    @property
    def place(self) -> str:
        """``base``, ``documents`` or ``heads``: the best place it has."""
        return "base" if self.articles else "documents" if self.documents else "heads"

    @property
    def is_at_risk(self) -> bool:
        """Known to one head at most, and written nowhere."""
        return self.place == "heads" and self.people <= 1
