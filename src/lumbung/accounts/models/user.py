from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> "User":
        return self.alias(folded=Lower("username")).get(folded=(username or "").lower())


class User(AbstractBaseUser):
    """Somebody who can sign in. A member of the library has one when they activated it; staff always do."""

    class Languages(models.TextChoices):
        INDONESIAN = "id", "Bahasa Indonesia"
        ENGLISH = "en", "English"

    username = models.CharField(_("nama pengguna"), max_length=60, unique=True)
    email = models.EmailField(_("surel"), blank=True)
    name = models.CharField(_("nama"), max_length=200)
    language = models.CharField(_("bahasa"), max_length=2, choices=Languages, blank=True)
    time_zone = models.CharField(_("zona waktu"), max_length=40, blank=True)
    is_active = models.BooleanField(_("aktif"), default=True)
    muted_notices = models.JSONField(default=list)
    joined_at = models.DateTimeField(_("bergabung"), auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["name"]

    class Meta:
        verbose_name = _("pengguna")
        constraints: ClassVar = [
            models.UniqueConstraint(Lower("username"), name="username_is_unique_in_any_case"),
            models.UniqueConstraint(Lower("email"), condition=~models.Q(email=""), name="email_is_unique_in_any_case"),
        ]

    def __str__(self) -> str:
        return self.name

    @cached_property
    def roles(self) -> frozenset[str]:
        """The values of the roles granted, read once per user object."""
        return frozenset(self.role_grants.values_list("role", flat=True))
