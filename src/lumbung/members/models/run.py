from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lumbung.members.models.category import Category
from lumbung.members.models.roster import Roster
from lumbung.organization.models import StudyProgramme


class MemberRun(models.Model):
    """Something done with many members at once: links to first passwords, memberships extended, word that one ends.

    Which members: those of ``category``, ``programme``, ``intake`` and ``roster``, as far as each is given. ``before`` has the last days
    that memberships had, by the key of the member, for taking an extension back.
    """

    class Kinds(models.TextChoices):
        ACTIVATE = "activate", _("Kirim tautan aktivasi")
        EXTEND = "extend", _("Perpanjang keanggotaan")
        TELL = "tell", _("Beri tahu akan berakhir")

    class States(models.TextChoices):
        WAITING = "waiting", _("Menunggu giliran")
        RUNNING = "running", _("Berjalan")
        FINISHED = "finished", _("Selesai")
        UNDONE = "undone", _("Dibatalkan")

    kind = models.CharField(_("pekerjaan"), max_length=10, choices=Kinds)
    category = models.ForeignKey(
        Category, on_delete=models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("kategori")
    )
    programme = models.ForeignKey(
        StudyProgramme, on_delete=models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("program studi")
    )
    intake = models.PositiveSmallIntegerField(_("angkatan"), null=True, blank=True)
    roster = models.ForeignKey(
        Roster, on_delete=models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("daftar dari SIAKAD")
    )
    ends_by = models.DateField(_("berakhir paling lambat"), null=True, blank=True)
    until = models.DateField(_("berlaku sampai"), null=True, blank=True)
    address = models.CharField(max_length=200, blank=True)
    state = models.CharField(_("status"), max_length=10, choices=States, default=States.WAITING)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    sent = models.PositiveIntegerField(default=0)
    unreached = models.PositiveIntegerField(default=0)
    last = models.PositiveBigIntegerField(default=0)
    before = models.JSONField(default=dict)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("pekerjaan atas banyak anggota")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind"], condition=models.Q(state__in=["waiting", "running"]), name="one_member_run_of_a_kind_at_a_time"
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="extend") | models.Q(until__isnull=False), name="an_extension_has_a_last_day"
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
