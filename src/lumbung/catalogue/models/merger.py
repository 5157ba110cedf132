import json
import zlib
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lumbung.catalogue.models.revision import HARDEST
from lumbung.formats.marc import Record as MarcRecord
from lumbung.formats.marc import from_json
from lumbung.kernel.whole_rows import ExactEncoder


class Merger(models.Model):
    """A record that went into another: enough to lead old addresses there for ever, and to take the merger back.

    ``gone`` and ``into`` are keys of records, kept whatever becomes of the rows. ``row`` holds the record that went with its history;
    ``before`` what the other said then, ``was`` and ``became`` its versions (the same when it did not change); ``moved`` what every
    follower moved, in its own words.
    """

    gone = models.BigIntegerField(_("nomor lama"))
    into = models.BigIntegerField(_("digabung ke"), db_index=True)
    title = models.TextField(_("judul"))
    row = models.BinaryField()
    before = models.BinaryField()
    was = models.PositiveIntegerField()
    became = models.PositiveIntegerField()
    moved = models.JSONField(encoder=ExactEncoder)
    at = models.DateTimeField(_("waktu"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("penggabungan judul")
        ordering: ClassVar = ["-at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["gone"], condition=Q(undone_at__isnull=True), name="a_record_goes_into_one_other"),
            models.CheckConstraint(condition=~Q(gone=F("into")), name="a_record_goes_not_into_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.gone} → {self.into}"

    @property
    def marc_before(self) -> MarcRecord:
        """What the record that stayed said before, made anew at each call."""
        return from_json(json.loads(zlib.decompress(self.before)))

    @property
    def kept_row(self) -> dict[str, Any]:
        """The record that went, as ``packed_row`` was given it."""
        row: dict[str, Any] = json.loads(zlib.decompress(self.row))
        return row


def packed_row(row: dict[str, Any]) -> bytes:
    """Columns and history of a record, as ``row`` keeps them."""
    return zlib.compress(json.dumps(row, cls=ExactEncoder, ensure_ascii=False).encode(), HARDEST)
