from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lumbung.desk.models.conversation import Conversation


class Bundle(models.Model):
    """What an answer brings along (hasil penelusuran): titles with their citations, how it was searched for, and files.

    It stands at one address that nobody can guess and that every channel can carry, until a day. ``titles`` are keys of records.
    """

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="bundles")
    secret = models.CharField(max_length=43, unique=True)
    title = models.CharField(_("judul"), max_length=160)
    words = models.TextField(_("cara mencarinya"), max_length=4000, blank=True)
    style = models.CharField(_("gaya sitasi"), max_length=60, blank=True)
    titles = models.JSONField(default=list)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    until = models.DateField(_("dapat dibuka sampai"))

    class Meta:
        verbose_name = _("hasil penelusuran")
        ordering: ClassVar = ["-made_at", "-id"]
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(title=""), name="a_bundle_has_a_title")]

    def __str__(self) -> str:
        return self.title


class BundleFile(models.Model):
    """A file of a bundle; what it is was read from its bytes."""

    bundle = models.ForeignKey(Bundle, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=200)
    stored_file = models.CharField(max_length=200)
    kind = models.CharField(max_length=10)
    size = models.PositiveBigIntegerField()

    class Meta:
        verbose_name = _("berkas hasil penelusuran")
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return self.name
