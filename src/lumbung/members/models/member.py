from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lumbung.kernel.refusals import Refused
from lumbung.members.models.category import Category
from lumbung.members.refusals import MEMBER_GONE
from lumbung.organization.models import Branch, StudyProgramme


class MemberQuerySet(models.QuerySet["Member"]):
    def standing(self, key: int) -> "Member":
        """The member of this key. Refuses when there is none any more: it went into another registration, or was taken out."""
        try:
            return self.get(pk=key)
        except Member.DoesNotExist:
            raise Refused(MEMBER_GONE()) from None


class Member(models.Model):
    """Somebody who may use the library. The name is kept as its bearer writes it; one word is a whole name."""

    name = models.CharField(_("nama"), max_length=200)
    barcode = models.CharField(_("nomor kartu"), max_length=60, unique=True)
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="members", verbose_name=_("kategori"))
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, related_name="members", verbose_name=_("cabang asal"))
    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="member")
    email = models.EmailField(_("surel"), blank=True)
    phone = models.CharField(_("telepon"), max_length=20, blank=True)
    unit = models.CharField(_("unit"), max_length=120, blank=True)
    programme = models.ForeignKey(
        StudyProgramme, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("program studi")
    )
    intake = models.PositiveSmallIntegerField(_("angkatan"), null=True, blank=True)
    joined_on = models.DateField(_("anggota sejak"))
    expires_on = models.DateField(_("anggota sampai"))
    blocked_because = models.CharField(_("diblokir karena"), max_length=200, blank=True)
    blocked_until = models.DateField(_("diblokir sampai"), null=True, blank=True)
    born_on = models.DateField(_("tanggal lahir"), null=True, blank=True)
    guarantor = models.CharField(_("penjamin"), max_length=200, blank=True)
    guarantor_contact = models.CharField(_("kontak penjamin"), max_length=120, blank=True)
    photo = models.CharField(max_length=120, blank=True, editable=False)
    note = models.TextField(_("catatan"), blank=True)
    keeps_history = models.BooleanField(_("simpan riwayat pinjaman saya"), default=False)
    gathers_notices = models.BooleanField(_("satukan pemberitahuan dalam satu pesan sehari"), default=False)
    search_text = models.TextField(editable=False)
    created_at = models.DateTimeField()

    objects = MemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("anggota")
        ordering: ClassVar = ["name", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(name=""), name="member_has_a_name"),
            models.CheckConstraint(condition=~models.Q(barcode=""), name="member_has_a_card_number"),
            models.CheckConstraint(
                condition=models.Q(expires_on__gte=models.F("joined_on")), name="membership_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=models.Q(blocked_until__isnull=True) | ~models.Q(blocked_because=""),
                name="only_a_block_has_a_last_day",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def is_current(self, on: date) -> bool:
        return self.joined_on <= on <= self.expires_on

    def block_on(self, on: date) -> str:
        """Why the member is blocked that day; empty when not, also when the last day of the block is over."""
        return "" if self.blocked_until is not None and self.blocked_until < on else self.blocked_because


class MemberIdentifier(models.Model):
    """A number somebody else gave this person: student number, lecturer number, ORCID …"""

    class Kinds(models.TextChoices):
        NIM = "nim", _("NIM")
        NISN = "nisn", _("NISN")
        NIP = "nip", _("NIP")
        NIDN = "nidn", _("NIDN")
        NIDK = "nidk", _("NIDK")
        NUPTK = "nuptk", _("NUPTK")
        ORCID = "orcid", "ORCID"
        SINTA = "sinta", "SINTA"
        OTHER = "other", _("Lainnya")

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="identifiers")
    kind = models.CharField(_("jenis"), max_length=10, choices=Kinds)
    value = models.CharField(_("nomor"), max_length=60)

    class Meta:
        ordering: ClassVar = ["kind", "value"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "value"], name="an_identifier_names_one_member"),
            models.CheckConstraint(condition=~models.Q(value=""), name="identifier_is_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.value}"
