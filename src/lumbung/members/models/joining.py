from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lumbung.members.models.category import Category
from lumbung.members.models.member import Member, MemberIdentifier
from lumbung.organization.models import Branch, StudyProgramme


class JoinRequest(models.Model):
    """Somebody asks from home to become a member; it counts once the code sent to the address came back (``proven_at``).

    ``language`` is that of the page they asked on, for the letters; ``address`` is ours as they were taken in by, for the link in theirs.
    """

    class States(models.TextChoices):
        UNPROVEN = "unproven", _("Surel belum dibuktikan")
        WAITING = "waiting", _("Menunggu petugas")
        ACCEPTED = "accepted", pgettext_lazy("members", "Diterima")
        REFUSED = "refused", _("Ditolak")

    key = models.CharField(max_length=43, unique=True)
    name = models.CharField(_("nama"), max_length=200)
    email = models.EmailField(_("surel"))
    phone = models.CharField(_("telepon"), max_length=20, blank=True)
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="+", verbose_name=_("kategori"))
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, related_name="+", verbose_name=_("cabang"))
    programme = models.ForeignKey(
        StudyProgramme, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("program studi")
    )
    unit = models.CharField(_("unit"), max_length=120, blank=True)
    identifier_kind = models.CharField(_("jenis nomor"), max_length=10, choices=MemberIdentifier.Kinds, blank=True)
    identifier = models.CharField(_("nomor"), max_length=60, blank=True)
    state = models.CharField(_("status"), max_length=10, choices=States, default=States.UNPROVEN)
    code_digest = models.CharField(max_length=64, blank=True)
    code_until = models.DateTimeField(null=True)
    codes_sent = models.PositiveSmallIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField(_("diminta"))
    proven_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    answer = models.CharField(_("jawaban"), max_length=300, blank=True)
    language = models.CharField(max_length=10, blank=True)
    address = models.CharField(max_length=200, blank=True)
    member = models.ForeignKey(Member, on_delete=models.CASCADE, null=True, related_name="join_requests")

    class Meta:
        verbose_name = _("permintaan menjadi anggota")
        ordering: ClassVar = ["asked_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(state__in=["unproven", "waiting"]) ^ models.Q(closed_at__isnull=False),
                name="an_answered_join_request_says_since_when",
            ),
            models.CheckConstraint(
                condition=models.Q(state="unproven") | models.Q(proven_at__isnull=False),
                name="nobody_joins_without_a_proven_address",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="refused") | ~models.Q(answer=""), name="a_refused_join_request_has_an_answer"
            ),
        ]

    def __str__(self) -> str:
        return self.name
