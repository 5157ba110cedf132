from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Training(models.Model):
    """A training that is offered again and again; each time it is held is a session of it. ``points`` is its outline, a line each."""

    class Fields(models.TextChoices):
        LIBRARIANSHIP = "librarian", _("Kepustakawanan")
        LEADERSHIP = "leadership", _("Kepemimpinan")
        TEAMWORK = "teamwork", _("Kerja sama kelompok")

    title = models.CharField(_("judul"), max_length=150)
    field = models.CharField(_("bidang"), max_length=10, choices=Fields, default=Fields.LIBRARIANSHIP)
    aim = models.CharField(_("yang dapat dilakukan sesudahnya"), max_length=250)
    points = models.TextField(_("isi pelatihan"), help_text=_("Satu pokok sebaris."))
    hours = models.PositiveSmallIntegerField(_("jam pelajaran"), default=2)
    skill = models.CharField(_("keterampilan"), max_length=80, blank=True)
    is_offered = models.BooleanField(_("masih ditawarkan"), default=True)

    class Meta:
        verbose_name = _("pelatihan")
        ordering: ClassVar = ["field", "title"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(title="") & ~Q(aim="") & ~Q(points=""), name="a_course_says_what_and_for_what"),
            models.CheckConstraint(condition=Q(hours__range=(1, 400)), name="a_course_has_its_hours"),
            models.CheckConstraint(
                condition=Q(field__in=["librarian", "leadership", "teamwork"]), name="the_field_of_a_course_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Enrolment(models.Model):
    """A colleague's seat in a session of a course, and the certificate they earned there. ``name`` is theirs as the paper says it."""

    session = models.ForeignKey("knowledge.Session", on_delete=models.PROTECT, related_name="enrolments")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    number = models.CharField(_("nomor sertifikat"), max_length=60, blank=True)
    code = models.CharField(max_length=16, blank=True)
    name = models.CharField(max_length=200, blank=True)
    certified_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_because = models.CharField(_("alasan pencabutan"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("keikutsertaan")
        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["session", "person"], name="one_has_one_seat_in_a_training"),
            models.UniqueConstraint(fields=["code"], condition=~Q(code=""), name="a_certificate_has_a_code_of_its_own"),
            models.UniqueConstraint(fields=["number"], condition=~Q(number=""), name="a_certificate_has_a_number_of_its_own"),
            models.CheckConstraint(
                condition=Q(certified_at=None, code="", number="")
                | (Q(certified_at__isnull=False) & ~Q(code="") & ~Q(number="")),
                name="a_certificate_has_number_and_code",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoked_because="")
                | (Q(revoked_at__isnull=False, certified_at__isnull=False) & ~Q(revoked_because="")),
                name="only_a_certificate_is_revoked_and_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id}: {self.person_id}"

    @property
    def is_certified(self) -> bool:
        """Whether it carries a certificate that was not revoked."""
        return bool(self.code) and self.revoked_at is None

    @property
    def code_to_read(self) -> str:
        """The code in fours, as people copy it."""
        return "-".join(self.code[n : n + 4] for n in range(0, len(self.code), 4))
