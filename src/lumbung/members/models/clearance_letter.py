from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lumbung.kernel import secrets_at_rest
from lumbung.members.models.category import Category
from lumbung.members.models.clearance import ClearanceApplication, ClearancePeriod


class ClearanceLetter(models.Model):
    """A letter that was issued: its number, the code by which anybody checks it, and the file with its digest.

    ``name``, ``identifier`` and ``programme`` are what the letter says. ``membership_until`` and ``category_before`` are what the
    member had before, to be given back when the letter is revoked.
    """

    application = models.ForeignKey(ClearanceApplication, on_delete=models.PROTECT, related_name="letters")
    number = models.CharField(_("nomor surat"), max_length=80, unique=True)
    code = models.CharField(max_length=20, unique=True)
    stored_file = models.CharField(max_length=120)
    digest = models.CharField(max_length=64)
    dated = models.DateField(_("tanggal"))
    name = models.CharField(_("nama"), max_length=200)
    identifier = models.CharField(_("nomor induk"), max_length=60)
    programme = models.CharField(_("program studi"), max_length=140, blank=True)
    issued_at = models.DateTimeField(_("diterbitkan"))
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    membership_until = models.DateField(null=True)
    category_before = models.ForeignKey(Category, on_delete=models.PROTECT, null=True, related_name="+")
    revoked_at = models.DateTimeField(_("dicabut"), null=True)
    revoked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    revoked_because = models.CharField(_("alasan pencabutan"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("surat bebas pustaka")
        ordering: ClassVar = ["-issued_at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["application"], condition=models.Q(revoked_at__isnull=True), name="one_valid_letter_for_an_application"
            ),
            models.CheckConstraint(
                condition=models.Q(revoked_at__isnull=True) ^ ~models.Q(revoked_because=""),
                name="a_revoked_letter_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def code_to_read(self) -> str:
        """The code in groups of four, as it stands on paper."""
        return "-".join(self.code[at : at + 4] for at in range(0, len(self.code), 4))


class LetterCounter(models.Model):
    """The last number given in a series: a pattern with all but {nomor} filled in for its year. Locked while one is given."""

    series = models.CharField(max_length=80, unique=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.series}: {self.last}"


class ClearanceRun(models.Model):
    """Work on a whole period: look at each open application, issue a letter to each that is ready, or open one for each of ``numbers``.

    ``told`` has the numbers for which none was opened, by why: ``there``, ``unknown``, ``twice``.
    """

    class Kinds(models.TextChoices):
        EVALUATE = "evaluate", _("Periksa semua")
        ISSUE = "issue", _("Terbitkan yang siap")
        ENROL = "enrol", _("Daftarkan dari daftar NIM")

    class States(models.TextChoices):
        WAITING = "waiting", _("Menunggu giliran")
        RUNNING = "running", _("Berjalan")
        FINISHED = "finished", _("Selesai")

    period = models.ForeignKey(ClearancePeriod, on_delete=models.CASCADE, related_name="runs")
    kind = models.CharField(max_length=10, choices=Kinds)
    state = models.CharField(max_length=10, choices=States, default=States.WAITING)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    ready = models.PositiveIntegerField(default=0)
    last = models.PositiveBigIntegerField(default=0)
    numbers = models.JSONField(default=list)
    told = models.JSONField(default=dict)
    address = models.CharField(max_length=200, blank=True)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["period"], condition=~models.Q(state="finished"), name="one_run_at_a_time_for_a_period"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.period}"


class ClearanceHook(models.Model):
    """Where letters issued and revoked are told to the academic system (SIAKAD). One row at most; its key signs what is sent."""

    address = models.URLField(_("alamat penerima"), max_length=300)
    sealed_secret = models.TextField(_("kunci tanda tangan"))
    is_active = models.BooleanField(_("aktif"), default=True)
    told_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("kait SIAKAD")
        constraints: ClassVar = [models.CheckConstraint(condition=models.Q(id=1), name="there_is_one_clearance_hook")]

    def __str__(self) -> str:
        return self.address

    @property
    def secret(self) -> str:
        """The key in the clear. Raises ``secrets_at_rest.Unreadable``."""
        return secrets_at_rest.unseal(self.sealed_secret)["secret"]

    @property
    def tail(self) -> str:
        """The end of the key, to tell it from another; empty when it cannot be read any more."""
        try:
            return self.secret[-4:]
        except secrets_at_rest.Unreadable:
            return ""
