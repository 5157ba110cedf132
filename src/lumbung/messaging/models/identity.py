from datetime import datetime
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from lumbung.messaging.models.account import Account


class Identity(models.Model):
    """The other side on one account: a person's address there, or a group's. Who that is in the library, this part does not know.

    ``reply_token`` answers once, without cost, until ``reply_token_until``. ``phone`` is what the channel says; it proves nothing.
    ``mail_to``: what a visitor of the web chat does not see goes there too.
    """

    account = models.ForeignKey(Account, models.PROTECT, related_name="identities", verbose_name=_("akun saluran"))
    address = models.CharField(_("alamat"), max_length=254)
    name = models.CharField(_("nama"), max_length=150, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    language = models.CharField(_("bahasa"), max_length=8, blank=True)
    is_group = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    last_inbound_at = models.DateTimeField(_("terakhir menulis"), null=True)
    opted_out_at = models.DateTimeField(_("berhenti"), null=True)
    left_at = models.DateTimeField(null=True)
    blocked_until = models.DateTimeField(_("diblokir sampai"), null=True)
    mail_to = models.EmailField(max_length=254, blank=True)
    reply_token = models.CharField(max_length=250, blank=True)
    reply_token_until = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("lawan bicara")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "address"], name="an_address_is_one_identity_on_an_account"),
            models.CheckConstraint(condition=~models.Q(address=""), name="an_identity_has_an_address"),
        ]

    def __str__(self) -> str:
        return self.name or self.address

    def is_blocked(self, at: datetime) -> bool:
        return self.blocked_until is not None and self.blocked_until > at

    def has_reply_token(self, at: datetime) -> bool:
        return bool(self.reply_token) and (self.reply_token_until is None or self.reply_token_until > at)
