from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What somebody is in the library. What a role may do is declared by each part (``accounts.domain.permissions``)."""

    MEMBER = "member", _("Anggota")
    LIBRARIAN = "librarian", _("Pustakawan")
    CATALOGUER = "cataloguer", _("Pengatalog")
    CIRCULATION = "circulation", _("Petugas sirkulasi")
    HEAD = "head", _("Kepala perpustakaan")
    VERIFIER = "verifier", _("Verifikator bebas pustaka")
    ADMIN = "admin", _("Administrator")


class RoleGrant(models.Model):
    """This user has this role."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="role_grants")
    role = models.CharField(_("peran"), max_length=20, choices=Role)

    class Meta:
        verbose_name = _("peran")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "role"], name="a_role_is_granted_once"),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="role_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.role}"
