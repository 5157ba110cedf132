from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lumbung.catalogue.models import Record
from lumbung.digital.models.file import File


class IncomingStates(models.TextChoices):
    READ = "read", _("Diuji coba")
    STORED = "stored", _("Dimasukkan")
    UNDONE = "undone", _("Dibatalkan")


class IncomingBag(models.Model):
    """A bag (RFC 8493) that was brought for a title: whole and true to its digests, or it would not stand here.

    ``said`` is what the bag says of itself, as pairs in its order.
    """

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="+", verbose_name=_("judul"))
    name = models.CharField(_("nama berkas"), max_length=200)
    said = models.JSONField(default=list)
    state = models.CharField(_("status"), max_length=10, choices=IncomingStates, default=IncomingStates.READ)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("bag yang dibawa")
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(state__in=IncomingStates.values), name="state_of_an_incoming_bag_is_known"
            )
        ]

    def __str__(self) -> str:
        return self.name


class IncomingFile(models.Model):
    """A file of the bag by its ``path`` below ``data/``. What can come in has its content in the store; what cannot says why.

    ``file`` is what it became.
    """

    bag = models.ForeignKey(IncomingBag, on_delete=models.CASCADE, related_name="files")
    path = models.TextField()
    sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    size = models.PositiveBigIntegerField(_("ukuran"))
    media_type = models.CharField(_("jenis berkas"), max_length=100, blank=True)
    faults = models.JSONField(default=list)
    file = models.ForeignKey(File, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("berkas dalam bag")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["bag", "path"], name="a_bag_has_a_path_once"),
        ]

    def __str__(self) -> str:
        return self.path
