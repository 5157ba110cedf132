from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from lumbung.messaging.models.account import Account


class Template(models.Model):
    """A form of words that a channel lets go outside its window, once it has approved it; one language of one form is a row.

    ``body`` is the text as the channel knows it, ``places`` the names of what is filled in (``1``, ``2`` … or words). ``code`` is the
    message that goes by it, empty while none does; ``values`` are then the words for each place, as in a wording. ``lacks``: why it
    cannot be used by us whatever its state.
    """

    class States(models.TextChoices):
        PENDING = "pending", _("Menunggu persetujuan")
        APPROVED = "approved", _("Disetujui")
        REJECTED = "rejected", _("Ditolak")
        PAUSED = "paused", _("Dijeda")
        GONE = "gone", _("Tidak ada lagi")

    account = models.ForeignKey(Account, models.CASCADE, related_name="templates", verbose_name=_("akun saluran"))
    name = models.CharField(_("nama"), max_length=200)
    language = models.CharField(_("bahasa"), max_length=12)
    state = models.CharField(_("status"), max_length=10, choices=States, default=States.PENDING)
    note = models.CharField(_("keterangan"), max_length=300, blank=True)
    body = models.TextField(_("isi"), blank=True)
    places = models.JSONField(default=list)
    lacks = models.CharField(max_length=20, blank=True)
    code = models.CharField(_("jenis pesan"), max_length=40, blank=True)
    values = models.JSONField(default=list)

    class Meta:
        verbose_name = _("templat")
        ordering: ClassVar = ["name", "language", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "name", "language"], name="a_template_is_there_once_in_a_language"),
            models.UniqueConstraint(
                fields=["account", "code", "language"],
                condition=~models.Q(code=""),
                name="a_message_goes_by_one_template_in_a_language",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.language})"

    @property
    def is_usable(self) -> bool:
        return self.state == self.States.APPROVED and not self.lacks
