from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lumbung.knowledge.models.session import AgendaPoint, Session


class SessionMinutes(models.Model):
    """What was said, decided and taken on in a session. The text of each point stands with the point."""

    class States(models.TextChoices):
        DRAFT = "draft", _("Sedang ditulis")
        PROPOSED = "proposed", pgettext_lazy("knowledge", "Menunggu persetujuan")
        APPROVED = "approved", _("Disetujui")

    trace_kind = "minutes"

    session = models.OneToOneField(Session, on_delete=models.CASCADE, related_name="minutes")
    summary = models.TextField(_("ringkasan"), blank=True)
    state = models.CharField(_("keadaan"), max_length=10, choices=States, default=States.DRAFT)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField()
    approved_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("notulen")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(state="approved") | models.Q(approved_at__isnull=False),
                name="approved_minutes_know_since_when",
            )
        ]

    def __str__(self) -> str:
        return f"{self.session_id}: {self.state}"

    @property
    def stamp(self) -> str:
        """Which writing of them this is; empty before the first."""
        return self.written_at.isoformat() if self.pk else ""


class Approval(models.Model):
    """One who was there says the minutes are right."""

    minutes = models.ForeignKey(SessionMinutes, on_delete=models.CASCADE, related_name="approvals")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["at"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["minutes", "person"], name="one_approves_minutes_once")]

    def __str__(self) -> str:
        return f"{self.minutes_id}: {self.person_id}"


class SessionDecision(models.Model):
    """What a session decided."""

    trace_kind = "decision"

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="decisions")
    point = models.ForeignKey(AgendaPoint, on_delete=models.SET_NULL, null=True, related_name="decisions")
    text = models.CharField(_("keputusan"), max_length=300)

    class Meta:
        verbose_name = _("keputusan")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(text=""), name="a_decision_says_what"),
            models.UniqueConstraint(fields=["session", "text"], name="a_session_decides_a_thing_once"),
        ]

    def __str__(self) -> str:
        return self.text


class Action(models.Model):
    """Somebody took something on, until a day. It comes back on the next agenda until it is done or dropped."""

    class States(models.TextChoices):
        OPEN = "open", _("Terbuka")
        DONE = "done", _("Selesai")
        DROPPED = "dropped", pgettext_lazy("knowledge", "Tidak jadi")

    class Cores(models.TextChoices):
        PEOPLE = "people", pgettext_lazy("knowledge", "Orang")
        PROCESS = "process", _("Proses")
        TECHNOLOGY = "technology", _("Teknologi")

    trace_kind = "action"

    title = models.CharField(_("tindakan"), max_length=200)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("pemilik"))
    due_on = models.DateField(_("tenggat"))
    core = models.CharField(_("inti"), max_length=12, choices=Cores, blank=True)
    session = models.ForeignKey(Session, on_delete=models.PROTECT, null=True, related_name="actions")
    point = models.ForeignKey(AgendaPoint, on_delete=models.SET_NULL, null=True, related_name="actions")
    state = models.CharField(_("keadaan"), max_length=8, choices=States, default=States.OPEN)
    result = models.CharField(_("hasil"), max_length=300, blank=True)
    opened_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("tindakan")
        ordering: ClassVar = ["due_on", "pk"]
        indexes: ClassVar = [models.Index(fields=["state", "owner", "due_on"], name="action_state_owner_due")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(title=""), name="an_action_says_what"),
            models.CheckConstraint(
                condition=models.Q(state="open", ended_at__isnull=True)
                | (~models.Q(state="open") & models.Q(ended_at__isnull=False) & ~models.Q(result="")),
                name="an_ended_action_has_a_result",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def is_overdue(self, today: date) -> bool:
        return self.state == self.States.OPEN and self.due_on < today
