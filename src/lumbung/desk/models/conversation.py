from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lumbung.desk.models.team import Team
from lumbung.kernel import clock
from lumbung.members.models import Member
from lumbung.messaging.models import Identity
from lumbung.organization.models import Branch, Offering


class Conversation(models.Model):
    """One question and all that was said about it, by whichever way it came.

    ``channel`` is the word of a channel; ``walk_in`` and ``phone`` are logged by hand. ``waiting_since`` is when the asker last said
    something nobody has answered yet, ``due_at`` when that is to be answered and ``resolve_by`` when all is to be done, by the library's
    targets; ``first_took`` and ``resolution_took`` are minutes of opening hours. ``changed_at`` moves with everything a librarian would
    want to see; ``revision`` counts it. A complaint is for the head alone; beside it a
    question of the same side may be open.
    """

    class States(models.TextChoices):
        OPEN = "open", _("Terbuka")
        CLOSED = "closed", _("Selesai")

    class Kinds(models.TextChoices):
        DIRECTIONAL = "directional", _("Arah dan tempat")
        READY = "ready", _("Rujukan cepat")
        RESEARCH = "research", _("Penelusuran")
        INSTRUCTION = "instruction", _("Bimbingan")
        TECHNICAL = "technical", _("Teknis")

    class Efforts(models.IntegerChoices):
        MOMENT = 1, _("kurang dari 5 menit")
        SHORT = 2, _("5–15 menit")
        MIDDLE = 3, _("15–30 menit")
        LONG = 4, _("30–60 menit")
        HOURS = 5, _("lebih dari sejam")

    class Outcomes(models.TextChoices):
        ANSWERED = "answered", _("Terjawab")
        PARTLY = "partly", _("Terjawab sebagian")
        REFERRED = "referred", _("Diarahkan ke tempat lain")
        UNMET = "unmet", _("Belum terpenuhi")
        WITHDRAWN = "withdrawn", _("Tidak dilanjutkan penanya")
        MERGED = "merged", _("Digabungkan")
        SPAM = "spam", _("Bukan pertanyaan")

    class Warned(models.IntegerChoices):
        """How far those concerned were told about ``due_at``."""

        NOT = 0
        NEAR = 1
        MISSED = 2

    channel = models.CharField(_("jalan"), max_length=20)
    subject = models.CharField(_("pokok"), max_length=160, blank=True)
    member = models.ForeignKey(
        Member, on_delete=models.PROTECT, null=True, related_name="conversations", verbose_name=_("anggota")
    )
    asker_name = models.CharField(_("nama penanya"), max_length=120, blank=True)
    asker_contact = models.CharField(_("cara menghubungi"), max_length=120, blank=True)
    identity = models.ForeignKey(Identity, on_delete=models.PROTECT, null=True, related_name="conversations")
    is_group = models.BooleanField(default=False)
    is_complaint = models.BooleanField(_("pengaduan"), default=False)
    service = models.ForeignKey(Offering, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("layanan"))
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, related_name="conversations", verbose_name=_("tim"))
    merged_into = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="merged")
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, related_name="conversations", verbose_name=_("cabang"))
    kind = models.CharField(_("jenis pertanyaan"), max_length=12, choices=Kinds, blank=True)
    effort = models.PositiveSmallIntegerField(_("lama pengerjaan"), choices=Efforts, null=True, blank=True)
    outcome = models.CharField(_("hasil"), max_length=10, choices=Outcomes, blank=True)
    follow_up_on = models.DateField(_("tindak lanjut"), null=True, blank=True)
    state = models.CharField(_("keadaan"), max_length=6, choices=States, default=States.OPEN)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("petugas")
    )
    logged_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    opened_at = models.DateTimeField(_("mulai"))
    last_turn_at = models.DateTimeField(_("terakhir"))
    waiting_since = models.DateTimeField(_("menunggu jawaban sejak"), null=True)
    first_answered_at = models.DateTimeField(_("dijawab pertama kali"), null=True)
    closed_at = models.DateTimeField(_("ditutup"), null=True)
    snoozed_until = models.DateTimeField(_("ditunda sampai"), null=True)
    due_at = models.DateTimeField(_("dijawab paling lambat"), null=True)
    resolve_by = models.DateTimeField(_("selesai paling lambat"), null=True)
    next_minutes = models.PositiveIntegerField(null=True)
    first_took = models.PositiveIntegerField(null=True)
    resolution_took = models.PositiveIntegerField(null=True)
    answered_late = models.BooleanField(default=False)
    warned = models.PositiveSmallIntegerField(default=Warned.NOT)
    changed_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("percakapan")
        ordering: ClassVar = ["-last_turn_at", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state="closed", closed_at__isnull=False) | Q(state="open", closed_at__isnull=True),
                name="a_closed_conversation_has_its_time",
            ),
            models.CheckConstraint(condition=Q(state="open") | ~Q(outcome=""), name="a_closed_conversation_has_an_outcome"),
            models.CheckConstraint(
                condition=Q(state="open") | Q(waiting_since__isnull=True), name="nobody_waits_in_a_closed_conversation"
            ),
            models.UniqueConstraint(
                fields=["identity", "is_complaint"], condition=Q(state="open"), name="one_open_conversation_with_an_identity"
            ),
            models.CheckConstraint(condition=Q(effort__isnull=True) | Q(effort__range=(1, 5)), name="effort_is_one_to_five"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "-last_turn_at", "-id"], name="conversations_by_state"),
            models.Index(fields=["assignee", "state", "-last_turn_at"], name="conversations_of_somebody"),
            models.Index(fields=["due_at"], condition=Q(state="open"), name="conversations_that_are_due"),
            models.Index(fields=["member", "-last_turn_at"], name="conversations_of_a_member"),
            models.Index(fields=["opened_at"], name="conversations_by_day"),
            models.Index(fields=["changed_at"], name="conversations_that_changed"),
        ]

    def __str__(self) -> str:
        return self.subject or str(self.get_kind_display())

    @property
    def is_open(self) -> bool:
        return self.state == self.States.OPEN

    @property
    def is_in_hand(self) -> bool:
        """Whether a colleague has it who still works here."""
        return self.assignee is not None and self.assignee.is_active

    @property
    def sleeps(self) -> bool:
        """Whether it is out of sight for a while yet."""
        return self.is_open and self.snoozed_until is not None and self.snoozed_until > clock.now()

    def touch(self, now: datetime) -> None:
        """Something happened that librarians want to see. Not saved."""
        self.changed_at = now
        self.revision += 1
