from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lumbung.kernel.outside.failures import Failures


class Source(models.Model):
    """Another repository whose records come into the catalogue, and how far its harvest is.

    ``since`` is the moment, in the other's words, up to which everything is here; ``token`` where a harvest that broke off goes on,
    which began at ``began`` in the other's time. Without a failure the last harvest came to its end.
    """

    class Prefixes(models.TextChoices):
        MARC21 = "marc21", "MARC 21 (marc21)"
        MARCXML = "marcxml", "MARC 21 (marcxml)"
        OAI_DC = "oai_dc", "Dublin Core (oai_dc)"

    name = models.CharField(_("nama"), max_length=120, unique=True)
    address = models.URLField(_("alamat OAI-PMH"), max_length=300)
    prefix = models.CharField(_("format"), max_length=10, choices=Prefixes, default=Prefixes.OAI_DC)
    set_name = models.CharField(_("hanya set"), max_length=120, blank=True)
    switched_on = models.BooleanField(_("dipanen setiap malam"), default=True)
    since = models.CharField(max_length=20, blank=True)
    began = models.CharField(max_length=20, blank=True)
    token = models.TextField(blank=True)
    not_before = models.DateTimeField(null=True)
    tried_at = models.DateTimeField(_("terakhir dicoba"), null=True)
    finished_at = models.DateTimeField(_("terakhir selesai"), null=True)
    failure = models.CharField(max_length=20, choices=Failures, blank=True)
    failure_detail = models.CharField(max_length=500, blank=True)
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    removed = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("sumber panen")
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(name="") & ~Q(address=""), name="a_source_has_a_name_and_an_address"),
        ]

    def __str__(self) -> str:
        return self.name


class SourceRecord(models.Model):
    """A record of a source: which of ours it is (``record``, its key, or none), as it was written (``version``), and what it said."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="records")
    identifier = models.CharField(max_length=300)
    record = models.BigIntegerField(null=True)
    version = models.PositiveIntegerField(default=0)
    datestamp = models.CharField(max_length=20)
    digest = models.CharField(max_length=32, blank=True)
    deleted = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("cantuman yang dipanen")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "identifier"], name="a_source_has_each_identifier_once"),
            models.UniqueConstraint(fields=["record"], condition=Q(record__isnull=False), name="a_record_is_of_one_source"),
        ]

    def __str__(self) -> str:
        return self.identifier


class SourceTrouble(models.Model):
    """A record of a source that could not come in, as it came, until it does."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="troubles")
    identifier = models.CharField(max_length=300)
    why = models.CharField(max_length=500)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("cantuman yang tidak dapat masuk")
        ordering: ClassVar = ["-at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "identifier"], name="each_trouble_of_a_source_is_told_once"),
        ]

    def __str__(self) -> str:
        return self.identifier
