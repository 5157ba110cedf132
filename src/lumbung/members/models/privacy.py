from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lumbung.members.models.member import Member


class ConsentPurpose(models.Model):
    """Something the library does with personal data only for those who agreed. A changed text is a new version, agreed to anew."""

    code = models.CharField(_("kode"), max_length=20, unique=True)
    name = models.CharField(_("untuk apa"), max_length=80)
    text = models.TextField(_("bunyi persetujuan"))
    version = models.PositiveSmallIntegerField(_("versi"), default=1)
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("tujuan persetujuan")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(text=""), name="consent_is_to_something_said"),
        ]

    def __str__(self) -> str:
        return self.name


class Consent(models.Model):
    """A member agreed to a version of a text, kept as it was read (UU 27/2022, articles 20 to 22); it ends when withdrawn."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="consents")
    purpose = models.ForeignKey(ConsentPurpose, on_delete=models.PROTECT, related_name="consents")
    version = models.PositiveSmallIntegerField()
    text = models.TextField()
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("persetujuan")
        ordering: ClassVar = ["-given_at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["member", "purpose"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="one_standing_consent_of_a_member_for_a_purpose",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose_id} v{self.version}"


class PrivacyRequest(models.Model):
    """A member asks to have something put right, or to be forgotten. The law gives three days (``due_at``)."""

    class Kinds(models.TextChoices):
        CORRECTION = "correction", _("Perbaikan data")
        ERASURE = "erasure", _("Penghapusan data")

    class States(models.TextChoices):
        OPEN = "open", _("Menunggu")
        DONE = "done", _("Dilaksanakan")
        REFUSED = "refused", _("Ditolak")

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="privacy_requests")
    kind = models.CharField(_("jenis"), max_length=10, choices=Kinds)
    text = models.TextField(_("yang diminta"), blank=True)
    state = models.CharField(_("status"), max_length=10, choices=States, default=States.OPEN)
    answer = models.CharField(_("jawaban"), max_length=300, blank=True)
    asked_at = models.DateTimeField(_("diminta"))
    due_at = models.DateTimeField(_("paling lambat"))
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("permintaan data pribadi")
        ordering: ClassVar = ["due_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["member", "kind"], condition=models.Q(state="open"), name="one_open_privacy_request_of_a_kind"
            ),
            models.CheckConstraint(
                condition=models.Q(state="open") ^ models.Q(closed_at__isnull=False), name="a_closed_request_says_since_when"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="refused") | ~models.Q(answer=""), name="a_refused_request_has_an_answer"
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class Look(models.Model):
    """Somebody of the staff looked at a member's data on that day, so many times; the member may know."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="looks")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    day = models.DateField(_("hari"))
    times = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-last_at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["member", "by", "day"], name="looks_of_one_at_another_are_counted_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.by_id} → {self.member_id}: {self.times}"
