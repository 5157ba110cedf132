from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lumbung.knowledge.models.topic import Topic


class Community(models.Model):
    """People who learn from one another: a loose group first, a community of practice once it is stable and regular."""

    trace_kind = "community"

    class Types(models.TextChoices):
        PRACTICE = "practice", _("Praktik kerja")
        WRITING = "writing", _("Belajar menulis")
        TRENDS = "trends", _("Diskusi tren perpustakaan")
        OWN = "own", pgettext_lazy("knowledge", "Lainnya")

    class States(models.TextChoices):
        GROUP = "group", _("Kelompok")
        COMMUNITY = "community", _("Komunitas praktik")
        RESTING = "resting", _("Beristirahat")

    name = models.CharField(_("nama"), max_length=120, unique=True)
    kind = models.CharField(_("jenis"), max_length=10, choices=Types, default=Types.PRACTICE)
    state = models.CharField(_("tahap"), max_length=10, choices=States, default=States.GROUP)
    summary = models.CharField(_("ringkasan"), max_length=300, blank=True)
    charter = models.TextField(_("piagam"), blank=True)
    topics = models.ManyToManyField(Topic, verbose_name=_("topik"), blank=True, related_name="communities")
    started_at = models.DateTimeField(_("mulai"))
    became_community_at = models.DateTimeField(_("menjadi komunitas"), null=True)

    class Meta:
        verbose_name = _("komunitas")
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(name=""), name="a_community_has_a_name"),
            models.CheckConstraint(
                condition=models.Q(state="group") | models.Q(became_community_at__isnull=False) | models.Q(state="resting"),
                name="a_community_knows_since_when",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """Somebody in a community. A guest comes from another institution, and sees nothing here but this community."""

    class Roles(models.TextChoices):
        FACILITATOR = "facilitator", _("Fasilitator")
        MEMBER = "member", _("Anggota")
        GUEST = "guest", _("Tamu dari lembaga lain")

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="memberships")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("orang"))
    role = models.CharField(_("peran"), max_length=12, choices=Roles, default=Roles.MEMBER)
    institution = models.CharField(_("lembaga"), max_length=150, blank=True)
    joined_at = models.DateTimeField(_("bergabung"))
    left_at = models.DateTimeField(_("keluar"), null=True)

    class Meta:
        verbose_name = _("keanggotaan komunitas")
        ordering: ClassVar = ["joined_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["community", "person"], condition=models.Q(left_at__isnull=True), name="one_is_in_a_community_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(role="guest") | ~models.Q(institution=""), name="a_guest_comes_from_an_institution"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} @ {self.community_id}"


class Goal(models.Model):
    """What a community wants to reach together, and how far it is: so many of so many."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="goals")
    sentence = models.CharField(pgettext_lazy("knowledge", "tujuan"), max_length=200)
    wanted = models.PositiveSmallIntegerField(_("target"), default=1)
    reached = models.PositiveSmallIntegerField(_("tercapai"), default=0)
    due_on = models.DateField(_("tenggat"), null=True, blank=True)

    class Meta:
        verbose_name = _("tujuan komunitas")
        ordering: ClassVar = ["due_on", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(sentence=""), name="a_goal_says_what"),
            models.CheckConstraint(condition=models.Q(wanted__gte=1), name="a_goal_wants_something"),
        ]

    def __str__(self) -> str:
        return self.sentence

    @property
    def is_reached(self) -> bool:
        return self.reached >= self.wanted
