from decimal import Decimal
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Issue(models.Model):
    """Something that comes up and wants ideas."""

    trace_kind = "issue"

    title = models.CharField(_("isu"), max_length=200)
    text = models.TextField(_("keterangan"), blank=True)
    tag = models.CharField(_("tanda"), max_length=40, blank=True)
    raised_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    raised_at = models.DateTimeField()

    class Meta:
        verbose_name = _("isu")
        ordering: ClassVar = ["-raised_at", "-pk"]
        constraints: ClassVar = [models.CheckConstraint(condition=~models.Q(title=""), name="an_issue_says_what")]

    def __str__(self) -> str:
        return self.title


class Idea(models.Model):
    """An idea, for an issue or by itself, on its way: proposed, chosen, tried, and adopted or dropped by what was measured."""

    class Stages(models.TextChoices):
        PROPOSED = "proposed", _("Diusulkan")
        CHOSEN = "chosen", _("Dipilih")
        PILOT = "pilot", _("Dicoba")
        ADOPTED = "adopted", _("Diterapkan")
        DROPPED = "dropped", _("Tidak dilanjutkan")

    trace_kind = "idea"

    issue = models.ForeignKey(Issue, on_delete=models.PROTECT, null=True, related_name="ideas")
    title = models.CharField(_("gagasan"), max_length=200)
    text = models.TextField(_("keterangan"), blank=True)
    tag = models.CharField(_("tanda"), max_length=40, blank=True)
    proposer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    stage = models.CharField(_("tahap"), max_length=8, choices=Stages, default=Stages.PROPOSED)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    metric = models.CharField(_("yang diukur"), max_length=120, blank=True)
    before = models.DecimalField(_("sebelum"), max_digits=12, decimal_places=2, null=True)
    after = models.DecimalField(_("sesudah"), max_digits=12, decimal_places=2, null=True)
    outcome = models.CharField(_("hasil"), max_length=300, blank=True)
    moved_at = models.DateTimeField()

    class Meta:
        verbose_name = _("gagasan")
        ordering: ClassVar = ["-moved_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(title=""), name="an_idea_says_what"),
            models.CheckConstraint(
                condition=models.Q(stage__in=["proposed", "dropped"]) | (models.Q(owner__isnull=False) & ~models.Q(metric="")),
                name="a_chosen_idea_has_owner_and_measure",
            ),
            models.CheckConstraint(
                condition=~models.Q(stage__in=["adopted", "dropped"]) | ~models.Q(outcome=""),
                name="an_ended_idea_has_an_outcome",
            ),
            models.CheckConstraint(
                condition=~models.Q(stage="adopted") | models.Q(after__isnull=False), name="an_adopted_idea_was_measured"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def difference(self) -> Decimal | None:
        """How much the measure moved; None while it was not taken twice."""
        return None if self.before is None or self.after is None else self.after - self.before


class IdeaVote(models.Model):
    """A colleague is for it."""

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="votes")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["idea", "person"], name="one_votes_for_an_idea_once")]

    def __str__(self) -> str:
        return f"{self.idea_id}: {self.person_id}"


class Consultation(models.Model):
    """A question about the library's future, put to everybody: comments and votes first, then a decision with reasons and names."""

    class Decisions(models.TextChoices):
        ACCEPTED = "accepted", pgettext_lazy("knowledge", "Diterima")
        DECLINED = "declined", _("Tidak diterima")
        LATER = "later", pgettext_lazy("knowledge", "Ditunda")

    trace_kind = "consultation"

    title = models.CharField(_("usul"), max_length=200)
    text = models.TextField(_("keterangan"), blank=True)
    proposer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    closes_on = models.DateField(_("suara sampai"))
    decision = models.CharField(_("keputusan"), max_length=8, choices=Decisions, blank=True)
    reasons = models.TextField(_("alasan"), blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("musyawarah")
        ordering: ClassVar = ["-opened_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(title=""), name="a_consultation_asks_something"),
            models.CheckConstraint(
                condition=models.Q(decision="", decided_at__isnull=True)
                | (
                    ~models.Q(decision="")
                    & models.Q(decided_at__isnull=False, decided_by__isnull=False)
                    & ~models.Q(reasons="")
                ),
                name="a_decided_consultation_has_reasons_and_a_name",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ConsultationVote(models.Model):
    class Choices(models.TextChoices):
        FOR = "for", _("Setuju")
        AGAINST = "against", _("Tidak setuju")
        ABSTAIN = "abstain", _("Abstain")

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="votes")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    choice = models.CharField(max_length=8, choices=Choices)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["consultation", "person"], name="one_votes_in_a_consultation_once")
        ]

    def __str__(self) -> str:
        return f"{self.consultation_id}: {self.choice}"


class ConsultationComment(models.Model):
    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="comments")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(text=""), name="a_consultation_comment_says_something")
        ]

    def __str__(self) -> str:
        return self.text[:40]
