"""What is lent to reading programs: publications under lock (Readium LCP), licences, and the devices that read by them."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from lumbung.digital.models.lending import ELoan
from lumbung.members.models import Member


class Passphrase(models.Model):
    """With what a member opens borrowed books in reading programs. Its hash alone is kept, sealed; ``subject`` stands for the member in
    licences, which name nobody."""

    member = models.OneToOneField(Member, on_delete=models.PROTECT, related_name="reading_passphrase")
    subject = models.UUIDField(default=uuid.uuid4, unique=True)
    sealed = models.TextField()
    hint = models.CharField(_("petunjuk"), max_length=120)
    set_at = models.DateTimeField()

    class Meta:
        verbose_name = _("frasa sandi baca")

    def __str__(self) -> str:
        return f"{self.member_id} since {self.set_at}"


class LockedPublication(models.Model):
    """The key under which a content is lent to reading programs, sealed; and the file that it made, which can be made again."""

    sha256 = models.CharField(max_length=64, unique=True)
    sealed = models.TextField()
    locked_sha256 = models.CharField(max_length=64)
    locked_size = models.PositiveBigIntegerField()

    class Meta:
        verbose_name = _("terbitan terkunci")

    def __str__(self) -> str:
        return self.sha256


class Licence(models.Model):
    """The licence of an e-loan. How it stands follows from the loan; what it says is written anew whenever it is asked for."""

    key = models.UUIDField(primary_key=True, default=uuid.uuid4)
    loan = models.OneToOneField(ELoan, on_delete=models.CASCADE, related_name="licence")
    issued_at = models.DateTimeField()

    class Meta:
        verbose_name = _("lisensi baca")

    def __str__(self) -> str:
        return str(self.key)


class ReadingDevice(models.Model):
    """A device on which a licence was opened, as its reading program says."""

    licence = models.ForeignKey(Licence, on_delete=models.CASCADE, related_name="devices")
    number = models.CharField(max_length=255)
    name = models.CharField(max_length=255)
    registered_at = models.DateTimeField()

    class Meta:
        verbose_name = _("perangkat baca")
        ordering: ClassVar = ["registered_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["licence", "number"], name="a_device_is_registered_once"),
        ]

    def __str__(self) -> str:
        return self.name
