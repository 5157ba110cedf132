from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lumbung.kernel import secrets_at_rest


class AccountQuerySet(models.QuerySet["Account"]):
    def open(self) -> "AccountQuerySet":
        """Those through which messages go and come."""
        return self.filter(is_enabled=True, cut_at=None)


class Account(models.Model):
    """One account on a channel: the number, bot or mailbox of the library. ``kind`` is the channel's folder.

    ``cut_at``: all channels were cut at once; what was on before comes on again when that ends. ``place``: where the last look
    for news ended; ``look_after``: when the next is due. ``paused_until``: sending waits. ``hook_key`` is in the address to which the
    other side posts its events. A built-in account needs no set-up.
    """

    class Healths(models.TextChoices):
        UNKNOWN = "unknown", _("Belum diperiksa")
        WELL = "well", _("Sehat")
        AILING = "ailing", _("Bermasalah")

    kind = models.CharField(_("saluran"), max_length=20)
    name = models.CharField(_("nama"), max_length=80)
    settings = models.JSONField(default=dict)
    sealed_secrets = models.TextField(blank=True)
    is_built_in = models.BooleanField(default=False)
    is_enabled = models.BooleanField(_("dinyalakan"), default=True)
    cut_at = models.DateTimeField(_("diputus"), null=True)
    health = models.CharField(_("keadaan"), max_length=10, choices=Healths, default=Healths.UNKNOWN)
    health_note = models.TextField(blank=True)
    health_at = models.DateTimeField(null=True)
    hook_key = models.CharField(max_length=64)
    place = models.JSONField(default=dict)
    look_after = models.DateTimeField(null=True)
    paused_until = models.DateTimeField(_("berhenti sejenak sampai"), null=True)

    objects = AccountQuerySet.as_manager()

    class Meta:
        verbose_name = _("akun saluran")
        ordering: ClassVar = ["kind", "name", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["hook_key"], name="a_hook_leads_to_one_account"),
            models.UniqueConstraint(
                fields=["kind"], condition=models.Q(is_built_in=True), name="one_built_in_account_of_a_kind"
            ),
            models.CheckConstraint(condition=~models.Q(name=""), name="an_account_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        return self.is_enabled and self.cut_at is None

    @property
    def hook_url(self) -> str:
        """Where the other side posts its events; without a host where the library has not said its own (``LUMBUNG_SITE_URL``)."""
        return f"{settings.SITE_URL.rstrip('/')}/hooks/{self.kind}/{self.hook_key}"

    @property
    def secrets(self) -> dict[str, str]:
        """The keys and passwords, opened. Raises ``secrets_at_rest.Unreadable`` where the library's key was changed."""
        return secrets_at_rest.unseal(self.sealed_secrets)

    def setting(self, name: str, default: Any = "") -> Any:
        return self.settings.get(name, default)
