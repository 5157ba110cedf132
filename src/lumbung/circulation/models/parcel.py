from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from lumbung.members.models import Category, Member
from lumbung.organization.models import Branch, StudyProgramme


class DeliveryTerms(models.Model):
    """Whether a branch sends books home while it is open: to whom, for how much, and how they come back.

    Without ``categories`` every category may ask, without ``programmes`` every study programme.
    """

    branch = models.OneToOneField(Branch, on_delete=models.CASCADE, related_name="+", verbose_name=_("cabang"))
    is_on = models.BooleanField(_("kirim buku ke alamat anggota"), default=False)
    fee = models.PositiveIntegerField(_("ongkos kirim"), default=0)
    categories = models.ManyToManyField(Category, blank=True, related_name="+", verbose_name=_("kategori yang boleh meminta"))
    programmes = models.ManyToManyField(
        StudyProgramme, blank=True, related_name="+", verbose_name=_("program studi yang boleh meminta")
    )
    way_back = models.CharField(_("cara mengembalikan"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("kiriman ke rumah")
        ordering: ClassVar = ["branch"]

    def __str__(self) -> str:
        return str(self.branch_id)


class KeptAddress(models.Model):
    """Where a member has parcels sent, kept because they agreed to it, until they remove it."""

    member = models.OneToOneField(Member, on_delete=models.CASCADE, related_name="kept_address", verbose_name=_("anggota"))
    address = models.CharField(_("alamat kirim"), max_length=300)
    agreed_at = models.DateTimeField(_("disetujui"))

    class Meta:
        verbose_name = _("alamat kirim")
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(address=""), name="a_kept_address_says_where"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id}: {self.address}"
