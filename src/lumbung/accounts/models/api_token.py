from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lumbung.kernel import scopes


class ApiToken(models.Model):
    """A key a program signs in with, on behalf of a user and never beyond its scopes. Only the SHA-256 of the key is kept."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField(_("nama"), max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(_("lingkup"), default=list)
    created_at = models.DateTimeField(_("dibuat"))
    expires_at = models.DateTimeField(_("kedaluwarsa"), null=True, blank=True)
    last_used_on = models.DateField(_("terakhir dipakai"), null=True)

    class Meta:
        verbose_name = _("token API")
        ordering: ClassVar = ["-created_at"]

    def __str__(self) -> str:
        return self.name

    @property
    def meanings(self) -> list[str]:
        """What it may be used for, in sentences."""
        known = scopes.declared()
        return [str(known.get(scope, scope)) for scope in self.scopes]

    @property
    def last_day(self) -> datetime | None:
        """The last moment it is honoured: it expires when that day is over."""
        return self.expires_at - timedelta(microseconds=1) if self.expires_at else None
